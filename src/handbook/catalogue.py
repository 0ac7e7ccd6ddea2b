"""The catalogue of the question bank, which :mod:`handbook.papers` draws from, and the version of the content."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from handbook.grader import SEVERITIES
from handbook.papers import canonical
from handbook.question_bank import newer_provisions

if TYPE_CHECKING:
    from handbook.content import Content
    from handbook.question_types.base import Question

VERSION_LENGTH = 10
_NOT_CONTENT = frozenset({"path", "line"})
"""Where a question stands, which says nothing of what it is."""


def build_catalogue(content: Content) -> list[dict[str, object]]:
    """Return an entry for every question that a paper may have, in the order of the bank."""
    parts: Counter[str] = Counter()
    found = []
    for question in content.bank.questions.values():
        if question.common.is_example:
            continue
        entry, scenario = _entry(question, content), question.common.scenario
        if scenario is not None:
            parts[scenario.id] += 1
            entry |= {"scenario": scenario.id, "part": parts[scenario.id]}
        found.append(entry)
    return found


def content_version(content: Content) -> str:
    """Return a short name for all questions, what their reasons say and the dates their rules were checked.

    The same content has the same version, whatever the files are called and in whatever order they are read.
    """
    questions = {
        question.id: [_plain(question), question.definition()]
        for question in content.bank.questions.values()
        if not question.common.is_example
    }
    rules = {str(rule.id): rule.last_checked.isoformat() for rule in content.rules.rules.values()}
    catalogue = {str(entry["id"]): entry for entry in build_catalogue(content)}
    text = canonical({"questions": questions, "rules": rules, "catalogue": catalogue}, depth=-100)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:VERSION_LENGTH]


def severity_of(question: Question) -> str | None:
    """Return the gravest severity among the wrong answers to *question*, or None when nothing has any."""
    found = set(_severities(question.definition()))
    return next((severity for severity in SEVERITIES if severity in found), None)


def _entry(question: Question, content: Content) -> dict[str, object]:
    common = question.common
    return {
        "id": str(question.id),
        "module": str(common.module),
        "type": common.type,
        "difficulty": str(common.difficulty),
        "severity": severity_of(question),
        "roles": list(common.roles),
        "rules": [str(rule) for rule in common.rules],
        "quarantined": bool(newer_provisions(question, content.rules, content.laws)),
    }


def _severities(value: object) -> list[str]:
    """Return every severity in a definition, however deep it stands."""
    if isinstance(value, list):
        return [severity for item in value for severity in _severities(item)]
    if not isinstance(value, dict):
        return []
    own = [value["severity"]] if isinstance(value.get("severity"), str) else []
    return own + [severity for item in value.values() for severity in _severities(item)]


def _plain(value: object) -> object:
    """Return a question and what it is made of as JSON values, without where it stands."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in _NOT_CONTENT]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
