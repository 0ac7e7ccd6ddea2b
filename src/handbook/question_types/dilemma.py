"""``dilemma``: several defensible answers, each with its reasons; never scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.question_types.base import Common, Question
from handbook.question_types.parts import Part, read_parts, refuse_count

if TYPE_CHECKING:
    from handbook.entry import Entry

DILEMMA_KEYS = ("choices",)


@dataclass(frozen=True)
class DilemmaQuestion(Question):
    """Answers that can all be defended; the reasons say what speaks for and against each."""

    choices: tuple[Part, ...]

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        return {"id": self.id, "type": "dilemma", "choices": [choice.definition() for choice in self.choices]}

    def key(self) -> dict[str, object]:
        """Return the first answer as a response; it is worth as much as any other."""
        return {"selected": [self.choices[0].id]}


def read_dilemma(entry: Entry, common: Common) -> DilemmaQuestion | None:
    """Return the ``dilemma`` in *entry*; it has no key, and a choice has no severity."""
    choices = tuple(part for part, _ in read_parts(entry, "choices", label="choice"))
    if refuse_count(entry, "choices", len(choices), 2, 6):
        return None
    return DilemmaQuestion(common, choices)
