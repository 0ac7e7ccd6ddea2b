"""Result files as the page saves them, and files that only look like it, for the tests of verify and results."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from vectors.in_node import PROJECT

from handbook import papers
from handbook.catalogue import build_catalogue, content_version
from handbook.content import Content, load_content
from handbook.diagnostics import Diagnostics
from handbook.question_bank import load_question_bank

if TYPE_CHECKING:
    from pathlib import Path

CHOICES = """\
    choices:
      - {id: right, text: Rätt, feedback: Skäl.}
      - {id: leak, text: Röjer, severity: leak, feedback: Skäl.}
      - {id: delay, text: Dröjer, severity: delay, feedback: Skäl.}
    correct: [right]
"""


@cache
def real_content() -> Content:
    """Return the handbook's own content."""
    return load_content(PROJECT)


def small_content(folder: Path, questions: str) -> Content:
    """Return the handbook's content with *questions*, YAML, instead of its own: a list, or a whole file."""
    (folder / "quizzes").mkdir(exist_ok=True)
    (folder / "quizzes" / "small.yaml").write_text(
        questions if "\nquestions:\n" in questions else f"questions:\n{questions}", encoding="utf-8"
    )
    slips = Diagnostics()
    bank = load_question_bank(folder / "quizzes", slips)
    assert [slip.render() for slip in slips] == []
    return dataclasses.replace(real_content(), bank=bank)


def choice(question_id: str, rule: str = "hemadress") -> str:
    """Return a choice question in YAML: ``right``, ``leak`` and ``delay``."""
    return (
        f"  - id: {question_id}\n    type: choice\n    module: m\n    rules: [{rule}]\n    difficulty: easy\n"
        f"    last_checked: 2026-11-22\n    prompt: Vad gör du med {question_id}?\n{CHOICES}"
    )


