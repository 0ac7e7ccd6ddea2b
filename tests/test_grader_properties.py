"""What holds for every question, response and JSON value there can be, tried on thousands that hypothesis makes up.

The expectations are worked out here in another way than in the grader: by sets, fractions, decimals and dates.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from question_strategies import (
    SOUND,
    Json,
    answered,
    any_json,
    any_text,
    calls,
    damaged,
    deep,
    many,
    matches,
    orders,
    questions,
    responses,
    selections,
    statuses,
    walks,
)

from handbook import grader


def check_grade(found: Any) -> None:
    """Refuse a grade that is not whole, not within its bounds, or not plain JSON."""
    assert json.loads(json.dumps(found)) == found
    assert found["outcome"] in grader.OUTCOMES
    assert type(found["points"]) is type(found["max_points"]) is int
    assert 0 <= found["points"] <= found["max_points"]
    assert (found["outcome"] == "error") == (found["error"] is not None)
    assert (found["outcome"] == "correct") == (found["points"] == found["max_points"] > 0)
    assert found["severities"] == [severity for severity in grader.SEVERITIES if severity in found["severities"]]
    for part in found["choices"]:
        assert set(part) == {"id", "status", "severity", "feedback"}
        assert part["status"] in grader.STATUSES
    if found["error"]:
        assert set(found["error"]) == {"code", "message", "hint"}
        assert (found["points"], found["max_points"], found["choices"], found["severities"]) == (0, 0, [], [])
    if found["outcome"] in ("correct", "unanswered", "considered"):
        assert found["severities"] == []


# --- Whatever comes in, a grade comes out -----------------------------------------------------------------------------


@many
@given(any_json, any_json)
def test_any_json_gets_a_grade(question: Any, response: Any) -> None:
    """Whatever JSON stands for question and response, a whole grade comes back, and no point."""
    found = grader.grade(question, response)
    check_grade(found)
    assert found["outcome"] == "error"


@many
@given(answered())
def test_a_question_and_its_response_get_a_grade(pair: tuple[Json, Json | None]) -> None:
    """A good question with a good response is graded, without error and within its bounds."""
    found = grader.grade(*pair)
    check_grade(found)
    assert found["error"] is None
    assert (found["question_id"], found["type"]) == (pair[0]["id"], pair[0]["type"])


@many
@given(st.data())
def test_damaged_questions_and_responses_get_a_grade(data: st.DataObject) -> None:
    """With anything at all changed in question or response, a whole grade comes back."""
    question, response = data.draw(answered())
    broken = data.draw(damaged(question))
    check_grade(grader.grade(broken, response))
    check_grade(grader.grade(question, data.draw(damaged(response))))


@many
@given(st.data())
def test_a_bad_question_is_bad_whatever_the_response(data: st.DataObject) -> None:
    """Whether a question is bad does not depend on the response: an author hears of it at the first answer."""
    question = data.draw(questions)
    broken = data.draw(damaged(question))
    unanswered, found = grader.grade(broken, None)["error"], grader.grade(broken, data.draw(any_json))["error"]
    assert unanswered is None or found == unanswered
    code = found["code"] if isinstance(found, dict) else ""
    assert unanswered is not None or code in ("", "bad_response")


@many
@given(st.lists(any_json) | any_json, any_json | st.integers(0, 100))
def test_any_json_gets_a_decision(grades: Any, mark: Any) -> None:
    """Whatever JSON stands for grades and pass mark, a whole decision comes back."""
    found: Json = grader.decide(grades, mark)
    assert json.loads(json.dumps(found)) == found
    assert set(found["severities"]) == set(grader.SEVERITIES)
    assert found["error"] is None or not (found["passed"] or found["reached"] or found["percent"])


@many
@given(st.data())
def test_damaged_grades_get_a_decision(data: st.DataObject) -> None:
    """With anything changed in the grades, nobody passes by it who would not with full points."""
    found = [grader.grade(*pair) for pair in data.draw(st.lists(answered(), max_size=3))]
    decision: Json = grader.decide(data.draw(damaged(found)), 100)
    assert json.loads(json.dumps(decision)) == decision
    assert not decision["passed"] or decision["percent"] == 100


@many
@given(any_text | any_json.map(lambda value: json.dumps(value) if not _has_huge(value) else "1" * 5000))
def test_any_text_is_answered(text: str) -> None:
    """Whatever text is called, the answer is a grade or a decision as JSON."""
    check_grade(json.loads(grader.call_json(text)))


def _has_huge(value: Any) -> bool:
    """Return whether a number is in *value* that Python itself refuses to write out."""
    if isinstance(value, dict):
        return any(map(_has_huge, value.values()))
    return any(map(_has_huge, value)) if isinstance(value, list) else isinstance(value, int) and abs(value) > 10**3999


_MONSTERS = {
    "lists": deep(100_000), "objects": deep(100_000, key="id"), "a number": 10**100_000, "a text": "å" * 1_000_000,
    "a list": ["a"] * 100_000, "an object": {str(number): number for number in range(100_000)},
}  # fmt: skip


@pytest.mark.parametrize("monster", _MONSTERS)
@pytest.mark.parametrize("kind", SOUND)
def test_monsters_are_graded(kind: str, monster: str) -> None:
    """Nesting 100,000 deep, a megabyte of text and a number of 100,000 digits are an error or are left alone."""
    keys, response, _ = SOUND[kind]
    question = {"id": "q", "type": kind, **keys}
    assert grader.grade(question, response)["outcome"] == "correct"
    huge = _MONSTERS[monster]
    for key in (*question, "severity", "feedback", "other"):
        check_grade(grader.grade({**question, key: huge}, response))
    for key in (*response, "other"):
        check_grade(grader.grade(question, {**response, key: huge}))
    assert grader.grade(question, {**response, "other": huge})["outcome"] == "correct"
    check_grade(grader.grade(question, huge))


def test_a_call_of_a_megabyte_is_refused_unread() -> None:
    """A call that MicroPython would chew on for seconds is refused by its length, in every interpreter."""
    question = {"id": "q", "type": "text_entry", "accepted": ["a"]}
    empty = len(json.dumps({"call": "grade", "question": question, "response": {"text": ""}}))
    for letters, code in ((grader.LONGEST_CALL - empty, None), (grader.LONGEST_CALL - empty + 1, "bad_call")):
        call = json.dumps({"call": "grade", "question": question, "response": {"text": "a" * letters}})
        found = json.loads(grader.call_json(call))
        check_grade(found)
        assert (found["error"] or {}).get("code") == code


# --- Points -----------------------------------------------------------------------------------------------------------


@many
@given(st.data(), st.sampled_from(["choice", "multiple_response", "hottext"]))
def test_points_of_a_selection_are_counted_by_sets(data: st.DataObject, kind: str) -> None:
    """Points are the correct choices selected less the wrong ones, never below nothing; each status says which."""
    question = data.draw(selections(kind))
    response = data.draw(responses(question))
    chosen, correct = set((response or {"selected": []})["selected"]), set(question["correct"])
    found = grader.grade(question, response)
    assert found["points"] == max(0, len(chosen & correct) - len(chosen - correct))
    assert found["max_points"] == len(correct)
    assert {name for name, status in statuses(found).items() if status == "chosen_correct"} == chosen & correct
    assert {name for name, status in statuses(found).items() if status == "chosen_wrong"} == chosen - correct
    assert {name for name, status in statuses(found).items() if status == "missed"} == correct - chosen


@many
@given(st.data(), st.sampled_from(["choice", "multiple_response", "hottext"]))
def test_severities_of_a_selection_are_those_of_its_errors(data: st.DataObject, kind: str) -> None:
    """A wrong choice has its consequence; where several are selected, so has a correct one that was missed."""
    question = data.draw(selections(kind))
    response = data.draw(responses(question))
    chosen, correct = set((response or {"selected": []})["selected"]), set(question["correct"])
    errors = (chosen ^ correct if chosen else set()) if kind != "choice" else chosen - correct
    expected = {choice.get("severity") for choice in question["choices"] if choice["id"] in errors} - {None}
    found: Json = grader.grade(question, response)
    assert set(found["severities"]) == expected


@many
@given(st.data())
def test_feedback_says_what_fits_what_was_done(data: st.DataObject) -> None:
    """A choice that was not taken is met with its feedback for that, when it has one, and any other with its own."""
    question = data.draw(selections("multiple_response"))
    response = data.draw(responses(question))
    chosen = (response or {"selected": []})["selected"]
    found: Json = grader.grade(question, response)
    for choice, part in zip(question["choices"], found["choices"], strict=True):
        own = choice.get("feedback", "")
        assert part["feedback"] == (own if choice["id"] in chosen else choice.get("feedback_not_chosen", own))


@many
@given(st.data(), st.sampled_from(["multiple_response", "hottext"]))
def test_points_are_monotone(data: st.DataObject, kind: str) -> None:
    """One more correct choice never lowers the points, and one more wrong choice never raises them."""
    question = data.draw(selections(kind))
    names = [choice["id"] for choice in question["choices"]]
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True))
    more = data.draw(st.sampled_from(names))
    assume(more not in chosen)
    before: Json = grader.grade(question, {"selected": chosen})
    after: Json = grader.grade(question, {"selected": [*chosen, more]})
    if more in question["correct"]:
        assert after["points"] >= before["points"]
    else:
        assert after["points"] <= before["points"]


@many
@given(st.data())
def test_a_dilemma_is_never_scored(data: st.DataObject) -> None:
    """Whatever is chosen in a dilemma, there are no points, no severity and no fault."""
    question = data.draw(selections("dilemma"))
    found = grader.grade(question, data.draw(responses(question)))
    assert (found["points"], found["max_points"], found["severities"]) == (0, 0, [])
    assert found["outcome"] in ("considered", "unanswered")


@many
@given(st.data())
def test_points_of_an_order_are_its_links(data: st.DataObject) -> None:
    """A point for each pair of steps that follow each other as in the key; all in place gives all points."""
    question = data.draw(orders())
    order = data.draw(st.permutations(question["correct"]))
    found = grader.grade(question, {"order": order})
    links = set(itertools.pairwise(question["correct"])) & set(itertools.pairwise(order))
    assert (found["points"], found["max_points"]) == (len(links), len(order) - 1)
    assert (found["outcome"] == "correct") == (order == question["correct"])
    in_place = {step for step, right in zip(order, question["correct"], strict=True) if step == right}
    assert {name for name, status in statuses(found).items() if status == "chosen_correct"} == in_place


@many
@given(st.data())
def test_points_of_a_match_are_its_right_pairs(data: st.DataObject) -> None:
    """A point for each right pair; one more right pair never lowers the points, a wrong one leaves them."""
    question = data.draw(matches())
    pairs = (data.draw(responses(question)) or {"pairs": {}})["pairs"]
    found = grader.grade(question, {"pairs": pairs})
    right = pairs.items() & question["correct"].items()
    assert (found["points"], found["max_points"]) == (len(right), len(question["correct"]))
    missed = {name for name, status in statuses(found).items() if status == "missed"}
    assert missed == question["correct"].keys() - pairs.keys()


# --- Order does not matter --------------------------------------------------------------------------------------------


@many
@given(st.data())
def test_order_of_choices_and_selection_does_not_matter(data: st.DataObject) -> None:
    """The same question with its parts mixed, and the same response in another order, get the same grade."""
    question, response = data.draw(answered())
    mixed = dict(question)
    for key in ("choices", "items", "targets", "accepted", "near_miss"):
        if key in question:
            mixed[key] = data.draw(st.permutations(question[key]))
    if question["type"] in ("choice", "multiple_response", "hottext"):
        mixed["correct"] = data.draw(st.permutations(question["correct"]))
    if "turns" in question:
        first, *rest = [
            {**turn, "choices": data.draw(st.permutations(turn["choices"]))} if "choices" in turn else turn
            for turn in question["turns"]
        ]
        mixed["turns"] = [first, *data.draw(st.permutations(rest))]
    again = dict(response) if response else None
    if again and "selected" in again:
        again["selected"] = data.draw(st.permutations(again["selected"]))
    if again and "pairs" in again:
        again["pairs"] = dict(data.draw(st.permutations(list(again["pairs"].items()))))
    assert _without_order(grader.grade(mixed, again)) == _without_order(grader.grade(question, response))


def _without_order(found: Json) -> Json:
    return {**found, "choices": sorted(map(repr, found["choices"]))}


@many
@given(st.data())
def test_parts_come_back_in_the_order_of_the_question(data: st.DataObject) -> None:
    """The page shows the parts of a grade as they come: in the order of the question's own."""
    question, response = data.draw(answered())
    for key in ("choices", "items"):
        if key in question:
            found: Json = grader.grade(question, response)
            assert [part["id"] for part in found["choices"]] == [part["id"] for part in question[key]]


