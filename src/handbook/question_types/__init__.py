"""The question types, each in a module of its own, under QTI's names.

To add one: a module with a reader, a line in ``QUESTION_TYPES``, a grading function in ``grader.GRADERS``, a form in
``question_forms`` and cases in ``tests/cases/questions.md`` and ``tests/vectors/grading.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.question_types.choice import read_choice, read_multiple_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.question_types.base import Common, Question
    from handbook.yaml_source import Entry

QUESTION_TYPES: dict[str, Callable[[Entry, Common], Question | None]] = {
    "choice": read_choice,
    "multiple_response": read_multiple_response,
}
