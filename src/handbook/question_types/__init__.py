"""The question types, each in a module of its own, under QTI's names.

To add one: a module with a reader, a line in ``QUESTION_TYPES``, a grading function in ``grader.GRADERS``, a form in
``question_forms`` and cases in ``tests/cases/questions.md`` and ``tests/vectors/grading.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.question_types.branching import read_branching
from handbook.question_types.choice import read_choice, read_multiple_response
from handbook.question_types.dilemma import read_dilemma
from handbook.question_types.hottext import read_hottext
from handbook.question_types.match import read_match
from handbook.question_types.numeric import read_numeric
from handbook.question_types.order import read_order
from handbook.question_types.text_entry import read_text_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.question_types.base import Common, Question
    from handbook.yaml_source import Entry

QUESTION_TYPES: dict[str, Callable[[Entry, Common], Question | None]] = {
    "choice": read_choice,
    "multiple_response": read_multiple_response,
    "order": read_order,
    "match": read_match,
    "text_entry": read_text_entry,
    "numeric": read_numeric,
    "hottext": read_hottext,
    "branching": read_branching,
    "dilemma": read_dilemma,
}
