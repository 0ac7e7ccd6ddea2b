"""The grader under CPython: every vector, and the properties that hold for all of them."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from vectors import ALL_CALLS, DECISIONS, GRADES, summary

from handbook import grader
from handbook.diagnostics import Diagnostics
from handbook.question_bank import load_question_bank


@pytest.mark.parametrize("vector", GRADES, ids=[vector["name"] for vector in GRADES])
def test_grade_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    """Every grade vector gives outcome, points, status of every choice, severities and error as written."""
    grade = grader.grade(vector["question"], vector["response"])
    assert summary(grade) == vector["expect"]


@pytest.mark.parametrize("vector", DECISIONS, ids=[vector["name"] for vector in DECISIONS])
def test_decision_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    """Every decision vector passes or fails as written, to the point."""
    decision: dict[str, Any] = grader.decide(vector["grades"], vector["pass_percent"])
    expect = vector["expect"]
    error = decision["error"]["code"] if decision["error"] else None
    assert (decision["passed"], decision["reached"], decision["percent"], error) == (
        expect["passed"],
        expect["reached"],
        expect["percent"],
        expect["error_code"],
    )
    if error is None:
        assert decision["unanswered"] == expect["unanswered"]
        assert decision["severities"]["leak"] == expect["leaks"]


_RIGHT = (
    {"id": "q", "type": "text_entry", "accepted": ["Diariet"], "feedback": "Där står allt.", "severity": "delay"},
    {"text": "diariet"},
)


def test_feedback_of_a_text_comes_back_with_its_status() -> None:
    """A question with one thing to write gives one part, called answer, with the question's feedback and severity."""
    part = {"id": "answer", "severity": "delay", "feedback": "Där står allt."}
    assert grader.grade(*_RIGHT)["choices"] == [part | {"status": "chosen_correct"}]
    assert grader.grade(_RIGHT[0], {"text": "diarit"})["choices"] == [part | {"status": "near_miss"}]


def test_feedback_comes_back_for_every_choice() -> None:
    """A grade carries the feedback and severity of every choice, chosen or not, in the order of the choices."""
    question = {
        "id": "q",
        "type": "choice",
        "choices": [{"id": "a", "severity": "leak", "feedback": "Röjer."}, {"id": "b", "feedback": "Bra."}],
        "correct": ["b"],
    }
    grade: dict[str, Any] = grader.grade(question, {"selected": ["b"]})
    assert grade["choices"] == [
        {"id": "a", "status": "left", "severity": "leak", "feedback": "Röjer."},
        {"id": "b", "status": "chosen_correct", "severity": None, "feedback": "Bra."},
    ]


def test_call_json_gives_the_same_as_grade() -> None:
    """The JSON entry changes nothing on the way in or out."""
    for text in ALL_CALLS:
        call = json.loads(text)
        direct = (
            grader.grade(call["question"], call["response"])
            if call["call"] == "grade"
            else grader.decide(call["grades"], call["pass_percent"])
        )
        assert json.loads(grader.call_json(text)) == direct


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"call": "guess"}', '"grade"', "[" * 100_000, "1" * 1000])
def test_call_json_answers_nonsense_with_an_error(text: str) -> None:
    """A call that is no call gets an error object, never an exception."""
    assert json.loads(grader.call_json(text))["error"]["code"] == "bad_call"


def test_a_decision_that_failed_has_every_key_of_one_that_did_not() -> None:
    """Who shows a decision need not look whether it failed: every key is there, with nothing in it."""
    failed, sound = (grader.decide([found], 75) for found in (None, grader.grade(*_RIGHT)))
    assert failed.keys() == sound.keys()
    assert failed["severities"] == sound["severities"] == dict.fromkeys(grader.SEVERITIES, 0)
    assert (failed["questions"], sound["questions"]) == (0, 1)


def test_a_question_that_cannot_be_graded_is_named() -> None:
    """The grade of a bad question or response carries the question's id and type, as far as they are texts."""
    named: dict[str, Any] = grader.grade({"id": "q", "type": "choice"}, None)
    nameless: dict[str, Any] = grader.grade({"id": 1, "type": ["choice"]}, None)
    assert (named["question_id"], named["type"]) == ("q", "choice")
    assert (nameless["question_id"], nameless["type"]) == ("", "")
    assert grader.grade(*_RIGHT)["question_id"] == "q"
    assert all(grade["error"]["message"] and grade["error"]["hint"] for grade in (named, nameless))


def test_a_call_that_goes_round_is_told_word_for_word() -> None:
    """A turn that is come back to has its words in the grade each time they were said."""
    vector = next(vector for vector in GRADES if vector["name"] == "call: four times around")
    found: dict[str, Any] = grader.grade(vector["question"], vector["response"])
    assert [part["id"] for part in found["choices"]] == [*["t/again"] * 4, "t/on"]


