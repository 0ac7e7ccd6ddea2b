"""A group's results as CSV that Excel opens with a double click: semicolons, a byte order mark, decimal commas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handbook import ui_text
from handbook.grader import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.item_analysis import ItemStatistics

QUESTION_COLUMNS = (
    "fråga", "modul", "regel", "typ", "svårighet", "svar", "obesvarade", "lösningsgrad", "särskiljning", "få svar",
    *(ui_text.SEVERITIES[severity] for severity in SEVERITIES),
)  # fmt: skip
CHOICE_COLUMNS = ("fråga", "del", "text", "betydelse", "antal", "andel")

_DIFFICULTIES = {"easy": "lätt", "medium": "medel", "hard": "svår"}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def questions_csv(items: Iterable[ItemStatistics]) -> bytes:
    """Return one row for each question."""
    rows = []
    for item in items:
        common = item.question.common
        texts = [item.question.id, common.module, common.rules[0], common.type, _DIFFICULTIES[common.difficulty]]
        figures = [item.answers, item.unanswered, _number(item.facility), _number(item.discrimination)]
        severities = [item.severities[severity] for severity in SEVERITIES]
        rows.append([*map(_text, texts), *figures, "ja" if item.is_small_group else "nej", *severities])
    return _written(QUESTION_COLUMNS, rows)


def choices_csv(items: Iterable[ItemStatistics]) -> bytes:
    """Return one row for each thing that could be chosen."""
    rows = [
        [
            *map(_text, (item.question.id, row.option.id, row.option.text, row.option.meaning)),
            row.count,
            _number(row.share),
        ]
        for item in items
        for row in item.options
    ]
    return _written(CHOICE_COLUMNS, rows)


def _written(columns: Sequence[str], rows: list[list[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _text(text: str) -> str:
    """Return *text* on one line, and as text even where a spreadsheet would take it for a formula."""
    line = " ".join(str(text).split())
    return f"'{line}" if str(text).startswith(_FORMULA_SIGNS) or line.startswith(_FORMULA_SIGNS) else line


def _number(value: float | None) -> str:
    """Return a figure with two decimals and a comma, or nothing."""
    return "" if value is None else f"{round(value, 2) + 0.0:.2f}".replace(".", ",")
