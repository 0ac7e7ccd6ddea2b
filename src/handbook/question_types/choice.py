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
OPTIONAL_KEYS = ("feedback_not_chosen", "severity_missed")
"""What a choice may have besides where leaving it out is part of the answer."""
MOST_CHOICES = 6


@dataclass(frozen=True)
class Choice:
    """One choice: what it says, why it is right or wrong, and what getting it wrong would mean.

    Getting a wrong choice wrong is to take it, a correct one to miss it. *feedback_not_chosen*, if there is any, is
    said in place of *feedback* to whoever did not take the choice.
    """

    id: str
    text: Text
    feedback: Text
    severity: str | None
    feedback_not_chosen: Text | None = None

    def definition(self) -> dict[str, object]:
        """Return the choice as the grader takes it."""
        found: dict[str, object] = {"id": self.id, "feedback": str(self.feedback)}
        found |= {"severity": self.severity} if self.severity else {}
        return found | ({"feedback_not_chosen": str(self.feedback_not_chosen)} if self.feedback_not_chosen else {})


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
            "choices": [choice.definition() for choice in self.choices],
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
    return _read(entry, common, correct, ())


def read_multiple_response(entry: Entry, common: Common) -> ChoiceQuestion | None:
    """Return the ``multiple_response`` question in *entry*, or None after reporting why not."""
    question = _read(entry, common, _read_key(entry), OPTIONAL_KEYS)
    if question is not None and len(question.correct) == len(question.choices):
        entry.report("correct", Code.ANSWER_KEY, "every choice is correct.", "Add a choice that people wrongly take.")
        return None
    return question


def _read(
    entry: Entry, common: Common, correct: tuple[Text, ...] | None, optional: tuple[str, ...]
) -> ChoiceQuestion | None:
    listed = entry.entries("choices", f"{entry.label}, choice")
    choices = [_read_choice(item, correct, optional) for item in listed]
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


def _read_choice(entry: Entry, correct: tuple[Text, ...] | None, optional: tuple[str, ...]) -> Choice | None:
    """Return the choice in *entry*, which may have the keys *optional* besides those of every choice."""
    entry.named(entry.raw("id"))
    entry.only(["id", "text", "severity", "feedback", *optional])
    choice_id = entry.identifier("id")
    text, feedback = entry.text("text"), entry.text("feedback")
    not_chosen = entry.text("feedback_not_chosen", required=False) if optional else None
    is_correct = correct is not None and choice_id in correct
    severity = _read_severity(entry, known=correct is not None and choice_id is not None, is_correct=is_correct)
    if choice_id is None or text is None or feedback is None or (is_correct and entry.has("severity")):
        return None
    return Choice(choice_id, text, feedback, severity, not_chosen)


def _read_severity(entry: Entry, *, known: bool, is_correct: bool) -> str | None:
    """Return what getting the choice wrong would mean; *known* says whether it is known to be wrong or correct."""
    severity = entry.choice("severity", SEVERITIES, required=False)
    missed = entry.choice("severity_missed", SEVERITIES, required=False)
    if known and not is_correct and not entry.has("severity"):
        hint = f"Say what acting on it would mean: {', '.join(SEVERITIES)}."
        entry.report("id", Code.SEVERITY, "a wrong choice has no 'severity'.", hint)
    if known and not is_correct and entry.has("severity_missed"):
        hint = "Remove it, or look at 'correct' once more."
        entry.report("severity_missed", Code.SEVERITY, "a wrong choice has a 'severity_missed'.", hint)
    if is_correct and severity is not None:
        hint = "Remove it, or look at 'correct' once more."
        entry.report("severity", Code.SEVERITY, "a correct choice has a 'severity'.", hint)
    found = missed if is_correct else severity
    return str(found) if found else None


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
