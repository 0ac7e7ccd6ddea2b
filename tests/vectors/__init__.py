"""The grader's test vectors: read once, used under CPython, in Node and in the built page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from handbook import grader

_DATA: dict[str, Any] = json.loads(Path(__file__).with_name("grading.json").read_text(encoding="utf-8"))

NAMED: dict[str, dict[str, Any]] = _DATA["questions"]
"""The questions that several vectors share."""


def _question(vector: dict[str, Any]) -> Any:
    """Return the vector's question: a name in the file's list, ``like`` another but for a few keys, or itself."""
    wanted = vector["question"]
    if isinstance(wanted, dict) and "like" in wanted:
        gone = wanted.get("without", [])
        return {key: value for key, value in NAMED[wanted["like"]].items() if key not in gone} | wanted.get("but", {})
    return NAMED[wanted] if isinstance(wanted, str) and wanted in NAMED else wanted


GRADES: list[dict[str, Any]] = [{**vector, "question": _question(vector)} for vector in _DATA["grades"]]
DECISIONS: list[dict[str, Any]] = _DATA["decisions"]


def as_the_page_writes(call: dict[str, Any]) -> str:
    """Return JSON as ``JSON.stringify`` does: letters as they are, for MicroPython misreads an escaped emoji.

    Half an emoji, which is no letter, is escaped.
    """
    written = json.dumps(call, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", written)


def grade_call(vector: dict[str, Any]) -> str:
    """Return the vector as the text that ``call_json`` takes."""
    return as_the_page_writes({"call": "grade", "question": vector["question"], "response": vector["response"]})


def decide_call(vector: dict[str, Any]) -> str:
    """Return the decision vector as the text that ``call_json`` takes."""
    return as_the_page_writes({"call": "decide", "grades": vector["grades"], "pass_percent": vector["pass_percent"]})


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
    found |= {"ending": grade["ending"]} if "ending" in grade else {}
    return found | ({"error_code": grade["error"]["code"]} if grade["error"] else {})
