"""TOML read for authors: a slip is a diagnostic at its line, which :mod:`tomllib` does not keep."""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.yaml_source import read_text_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handbook.diagnostics import Diagnostics

_PROBLEMS = {
    "Cannot overwrite a value": ("The key stands twice.", "Remove one of the two."),
    "twice": ("The table stands twice.", "Remove one of the two."),
    "Illegal character": ("A quotation mark is opened and not closed.", "Close it on the same line."),
    "Unterminated string": ("A quotation mark is opened and not closed.", "Close it on the same line."),
    "Invalid value": ("The value is not written as TOML reads it.", 'Put a text in quotes: key = "value".'),
    "Expected '='": ("The line has no key and value.", 'Write key = "value"; begin a comment with "#".'),
    "Invalid statement": ("The line begins with a sign that no key has.", "Put a name with å, ä or ö in quotes."),
    "Expected newline": ("More text stands where the value has ended.", "Put the whole text in quotes."),
    "Expected ']'": ("A table's name has no ']'.", "Write [name] on a line of its own."),
}
"""What :mod:`tomllib` says, and the same for someone who does not know TOML."""


class TomlSource:
    """A TOML file whose tables are asked for by name and keys; every slip is reported."""

    def __init__(self, path: Path, diagnostics: Diagnostics) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._misspelt: set[str] = set()
        text = read_text_file(path, diagnostics)
        self._text = text or ""
        self._data = None if text is None else self._parse(text)

    def _parse(self, text: str) -> dict[str, object] | None:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"line (\d+)", str(error))
            line = int(match.group(1)) if match else text.rstrip().count("\n") + 1
            reason = re.sub(r"\s*\(at .*\)", "", str(error))
            known = (told for problem, told in _PROBLEMS.items() if problem in reason)
            message, hint = next(known, (f"The TOML cannot be read: {reason}.", "Look at the quotation marks."))
            self._diagnostics.report((self._path, line), Code.TOML_SYNTAX, message, hint)
            return None
        if not data:
            message = "The file holds only comments."
            self._diagnostics.report((self._path, 1), Code.FILE_EMPTY, message, "Fill it in, or remove the file.")
        return data or None

    def report(self, key: str, code: Code, message: str, hint: str, table: str = "") -> None:
        """Report a slip where *key* (or the table ``[key]``) is written, in *table* when one is named."""
        self._diagnostics.report((self._path, self._line_of(key, table)), code, message, hint)

    def items(self, name: str) -> list[tuple[str, object]]:
        """Return keys and values of the table *name* (``contact.hr`` for a nested one; empty for the whole file)."""
        found: object = self._data
        for part in name.split(".") if name else ():
            found = found.get(part, {}) if isinstance(found, dict) else {}
        return list(found.items()) if isinstance(found, dict) else []

    def only(self, name: str, allowed: Sequence[str], code: Code = Code.UNKNOWN_KEY) -> None:
        """Report every key of the table *name* that is not in *allowed*; call it before asking for them."""
        found = dict(self.items(name))
        absent = [key for key in allowed if key not in found]
        for key, value in found.items():
            if key not in allowed:
                table = f" in [{name}]" if name else ""
                what = f"table [{_dotted(name, key)}]" if isinstance(value, dict) else f"key '{key}'{table}"
                self.report(key, code, f"Unknown {what}.", did_you_mean(key, allowed), table=name)
                self._misspelt.update(_dotted(name, near) for near in difflib.get_close_matches(key, absent, n=1))

    def texts(self, name: str, keys: Sequence[str], may_be_empty: Sequence[str] = ()) -> dict[str, str]:
        """Return the texts of the table *name*; report missing, empty and unknown keys, and what is no text."""
        self.only(name, keys)
        found = dict(self.items(name))
        if not found:
            self._report_missing_table(name, keys)
            return dict.fromkeys(keys, "")
        for key in keys:
            value = found.get(key, "")
            if not isinstance(value, str):
                message, hint = f"'{key}' in [{name}] must be a text.", f'Write {key} = "…".'
                self.report(key, Code.WRONG_SHAPE, message, hint, name)
            elif key in found and not value and key not in may_be_empty:
                self.report(key, Code.EMPTY_VALUE, f"'{key}' in [{name}] has no value.", "Write one.", name)
            elif key not in found and key not in may_be_empty and _dotted(name, key) not in self._misspelt:
                self.report(name, Code.MISSING_KEY, f"'{key}' in [{name}] is missing.", f'Add {key} = "…".')
        return {key: str(found.get(key, "")) for key in keys}

    def _report_missing_table(self, name: str, keys: Sequence[str]) -> None:
        if self._data is not None and not self._misspelt & {name, name.partition(".")[0]}:
            hint = f"Add it, with {', '.join(keys)}."
            self.report(name, Code.MISSING_KEY, f"The table [{name}] is missing.", hint)

    def lines_of_tables(self, name: str) -> list[int]:
        """Return the line of every ``[[name]]``, in the order of the file."""
        pattern = re.compile(rf"^[ \t]*\[\[{re.escape(name)}\]\]", re.MULTILINE)
        return [self._text.count("\n", 0, match.start()) + 1 for match in pattern.finditer(self._text)]

    def line_of_table(self, table: str) -> int:
        """Return the line of ``[table]``, or 1 when it is not there."""
        return self._line_of(table, "")

    def line_after(self, key: str, line: int) -> int:
        """Return the line of *key* in the table that begins on *line*, or *line* when it is not there."""
        for number, text in enumerate(self._text.splitlines()[line:], line + 1):
            if text.lstrip().startswith("["):
                break
            if re.match(rf"[ \t]*{re.escape(key)}[ \t]*=", text):
                return number
        return line

    def report_at(self, line: int, code: Code, message: str, hint: str) -> None:
        """Report a slip on *line*."""
        self._diagnostics.report((self._path, line), code, message, hint)

    def _line_of(self, key: str, table: str) -> int:
        header = re.search(rf"^[ \t]*\[{re.escape(table)}\]", self._text, re.MULTILINE) if table else None
        names = rf"\[(?:contact\.)?{re.escape(key)}\]|[\"']?{re.escape(key)}[\"']?[ \t]*[=.]"
        pattern = re.compile(rf"^[ \t]*({names})", re.MULTILINE)
        match = pattern.search(self._text, header.end() if header else 0)
        return self._text[: match.start(1)].count("\n") + 1 if match else 1


def _dotted(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key
