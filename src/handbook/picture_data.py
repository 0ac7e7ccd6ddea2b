"""What the pictures show, as data: ``docs/om/bilder.yaml``. They are drawn anew for every build, and told in words.

A picture has a *form* and parts. Every statement in it has its provisions, as on any other page.
"""

from __future__ import annotations

import datetime  # noqa: TC003
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.entry import Entry, read_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister
    from handbook.yaml_source import Text

FORMS = ("scale", "steps", "pairs", "timeline")
"""Levels from one end to the other · steps with ways out · questions and answers · what happened when."""
KINDS = ("plain", "open", "test", "closed")
"""What a part means for the one who asks: nothing, handed out, tested by somebody, not handed out."""
_PART_KEYS = ("heading", "text", "quote", "group", "kind", "label", "date", "provisions", "exits")


@dataclass(frozen=True)
class Part:
    """A box of a picture. *label* is on the arrow to it, *exits* are the ways out of it, *group* what it belongs to."""

    heading: Text
    text: str = ""
    quote: str = ""
    group: str = ""
    kind: str = "plain"
    label: str = ""
    date: datetime.date | None = None
    provisions: tuple[Text, ...] = ()
    exits: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture: its form, the title that stands below it, and its parts in order."""

    id: str
    form: str
    title: Text
    parts: tuple[Part, ...]
    path: Path
    line: int

    def all_parts(self) -> Iterator[Part]:
        """Yield every part, the ways out after their own."""
        for part in self.parts:
            yield part
            yield from part.exits


@dataclass
class Pictures:
    """All pictures by id; *refused* holds the ids of those that were left out."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def load_pictures(path: Path, diagnostics: Diagnostics) -> Pictures:
    """Return the pictures in *path*, none where there is no such file; slips go to *diagnostics*."""
    found = Pictures()
    for entry in read_list(path, "pictures", ("pictures", "picture"), diagnostics) if path.is_file() else []:
        _add(found, entry)
    return found


def check_pictures(pictures: Pictures, laws: LawRegister, diagnostics: Diagnostics) -> None:
    """Report every provision that a picture cites and that is not in the register."""
    for picture in pictures.pictures.values():
        for part in picture.all_parts():
            for provision in part.provisions:
                if laws.lacks(provision):
                    message = f"picture '{picture.id}': '{provision}' is not in the law register."
                    where = (picture.path, provision.line)
                    diagnostics.report(where, Code.UNKNOWN_PROVISION, message, laws.suggestion(provision))


def dated(picture: Picture, laws: LawRegister) -> list[tuple[datetime.date, Part]]:
    """Return the parts in order of time: a part's own date, else the day from which its first provision holds."""
    found = []
    for part in picture.parts:
        entry = laws.entries.get(part.provisions[0]) if part.provisions else None
        date = part.date or (entry.in_force if entry else None)
        if date is not None:
            found.append((date, part))
    return sorted(found, key=lambda item: item[0])


def _add(found: Pictures, entry: Entry) -> None:
    """Add the picture in *entry*, unless it has to be refused."""
    entry.named(entry.raw("id"))
    entry.only(["id", "form", "title", "parts"])
    picture_id, form, title = entry.identifier("id"), entry.choice("form", FORMS), entry.text("title")
    parts = _read_parts(entry, "parts")
    if picture_id is None:
        return
    if picture_id in found.pictures:
        first = found.pictures[picture_id].line
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", f"Remove one; the first is on line {first}.")
    elif form is None or title is None or not parts:
        found.refused.add(picture_id)
    else:
        found.pictures[picture_id] = Picture(picture_id, form, title, parts, entry.path, entry.mapping.line)


def _read_parts(entry: Entry, key: str) -> tuple[Part, ...]:
    found = [_read_part(part) for part in entry.entries(key, f"{entry.label}, part")]
    return tuple(part for part in found if part is not None)


def _read_part(entry: Entry) -> Part | None:
    entry.named(entry.raw("heading"))
    entry.only(_PART_KEYS)
    heading = entry.text("heading")
    texts = {key: entry.text(key, required=False) or "" for key in ("text", "quote", "group", "label")}
    kind = entry.choice("kind", KINDS, required=False) or KINDS[0]
    date = entry.date("date") if entry.has("date") else None
    provisions = entry.texts("provisions", required=False)
    exits = _read_parts(entry, "exits") if entry.has("exits") else ()
    if heading is None:
        return None
    return Part(heading, **texts, kind=kind, date=date, provisions=provisions, exits=exits)