@many
@given(answered())
def test_grading_changes_nothing_and_repeats(pair: tuple[Json, Json | None]) -> None:
    """Grading twice gives the same, and leaves question and response as they were."""
    before = json.dumps(pair)
    first = grader.grade(*pair)
    assert grader.grade(*pair) == first
    assert json.dumps(pair) == before


# --- Calls ------------------------------------------------------------------------------------------------------------


@many
@given(st.data())
def test_any_walk_through_a_call_is_graded_and_can_be_replayed(data: st.DataObject) -> None:
    """Whatever is said, the path is graded word for word, and its parts tell the path again."""
    question = data.draw(calls())
    path = data.draw(walks(question))
    found: Json = grader.grade(question, {"path": path})
    turns = {turn["id"]: turn for turn in question["turns"]}
    turn, good, taken = question["turns"][0], 0, []
    for choice_id in path:
        choice = next(choice for choice in turn["choices"] if choice["id"] == choice_id)
        good += choice.get("correct", False)
        taken.append(f"{turn['id']}/{choice_id}")
        turn = turns[choice["next"]]
    assert [part["id"] for part in found["choices"]] == taken
    if "choices" in turn:
        assert (found["outcome"], found["points"], "ending" in found) == ("unanswered", 0, False)
    else:
        assert (found["points"], found["max_points"], found["ending"]) == (good, len(path), turn["id"])
    assert grader.grade(question, {"path": path}) == found
