"""Random questions, responses and JSON values for hypothesis, small enough to read when one of them fails."""

from __future__ import annotations

import copy
import datetime
import os
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from handbook.grader import SEVERITIES

Json = dict[str, Any]

many = settings(max_examples=250, database=None, deadline=None, derandomize="CI" in os.environ)
"""Tries the same examples at every run in CI, so that a change is to blame for a failure, and new ones elsewhere."""

HOSTILE = (
    "", "\0", "a\0b", "\u202eabc", "\u2066<b>", "<script>alert(1)</script>", "</script>", "\ud800", "\udfff\ud800",
    "😀", "a\u030a", "\u2028", "__class__", "{0}", "%s", "../..", "' or 1=1", "\x7f\x1b[2J", "١٢", "1e999", "å" * 300,
    "x" * 1_000_000,
)  # fmt: skip
KEYS = (
    "id", "type", "choices", "correct", "items", "targets", "accepted", "near_miss", "value", "tolerance", "date",
    "turns", "next", "ending", "severity", "feedback", "selected", "order", "pairs", "text", "path", "points",
    "max_points", "outcome", "severities", "error", "call", "question", "response", "grades", "pass_percent",
)  # fmt: skip

any_text = st.sampled_from(HOSTILE) | st.sampled_from(KEYS) | st.text(st.characters(), max_size=8)
_scalars = (
    st.none() | st.booleans() | st.integers() | st.sampled_from([10**40, -(10**400), 10**4000]) | st.floats() | any_text
)
any_json: st.SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=12,
)


def deep(depth: int, *, key: str = "") -> Any:
    """Return lists, or objects with *key*, nested *depth* times."""
    value: Any = "bottom"
    for _ in range(depth):
        value = {key: value} if key else [value]
    return value


def statuses(found: Json) -> dict[str, str]:
    """Return the status of every part of a grade by its id."""
    return {part["id"]: part["status"] for part in found["choices"]}


def ids(fewest: int, most: int) -> st.SearchStrategy[list[str]]:
    """Return lists of ids, each once; some are only a letter apart, and some are no ordinary words."""
    one = st.sampled_from("abcdeåäö") | st.text(st.characters(), min_size=1, max_size=6)
    return st.lists(one, min_size=fewest, max_size=most, unique=True)


severities = st.none() | st.sampled_from(SEVERITIES)


@st.composite
def parts(draw: st.DrawFn, names: list[str], severe: bool = True) -> list[dict[str, Any]]:
    """Return an item for each name, some with feedback and, when *severe*, some with a severity."""
    found = []
    for name in names:
        part: dict[str, Any] = {"id": name}
        severity = draw(severities) if severe else None
        if severity:
            part["severity"] = severity
        if draw(st.booleans()):
            part["feedback"] = draw(st.text(max_size=5))
        found.append(part)
    return found


