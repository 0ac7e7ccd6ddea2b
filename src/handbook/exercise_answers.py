"""An answer as learners write it in an exercise, turned into the response that the grader takes."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion
from handbook.question_types.hottext import HottextQuestion
from handbook.question_types.match import MatchQuestion
from handbook.question_types.order import OrderQuestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.question_types.base import Question

ALPHABET = "ABCDEFGHIJKLMNOPQRST"


class AnswerError(ValueError):
    """An answer that cannot be read; the text, in Swedish, says how to write it."""


def read_answer(question: Question, answer: object) -> dict[str, object] | None:
    """Return the response that *answer* means, or None when nothing is answered. Raises AnswerError.

    A choice is a letter or several (``"B"``, ``"A, C"``), marked words and steps are numbers (``[2, 5]``), pairs are
    one letter for each item, and a word, a number or a date is written as it is.
    """
    if answer is None or answer is ... or answer in ("", "?", [], ()):
        return None
    if isinstance(question, ChoiceQuestion | DilemmaQuestion):
        return {"selected": _chosen(answer, [choice.id for choice in question.choices])}
    if isinstance(question, HottextQuestion):
        return {"selected": _numbered(answer, [word.id for word in question.words])}
    if isinstance(question, OrderQuestion):
        shown = [item.id for item in question.shown]
        order = _numbered(answer, shown)
        if len(order) != len(shown):
            raise AnswerError(f"Skriv alla {len(shown)} siffrorna, i den ordning du väljer, till exempel [2, 1, 3].")
        return {"order": order}
    if isinstance(question, MatchQuestion):
        return {"pairs": _pairs(answer, question)}
    return {"text": answer.isoformat() if isinstance(answer, datetime.date) else str(answer)}


def _letters(answer: object) -> list[str]:
    text = " ".join(map(str, answer)) if isinstance(answer, list | tuple | set) else str(answer)
    return re.findall(r"[A-Z]", text.upper())


def _chosen(answer: object, ids: Sequence[str]) -> list[str]:
    letters, known = _letters(answer), ALPHABET[: len(ids)]
    if not letters or not set(letters) <= set(known) or len(str(answer)) > 40:
        raise AnswerError(f"Svara med en bokstav, till exempel ”{known[0]}”. Här finns {', '.join(known)}.")
    return [ids[known.index(letter)] for letter in dict.fromkeys(letters)]


def _numbered(answer: object, ids: Sequence[str]) -> list[str]:
    text = " ".join(map(str, answer)) if isinstance(answer, list | tuple | set) else str(answer)
    numbers = [int(number) for number in re.findall(r"\d{1,3}", text)]
    if not numbers or not all(1 <= number <= len(ids) for number in numbers):
        raise AnswerError(f"Svara med siffror mellan 1 och {len(ids)}, till exempel [1, 2].")
    return [ids[number - 1] for number in dict.fromkeys(numbers)]


def _pairs(answer: object, question: MatchQuestion) -> dict[str, str]:
    known = ALPHABET[: len(question.targets)]
    letters = re.findall(r"[A-Z?]", str(answer).upper()) if isinstance(answer, str) else _each(answer)
    if len(letters) != len(question.items) or not set(letters) <= {*known, "?"}:
        example = ", ".join([known[0]] * 2)
        raise AnswerError(f"Skriv {len(question.items)} bokstäver, en för varje rad, till exempel ”{example} …”.")
    targets = [target for target, _ in question.targets]
    chosen = zip(question.items, letters, strict=True)
    return {item.id: targets[known.index(letter)] for item, letter in chosen if letter != "?"}


def _each(answer: object) -> list[str]:
    return [str(part).strip().upper() for part in answer] if isinstance(answer, list | tuple) else []
