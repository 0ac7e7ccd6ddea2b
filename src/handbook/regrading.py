"""Grading saved results again: the bank, the grader and the seed decide, and nothing that a file says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbook.catalogue import build_catalogue, content_version
from handbook.grader import decide, grade
from handbook.papers import PaperError, draw

if TYPE_CHECKING:
    from handbook.content import Content
    from handbook.result_file import SavedResult

MARK_PARAMETER, DEFAULT_MARK = "kurs.godkand_procent", 75
LENGTH_PARAMETER, DEFAULT_LENGTH = "kurs.antal_fragor", 20

Grade = dict[str, Any]


@dataclass(frozen=True)
class Regraded:
    """A result, graded again.

    *grades* has a grade for each question in the bank, by id; *missing* are the ids that the bank does not have, and
    *unreadable* those whose response the grader refused, which counts as none. *decision* is the grader's, over all
    that was asked. *paper* says how the questions relate to the seed: ``same`` as it gives, of another ``length`` than
    the profile's test, ``other``, or ``free`` when it is practice, which may be about anything.
    """

    result: SavedResult
    grades: dict[str, Grade]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]
    decision: dict[str, Any]
    paper: str
    is_same_content: bool
    is_same_profile: bool

    @property
    def leaks(self) -> int:
        """Return in how many questions a secret was given away."""
        return sum("leak" in found["severities"] for found in self.grades.values())

    @property
    def is_sound(self) -> bool:
        """Return whether file, questions and seed fit together, so that the decision can be relied on."""
        return self.result.is_intact and self.paper in {"same", "free"} and self.is_same_profile and not self.missing

    @property
    def is_passed(self) -> bool:
        """Return whether the answers reach the pass mark of a final test without giving a secret away."""
        return self.result.kind == "final" and bool(self.decision["passed"])


class Regrader:
    """Grades results against one edition of the content. Papers are drawn once for each seed: a course shares one."""

    def __init__(self, content: Content) -> None:
        """Take the bank, the profile's pass mark and the length of its tests from *content*."""
        profile = content.profile
        values = profile.values if profile else {}
        self.pass_percent = int(values.get(MARK_PARAMETER, DEFAULT_MARK))
        self.test_length = int(values.get(LENGTH_PARAMETER, DEFAULT_LENGTH))
        self.version = content_version(content)
        self.profile = profile.slug if profile else ""
        self._catalogue = build_catalogue(content)
        self._definitions = {
            str(question.id): question.definition()
            for question in content.bank.questions.values()
            if not question.common.is_example
        }
        self._papers: dict[tuple[str, str, str, int], list[str]] = {}

    def regrade(self, result: SavedResult) -> Regraded:
        """Return *result* graded again; never raises."""
        grades: dict[str, Grade] = {}
        unreadable = []
        for question_id, response in zip(result.questions, result.responses, strict=True):
            definition = self._definitions.get(question_id)
            if definition is not None:
                found = grade(definition, response)
                if found["error"] is not None:
                    unreadable.append(question_id)
                    found = grade(definition, None)
                grades[question_id] = found
        missing = tuple(question_id for question_id in result.questions if question_id not in grades)
        decision = decide([*grades.values(), *[_UNANSWERED] * len(missing)], self.pass_percent)
        return Regraded(
            result=result, grades=grades, missing=missing, unreadable=tuple(unreadable), decision=decision,
            paper=self._compare(result), is_same_content=result.content_version == self.version,
            is_same_profile=result.profile == self.profile,
        )  # fmt: skip

    def _compare(self, result: SavedResult) -> str:
        """Return how the questions relate to the seed. Only a final test has a length that is laid down."""
        if result.kind == "practice":
            return "free"
        asked = list(result.questions)
        if result.kind == "final" and self._draw(result, self.test_length) == asked:
            return "same"
        if self._draw(result, len(asked)) == asked:
            return "length" if result.kind == "final" else "same"
        return "other"

    def _draw(self, result: SavedResult, count: int) -> list[str]:
        key = (result.kind, result.role, result.seed, count)
        if key not in self._papers:
            try:
                self._papers[key] = draw(self._catalogue, result.kind, result.role, result.seed, count)
            except PaperError:
                self._papers[key] = []
        return self._papers[key]


_UNANSWERED: Grade = {"outcome": "unanswered", "points": 0, "max_points": 1, "severities": [], "error": None}
"""The grade of a question that the bank does not have: it can help nobody to pass."""
