"""Repetition: what comes back, when, and in which order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from catalogues import TODAY, entry

from handbook import papers


def answered(*answers: tuple[str, str, bool | None, str]) -> dict[str, object]:
    """Return the history after *answers*: question, outcome, whether sure, and day."""
    history = None
    for question_id, outcome, sure, day in answers:
        history = papers.record(history, question_id, outcome, sure, day)
    assert history is not None
    return history


def due_on(history: object) -> list[Any]:
    """Return when the questions of a history come back, in its order."""
    questions: Any = papers.record(history, "x", "considered", None, TODAY)["questions"]
    return [item["due"] for item in questions]


def test_right_answers_wait_1_7_and_30_days() -> None:
    """A question answered right each time it comes back returns after 1, 7, 30 and again 30 days."""
    history, day, waits = None, papers.day_number(TODAY), []
    for _ in range(5):
        history = papers.record(history, "a", "correct", None, papers.date_text(day))
        comes = papers.day_number(due_on(history)[0])
        waits.append(comes - day)
        day = comes
    assert waits == [1, 7, 30, 30, 30]


@pytest.mark.parametrize("outcome", ["wrong", "partly"])
def test_a_mistake_starts_over(outcome: str) -> None:
    """After 1 and 7 days in order, a mistake brings the question back the next day."""
    history = answered(("a", "correct", None, "2026-11-01"), ("a", "correct", None, "2026-11-02"))
    assert due_on(history) == ["2026-11-09"]
    assert due_on(papers.record(history, "a", outcome, None, "2026-11-09")) == ["2026-11-10"]


def test_trying_again_at_once_hides_no_mistake() -> None:
    """A right answer before the day has come changes nothing: the first attempt counts."""
    history = answered(("a", "wrong", True, TODAY))
    assert papers.record(history, "a", "correct", True, TODAY) == history


@pytest.mark.parametrize("outcome", ["unanswered", "considered", "error", None, "", 7])
def test_what_is_not_scored_is_not_recorded(outcome: object) -> None:
    """An unanswered question and a dilemma leave the history as it was."""
    history = answered(("a", "wrong", None, TODAY))
    assert papers.record(history, "b", outcome, True, TODAY) == history


def test_confident_mistakes_come_first_then_mistakes_then_the_overdue_then_the_new() -> None:
    """Five of the week: in that order, and the longest overdue before the others."""
    history = answered(
        ("late", "correct", None, "2026-11-10"),
        ("later", "correct", True, "2026-11-01"),
        ("unsure", "wrong", False, "2026-11-20"),
        ("sure", "wrong", True, "2026-11-20"),
        ("waiting", "wrong", True, TODAY),
    )
    known = ("late", "later", "unsure", "sure", "waiting", "new")
    catalogue = [entry(name) for name in known] + [entry("talk", type="dilemma"), entry("old", quarantined=True)]
    week = papers.due(history, TODAY, 5, catalogue, "vaxel")
    assert week["questions"] == [
        {"id": "sure", "reason": "confident_wrong"},
        {"id": "unsure", "reason": "wrong"},
        {"id": "later", "reason": "overdue"},
        {"id": "late", "reason": "overdue"},
        {"id": "new", "reason": "new"},
    ]
    assert week["next_date"] == "2026-11-23"
    few: Any = papers.due(history, TODAY, 2, catalogue, "vaxel")["questions"]
    assert [item["id"] for item in few] == ["sure", "unsure"]


def test_a_question_comes_back_on_its_day_and_not_before() -> None:
    """Answered right yesterday it is due today; the day before it was not, and the day it comes was known."""
    history = answered(("a", "correct", None, "2026-11-21"))
    assert papers.due(history, "2026-11-21", 5) == {"questions": [], "next_date": TODAY}
    assert papers.due(history, TODAY, 5) == {"questions": [{"id": "a", "reason": "overdue"}], "next_date": None}


def test_new_questions_are_spread_over_modules() -> None:
    """Whoever has answered nothing gets one from each module, the same all day."""
    catalogue = [entry(f"{module}{place}", module=module) for module in "abcde" for place in range(20)]
    week: Any = papers.due(None, TODAY, 5, catalogue, "kansli")
    assert sorted(item["id"][0] for item in week["questions"]) == list("abcde")
    assert papers.due(None, TODAY, 5, catalogue[::-1], "kansli") == week
    assert week["next_date"] is None


def test_questions_that_have_left_the_bank_do_not_come_back() -> None:
    """A question that is gone, in quarantine or for another role is not asked for again."""
    history = answered(*[(name, "wrong", None, "2026-11-01") for name in ("gone", "old", "other", "here")])
    catalogue = [entry("here"), entry("old", quarantined=True), entry("other", roles=["registratur"])]
    assert papers.due(history, TODAY, 5, catalogue, "vaxel")["questions"] == [{"id": "here", "reason": "wrong"}]
    without: Any = papers.due(history, TODAY, 5)["questions"]
    assert len(without) == 4


GOOD = {"question_id": "a", "outcome": "wrong", "sure": False, "stage": 0, "due": TODAY}
BAD_VALUES: list[tuple[str, object]] = [
    ("question_id", None), ("question_id", ""), ("outcome", "great"), ("outcome", []), ("sure", 1), ("sure", None),
    ("stage", 3), ("stage", -1), ("stage", "0"), ("due", "soon"), ("due", None),
]  # fmt: skip
DAMAGED: dict[str, object] = {
    "a list": [],
    "no version": {"questions": []},
    "a later version": {"schema_version": 2, "questions": []},
    "a version that is true": {"schema_version": True, "questions": []},
    "no questions": {"schema_version": 1},
    "a question that is a text": {"schema_version": 1, "questions": ["a"]},
    "a question twice": {"schema_version": 1, "questions": [GOOD, GOOD]},
}
DAMAGED |= {
    f"{key} is {value!r}": {"schema_version": 1, "questions": [{**GOOD, key: value}]} for key, value in BAD_VALUES
}


@pytest.mark.parametrize("history", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_history_is_refused_and_never_half_used(history: object) -> None:
    """The page can report it and set it aside, since both calls answer with an error."""
    for call in ({"call": "due", "count": 5}, {"call": "record", "question_id": "b", "outcome": "wrong", "sure": None}):
        answer = json.loads(papers.call_json(json.dumps({**call, "history": history, "today": TODAY})))
        assert list(answer) == ["error"]
        assert answer["error"]["code"] in {"bad_history", "bad_value", "bad_date"}
