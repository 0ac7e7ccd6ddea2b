"""The grader under MicroPython, in Node, against CPython: the bank, the vectors, and what could tell them apart."""

from __future__ import annotations

import itertools
import json
import random
import time
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from question_strategies import answered, can_be_written, damaged, many
from vectors import ALL_CALLS, GRADES, NAMED, as_the_page_writes, canonical
from vectors.in_node import PROJECT, run_in_node

from handbook import grader
from handbook.diagnostics import Diagnostics
from handbook.question_bank import load_question_bank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]
MOST = 64
"""As many responses are tried of a question; those of a choice or multiple_response are never more."""


def grade_call(question: Any, response: Any) -> str:
    """Return the call as the page makes it."""
    return as_the_page_writes({"call": "grade", "question": question, "response": response})


def bank() -> list[Json]:
    """Return the definition of every question of the handbook's own bank, the editors' examples too."""
    found = load_question_bank(PROJECT / "quizzes", Diagnostics())
    return [question.definition() for question in found.questions.values()]


def some(responses: list[Json]) -> list[Json]:
    """Return at most MOST of *responses*, the same ones every time."""
    return responses if len(responses) <= MOST else random.Random(len(responses)).sample(responses, MOST)


def every_response(question: Json) -> list[Json]:
    """Return all responses to *question*, or a sample where there is no end to them."""
    kind = question["type"]
    if kind == "order":
        return some([{"order": order} for order in itertools.permutations(question["correct"])])
    if kind == "match":
        targets = [None, *[target["id"] for target in question["targets"]]]
        chosen = itertools.product(targets, repeat=len(question["items"]))
        names = [item["id"] for item in question["items"]]
        pairs = [{name: target for name, target in zip(names, row, strict=True) if target} for row in chosen]
        return some([{"pairs": row} for row in pairs])
    if kind in ("text_entry", "numeric"):
        return some([{"text": text} for text in written(question)])
    if kind == "branching":
        return some([{"path": path} for path in paths(question)])
    names = [choice["id"] for choice in question["choices"]]
    subsets = [subset for size in range(len(names) + 1) for subset in itertools.combinations(names, size)]
    return some([{"selected": subset} for subset in subsets])


