"""YAML read strictly: every scalar is a string that knows its line, and a slip is a diagnostic.

The ordinary PyYAML loader turns our content into numbers (``21:1`` becomes 1261, ``8:30`` becomes 510,
``0701234567`` an octal number) and lets a repeated key win silently. Here nothing is interpreted.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING, TypeVar

import yaml

from handbook.diagnostics import Code, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.diagnostics import Diagnostics


class Text(str):
    """A scalar, with the line it stands on (from 1)."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str, line: int) -> Text:
        """Make the text *value* that stands on *line*."""
        text = super().__new__(cls, value)
        text.line = line
        return text

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        """Return what copying and pickling make a new text from."""
        return str(self), self.line


@dataclass(frozen=True)
class Sequence:
    """A list, with the line it begins on."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Mapping:
    """An entry with keys, with the line it begins on."""

    entries: dict[str, Node]
    key_lines: dict[str, int]
    line: int

    def key_line(self, key: str) -> int:
        """Return the line that *key* stands on, or the entry's own."""
        return self.key_lines.get(key, self.line)


Node = Text | Sequence | Mapping
Kind = TypeVar("Kind", Text, Sequence, Mapping)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND_NAMES = {Text: "a text", Sequence: "a list (- …)", Mapping: "an entry with keys (key: …)"}


def read_text_file(path: Path, diagnostics: Diagnostics) -> str | None:
    """Return the text of the UTF-8 file *path*; report and return None when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        diagnostics.report((path, 1), Code.FILE_MISSING, "The file cannot be read.", "Check its name and folder.")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        diagnostics.report(
            (path, line),
            Code.FILE_ENCODING,
            f"The byte 0x{data[error.start]:02x} here is not UTF-8.",
            "Save the file as UTF-8 (it looks like Windows-1252 or Latin-1).",
        )
        return None
    if not text.strip():
        diagnostics.report((path, 1), Code.FILE_EMPTY, "The file is empty.", "Fill it in, or remove the file.")
        return None
    return text


def parse_yaml(text: str, path: Path, diagnostics: Diagnostics, first_line: int = 1) -> Node | None:
    """Return *text* as nodes; *first_line* is the line of *path* that it begins on.

    Reports syntax errors, repeated keys, anchors and tags, and returns None when nothing can be read.
    """
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        diagnostics.report((path, line), Code.YAML_SYNTAX, *_explain(error, text, mark))
        return None
    except yaml.YAMLError:
        diagnostics.report(
            (path, first_line),
            Code.YAML_SYNTAX,
            "The text holds a character that YAML does not allow.",
            "Look for an invisible control character, perhaps pasted from another program.",
        )
        return None
    finally:
        loader.dispose()
    if root is None:
        return None
    return _Reader(path, diagnostics, first_line).read(root)


def read_yaml(path: Path, diagnostics: Diagnostics) -> Node | None:
    """Return the YAML file *path* as nodes, or None after reporting why not."""
    text = read_text_file(path, diagnostics)
    if text is None:
        return None
    node = parse_yaml(text, path, diagnostics)
    if node is None and not any(diagnostic.path == path for diagnostic in diagnostics):
        diagnostics.report(
            (path, 1), Code.FILE_EMPTY, "The file holds only comments.", "Fill it in, or remove the file."
        )
    return node


def _explain(error: yaml.MarkedYAMLError, text: str, mark: yaml.Mark | None) -> tuple[str, str]:
    """Return what is wrong and a hint, in words for someone who does not know YAML."""
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    problem = error.problem or error.context or "it cannot be read"
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return "A tab is used to indent the line.", "Use spaces; set your editor to insert spaces."
    if "mapping values are not allowed" in problem:
        return (
            "There is a second ': ' on the line.",
            "Put the text in quotes, or after '>-' on a line of its own.",
        )
    if "found undefined alias" in problem:
        return "A word begins with '*'.", "Put the text in quotes."
    if "found unexpected end of stream" in problem:
        return "A quotation mark is opened and not closed.", "Close it, or put the text after '>-'."
    return (
        f"The YAML cannot be read: {problem}.",
        "Check the indent and the quotation marks of this line and the one before.",
    )


class _Reader:
    """Turns PyYAML's nodes into ours."""

    def __init__(self, path: Path, diagnostics: Diagnostics, first_line: int) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._first_line = first_line
        self._seen: set[int] = set()

    def read(self, node: yaml.Node) -> Node:
        """Return *node* with everything below it."""
        line = self._first_line + node.start_mark.line
        self._refuse_cleverness(node, line)
        if isinstance(node, yaml.ScalarNode):
            return Text(node.value, line)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.read(item) for item in node.value), line)
        return self._read_mapping(node.value, line)

    def _read_mapping(self, pairs: list[tuple[yaml.Node, yaml.Node]], line: int) -> Mapping:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in pairs:
            key_line = self._first_line + key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_line, Code.YAML_SYNTAX, "A key is not a plain word.", "Write 'key: value'.")
            elif key_node.value in entries:
                self._report(
                    key_line,
                    Code.REPEATED_KEY,
                    f"The key '{key_node.value}' stands twice in the same entry.",
                    "Remove one of them; perhaps a '- ' is missing before a new entry.",
                )
            else:
                entries[key_node.value] = self.read(value_node)
                lines[key_node.value] = key_line
        return Mapping(entries, lines, line)

    def _refuse_cleverness(self, node: yaml.Node, line: int) -> None:
        """Report anchors and tags: they are hard to read, and a text that begins with & or ! is likelier."""
        if id(node) in self._seen:
            self._report(line, Code.YAML_SYNTAX, "An alias (*name) is used.", "Write the text out, in quotes.")
        self._seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._report(line, Code.YAML_SYNTAX, f"A tag ({node.tag}) is used.", "Put the text in quotes.")

    def _report(self, line: int, code: Code, message: str, hint: str) -> None:
        self._diagnostics.report((self._path, line), code, message, hint)


