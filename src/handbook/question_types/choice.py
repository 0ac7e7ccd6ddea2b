"""``choice`` (one correct) and ``multiple_response`` (one or more correct)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.grader import SEVERITIES
from handbook.question_types.base import Common, Question

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text

CHOICE_KEYS = ("choices", "correct")
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

    def key(self) -> dict[str, object]:
        """Return the correct choices as a response."""
        return {"selected": list(self.correct)}


def read_choice(entry: Entry, common: Common) -> ChoiceQuestion | None:
    """Return the ``choice`` question in *entry*, or None after reporting why not."""
    correct = _read_key(entry)
    if correct is not None and len(correct) > 1:
        message = f"'correct' names {len(correct)} choices, but a choice question has one correct."
        entry.report("correct", Code.ANSWER_KEY, message, "Name one, or make it 'type: multiple_response'.")
        correct = None
    return _read(entry, common, correct)


def read_multiple_response(entry: Entry, common: Common) -> ChoiceQuestion | None:
    """Return the ``multiple_response`` question in *entry*, or None after reporting why not."""
    question = _read(entry, common, _read_key(entry))
    if question is not None and len(question.correct) == len(question.choices):
        entry.report("correct", Code.ANSWER_KEY, "every choice is correct.", "Add a choice that people wrongly take.")
        return None
    return question


def _read(entry: Entry, common: Common, correct: tuple[Text, ...] | None) -> ChoiceQuestion | None:
    listed = entry.entries("choices", f"{entry.label}, choice")
    choices = [_read_choice(item, correct) for item in listed]
    found = tuple(choice for choice in choices if choice is not None)
    if not _are_sound(entry, listed) or correct is None or len(found) < len(listed):
        return None
    return ChoiceQuestion(common, found, tuple(choice.id for choice in found if choice.id in correct))


def _read_key(entry: Entry) -> tuple[Text, ...] | None:
    """Return the answer key; there is no default, and a key that names nothing is refused."""
    correct = entry.texts("correct")
    known = [item.raw("id") for item in entry.quietly("choices")]
    unknown = [choice_id for choice_id in correct if choice_id not in known]
    for choice_id in unknown if known and all(known) else ():
        message = f"'correct' names '{choice_id}', but no choice has that id."
        entry.report(choice_id, Code.ANSWER_KEY, message, did_you_mean(choice_id, known))
    if not correct or unknown:
        return None
    if len(set(correct)) < len(correct):
        entry.report("correct", Code.ANSWER_KEY, "'correct' names a choice twice.", "Name each once.")
        return None
    return correct


def _read_choice(entry: Entry, correct: tuple[Text, ...] | None) -> Choice | None:
    entry.named(entry.raw("id"))
    entry.only(["id", "text", "severity", "feedback"])
    choice_id = entry.identifier("id")
    text, feedback = entry.text("text"), entry.text("feedback")
    severity = entry.choice("severity", SEVERITIES, required=False)
    is_correct = correct is not None and choice_id in correct
    if correct is not None and choice_id is not None and not is_correct and not entry.has("severity"):
        hint = f"Say what acting on it would mean: {', '.join(SEVERITIES)}."
        entry.report("id", Code.SEVERITY, "a wrong choice has no 'severity'.", hint)
    if is_correct and severity is not None:
        hint = "Remove it, or look at 'correct' once more."
        entry.report("severity", Code.SEVERITY, "a correct choice has a 'severity'.", hint)
        return None
    if choice_id is None or text is None or feedback is None:
        return None
    return Choice(choice_id, text, feedback, str(severity) if severity else None)


def _are_sound(entry: Entry, listed: list[Entry]) -> bool:
    """Return whether the choices have different ids and are neither too few nor too many."""
    ids = [item.raw("id") for item in listed]
    repeated = [item for number, item in enumerate(listed) if ids[number] and ids[number] in ids[:number]]
    for item in repeated:
        item.report("id", Code.REPEATED_ID, "the id is used twice.", "Call the choices a, b, c …")
    if listed and not 2 <= len(listed) <= MOST_CHOICES:
        message = "there is only 1 choice." if len(listed) == 1 else f"there are {len(listed)} choices."
        entry.report("choices", Code.INVALID_VALUE, message, "Three are enough; at least two and at most six.")
    return 2 <= len(listed) <= MOST_CHOICES and not repeated
