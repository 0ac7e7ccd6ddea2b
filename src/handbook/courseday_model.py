"""A course day and its parts, as read from its file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A part of the day: when it begins and ends, what it holds, what to say and what can be cut."""

    line: int
    kind: str
    title: str
    minutes: int
    start: datetime.time
    fixed: bool
    module: str
    questions: tuple[str, ...]
    say: str
    material: str
    cut: str

    @property
    def end(self) -> datetime.time:
        """Return when the part ends."""
        return clock(minutes_of(self.start) + self.minutes)


@dataclass(frozen=True)
class CourseDay:
    """The whole day; *texts* holds the tables of the file, *lists* what is handed out."""

    path: Path
    date: datetime.date
    last_day: datetime.date
    start: datetime.time
    end: datetime.time
    texts: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[str, ...]]
    presenters: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    def text(self, name: str) -> str:
        """Return the text of ``table.key``."""
        table, _, key = name.partition(".")
        return self.texts[table][key]

    @property
    def sessions(self) -> list[Part]:
        """Return the parts that teach a module."""
        return [part for part in self.parts if part.module]


def minutes_of(time: datetime.time) -> int:
    """Return the minutes since midnight."""
    return time.hour * 60 + time.minute


def clock(minutes: int) -> datetime.time:
    """Return the time of day after *minutes*; what goes past midnight stops at it."""
    return datetime.time(*divmod(min(minutes, 24 * 60 - 1), 60))
