"""The review list: what in the handbook somebody has to read again, for the registrar. The day is passed in.

Three things make an entry: it has not been checked within the profile's limit, a provision that it rests on has come
into force after the check, or a change is decided that will come into force later.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Diagnostics, display_path
from handbook.entry import Entry
from handbook.yaml_source import Mapping, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handbook.content import Content
    from handbook.law_register import LawRegister, ProvisionEntry
    from handbook.question_types.base import Question

LIMIT = "granskning.intervall_manader"
DEFAULT_LIMIT = 12
COMING_FILE = "docs/om/kommande.yaml"
"""Law that is decided or proposed; where there is no such file, only the register's own dates are known."""

_STAGES = {"decided": "beslutad", "proposed": "föreslagen", "inquiry": "utreds", "unconfirmed": "inte bekräftad"}


@dataclass(frozen=True)
class Item:
    """A rule or a question as the list sees it: who owns it, when it was checked, where it is, what it rests on."""

    name: str
    owner: str
    checked: datetime.date
    place: str
    provisions: tuple[ProvisionEntry, ...]

    def newer(self, today: datetime.date) -> list[ProvisionEntry]:
        """Return the provisions that have come into force since the check."""
        return [entry for entry in self.provisions if self.checked < entry.in_force <= today]


@dataclass(frozen=True)
class Coming:
    """A change that is not in force on the day of the list."""

    starts: datetime.date | None
    text: str
    stage: str


@dataclass(frozen=True)
class Review:
    """The list: what is old, what rests on law that is newer, and what is to come."""

    today: datetime.date
    months: int
    municipality: str
    items: int
    old: list[Item]
    outrun: list[tuple[Item, list[ProvisionEntry]]]
    coming: list[Coming]

    @property
    def is_due(self) -> bool:
        """Return whether anything has to be read again."""
        return bool(self.old or self.outrun)


def review(content: Content, today: datetime.date) -> Review:
    """Return what is to be read again on the day *today*."""
    items = [*_rules(content), *_questions(content)]
    values = content.profile.values if content.profile else {}
    months = int(values.get(LIMIT, str(DEFAULT_LIMIT)))
    outrun = [(item, item.newer(today)) for item in items]
    return Review(
        today,
        months,
        content.profile.municipality if content.profile else "",
        len(items),
        sorted((item for item in items if months_after(item.checked, months) < today), key=_order),
        sorted(((item, newer) for item, newer in outrun if newer), key=lambda pair: _order(pair[0])),
        _coming(content, today),
    )


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of the month so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def review_text(found: Review) -> str:
    """Return the list as text, in Swedish, since the registrar reads it."""
    lines = [f"Granskningslista för {found.municipality}, {found.today}.", f"Gränsen är {found.months} månader."]
    lines += _part("Äldre än gränsen", [_line(item, f"granskad {item.checked}") for item in found.old])
    lines += _part("Lagen är nyare än granskningen", [_line(item, _since(newer)) for item, newer in found.outrun])
    lines += _part("På väg", [_coming_line(law) for law in found.coming])
    counts = f"{len(found.old)} äldre än gränsen, {len(found.outrun)} med nyare lag, {len(found.coming)} på väg"
    return "\n".join([*lines, "", f"{found.items} regler och frågor: {counts}."])


def _order(item: Item) -> tuple[str, datetime.date, str, str]:
    return item.owner, item.checked, item.place, item.name


def _rules(content: Content) -> Iterable[Item]:
    for rule in content.rules.rules.values():
        place = display_path(rule.path, content.root)
        yield Item(rule.id, rule.owner, rule.last_checked, place, _entries(content.laws, rule.provisions))


def _questions(content: Content) -> Iterable[Item]:
    for question in content.bank.questions.values():
        if not question.common.is_example:
            yield _question(question, content)


def _question(question: Question, content: Content) -> Item:
    """Return a question; its owner is that of its main rule, and it rests on what its rules cite."""
    common = question.common
    rules = [content.rules.rules[name] for name in common.rules if name in content.rules.rules]
    cited = dict.fromkeys(name for rule in rules for name in rule.provisions)
    owner = rules[0].owner if rules else ""
    place = f"{display_path(common.path, content.root)}:{common.line}"
    return Item(common.id, owner, common.last_checked, place, _entries(content.laws, cited))


def _entries(laws: LawRegister, names: Iterable[str]) -> tuple[ProvisionEntry, ...]:
    return tuple(laws.entries[name] for name in names if name in laws.entries)


def _coming(content: Content, today: datetime.date) -> list[Coming]:
    """Return what comes into force after *today*, the first first and what has no day last."""
    found = [
        Coming(entry.in_force, f"{entry.citation} – {entry.heading}", _STAGES["decided"])
        for entry in content.laws.entries.values()
        if entry.in_force > today
    ]
    found += [law for law in _listed(content.root / COMING_FILE) if law.starts is None or law.starts > today]
    return sorted(found, key=lambda law: (law.starts or datetime.date.max, law.text))


def _listed(path: Path) -> Iterable[Coming]:
    """Yield what *path* lists as coming. Slips in it are no concern of this list, so they are not told here."""
    quiet = Diagnostics()
    root = read_yaml(path, quiet) if path.is_file() else None
    if not isinstance(root, Mapping):
        return
    for entry in Entry(root, path, quiet, "").quietly("coming"):
        starts = entry.date("from") if entry.has("from") else None
        yield Coming(starts, entry.raw("heading"), _STAGES.get(entry.raw("stage"), ""))


def _part(heading: str, lines: list[str]) -> list[str]:
    return ["", f"{heading}:", *(lines or ["  inget"])]


def _line(item: Item, why: str) -> str:
    return f"  {item.owner or '–'} | {item.checked} | {item.name} | {item.place} | {why}"


def _since(newer: list[ProvisionEntry]) -> str:
    """Return which provisions are newer, with ordinary spaces, since a terminal has no use for others."""
    return "; ".join(f"{entry.citation} gäller från {entry.in_force}" for entry in newer).replace("\u00a0", " ")


def _coming_line(law: Coming) -> str:
    day = str(law.starts) if law.starts else "utan datum"
    return f"  {day} | {law.text} | {law.stage}".replace("\u00a0", " ")