class Entry:
    """A mapping under inspection: its keys are asked for by name and kind, and every slip is reported.

    *label* names the entry in messages, for example ``question 'hemadress-1'``.
    """

    def __init__(self, mapping: Mapping, path: Path, diagnostics: Diagnostics, label: str) -> None:
        self.mapping = mapping
        self.path = path
        self.diagnostics = diagnostics
        self.label = label

    def where(self, key: str = "") -> tuple[Path, int]:
        """Return path and line of *key*, or of the entry itself."""
        return self.path, self.mapping.key_line(key)

    def report(self, key: str, code: Code, message: str, hint: str) -> None:
        """Report a slip at *key*, with the entry's label before the message."""
        self.diagnostics.report(self.where(key), code, f"{self.label}: {message}", hint)

    def only(self, allowed: Iterable[str]) -> None:
        """Report every key that is not in *allowed*."""
        allowed = list(allowed)
        for key in self.mapping.entries:
            if key not in allowed:
                self.report(key, Code.UNKNOWN_KEY, f"unknown key '{key}'.", did_you_mean(key, allowed))

    def has(self, key: str) -> bool:
        """Return whether *key* is there."""
        return key in self.mapping.entries

    def text(self, key: str, *, required: bool = True) -> Text | None:
        """Return the text at *key*; report when it is missing, empty or no text."""
        value = self._of_kind(key, Text, required=required)
        if value is not None and not value.strip():
            self.report(key, Code.EMPTY_VALUE, f"'{key}' has no value.", "Write one, or remove the key.")
            return None
        return value

    def texts(self, key: str, *, required: bool = True) -> tuple[Text, ...]:
        """Return the list of texts at *key*; a single text counts as a list of one."""
        value = self.mapping.entries.get(key)
        if isinstance(value, Text) and value.strip():
            return (value,)
        sequence = self._of_kind(key, Sequence, required=required)
        if sequence is None:
            return ()
        found = [item for item in sequence.items if isinstance(item, Text) and item.strip()]
        if len(found) != len(sequence.items):
            self.report(key, Code.WRONG_SHAPE, f"'{key}' must be a list of texts.", "Write it as [one, two].")
        return tuple(found)

    def entries(self, key: str, label: str) -> list[Entry]:
        """Return the list of entries at *key*, each with the label *label*."""
        sequence = self._of_kind(key, Sequence, required=True)
        if sequence is None:
            return []
        found = [item for item in sequence.items if self._is_mapping(item, key)]
        return [Entry(item, self.path, self.diagnostics, label) for item in found if isinstance(item, Mapping)]

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
        """Return the text at *key* when it can be an id: a-z, 0-9 and single hyphens."""
        value = self.text(key)
        if value is not None and not _ID.fullmatch(value):
            self.report(key, Code.INVALID_ID, f"'{value}' cannot be an id.", "Use a-z, 0-9 and hyphens, no å, ä or ö.")
        return value

    def date(self, key: str) -> datetime.date | None:
        """Return the date at *key*, written YYYY-MM-DD."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return datetime.datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.report(key, Code.INVALID_DATE, f"'{value}' is not a date.", "Write YYYY-MM-DD, such as 2026-11-22.")
            return None

    def _is_mapping(self, item: Node, key: str) -> bool:
        if isinstance(item, Mapping):
            return True
        self.diagnostics.report(
            (self.path, item.line),
            Code.WRONG_SHAPE,
            f"{self.label}: every item of '{key}' must be {_KIND_NAMES[Mapping]}.",
            "Check the indent: the keys of an item stand in one column, after '- '.",
        )
        return False

    def _of_kind(self, key: str, kind: type[Kind], *, required: bool) -> Kind | None:
        value = self.mapping.entries.get(key)
        if value is None:
            if required:
                self.report("", Code.MISSING_KEY, f"'{key}' is missing.", f"Add '{key}: …'.")
            return None
        if not isinstance(value, kind):
            if isinstance(value, Text) and not value.strip():
                self.report(key, Code.EMPTY_VALUE, f"'{key}' has no value.", "Write one, or remove the key.")
            else:
                self.report(key, Code.WRONG_SHAPE, f"'{key}' must be {_KIND_NAMES[kind]}.", "Check the indent.")
            return None
        return value
