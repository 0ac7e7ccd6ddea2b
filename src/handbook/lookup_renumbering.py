"""Sections that got new numbers, read from ``docs/om/lagregister/omnumrering/*.yaml``.

Older decisions and course material use the old numbers, and so do those who learnt the law by them: the look-up
answers to both, and says which is which.
"""

from __future__ import annotations

import datetime  # noqa: TC003
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.citation import Citation, CitationError, parse_citation
from handbook.diagnostics import Code
from handbook.entry import Entry
from handbook.yaml_source import Mapping, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics


@dataclass(frozen=True)
class Renumbering:
    """What one section was called before a date, and what it is called since."""

    before: Citation
    now: Citation
    in_force: datetime.date


def load_renumberings(folder: Path, diagnostics: Diagnostics) -> tuple[Renumbering, ...]:
    """Return every new number in *folder*, in the order of the files; slips go to *diagnostics*."""
    found: list[Renumbering] = []
    for path in sorted(folder.glob("*.yaml")):
        root = read_yaml(path, diagnostics)
        if isinstance(root, Mapping):
            found += _read_file(Entry(root, path, diagnostics, "renumbering"))
        elif root is not None:
            message, hint = "The file must have keys.", "Begin it with 'renumbering:'."
            diagnostics.report((path, 1), Code.WRONG_SHAPE, message, hint)
    return tuple(found)


def _read_file(root: Entry) -> list[Renumbering]:
    root.only(["renumbering"])
    head = root.entry("renumbering", "renumbering")
    if head is None:
        return []
    head.only(["law", "amended_by", "in_force", "sections"])
    law, date, _sfs = head.text("law"), head.date("in_force"), head.text("amended_by")
    if law is None or date is None:
        return []
    rows = [_read_row(entry, law) for entry in head.entries("sections", "renumbering")]
    return [Renumbering(*row, date) for row in rows if row is not None]


def _read_row(entry: Entry, law: str) -> tuple[Citation, Citation] | None:
    entry.only(["before", "now"])
    before, now = _citation(entry, "before", law), _citation(entry, "now", law)
    return (before, now) if before and now else None


def _citation(entry: Entry, key: str, law: str) -> Citation | None:
    """Return the sections at *key*; report when they cannot be read or belong to another law."""
    text = entry.text(key)
    if text is None:
        return None
    try:
        found = parse_citation(text)
    except CitationError:
        hint = f"Write it as '2 kap. 14 § {law}'."
        entry.report(key, Code.UNREADABLE_CITATION, f"'{text}' cannot be read.", hint)
        return None
    if found.provisions[0].law != law:
        entry.report(key, Code.INVALID_VALUE, f"'{text}' is not in {law}.", f"Write {law}, or correct 'law'.")
        return None
    return found
