"""A course day as its trainer describes it in one TOML file: read, checked and timed.

Modules, questions and provisions are named, never repeated: the day is made of what the handbook already holds.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from handbook.courseday_checks import check_dates, check_names, check_times
from handbook.courseday_model import CourseDay, Part, clock, minutes_of
from handbook.diagnostics import Code, did_you_mean
from handbook.papers import ROLES, PaperError, read_seed
from handbook.toml_source import TomlSource

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content
    from handbook.diagnostics import Diagnostics

TABLES: dict[str, tuple[str, ...]] = {
    "course": ("id", "number", "title", "date", "start", "end", "audience", "purpose", "news", "documentation"),
    "place": ("name", "address", "room", "accessibility"),
    "registration": ("last_day", "channel", "rules", "diet_deleted"),
    "contact": ("content", "practical"),
    "fee": ("text", "invoice"),
    "handouts": ("seed", "role", "paper_link"),
}
"""The tables whose keys are texts; all of them must be there. The form of 2010 had the same parts."""

MAY_BE_EMPTY = ("number", "room", "invoice")
LISTS = ("law", "cards", "dilemmas")
PART_KINDS = ("session", "break", "meal", "test", "talk")
PART_KEYS = ("kind", "title", "minutes", "start", "module", "questions", "say", "material", "cut")
PRESENTER_KEYS = ("role", "about")


def load_courseday(
    path: Path, content: Content, today: datetime.date, diagnostics: Diagnostics
) -> tuple[CourseDay | None, bool]:
    """Return the day in *path* and whether it can be used; every slip is reported, and a date in the past only warns.

    *today* is the day that "past" is counted from.
    """
    source = TomlSource(path, diagnostics)
    if not source.items(""):
        return None, False
    before = len(diagnostics)
    source.only("", (*TABLES, "presenter", "part"))
    texts = {name: _texts(source, name, keys) for name, keys in TABLES.items()}
    lists = {name: _list(source, name) for name in LISTS}
    day = _assemble(path, source, texts, lists)
    if day is not None:
        check_times(day, source, content)
        check_names(day, source, content)
        _check_paper(source, day.text("handouts.seed"), day.text("handouts.role"))
    failed = len(diagnostics) > before
    if day is not None:
        failed |= check_dates(day, source, today)
    return day, not failed


def _texts(source: TomlSource, name: str, keys: tuple[str, ...]) -> dict[str, str]:
    """Return the texts of a table; ``handouts`` has lists beside them."""
    if name != "handouts":
        return source.texts(name, keys, MAY_BE_EMPTY)
    source.only(name, (*keys, *LISTS))
    found = dict(source.items(name))
    for key in keys:
        if not isinstance(found.get(key), str) or not found[key]:
            source.report(name, Code.MISSING_KEY, f"'{key}' in [{name}] is missing.", f'Add {key} = "…".')
    return {key: str(found.get(key, "")) for key in keys}


def _list(source: TomlSource, key: str) -> tuple[str, ...]:
    value = dict(source.items("handouts")).get(key, [])
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    message = f"'{key}' in [handouts] must be a list of texts."
    source.report(key, Code.WRONG_SHAPE, message, f'Write {key} = ["…", "…"].', "handouts")
    return ()


def _assemble(
    path: Path, source: TomlSource, texts: dict[str, dict[str, str]], lists: dict[str, tuple[str, ...]]
) -> CourseDay | None:
    """Return the day, or None when its date, its times or its parts cannot be read."""
    date, last_day = _date(source, "course", "date", texts), _date(source, "registration", "last_day", texts)
    deleted = _date(source, "registration", "diet_deleted", texts)
    start, end = (_time(source, key, texts["course"][key], "course") for key in ("start", "end"))
    presenters = _presenters(source)
    if start is None or end is None or date is None or last_day is None or deleted is None:
        return None
    parts = _parts(source, start)
    if parts is None:
        return None
    return CourseDay(path, date, last_day, start, end, texts, lists, presenters, parts)


def _date(source: TomlSource, table: str, key: str, texts: dict[str, dict[str, str]]) -> datetime.date | None:
    value = texts[table][key]
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date() if value else None
    except ValueError:
        message = f"'{key}' in [{table}] is '{value}', which is no date."
        source.report(key, Code.INVALID_DATE, message, f'Write {key} = "2027-04-14".', table)
        return None


def _time(source: TomlSource, key: str, value: str, table: str) -> datetime.time | None:
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return datetime.time.fromisoformat(value)
    if value:
        message = f"'{key}' in [{table}] is '{value}', which is no time."
        source.report(key, Code.INVALID_VALUE, message, f'Write {key} = "09:00".', table)
    return None


def _tables(source: TomlSource, name: str, keys: tuple[str, ...]) -> list[tuple[int, dict[str, object]]]:
    """Return the tables ``[[name]]`` with their lines; unknown keys are reported."""
    value = dict(source.items("")).get(name, [])
    lines = source.lines_of_tables(name)
    if not isinstance(value, list) or not value or len(value) != len(lines):
        source.report(name, Code.MISSING_KEY, f"There is no table [[{name}]].", f"Add one, with {', '.join(keys[:3])}.")
        return []
    for line, table in zip(lines, value, strict=True):
        for key in table:
            if key not in keys:
                message = f"Unknown key '{key}' in [[{name}]]."
                source.report_at(source.line_after(key, line), Code.UNKNOWN_KEY, message, did_you_mean(key, keys))
    return list(zip(lines, value, strict=True))


def _presenters(source: TomlSource) -> tuple[tuple[str, str], ...]:
    found = _tables(source, "presenter", PRESENTER_KEYS)
    return tuple((str(table.get("role", "")), str(table.get("about", ""))) for _, table in found)


def _parts(source: TomlSource, start: datetime.time) -> tuple[Part, ...] | None:
    """Return the parts, each beginning where the one before it ends unless it says when."""
    found: list[Part] = []
    begins = minutes_of(start)
    tables = _tables(source, "part", PART_KEYS)
    for line, table in tables:
        part = _part(source, line, table, begins)
        if part is not None:
            found.append(part)
            begins = minutes_of(part.start) + part.minutes
    return tuple(found) if found and len(found) == len(tables) else None


def _part(source: TomlSource, line: int, table: dict[str, object], begins: int) -> Part | None:
    title, kind, minutes = str(table.get("title", "")), str(table.get("kind", "")), table.get("minutes")
    if not title:
        source.report_at(line, Code.MISSING_KEY, "'title' in [[part]] is missing.", 'Add title = "…".')
    if kind not in PART_KINDS:
        where = source.line_after("kind", line)
        source.report_at(where, Code.INVALID_VALUE, f"'kind' cannot be '{kind}'.", did_you_mean(kind, PART_KINDS))
    if not isinstance(minutes, int) or not 1 <= minutes <= 480:
        where = source.line_after("minutes", line)
        source.report_at(where, Code.INVALID_VALUE, "'minutes' must be a whole number.", "Write minutes = 45.")
        return None
    fixed = str(table.get("start", ""))
    if fixed and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", fixed):
        where = source.line_after("start", line)
        source.report_at(where, Code.INVALID_VALUE, f"'{fixed}' is no time.", 'Write start = "09:00".')
        return None
    questions = _questions(source, line, table.get("questions", []))
    module, say, material, cut = (str(table.get(key, "")) for key in ("module", "say", "material", "cut"))
    time = datetime.time.fromisoformat(fixed) if fixed else clock(begins)
    return Part(line, kind, title, minutes, time, bool(fixed), module, questions, say, material, cut)


def _questions(source: TomlSource, line: int, listed: object) -> tuple[str, ...]:
    if isinstance(listed, list) and all(isinstance(name, str) for name in listed):
        return tuple(listed)
    where = source.line_after("questions", line)
    message = "'questions' in [[part]] must be a list of texts."
    source.report_at(where, Code.WRONG_SHAPE, message, 'Write questions = ["…", "…"].')
    return ()


def _check_paper(source: TomlSource, seed: str, role: str) -> None:
    if role not in ROLES:
        message = f"'role' in [handouts] cannot be '{role}'."
        source.report("role", Code.INVALID_VALUE, message, did_you_mean(role, ROLES), "handouts")
    try:
        read_seed(seed)
    except PaperError as error:
        message = f"The seed '{seed}' cannot be used: {error.args[0]}" if error.args else "The seed cannot be used."
        source.report(
            "seed",
            Code.INVALID_VALUE,
            message,
            "Write 4 to 12 capitals and digits, without I, O, 0 and 1: KURS26.",
            "handouts",
        )
