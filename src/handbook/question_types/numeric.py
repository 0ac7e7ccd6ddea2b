"""``numeric``: write a number or a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.grader import grade
from handbook.question_types.base import Common, Question
from handbook.question_types.parts import read_severity

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text

NUMERIC_KEYS = (
    "value",
    "tolerance",
    "date",
    "unit",
    "feedback",
    "severity",
)


@dataclass(frozen=True)
class NumericQuestion(Question):
    """A number, right within *tolerance* (in the same unit), or a date."""

    value: str
    tolerance: str
    date: str
    unit: Text | None
    feedback: Text
    severity: str | None

    @property
    def answer(self) -> str:
        """Return the right answer as it is written."""
        return self.date or self.value

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        answer = {"date": self.date} if self.date else {"value": self.value, "tolerance": self.tolerance}
        found: dict[str, object] = {"id": self.id, "type": "numeric", **answer, "feedback": str(self.feedback)}
        return found | ({"severity": self.severity} if self.severity else {})

    def key(self) -> dict[str, object]:
        """Return the right answer as a response."""
        return {"text": self.answer}


def read_numeric(entry: Entry, common: Common) -> NumericQuestion | None:
    """Return the ``numeric`` question in *entry*, or None after reporting why not."""
    if entry.has("value") == entry.has("date"):
        entry.report("", Code.ANSWER_KEY, "give either 'value' or 'date'.", "A number, or a day as YYYY-MM-DD.")
        return None
    feedback, severity = entry.text("feedback"), read_severity(entry)
    date = entry.date("date") if entry.has("date") else None
    value = entry.text("value") if entry.has("value") else None
    tolerance = entry.text("tolerance", required=False)
    if feedback is None or (date is None and value is None):
        return None
    unit = entry.text("unit", required=False)
    question = NumericQuestion(
        common, str(value or ""), str(tolerance or "0"), date.isoformat() if date else "", unit, feedback, severity
    )
    if grade({**question.definition(), "id": "q"}, question.key())["outcome"] != "correct":
        entry.report("value", Code.ANSWER_KEY, f"'{question.answer}' cannot be read as a number.", "Write 21 or 2,5.")
        return None
    return question