def _good_path(turns: list[dict[str, Any]]) -> list[str]:
    """Return the shortest path of good words from the first turn to an ending."""
    by_id = {turn["id"]: turn for turn in turns}
    waiting: list[tuple[str, list[str]]] = [(turns[0]["id"], [])]
    for name, path in waiting:
        if "choices" not in by_id[name]:
            return path
        good = [choice for choice in by_id[name]["choices"] if choice.get("correct") and len(path) < len(turns)]
        waiting += [(choice["next"], [*path, choice["id"]]) for choice in good]
    raise AssertionError("no good words lead to an ending")


def _right_response(question: dict[str, Any]) -> dict[str, Any]:
    """Return what the key of *question* says, as a response."""
    if question["type"] == "branching":
        return {"path": _good_path(question["turns"])}
    written = [*question.get("accepted", []), question.get("value"), question.get("date")]
    if question["type"] in ("text_entry", "numeric"):
        return {"text": next(text for text in written if text)}
    if question["type"] == "dilemma":
        return {"selected": [question["choices"][0]["id"]]}
    return {{"order": "order", "match": "pairs"}.get(question["type"], "selected"): question["correct"]}


def test_every_question_of_the_bank_is_graded_by_its_own_key() -> None:
    """No question of the handbook is refused by the grader, and what its key says is right; a dilemma is considered."""
    folder = Path(__file__).resolve().parents[1] / "quizzes"
    questions = load_question_bank(folder, Diagnostics()).questions.values()
    assert len(questions) >= 40
    for question in questions:
        found = grader.grade(question.definition(), _right_response(question.definition()))
        right = "considered" if question.common.type == "dilemma" else "correct"
        assert (found["outcome"], found["error"]) == (right, None), question.id


def test_types_are_listed_as_they_are_graded() -> None:
    """The ordered list of types names exactly those that have a grading function."""
    assert sorted(grader.TYPES) == sorted(grader.GRADERS)


def _lines(code: CodeType) -> set[int]:
    """Return the lines of all functions in *code*, but not that of their ``def``."""
    inner = [value for value in code.co_consts if isinstance(value, CodeType)]
    functions = [part for part in inner if "__qualname__" not in part.co_names]
    found = {line for part in functions for _, _, line in part.co_lines() if line and line != part.co_firstlineno}
    return found.union(*map(_lines, inner))


def test_vectors_run_every_line_of_the_grader() -> None:
    """No line of the grader is without a vector; as MicroPython gets the vectors too, every line has run there."""
    ran = set()

    def trace(frame: FrameType, _event: str, _argument: object) -> Any:
        if frame.f_code.co_filename != grader.__file__:
            return None
        ran.add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for call in ["{", *ALL_CALLS]:
            grader.call_json(call)
    finally:
        sys.settrace(before)
    source = Path(grader.__file__).read_text(encoding="utf-8")
    lines = _lines(compile(source, grader.__file__, "exec"))
    assert sorted(lines - ran) == []


_OTHERWISE_IN_MICROPYTHON = {
    "lower", "upper", "casefold", "swapcase", "title", "capitalize", "isalnum", "isalpha", "isdigit", "isdecimal",
    "isnumeric", "isspace", "isascii", "isidentifier", "removeprefix", "removesuffix", "zfill", "ljust", "rjust",
    "center", "translate", "maketrans", "expandtabs", "strip", "splitlines", "partition", "encode", "format", "round",
    "sorted", "sort", "repr", "ascii", "vars", "slice", "fromkeys", "popitem", "hash", "float", "iter", "next",
}  # fmt: skip
_REFUSED = (ast.Match, ast.JoinedStr, ast.Starred, ast.Lambda, ast.TryStar, ast.Yield, ast.Div, ast.With, ast.NamedExpr)


def test_grader_keeps_to_what_micropython_does_alike() -> None:
    """The file imports only json and uses nothing that MicroPython lacks or does otherwise."""
    nodes = list(ast.walk(ast.parse(Path(grader.__file__).read_text(encoding="utf-8"))))
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import json"]
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used |= {node.id for node in nodes if isinstance(node, ast.Name)}
    assert used & _OTHERWISE_IN_MICROPYTHON == set()
    refused = [node for node in nodes if isinstance(node, _REFUSED)]
    assert [ast.unparse(node) for node in refused] == []
    stepped = [node for node in nodes if isinstance(node, ast.Slice) and node.step is not None]
    methods = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    named = [node for node in methods if node.keywords]
    assert [ast.unparse(node) for node in [*stepped, *named]] == []