def right_answer(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the response that gets all points."""
    kind = definition["type"]
    if kind in {"choice", "multiple_response", "hottext"}:
        return {"selected": definition["correct"]}
    if kind == "order":
        return {"order": definition["correct"]}
    if kind == "match":
        return {"pairs": definition["correct"]}
    if kind == "text_entry":
        return {"text": definition["accepted"][0]}
    if kind == "numeric":
        return {"text": definition.get("date") or definition["value"]}
    path, turn = [], definition["turns"][0]
    while "choices" in turn:
        said = next(item for item in turn["choices"] if item.get("correct"))
        path.append(said["id"])
        turn = next(item for item in definition["turns"] if item["id"] == said["next"])
    return {"path": path}


def paper(content: Content, kind: str = "final", seed: str = "ABCD", count: int = 20) -> list[str]:
    """Return the questions of a paper."""
    return papers.draw(build_catalogue(content), kind, "vaxel", seed, count)


_versions: list[tuple[Content, str]] = []


def _version(content: Content) -> str:
    """Return the content's version, worked out once for each."""
    found = next((version for known, version in _versions if known is content), None)
    if found is None:
        found = content_version(content)
        _versions.append((content, found))
    return found


def result_of(content: Content, questions: list[str], responses: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the result object of a final test with *responses* by question; *changes* go in before it is sealed."""
    values = {
        "content_version": _version(content), "profile": "exempelkommun", "role": "vaxel", "kind": "final",
        "seed": "ABCD", "attempt": "", "date": "2026-11-22", "questions": questions,
        "responses": [{"question_id": name, "response": response} for name, response in responses.items()],
    }  # fmt: skip
    return papers.result({**values, **changes})


def all_right(content: Content, questions: list[str]) -> dict[str, Any]:
    """Return right responses to *questions*."""
    return {name: right_answer(content.bank.questions[name].definition()) for name in questions}


def save(folder: Path, name: str, result: object) -> Path:
    """Write *result* as the page would and return the file."""
    path = folder / name
    path.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return path


def sealed(result: dict[str, Any]) -> dict[str, Any]:
    """Return *result* with the code that its content gives: what a forger who knows our code would write."""
    return {**result, "check_code": papers.check_code(result)}


GOOD: dict[str, Any] = {
    "schema_version": 1, "content_version": "0123456789", "profile": "exempelkommun", "role": "vaxel", "kind": "final",
    "seed": "ABCD", "attempt": "", "date": "2026-11-22", "questions": ["a", "b"],
    "responses": [{"selected": ["x"]}, None],
}  # fmt: skip
"""A result of the right shape, about questions that nobody has."""


def _nested(depth: int) -> Any:
    value: Any = "bottom"
    for _ in range(depth):
        value = [value]
    return value


def _good(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


DAMAGED = "den är skadad eller ändrad: något saknas eller har fel form"
NO_RESULT = "den är ingen resultatfil från handboken"
NOT_UTF_8 = "den är inte sparad som UTF-8"
TOO_DEEP = "innehållet är nästlat i för många nivåer"
TWICE = "samma nyckel står två gånger"

HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "den är tom"),
    "blank": (b"  \n", "den är tom"),
    "cut short": (_good()[:60], "den är inte giltig JSON (rad 1)"),
    "a web page": (b"<!DOCTYPE html>\n<html></html>", "den är inte giltig JSON (rad 1)"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\xff", NOT_UTF_8),
    "latin-1": (json.dumps({**GOOD, "profile": "åäö"}, ensure_ascii=False).encode("latin-1"), NOT_UTF_8),
    "utf-16": (json.dumps(GOOD).encode("utf-16"), NOT_UTF_8),
    "too large": (b" " * 1_000_001, "den är större än 1 MB"),
    "deep lists": (b"[" * 500_000, TOO_DEEP),
    "deep objects": (b'{"a":' * 150_000, TOO_DEEP),
    "deep response": (_good(responses=[{"selected": _nested(200)}, None]), TOO_DEEP),
    "a number": (b"7", NO_RESULT),
    "a list": (b"[]", NO_RESULT),
    "another program's": (b'{"name": "package", "version": "1"}', NO_RESULT),
    "a history": (b'{"schema_version": 1, "questions": []}', NO_RESULT),
    "a later schema": (_good(schema_version=2, papers={}), "den är sparad av en nyare version av handboken"),
    "a schema that is true": (_good(schema_version=True), DAMAGED),
    "a schema with decimals": (b'{"schema_version": 1.0, "content_version": "a"}', DAMAGED),
    "a key twice": (b'{"schema_version": 1, "content_version": "a", "role": "vaxel", "role": "kansli"}', TWICE),
    "not a number": (_good(responses=[float("nan"), None]), "den innehåller NaN, som inte är ett tal"),
    "a huge number": (b'{"schema_version": ' + b"1" * 5000 + b"}", "den är inte giltig JSON"),
    "decimals": (_good(responses=[{"selected": [0.5]}, None]), DAMAGED),
    "no role": (_good(role=None), DAMAGED),
    "an unknown role": (_good(role="chef"), DAMAGED),
    "an unknown kind": (_good(kind="exam"), DAMAGED),
    "no such date": (_good(date="2026-02-30"), "datumet går inte att läsa"),
    "no seed": (_good(seed="<script>"), "provkoden går inte att läsa"),
    "no questions": (_good(questions=[], responses=[]), DAMAGED),
    "too many questions": (_good(questions=[f"q{n}" for n in range(101)], responses=[None] * 101), DAMAGED),
    "a question twice": (_good(questions=["a", "a"]), DAMAGED),
    "a question that is a list": (_good(questions=["a", []]), DAMAGED),
    "a long id": (_good(questions=["a", "b" * 101]), DAMAGED),
    "a response too few": (_good(responses=[None]), DAMAGED),
    "a response that is a text": (_good(responses=["right", None]), DAMAGED),
}
"""What is no result file, and the reason that is given."""