def written(question: Json) -> Iterator[str]:
    """Yield the texts of the key, and each as people write it, with slips and in other letters."""
    known = [*question.get("accepted", []), *question.get("near_miss", [])]
    for text in [*known, *[question[key] for key in ("value", "date") if key in question]]:
        yield from (text, text.upper(), text.lower(), f" ”{text}”. ", text.replace("-", "–"), f"{text}x", text[1:])
        yield from (unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0\u2003"), text.replace(",", "."))
        yield from (text[:place] + text[place + 1 :] for place in range(len(text)))
        yield f"{text[:2]}\u00ad{text[2:]}"
    yield from ("", " ", "😀", "\0", "٣", "²", "1e3", "-0", "13 december", "13:e DEC.", "13/12-26", "Ålder", "é" * 201)


def paths(question: Json) -> Iterator[list[str]]:
    """Yield the beginning of every call, to its end, none longer than twelve choices."""
    turns = {turn["id"]: turn for turn in question["turns"]}
    waiting: list[tuple[str, list[str]]] = [(question["turns"][0]["id"], [])]
    while waiting:
        name, path = waiting.pop()
        yield path
        choices = turns[name].get("choices", []) if len(path) < 12 else []
        waiting += [(choice["next"], [*path, choice["id"]]) for choice in choices]


def decide_calls(calls: list[str]) -> list[str]:
    """Return decisions on random papers made of the answers to *calls*."""
    maker = random.Random(3)
    grades = [json.loads(grader.call_json(call)) for call in maker.sample(calls, 500)]
    papers = [(maker.sample(grades, maker.randint(1, 12)), maker.randint(0, 101)) for _ in range(300)]
    return [as_the_page_writes({"call": "decide", "grades": paper, "pass_percent": mark}) for paper, mark in papers]


def disagreements(calls: list[str], answers: list[str]) -> list[tuple[str, str, str]]:
    """Return the calls that were answered otherwise than by CPython, with both answers, the first few."""
    told = [(call, answer, grader.call_json(call)) for call, answer in zip(calls, answers, strict=True)]
    return [row for row in told if canonical(row[1]) != canonical(row[2])][:5]


def test_the_whole_bank_and_all_vectors_agree(tmp_path: Path) -> None:
    """All subsets of every choice question, samples of the rest, and every vector: no disagreement, within 30 s."""
    started = time.monotonic()
    questions = bank()
    calls = [grade_call(question, response) for question in questions for response in every_response(question)]
    assert len(questions) >= 40
    assert {question["type"] for question in questions} == set(grader.TYPES)
    calls += decide_calls(calls)
    calls += ALL_CALLS
    assert disagreements(calls, run_in_node(tmp_path, calls)) == []
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("kind", ["choice", "multiple_response"])
def test_no_subset_of_a_choice_question_is_left_out(kind: str) -> None:
    """Every choice question has fewer subsets than are tried, so that the test above tries them all."""
    for question in bank():
        if question["type"] == kind:
            assert len(every_response(question)) == 2 ** len(question["choices"])


def test_every_question_agrees_on_every_response(tmp_path: Path) -> None:
    """Each question of the vectors, given each response of all the vectors, whatever type that was for."""
    responses = {json.dumps(vector["response"], sort_keys=True): vector["response"] for vector in GRADES}
    calls = [grade_call(question, response) for question in NAMED.values() for response in responses.values()]
    assert disagreements(calls, run_in_node(tmp_path, calls)) == []


def test_made_up_questions_and_responses_agree(tmp_path: Path) -> None:
    """Hypothesis' questions and responses, half of them damaged, so far as a page can write them at all."""
    calls: list[str] = []

    @many
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        question, response = data.draw(answered())
        broken, astray = data.draw(damaged(question)), data.draw(damaged(response))
        pairs = [[question, response], [broken, response], [question, astray]]
        calls.extend(grade_call(*pair) for pair in pairs if can_be_written(pair))

    collect()
    assert len(calls) > 500
    assert disagreements(calls, run_in_node(tmp_path, calls)) == []


_CHOICE = {"id": "q", "type": "choice", "choices": [{"id": "a"}, {"id": "b"}], "correct": ["a"]}
_WORD = {"id": "q", "type": "text_entry", "accepted": ["Ålägga"]}


def hostile_calls() -> dict[str, str]:
    """Return calls that MicroPython could choke on, by what is hostile in them."""
    name = "".join(map(chr, [*range(1, 0x250), 0x2028, 0x202E, 0xFEFF, 0xFFFF, 0x1F600, 0x10FFFF])) + "\0"
    named = {**_CHOICE, "id": name, "choices": [{"id": name, "feedback": name}, {"id": "b"}], "correct": [name]}
    long = "å" * 60_000
    grades = [{"points": n % 7, "max_points": n % 40 + 7, "severities": ["delay"]} for n in range(900)]
    choices = [{"id": str(number)} for number in range(1500)]
    return {
        "letters of all kinds": grade_call(named, {"selected": [name]}),
        "a long text": grade_call(_WORD, {"text": long}),
        "a long id": grade_call(_CHOICE, {"selected": [long]}),
        "long feedback": grade_call({**_CHOICE, "choices": [{"id": "a", "feedback": long}, {"id": "b"}]}, None),
        "a megabyte": grade_call(_WORD, {"text": "x" * 1_000_000}),
        "many ids": grade_call(_CHOICE, {"selected": ["a"] * 40_000}),
        "many keys": grade_call(_CHOICE, {"selected": ["a"], **{str(number): number for number in range(3000)}}),
        "many choices": grade_call({**_CHOICE, "choices": choices, "correct": ["7"]}, {"selected": ["1499"]}),
        "a deep list": f'{{"call": "grade", "question": {json.dumps(_CHOICE)}, "response": {"[" * 400 + "]" * 400}}}',
        "a deep object": grade_call(_CHOICE, json.loads('{"selected":' * 400 + "1" + "}" * 400)),
        "a big number": grade_call({**_CHOICE, "id": 10**400}, {"selected": 10**400}),
        "a number beyond all": f'{{"call": "grade", "question": {json.dumps(_CHOICE)}, "response": 1e999}}',
        "many grades": as_the_page_writes({"call": "decide", "grades": grades, "pass_percent": 37}),
        "nothing": "",
        "half a call": '{"call": "grade", "question": ',
        "a call of nothing": '{"call": null}',
        "a call that is a list": '["grade"]',
        "a long number": "1" * 1000,
    }


def test_hostile_calls_agree_and_end_in_time(tmp_path: Path) -> None:
    """Odd letters, long texts, deep nesting and big numbers are answered as by CPython, in the time of a blink."""
    calls = hostile_calls()
    started = time.monotonic()
    answers = dict(zip(calls, run_in_node(tmp_path, list(calls.values())), strict=True))
    assert time.monotonic() - started < 10
    for name, answer in answers.items():
        assert canonical(answer) == canonical(grader.call_json(calls[name])), name


_BEYOND = {
    "half an emoji": grade_call({**_WORD, "accepted": ["\ud83d"]}, {"text": "\ud83d"}),
    "half an emoji as an id": grade_call(_CHOICE, {"selected": ["\udc00"]}),
    "half an emoji in feedback": grade_call({**_WORD, "feedback": "\ud83d"}, {"text": "ålagga"}),
    "an escaped emoji": json.dumps({"call": "grade", "question": {**_WORD, "feedback": "😀"}, "response": None}),
}


def test_what_the_page_cannot_write_has_the_same_verdict(tmp_path: Path) -> None:
    """Broken letters come back broken otherwise than from CPython, but the outcome and the points are the same."""
    for call, answer in zip(_BEYOND.values(), run_in_node(tmp_path, list(_BEYOND.values())), strict=True):
        found, expected = json.loads(answer), json.loads(grader.call_json(call))
        for key in ("outcome", "points", "max_points", "error"):
            assert found[key] == expected[key], call


@pytest.mark.parametrize("depth", [1000, 50_000])
def test_nesting_too_deep_for_one_of_them_is_an_error_in_both(tmp_path: Path, depth: int) -> None:
    """CPython stops reading where MicroPython goes on; neither gives a point, and the next call is answered."""
    deep = f'{{"call": "grade", "question": {json.dumps(_CHOICE)}, "response": {"[" * depth + "]" * depth}}}'
    sound = grade_call(_CHOICE, {"selected": ["a"]})
    first, second = run_in_node(tmp_path, [deep, sound])
    for answer in (first, grader.call_json(deep)):
        assert (json.loads(answer)["outcome"], json.loads(answer)["points"]) == ("error", 0)
    assert json.loads(second)["outcome"] == "correct"
