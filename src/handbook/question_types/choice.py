"""``choice`` (one correct) and ``multiple_response`` (one or more correct)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.grader import SEVERITIES
from handbook.question_types.base import COMMON_KEYS, Common, Question

if TYPE_CHECKING:
    from handbook.yaml_source import Entry, Text

KEYS = (*COMMON_KEYS, "choices", "correct")
MOST_CHOICES = 6


@dataclass(frozen=True)
class Choice:
    """One choice: what it says, why it is right or wrong, and what acting on a wrong one would mean."""

    id: str
    text: Text
    feedback: Text
    severity: str | None


@dataclass(frozen=True)
class ChoiceQuestion(Question):
    """A question with choices; *correct* holds the ids of the correct ones, in the order of the choices."""

    choices: tuple[Choice, ...]
    correct: tuple[str, ...]

    def definition(self) -> dict[str, object]:
        """Return what the grader takes; the feedback texts go along, so that a grade explains itself."""
        return {
            "id": self.id,
            "type": self.common.type,
            "choices": [
                {"id": choice.id, "feedback": str(choice.feedback)}
                | ({"severity": choice.severity} if choice.severity else {})
                for choice in self.choices
            ],
            "correct": list(self.correct),
        }


def read_choice(entry: Entry, common: Common) -> ChoiceQuestion | None:
    """Return the ``choice`` question in *entry*, or None after reporting why not."""
    question = _read(entry, common)
    if question is not None and len(question.correct) != 1:
        entry.report(
            "correct",
            Code.ANSWER_KEY,
            f"'correct' names {len(question.correct)} choices, but a choice question has one correct.",
            "Name one, or make it 'type: multiple_response'.",
        )
        return None
    return question


def read_multiple_response(entry: Entry, common: Common) -> ChoiceQuestion | None:
    """Return the ``multiple_response`` question in *entry*, or None after reporting why not."""
    question = _read(entry, common)
    if question is not None and len(question.correct) == len(question.choices):
        entry.report("correct", Code.ANSWER_KEY, "every choice is correct.", "Add a choice that people wrongly take.")
        return None
    return question


def _read(entry: Entry, common: Common) -> ChoiceQuestion | None:
    entry.only(KEYS)
    listed = entry.entries("choices", f"question '{common.id}', choice")
    correct = _read_key(entry, [item.text("id") for item in listed])
    choices = [_read_choice(item, correct) for item in listed]
    found = tuple(choice for choice in choices if choice is not None)
    _check_choices(entry, [choice.id for choice in found])
    if correct is None or len(found) < len(listed) or len(found) < 2:
        return None
    return ChoiceQuestion(common, found, tuple(choice.id for choice in found if choice.id in correct))


def _read_key(entry: Entry, ids: list[Text | None]) -> list[str] | None:
    """Return the answer key; there is no default, and a key that names nothing is refused."""
    correct = entry.texts("correct")
    known = [str(choice_id) for choice_id in ids if choice_id is not None]
    unknown = [choice_id for choice_id in correct if choice_id not in known]
    for choice_id in unknown:
        entry.report("correct", Code.ANSWER_KEY, f"'correct' names '{choice_id}'.", did_you_mean(choice_id, known))
    if not correct or unknown:
        return None
    if len(set(correct)) < len(correct):
        entry.report("correct", Code.ANSWER_KEY, "'correct' names a choice twice.", "Name each once.")
        return None
    return [str(choice_id) for choice_id in correct]


def _read_choice(entry: Entry, correct: list[str] | None) -> Choice | None:
    choice_id = entry.identifier("id")
    entry.label = f"{entry.label} '{choice_id}'"
    entry.only(["id", "text", "severity", "feedback"])
    text, feedback = entry.text("text"), entry.text("feedback")
    severity = entry.choice("severity", SEVERITIES, required=False)
    if choice_id is None or text is None or feedback is None:
        return None
    is_correct = correct is not None and choice_id in correct
    if correct is not None and not is_correct and not entry.has("severity"):
        entry.report(
            "id",
            Code.SEVERITY,
            "a wrong choice has no 'severity'.",
            f"Say what acting on it would mean: {', '.join(SEVERITIES)}.",
        )
    if is_correct and severity is not None:
        entry.report(
            "severity",
            Code.SEVERITY,
            "a correct choice has a 'severity'.",
            "Remove it, or look at 'correct' once more.",
        )
        return None
    return Choice(choice_id, text, feedback, str(severity) if severity else None)


def _check_choices(entry: Entry, ids: list[str]) -> None:
    for choice_id in sorted({found for found in ids if ids.count(found) > 1}):
        entry.report("choices", Code.REPEATED_ID, f"two choices have the id '{choice_id}'.", "Call them a, b, c …")
    if not 2 <= len(ids) <= MOST_CHOICES and entry.has("choices"):
        entry.report(
            "choices",
            Code.INVALID_VALUE,
            f"there are {len(ids)} choices.",
            "Three are enough; at least two and at most six.",
        )
