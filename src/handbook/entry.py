"""An entry of a YAML file under inspection: its keys are asked for by name and kind, and every slip is reported."""

from __future__ import annotations

import contextlib
import datetime
import difflib
import re
from typing import TYPE_CHECKING, TypeVar

from handbook.diagnostics import Code, did_you_mean
from handbook.yaml_source import Mapping, Sequence, Text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.yaml_source import Node

Kind = TypeVar("Kind", Text, Sequence, Mapping)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS = {
    Text: ("a text", "Write it after '{key}: ', or after '{key}: >-' if it is long."),
    Sequence: ("a list", "Begin each item with '- ', a hyphen and a space."),
    Mapping: ("an entry with keys", "Write one 'key: value' on each line, indented alike."),
}


class Entry:
    """A mapping, the file that it stands in and the label that names it in messages: ``question 'hemadress-1'``."""

    def __init__(self, mapping: Mapping, path: Path, diagnostics: Diagnostics, label: str) -> None:
        self.mapping = mapping
        self.path = path
        self.diagnostics = diagnostics
        self.label = label
        self._misspelt: set[str] = set()

    def named(self, name: str | None) -> None:
        """Let the label say which entry it is, once that is known."""
        if name:
            self.label = f"{self.label} '{name}'"

    def report(self, at: str | Text, code: Code, message: str, hint: str) -> None:
        """Report a slip at a key, or at the line of a Text, with the entry's label before the message."""
        line = at.line if isinstance(at, Text) else self.mapping.key_line(at)
        self.diagnostics.report((self.path, line), code, f"{self.label}: {message}", hint)

    def only(self, allowed: Iterable[str]) -> None:
        """Report every key that is not in *allowed*; call it first, so that no misspelt key is also missing."""
        allowed = list(allowed)
        absent = [key for key in allowed if key not in self.mapping.entries]
        for key in self.mapping.entries:
            if key not in allowed:
                self.report(key, Code.UNKNOWN_KEY, f"unknown key '{key}'.", did_you_mean(key, allowed))
                self._misspelt.update(difflib.get_close_matches(key, absent, n=1))

    def has(self, key: str) -> bool:
        """Return whether *key* is there, perhaps misspelt."""
        return key in self.mapping.entries or key in self._misspelt

    def raw(self, key: str) -> str:
        """Return what is written at *key* when it is a text, else an empty text; reports nothing."""
        value = self.mapping.entries.get(key)
        return str(value) if isinstance(value, Text) else ""

    def text(self, key: str, *, required: bool = True) -> Text | None:
        """Return the text at *key*; report when it is missing, empty or no text."""
        value = self._of_kind(key, Text, required=required)
        if value is not None and not value.strip():
            self._report_empty(key, required=required)
            return None
        return value

    def texts(self, key: str, *, required: bool = True, may_be_empty: bool = False) -> tuple[Text, ...]:
        """Return the list of texts at *key*; a single text counts as a list of one. Empty means written ``[]``."""
        value = self.mapping.entries.get(key)
        if isinstance(value, Text) and value.strip():
            return (value,)
        sequence = self._of_kind(key, Sequence, required=required)
        if sequence is None:
            return ()
        found = tuple(item for item in sequence.items if isinstance(item, Text) and item.strip())
        if not sequence.items and not may_be_empty:
            self._report_empty(key, required=required)
        elif len(found) < len(sequence.items):
            self.report(key, Code.WRONG_SHAPE, f"'{key}' must be a list of texts.", f"Write '{key}: [one, two]'.")
            return ()
        return found

    def entries(self, key: str, label: str) -> list[Entry]:
        """Return the list of entries at *key*, each with the label *label*."""
        sequence = self._of_kind(key, Sequence, required=True)
        if sequence is None:
            return []
        for item in sequence.items:
            if not isinstance(item, Mapping):
                self._report_item(key, item)
        if not sequence.items:
            self._report_empty(key, required=True)
        return self.quietly(key, label)

    def quietly(self, key: str, label: str = "") -> list[Entry]:
        """Return the entries at *key* without reporting what is none."""
        value = self.mapping.entries.get(key)
        items = value.items if isinstance(value, Sequence) else ()
        return [Entry(item, self.path, self.diagnostics, label) for item in items if isinstance(item, Mapping)]

    def entry(self, key: str, label: str, *, required: bool = True) -> Entry | None:
        """Return the entry at *key*."""
        mapping = self._of_kind(key, Mapping, required=required)
        return Entry(mapping, self.path, self.diagnostics, label) if mapping is not None else None

    def choice(self, key: str, allowed: Iterable[str], *, required: bool = True) -> Text | None:
        """Return the text at *key* when it is one of *allowed*."""
        value = self.text(key, required=required)
        allowed = list(allowed)
        if value is not None and value not in allowed:
            self.report(key, Code.INVALID_VALUE, f"'{key}' cannot be '{value}'.", did_you_mean(value, allowed))
            return None
        return value

    def identifier(self, key: str) -> Text | None:
        """Return the text at *key*; report when it cannot be an id: a-z, 0-9 and single hyphens."""
        value = self.text(key)
        if value is not None and not _ID.fullmatch(value):
            self.report(key, Code.INVALID_ID, f"'{key}' cannot be '{value}'.", "Use a-z, 0-9 and single hyphens.")
            return None
        return value

    def date(self, key: str) -> datetime.date | None:
        """Return the date at *key*, written YYYY-MM-DD."""
        value = self.text(key)
        if value is None:
            return None
        if _DATE.fullmatch(value):
            with contextlib.suppress(ValueError):
                return datetime.date.fromisoformat(value)
        self.report(key, Code.INVALID_DATE, f"'{key}' cannot be '{value}'.", "Write a date: YYYY-MM-DD, as 2026-11-22.")
        return None

    def _report_empty(self, key: str, *, required: bool) -> None:
        hint = "Write one." if required else "Write one, or remove the key."
        self.report(key, Code.EMPTY_VALUE, f"'{key}' has no value.", hint)

    def _report_item(self, key: str, item: Node) -> None:
        message = f"{self.label}: every item of '{key}' must be {_KINDS[Mapping][0]}."
        hint = "Let the keys of an item stand in one column, after '- '."
        self.diagnostics.report((self.path, item.line), Code.WRONG_SHAPE, message, hint)

    def _of_kind(self, key: str, kind: type[Kind], *, required: bool) -> Kind | None:
        value = self.mapping.entries.get(key)
        if value is None:
            if required and key not in self._misspelt:
                self.report("", Code.MISSING_KEY, f"'{key}' is missing.", f"Add '{key}: …'.")
            return None
        if isinstance(value, kind):
            return value
        if isinstance(value, Text) and not value.strip():
            self._report_empty(key, required=required)
        else:
            kind_name, hint = _KINDS[kind]
            self.report(key, Code.WRONG_SHAPE, f"'{key}' must be {kind_name}.", hint.replace("{key}", key))
        return None


def read_list(path: Path, key: str, names: tuple[str, str], diagnostics: Diagnostics) -> list[Entry]:
    """Return the entries of a file that is one list below *key*; [] where it cannot be read, which is reported.

    *names* are what messages call the file and an entry.
    """
    root = read_yaml(path, diagnostics)
    if isinstance(root, Mapping):
        listing = Entry(root, path, diagnostics, names[0])
        listing.only([key])
        return listing.entries(key, names[1])
    if root is not None:
        message, hint = f"The file must begin with '{key}:'.", "Write it on a line of its own, above the list."
        diagnostics.report((path, 1), Code.WRONG_SHAPE, message, hint)
    return []
