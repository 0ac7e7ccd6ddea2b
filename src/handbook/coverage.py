"""``python -m handbook coverage``: what each role's tests can be drawn from, as a text table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.catalogue import build_catalogue
from handbook.grader import SEVERITIES
from handbook.papers import ROLES
from handbook.question_types.base import DIFFICULTIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.content import Content

COLUMNS = (*SEVERITIES, "none", *DIFFICULTIES, "total", "left out")
"""The gravest severity among a question's wrong answers, its difficulty, and how many a test can be drawn from."""

_NOTHING = "."


def coverage_table(content: Content) -> str:
    """Return role × module × severity. Dilemmas and questions in quarantine are left out of tests, and counted so."""
    catalogue = build_catalogue(content)
    modules = list(dict.fromkeys(str(entry["module"]) for entry in catalogue))
    width = max(len(name) for name in [*ROLES, *modules])
    parts = []
    for role in ROLES:
        own = [entry for entry in catalogue if role in entry["roles"]]  # type: ignore[operator]
        rows = [(name, _counts(entry for entry in own if entry["module"] == name)) for name in modules]
        parts.append("\n".join([_line(role, COLUMNS, width), *(_line(name, cells, width) for name, cells in rows)]))
    return "\n\n".join(parts)


def coverage_counts(content: Content) -> dict[str, dict[str, tuple[int, int]]]:
    """Return, by module and role, how many questions tests are drawn from, and in how many something can leak."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for entry in build_catalogue(content):
        row = found.setdefault(str(entry["module"]), dict.fromkeys(ROLES, (0, 0)))
        if entry["quarantined"] or entry["type"] == "dilemma":
            continue
        for role in entry["roles"]:  # type: ignore[attr-defined]
            total, leaks = row[role]
            row[role] = (total + 1, leaks + (entry["severity"] == "leak"))
    return found


def _counts(entries: Iterable[dict[str, object]]) -> list[str]:
    found: Counter[str] = Counter()
    for entry in entries:
        if entry["quarantined"] or entry["type"] == "dilemma":
            found["left out"] += 1
        else:
            found.update([str(entry["severity"] or "none"), str(entry["difficulty"]), "total"])
    return [str(found[column] or _NOTHING) for column in COLUMNS]


def _line(name: str, cells: Iterable[str], width: int) -> str:
    columns = zip(cells, COLUMNS, strict=True)
    return "  ".join([name.ljust(width), *(cell.rjust(len(column)) for cell, column in columns)])
