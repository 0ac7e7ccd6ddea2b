"""What has changed in the content, read from the entries under *Content* in ``CHANGELOG.md``.

Such an entry is a list item with three items below it: ``From``, ``Pages`` and ``Questions``. Other headings of the log
are for developers and are left alone.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.yaml_source import read_text_file

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics

PARTS = ("From", "Pages", "Questions")
_HINT = "Write '  - From: 2026-11-22', '  - Pages: sla-upp/hemadress' and '  - Questions: all' below it."


@dataclass(frozen=True)
class Change:
    """One change: the day from which it is so, what is new, and the pages (docnames) that it concerns.

    *places* holds what is written under ``Pages`` and is no page: a folder, or ``all rules in sla-upp``.
    """

    since: datetime.date
    text: str
    pages: tuple[str, ...]
    places: tuple[str, ...]
    line: int


def load_changes(path: Path, docs: Path, diagnostics: Diagnostics) -> tuple[Change, ...]:
    """Return the changes of the content, the latest first; nothing when there is no log."""
    if not path.is_file():
        return ()
    text = read_text_file(path, diagnostics)
    found = [_read(item, path, docs, diagnostics) for item in _items((text or "").splitlines())]
    return tuple(sorted((item for item in found if item), key=lambda item: item.since, reverse=True))


def _items(lines: list[str]) -> list[tuple[int, str, dict[str, str]]]:
    """Return line, text and parts of each entry under a heading *Content*; lines that go on are joined."""
    items: list[tuple[int, str, dict[str, str]]] = []
    inside = False
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            inside = line.strip() == "### Content"
        elif inside and line.startswith("- "):
            items.append((number, line[2:].strip(), {}))
        elif inside and items and (part := re.match(r"\s+[-*] (\w+): *(.*)", line)):
            items[-1][2][part[1]] = part[2].strip()
        elif inside and items and line.startswith("  ") and not items[-1][2]:
            first, text, parts = items[-1]
            items[-1] = (first, f"{text} {line.strip()}", parts)
    return items


def _read(item: tuple[int, str, dict[str, str]], path: Path, docs: Path, diagnostics: Diagnostics) -> Change | None:
    line, text, parts = item
    lacking = [part for part in PARTS if not parts.get(part)]
    written = re.match(r"\d{4}-\d{2}-\d{2}", parts.get("From", ""))
    if lacking or written is None:
        what = f"'{lacking[0]}'" if lacking else "a date after 'From'"
        diagnostics.report((path, line), Code.CHANGE_LOG, f"The entry lacks {what}.", _HINT)
        return None
    try:
        since = datetime.date.fromisoformat(written.group())
    except ValueError:
        diagnostics.report((path, line), Code.CHANGE_LOG, f"'{written.group()}' is not a date.", _HINT)
        return None
    pages: list[str] = []
    places: list[str] = []
    for name in (part.strip() for part in parts["Pages"].split(",")):
        if (docs / f"{name}.md").is_file():
            pages.append(name)
        elif (docs / name).is_dir() or name.startswith("all "):
            places.append(name)
        else:
            message = f"There is no page '{name}'."
            diagnostics.report((path, line), Code.CHANGE_LOG, message, "Write it as below docs/, without .md.")
    return Change(since, text, tuple(pages), tuple(places), line)
