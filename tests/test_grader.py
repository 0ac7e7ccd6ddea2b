"""The grader under CPython: every vector, and the properties that hold for all of them."""

from __future__ import annotations

import ast
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from vectors import ALL_CALLS, DECISIONS, GRADES, summary

from handbook import grader


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


_JSON_VALUES: list[Any] = [None, True, 0, -1, 1.5, "", "a", [], ["a"], [[]], {}, {"a": 1}, {"selected": ["a"]}]


def test_no_json_value_makes_grading_raise() -> None:
    """Any value in any place gives a grade whose points lie within its bounds."""
    parts = {"id": _JSON_VALUES, "type": _JSON_VALUES, "choices": _JSON_VALUES, "correct": _JSON_VALUES}
    base = {"id": "q", "type": "choice", "choices": [{"id": "a"}, {"id": "b"}], "correct": ["a"]}
    questions = [base, *_JSON_VALUES] + [{**base, key: value} for key in parts for value in parts[key]]
    for question, response in itertools.product(questions, _JSON_VALUES):
        grade: dict[str, Any] = grader.grade(question, response)
        assert 0 <= grade["points"] <= grade["max_points"]
        assert grade["outcome"] in grader.OUTCOMES
        assert (grade["outcome"] == "error") == (grade["error"] is not None)


def test_types_are_listed_as_they_are_graded() -> None:
    """The ordered list of types names exactly those that have a grading function."""
    assert sorted(grader.TYPES) == sorted(grader.GRADERS)


_MISSING_IN_MICROPYTHON = {
    "lower", "upper", "casefold", "title", "capitalize", "isalnum", "isalpha", "removeprefix", "removesuffix", "zfill",
    "ljust", "rjust", "translate", "maketrans", "format", "round", "sorted", "vars", "sort",
}  # fmt: skip


def test_grader_keeps_to_what_micropython_does_alike() -> None:
    """The file imports only json and uses nothing that MicroPython lacks or does otherwise."""
    tree = ast.parse(Path(grader.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import json"]
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert used & _MISSING_IN_MICROPYTHON == set()
    forbidden = (ast.Match, ast.JoinedStr, ast.Starred, ast.Lambda)
    assert [node for node in ast.walk(tree) if isinstance(node, forbidden)] == []
