"""``text_entry``: write a word or a phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.grader import fold
from handbook.question_types.base import Common, Question
from handbook.question_types.parts import read_severity

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text

TEXT_ENTRY_KEYS = (
    "accepted",
    "near_miss",
    "feedback",
    "severity",
)


@dataclass(frozen=True)
class TextEntryQuestion(Question):
    """A text to write; *accepted* are right, *near_miss* are wrong in a way that deserves a word of its own."""

    accepted: tuple[Text, ...]
    near_miss: tuple[Text, ...]
    feedback: Text
    severity: str | None

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        found: dict[str, object] = {
            "id": self.id,
            "type": "text_entry",
            "accepted": [str(text) for text in self.accepted],
            "near_miss": [str(text) for text in self.near_miss],
            "feedback": str(self.feedback),
        }
        return found | ({"severity": self.severity} if self.severity else {})

    def key(self) -> dict[str, object]:
        """Return the first accepted text as a response."""
        return {"text": str(self.accepted[0])}


def read_text_entry(entry: Entry, common: Common) -> TextEntryQuestion | None:
    """Return the ``text_entry`` question in *entry*, or None after reporting why not."""
    accepted, near_miss = entry.texts("accepted"), entry.texts("near_miss", required=False)
    feedback, severity = entry.text("feedback"), read_severity(entry)
    folded = {fold(text) for text in accepted}
    for text in near_miss:
        if fold(text) in folded:
            entry.report(
                "near_miss", Code.ANSWER_KEY, f"'{text}' is accepted too.", "Case and spacing do not count; remove it."
            )
            return None
    if "" in folded:
        entry.report("accepted", Code.ANSWER_KEY, "a text of punctuation only is accepted.", "Write a word.")
        return None
    if not accepted or feedback is None:
        return None
    return TextEntryQuestion(common, accepted, near_miss, feedback, severity)
