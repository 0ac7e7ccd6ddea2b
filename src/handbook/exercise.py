"""What the exercise notebooks call: ``visa`` shows a question, ``ratta`` grades an answer with the handbook's grader.

The notebooks are for people who have never seen code. So an answer is written the way it is spoken (a letter, a
number in the text, a date), an answer that cannot be read is met with a sentence and never with a traceback, and
nothing is remembered but what was graded in this run. The two names are Swedish because learners type them.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.diagnostics import Diagnostics
from handbook.exercise_answers import AnswerError, read_answer
from handbook.exercise_texts import describe, label_of
from handbook.grader import grade
from handbook.question_bank import load_question_bank
from handbook.ui_text import EXERCISE_OUTCOMES, SEVERITIES

if TYPE_CHECKING:
    from handbook.question_types.base import Question

EDITION = Path(__file__).parent / "edition"
"""In the browser's wheel; on a developer's machine the tests point it at a folder that they have made."""

MARKS = {"chosen_correct": "✓", "chosen_wrong": "✗", "missed": "✗ saknas:", "near_miss": "≈", "chosen": "•"}
graded: dict[str, str] = {}
"""The outcome of each question graded in this run, by the question's id, for the tests and for ``alla_ratt``."""


@dataclass(frozen=True)
class Shown:
    """A text for the reader: HTML in a notebook, plain text everywhere else."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        """Return the lines as plain text."""
        return "\n".join(self.lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the lines as HTML; what learners or questions hold is text and never markup."""
        first = [f"<strong>{html.escape(line)}</strong>" for line in self.lines[:1]]
        rest = [html.escape(line) for line in self.lines[1:]]
        rows = "".join(f"<p style='margin:.3em 0;max-width:42em'>{line}</p>" for line in first + rest)
        return f"<div style='font-family:system-ui,sans-serif'>{rows}</div>"


@dataclass(frozen=True)
class Chart(Shown):
    """Lines, and below them bars: a drawing in a notebook, a row of signs in plain text."""

    bars: tuple[tuple[str, float], ...] = ()
    """The label of each bar, and its length from 0 to 1."""

    def __str__(self) -> str:
        """Return the lines, and each bar as twenty signs."""
        drawn = [f"{('█' * round(share * 20)).ljust(20, '·')} {share:4.0%} {label}" for label, share in self.bars]
        return "\n".join([*self.lines, *drawn])

    def _repr_html_(self) -> str:
        """Return the lines as HTML and the bars as SVG, each with its text beside it."""
        rows = [
            f"<rect x='0' y='{at * 24 + 4}' width='{share * 200:.0f}' height='16' fill='#1f5fa8'/>"
            f"<rect x='0.5' y='{at * 24 + 4.5}' width='199' height='15' fill='none' stroke='#777'/>"
            f"<text x='210' y='{at * 24 + 17}' fill='currentColor'>{share:.0%} {html.escape(label)}</text>"
            for at, (label, share) in enumerate(self.bars)
        ]
        size = f"width='760' height='{len(rows) * 24 + 8}' font-family='system-ui,sans-serif' font-size='14'"
        return super()._repr_html_() + f"<svg {size} role='img' aria-label='Staplar'>{''.join(rows)}</svg>"


def visa(question_id: str) -> Shown:
    """Return the question for reading: situation, what is asked, and the letters or numbers to answer with."""
    question = _question(question_id)
    return question if isinstance(question, Shown) else Shown(tuple(describe(question)))


def ratta(question_id: str, answer: object = None) -> Shown:
    """Return what the grader says of *answer*: the outcome first, then the reason for each part, then the source."""
    question = _question(question_id)
    return question if isinstance(question, Shown) else grade_answer(question, answer)


def grade_answer(question: Question, answer: object) -> Shown:
    """Return what the grader says of *answer* to *question*, and remember the outcome."""
    try:
        response = read_answer(question, answer)
    except AnswerError as error:
        return Shown((str(error),))
    result = grade(question.definition(), response)
    graded[question.id] = str(result["outcome"])
    if result["outcome"] == "unanswered":
        return Shown((EXERCISE_OUTCOMES["unanswered"],))
    return Shown((_headline(result), *_reasons(question, result), *_sources(question)))


def alla_ratt(*question_ids: str) -> Shown:
    """Return how many of the questions are answered right in this run, and which remain."""
    left = [name for name in question_ids if graded.get(name) != "correct"]
    done = len(question_ids) - len(left)
    rest = f" Kvar: {', '.join(left)}." if left else " Hela övningen är klar."
    return Shown((f"{done} av {len(question_ids)} rätt.{rest}",))


def _headline(result: dict[str, object]) -> str:
    words = EXERCISE_OUTCOMES[str(result["outcome"])]
    severities = result.get("severities") or []
    meaning = "; ".join(SEVERITIES[str(name)] for name in severities) if isinstance(severities, list) else ""
    points = f" {result['points']} av {result['max_points']} poäng." if result.get("max_points") != 1 else ""
    return f"{words}{points}" + (f" Det här {meaning}." if meaning else "")


def _reasons(question: Question, result: dict[str, object]) -> list[str]:
    """Return a line for each part of the answer that says something: what was chosen, missed or nearly right."""
    parts = result["choices"] if isinstance(result["choices"], list) else []
    told = [part for part in parts if part["status"] in MARKS]
    return [f"{MARKS[part['status']]} {label_of(question, part['id'])} {part['feedback']}".strip() for part in told]


def _sources(question: Question) -> list[str]:
    sources = edition()["sources"]
    found = sources.get(question.common.rules[0]) if isinstance(sources, dict) else None
    if not found:
        return []
    return [f"Läs mer under Slå upp: {found['question']} ({found['law']})"]


@cache
def edition() -> dict[str, object]:
    """Return the facts of the edition: its profile and values and, by rule, question and bearing provision."""
    found: dict[str, object] = json.loads((EDITION / "edition.json").read_text(encoding="utf-8"))
    return found


@cache
def _questions() -> dict[str, Question]:
    return load_question_bank(EDITION / "questions", Diagnostics()).questions


def _question(question_id: object) -> Question | Shown:
    found = _questions().get(str(question_id))
    if found is not None:
        return found
    return Shown((f"Det finns ingen fråga som heter ”{question_id}”. Kontrollera stavningen i rutan.",))
