"""A question of an exercise as lines to read, with the letters or numbers that learners answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.exercise_answers import ALPHABET
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion
from handbook.question_types.hottext import WORD, HottextQuestion
from handbook.question_types.match import MatchQuestion
from handbook.question_types.order import OrderQuestion

if TYPE_CHECKING:
    from handbook.question_types.base import Question


def describe(question: Question) -> list[str]:
    """Return the situation and what there is to choose among, a line each."""
    lines = [str(question.common.prompt)]
    if isinstance(question, ChoiceQuestion | DilemmaQuestion):
        return lines + [f"{letter}. {text}" for letter, (_, text) in zip(ALPHABET, _choices(question), strict=False)]
    if isinstance(question, HottextQuestion):
        return lines + _document(question)
    if isinstance(question, OrderQuestion):
        return lines + [f"{number}. {item.text}" for number, item in enumerate(question.shown, 1)]
    if isinstance(question, MatchQuestion):
        targets = [f"{letter} = {text}" for letter, (_, text) in zip(ALPHABET, question.targets, strict=False)]
        return [*lines, " · ".join(targets), *(f"{at}. {item.text}" for at, item in enumerate(question.items, 1))]
    return lines


def label_of(question: Question, part_id: object) -> str:
    """Return the name of a part of *question*, as :func:`describe` shows it, with a colon; empty when it has none."""
    if isinstance(question, ChoiceQuestion | DilemmaQuestion):
        named = {name: ALPHABET[at] for at, (name, _) in enumerate(_choices(question))}
    elif isinstance(question, HottextQuestion):
        named = {word.id: f"{at} ”{word.text}”" for at, word in enumerate(question.words, 1)}
    elif isinstance(question, OrderQuestion):
        named = {item.id: str(at) for at, item in enumerate(question.shown, 1)}
    elif isinstance(question, MatchQuestion):
        named = {item.id: str(at) for at, item in enumerate(question.items, 1)}
    else:
        return ""
    return f"{named.get(str(part_id), part_id)}:"


def _choices(question: ChoiceQuestion | DilemmaQuestion) -> list[tuple[str, str]]:
    """Return the id and the text of each choice."""
    if isinstance(question, ChoiceQuestion):
        return [(choice.id, str(choice.text)) for choice in question.choices]
    return [(choice.id, str(choice.text)) for choice in question.choices]


def _document(question: HottextQuestion) -> list[str]:
    """Return the document with a number before each place that can be masked."""
    numbers = {word.id: at for at, word in enumerate(question.words, 1)}
    text = WORD.sub(lambda match: f"[{numbers[match.group(1)]}: {match.group(2)}]", str(question.document))
    return [line for line in text.splitlines() if line.strip()]
