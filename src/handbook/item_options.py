"""What can be chosen in a question, as rows of a table: what it says, and the status that the grader gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.question_types.branching import BranchingQuestion
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion
from handbook.question_types.hottext import HottextQuestion
from handbook.question_types.match import MatchQuestion
from handbook.question_types.order import OrderQuestion

if TYPE_CHECKING:
    from handbook.question_types.base import Question


@dataclass(frozen=True)
class Option:
    """One row: the part's id and status in a grade, what it says, and what taking it amounts to."""

    id: str
    status: str
    text: str
    meaning: str


def options_of(question: Question) -> list[Option]:
    """Return the rows of *question*. What somebody wrote is never among them, since it could say who did."""
    if isinstance(question, ChoiceQuestion):
        return [_chosen(choice.id, choice.text, choice.id in question.correct) for choice in question.choices]
    if isinstance(question, HottextQuestion):
        return [_chosen(word.id, word.text, word.mask) for word in question.words]
    if isinstance(question, BranchingQuestion):
        return [
            _chosen(f"{turn.id}/{say.part.id}", say.part.text, say.correct)
            for turn in question.turns
            for say in turn.choices
        ]
    if isinstance(question, DilemmaQuestion):
        return [Option(choice.id, "chosen", str(choice.text), "inget facit") for choice in question.choices]
    if isinstance(question, MatchQuestion | OrderQuestion):
        meaning = "fel par" if isinstance(question, MatchQuestion) else "fel plats"
        return [Option(item.id, "chosen_wrong", str(item.text), meaning) for item in question.items]
    return [
        Option("answer", "chosen_correct", "rätt svar", "rätt"),
        Option("answer", "near_miss", "nästan rätt svar", "fel"),
        Option("answer", "chosen_wrong", "annat svar", "fel"),
    ]


def _chosen(option_id: str, text: str, is_correct: bool) -> Option:
    status = "chosen_correct" if is_correct else "chosen_wrong"
    return Option(option_id, status, str(text), "rätt" if is_correct else "fel")
