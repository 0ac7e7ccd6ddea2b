"""The questions of the course of 2010, which every rule page says that it answers: ``docs/om/kursfragor.yaml``.

S1–S23 are the questions on secrecy, O1–O23 those on openness, and T1–T8 what staff ask today besides. The list is
what makes the coverage of the handbook a figure that can be computed instead of a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.entry import Entry, read_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.rule_register import Rule, RuleRegister
    from handbook.yaml_source import Text

SERIES = ("S", "O", "T")
"""Sekretess, offentlighet, tillägg: the two halves of the course and what was added to it."""

_ID = re.compile(rf"[{''.join(SERIES)}][1-9][0-9]*")


@dataclass(frozen=True)
class CourseQuestion:
    """A question of the course: its id, such as ``S14``, and what it asks, in a few words of our own."""

    id: str
    title: str
    line: int

    @property
    def series(self) -> str:
        """Return the letter that says which half of the course the question belongs to."""
        return self.id[0]


@dataclass
class CourseQuestions:
    """All questions by id, in the order of the file; *unread* says that there are others that could not be read."""

    entries: dict[str, CourseQuestion] = field(default_factory=dict)
    unread: bool = False

    def __iter__(self) -> Iterator[CourseQuestion]:
        return iter(self.entries.values())

    def lacks(self, question_id: str) -> bool:
        """Return whether no question has that id, unless some could not be read, which has been reported already."""
        return not self.unread and question_id not in self.entries


def load_course_questions(path: Path, diagnostics: Diagnostics) -> CourseQuestions:
    """Return the questions in *path*; slips go to *diagnostics* and their questions are left out."""
    found = CourseQuestions()
    listed = read_list(path, "questions", ("course questions", "course question"), diagnostics)
    found.unread = not listed
    for entry in listed:
        _add(found, entry)
    return found


def check_answers(rules: RuleRegister, questions: CourseQuestions, diagnostics: Diagnostics) -> None:
    """Report every course question that a rule answers and that is not in the list."""
    for rule in rules.rules.values():
        for answered in rule.answers:
            if questions.lacks(answered):
                diagnostics.report(
                    (rule.path, answered.line),
                    Code.UNKNOWN_COURSE_QUESTION,
                    f"rule '{rule.id}': there is no course question '{answered}'.",
                    "An id begins with S (secrecy), O (openness) or T (added since); "
                    "docs/om/kursfragor.yaml lists them.",
                )


def answered_by(rules: RuleRegister) -> dict[str, list[Rule]]:
    """Return the rules that answer each course question, by the question's id."""
    found: dict[str, list[Rule]] = {}
    for rule in rules.rules.values():
        for answered in rule.answers:
            found.setdefault(str(answered), []).append(rule)
    return found


def _add(found: CourseQuestions, entry: Entry) -> None:
    """Add the question in *entry* to *found*, unless it has to be refused."""
    entry.named(entry.raw("id"))
    entry.only(["id", "title"])
    question_id, title = _read_id(entry), entry.text("title")
    if question_id is None or title is None:
        found.unread = True
    elif question_id in found.entries:
        first = found.entries[question_id].line
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", f"Remove one; the first is on line {first}.")
    else:
        found.entries[question_id] = CourseQuestion(question_id, title, entry.mapping.line)


def _read_id(entry: Entry) -> Text | None:
    question_id = entry.text("id")
    if question_id is not None and not _ID.fullmatch(question_id):
        hint = "Write S, O or T and a number, as S14."
        entry.report("id", Code.INVALID_ID, f"'id' cannot be '{question_id}'.", hint)
        return None
    return question_id