@st.composite
def selections(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Return a question to select in: choice, multiple_response, hottext or dilemma."""
    names = draw(ids(2, 6))
    most = 1 if kind == "choice" else len(names)
    correct = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True))
    choices = draw(parts(names, severe=kind != "dilemma"))
    for choice in choices:
        if kind == "choice" and choice["id"] in correct:
            choice.pop("severity", None)
        if kind == "multiple_response" and draw(st.booleans()):
            choice["feedback_not_chosen"] = f"not {choice['id']}"
    return {"id": "q", "type": kind, "choices": choices} | ({"correct": correct} if kind != "dilemma" else {})


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """Return a question of order."""
    names = draw(ids(2, 7))
    question = {"id": "q", "type": "order", "items": draw(parts(names)), "correct": draw(st.permutations(names))}
    severity = draw(severities)
    return question | ({"severity": severity} if severity else {})


@st.composite
def matches(draw: st.DrawFn) -> dict[str, Any]:
    """Return a question of match."""
    names, targets = draw(ids(2, 6)), draw(ids(2, 5))
    return {
        "id": "q",
        "type": "match",
        "items": draw(parts(names)),
        "targets": [{"id": target} for target in targets],
        "correct": {name: draw(st.sampled_from(targets)) for name in names},
    }


words = st.text("abcdeåäöÅÄÖ -", min_size=1, max_size=14).map(lambda text: f"k{text}k")


@st.composite
def text_entries(draw: st.DrawFn) -> dict[str, Any]:
    """Return a question of text; near misses are longer than what is accepted, so that none is both."""
    accepted = draw(st.lists(words, min_size=1, max_size=3))
    near = [f"{word} {'n' * 20}" for word in draw(st.lists(words, max_size=2))]
    return {"id": "q", "type": "text_entry", "accepted": accepted, "near_miss": near, "severity": "delay"}


@st.composite
def numerics(draw: st.DrawFn) -> dict[str, Any]:
    """Return a question of number or date."""
    if draw(st.booleans()):
        return {"id": "q", "type": "numeric", "date": draw(st.dates(datetime.date(1000, 1, 1))).isoformat()}
    value, tolerance = draw(st.integers(-(10**9), 10**9)), draw(st.integers(0, 100))
    return {"id": "q", "type": "numeric", "value": f"{value},5", "tolerance": str(tolerance)}


@st.composite
def calls(draw: st.DrawFn) -> dict[str, Any]:
    """Return a simulated call, which may go round; its last turn is an ending."""
    names = draw(ids(2, 6))
    turns: list[dict[str, Any]] = []
    for name in names:
        if name == names[-1] or (name != names[0] and draw(st.booleans())):
            turns.append({"id": name})
            continue
        choices = draw(parts(draw(ids(2, 4))))
        for choice in choices:
            choice["next"] = draw(st.sampled_from(names))
            if "severity" not in choice:
                choice["correct"] = draw(st.booleans())
        turns.append({"id": name, "choices": choices})
    return {"id": "q", "type": "branching", "turns": turns}


selection_questions = st.sampled_from(["choice", "multiple_response", "hottext", "dilemma"]).flatmap(selections)
questions: st.SearchStrategy[dict[str, Any]] = (
    selection_questions | orders() | matches() | text_entries() | numerics() | calls()
)


@st.composite
def responses(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, Any] | None:
    """Return a response that *question* can be given, or None for no answer."""
    if draw(st.integers(0, 9)) == 0:
        return None
    kind = question["type"]
    if kind == "order":
        return {"order": draw(st.permutations(question["correct"]) | st.just([]))}
    if kind == "match":
        targets = st.sampled_from([target["id"] for target in question["targets"]])
        return {"pairs": draw(st.dictionaries(st.sampled_from(list(question["correct"])), targets))}
    if kind in ("text_entry", "numeric"):
        known = [*question.get("accepted", []), *question.get("near_miss", [])]
        known += [question[key] for key in ("value", "date") if key in question]
        return {"text": draw(st.sampled_from(known) | any_text)}
    if kind == "branching":
        return {"path": draw(walks(question))}
    names = [choice["id"] for choice in question["choices"]]
    return {"selected": draw(st.lists(st.sampled_from(names), unique=True, max_size=1 if kind == "choice" else 6))}


@st.composite
def walks(draw: st.DrawFn, question: dict[str, Any]) -> list[str]:
    """Return the choices of somebody who makes the call, to an ending or until tired of it."""
    turns = {turn["id"]: turn for turn in question["turns"]}
    turn = question["turns"][0]
    path: list[str] = []
    while "choices" in turn and len(path) < 12 and draw(st.integers(0, 19)):
        choice = draw(st.sampled_from(turn["choices"]))
        path.append(choice["id"])
        turn = turns[choice["next"]]
    return path


@st.composite
def answered(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return a question and a response that it can be given."""
    question = draw(questions)
    return question, draw(responses(question))


def can_be_written(value: Any) -> bool:
    """Return whether a page can write *value* as JSON: whole letters, and numbers that JavaScript knows."""
    if isinstance(value, dict):
        return all(map(can_be_written, [*value, *value.values()]))
    if isinstance(value, list):
        return all(map(can_be_written, value))
    if isinstance(value, str):
        return len(value) < 10_000 and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return not isinstance(value, int | float) or abs(value) < 10**300


@st.composite
def damaged(draw: st.DrawFn, value: Any) -> Any:
    """Return *value* with one thing in it, anywhere, put in another's place, added or taken away."""
    whole = {"": copy.deepcopy(value)}
    container: Any = whole
    key: Any = ""
    while isinstance(container[key], dict | list) and container[key] and draw(st.integers(0, 3)):
        container = container[key]
        key = draw(st.sampled_from(list(container) if isinstance(container, dict) else range(len(container))))
    deed = draw(st.sampled_from(["replace", "replace", "remove", "add"]))
    if deed == "remove" and container is not whole:
        del container[key]
    elif deed == "add" and isinstance(container[key], dict):
        container[key][draw(any_text)] = draw(any_json)
    elif deed == "add" and isinstance(container[key], list):
        container[key].append(draw(any_json | st.sampled_from(container[key] or [None])))
    else:
        container[key] = draw(any_json)
    return whole[""]


SOUND: dict[str, tuple[Json, Json, Json]] = {
    "choice": ({"choices": [{"id": "a"}, {"id": "b"}], "correct": ["a"]}, {"selected": ["a"]}, {"selected": ["b"]}),
    "order": (
        {"items": [{"id": "a"}, {"id": "b"}], "correct": ["a", "b"]},
        {"order": ["a", "b"]},
        {"order": ["b", "a"]},
    ),
    "match": (
        {"items": [{"id": "a"}, {"id": "b"}], "targets": [{"id": "c"}, {"id": "d"}], "correct": {"a": "c", "b": "d"}},
        {"pairs": {"a": "c", "b": "d"}},
        {"pairs": {"a": "d", "b": "c"}},
    ),
    "text_entry": ({"accepted": ["a"], "near_miss": []}, {"text": "a"}, {"text": "b"}),
    "numeric": ({"value": "1", "tolerance": "0"}, {"text": "1"}, {"text": "2"}),
    "branching": (
        {"turns": [
            {"id": "s", "choices": [{"id": "a", "next": "e", "correct": True}, {"id": "b", "next": "e"}]}, {"id": "e"},
        ]},
        {"path": ["a"]},
        {"path": ["b"]},
    ),
}  # fmt: skip
"""A small question of each way to answer, but for its id and type, with a right and a wrong response."""
