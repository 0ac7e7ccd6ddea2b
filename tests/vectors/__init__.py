"""The grader's test vectors: read once, used under CPython, in Node and in the built page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handbook import grader

_DATA: dict[str, Any] = json.loads(Path(__file__).with_name("grading.json").read_text(encoding="utf-8"))


def _question(vector: dict[str, Any]) -> Any:
    """Return the vector's question: a name in the file's list, or the value itself."""
    wanted = vector["question"]
    return _DATA["questions"][wanted] if isinstance(wanted, str) and wanted in _DATA["questions"] else wanted


GRADES: list[dict[str, Any]] = [{**vector, "question": _question(vector)} for vector in _DATA["grades"]]
DECISIONS: list[dict[str, Any]] = _DATA["decisions"]


def _as_the_page_writes(call: dict[str, Any]) -> str:
    """Return JSON as ``JSON.stringify`` writes it: letters as they are (MicroPython misreads an escaped emoji)."""
    return json.dumps(call, ensure_ascii=False)


def grade_call(vector: dict[str, Any]) -> str:
    """Return the vector as the text that ``call_json`` takes."""
    return _as_the_page_writes({"call": "grade", "question": vector["question"], "response": vector["response"]})


def decide_call(vector: dict[str, Any]) -> str:
    """Return the decision vector as the text that ``call_json`` takes."""
    return _as_the_page_writes({"call": "decide", "grades": vector["grades"], "pass_percent": vector["pass_percent"]})


ALL_CALLS: list[str] = [*map(grade_call, GRADES), *map(decide_call, DECISIONS)]


def disagreements(answers: list[str]) -> list[tuple[str, str]]:
    """Return the calls of ALL_CALLS that another interpreter answered otherwise than CPython, with its answers."""
    pairs = zip(ALL_CALLS, answers, strict=True)
    return [(call, answer) for call, answer in pairs if canonical(answer) != canonical(grader.call_json(call))]


def canonical(text: str) -> str:
    """Return JSON in one form, whatever the order of its keys."""
    return json.dumps(json.loads(text), sort_keys=True)


def summary(grade: dict[str, Any]) -> dict[str, Any]:
    """Return what a vector expects of a grade."""
    found = {
        "outcome": grade["outcome"],
        "points": grade["points"],
        "max_points": grade["max_points"],
        "statuses": {choice["id"]: choice["status"] for choice in grade["choices"]},
        "severities": grade["severities"],
    }
    return found | ({"error_code": grade["error"]["code"]} if grade["error"] else {})
