"""The question types, each in a module of its own, under QTI's names.

To add one: a module with a reader, a line in ``QUESTION_TYPES``, a grading function in ``grader.GRADERS``, a form in
``question_forms`` and cases in ``tests/cases/question-types.md`` and ``tests/vectors/grading.json``.
"""

from __future__ import annotations

from handbook.question_types.base import QuestionType
from handbook.question_types.branching import BRANCHING_KEYS, read_branching
from handbook.question_types.choice import CHOICE_KEYS, read_choice, read_multiple_response
from handbook.question_types.dilemma import DILEMMA_KEYS, read_dilemma
from handbook.question_types.hottext import HOTTEXT_KEYS, read_hottext
from handbook.question_types.match import MATCH_KEYS, read_match
from handbook.question_types.numeric import NUMERIC_KEYS, read_numeric
from handbook.question_types.order import ORDER_KEYS, read_order
from handbook.question_types.text_entry import TEXT_ENTRY_KEYS, read_text_entry

QUESTION_TYPES = {
    "choice": QuestionType(CHOICE_KEYS, read_choice),
    "multiple_response": QuestionType(CHOICE_KEYS, read_multiple_response),
    "order": QuestionType(ORDER_KEYS, read_order),
    "match": QuestionType(MATCH_KEYS, read_match),
    "text_entry": QuestionType(TEXT_ENTRY_KEYS, read_text_entry),
    "numeric": QuestionType(NUMERIC_KEYS, read_numeric),
    "hottext": QuestionType(HOTTEXT_KEYS, read_hottext),
    "branching": QuestionType(BRANCHING_KEYS, read_branching),
    "dilemma": QuestionType(DILEMMA_KEYS, read_dilemma),
}
