"""The question types, each in a module of its own, under QTI's names.

To add one: a module with a reader, a line in ``QUESTION_TYPES``, a grading function in ``grader.GRADERS``, a form in
``question_forms`` and cases in ``tests/cases/questions.md`` and ``tests/vectors/grading.json``.
"""

from __future__ import annotations

from handbook.question_types.base import QuestionType
from handbook.question_types.choice import CHOICE_KEYS, read_choice, read_multiple_response

QUESTION_TYPES = {
    "choice": QuestionType(CHOICE_KEYS, read_choice),
    "multiple_response": QuestionType(CHOICE_KEYS, read_multiple_response),
}
