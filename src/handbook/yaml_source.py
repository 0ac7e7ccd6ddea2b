"""YAML read strictly: every scalar is a string that knows its line, and a slip is a diagnostic.

The ordinary PyYAML loader turns our content into numbers (``21:1`` becomes 1261, ``8:30`` becomes 510,
``0701234567`` an octal number) and lets a repeated key win silently. Here nothing is interpreted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING, Any

import yaml

from handbook.diagnostics import Code

if TYPE_CHECKING:
    from collections.abc import Callable

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
_IN_QUOTES = "Put the text in quotes, or after '>-' on a line of its own."


@dataclass(frozen=True)
class _Slip:
    """What PyYAML means by *problem*, in words for someone who does not know YAML."""

    problem: str
    message: str
    hint: str
    at_beginning: bool = False
    """Whether the slip stands where the text or list began, and not where PyYAML gave up."""


_SLIPS = (
    _Slip("'\\t'", "A tab stands where spaces belong.", "Use spaces; set your editor to insert them."),
    _Slip(
        "found unexpected end of stream",
        "A quotation mark is opened and not closed.",
        "Close it, or put the text after '>-' on a line of its own.",
        at_beginning=True,
    ),
    _Slip(
        "could not find expected ':'",
        "The line has no ': '.",
        "Write 'key: value'; indent the lines of a long text more than its key.",
        at_beginning=True,
    ),
    _Slip("expected ',' or ']'", "A list is opened with '[' and not closed.", "Close it with ']'.", at_beginning=True),
    _Slip("expected ',' or '}'", "A text begins with '{'.", _IN_QUOTES, at_beginning=True),
    _Slip("that cannot start any token", "A text begins with a sign that YAML does not allow there.", _IN_QUOTES),
    _Slip("expected alphabetic or numeric character", "A text begins with '*' or '&'.", _IN_QUOTES),
    _Slip("undefined tag handle", "A text begins with '!'.", _IN_QUOTES),
    _Slip(
        "but found '<scalar>'",
        "More text stands where the value has ended.",
        "Put the whole text in quotes, or after '>-' on lines of their own, indented alike.",
    ),
    _Slip(
        "expected <block end>",
        "The line is indented in another way than those it belongs with.",
        "Let the keys of an entry stand in one column.",
    ),
    _Slip(
        "expected a comment or a line break",
        "A text begins on the same line as its '>' or '|'.",
        "Begin it on the next line, indented.",
    ),
    _Slip("found unknown escape character", "A backslash in double quotes begins a code.", "Use single quotes."),
    _Slip("found another document", "A line '---' begins a second document.", "Remove the line."),
)


def read_text_file(path: Path, diagnostics: Diagnostics) -> str | None:
    """Return the text of the UTF-8 file *path*; report and return None when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        diagnostics.report((path, 1), Code.FILE_MISSING, "The file cannot be read.", "Check its name and folder.")
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
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
    reader = _Reader(text, path, diagnostics, first_line)
    try:
        return reader.read_all()
    except yaml.MarkedYAMLError as error:
        line, message, hint = _explain(error, text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        message = f"The line holds the character U+{error.character:04X}, which YAML does not allow."
        hint = "Remove it; it is invisible, and was perhaps pasted from another program."
    except RecursionError:
        line, message, hint = 0, "The lists are nested too deeply.", "Look for brackets '[' that are not closed."
    diagnostics.report((path, first_line + line), Code.YAML_SYNTAX, message, hint)
    return None


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


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """Return the line (from 0), what is wrong and a hint."""
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    problem = error.problem or error.context or "it cannot be read"
    if mark and "mapping values are not allowed" in problem:
        return mark.line, *_explain_colon(line[: mark.column])
    if mark and re.search(r"(: |- )\{", line[: mark.column]):
        return mark.line, "A text begins with '{'.", _IN_QUOTES
    for slip in _SLIPS:
        if slip.problem in problem:
            where = error.context_mark if slip.at_beginning else mark
            return where.line if where else 0, slip.message, slip.hint
    hint = "Check the indent and the quotation marks of this line and the one before."
    return mark.line if mark else 0, f"The YAML cannot be read: {problem}.", hint


def _explain_colon(before: str) -> tuple[str, str]:
    """Return what is wrong and a hint, when a colon comes after *before* and must not."""
    if ": " in before:
        return "There is a second ': ' on the line.", _IN_QUOTES
    return (
        "A key stands in the middle of a text.",
        "Check the indent, and that the line before has a space after its colon; put a text that holds ': ' in quotes.",
    )


class _StrictLoader(yaml.SafeLoader):
    """A loader without anchors, aliases and tags: they are hard to read, and a text that begins so is likelier."""

    def __init__(self, text: str, report: Callable[[int, str, str], None]) -> None:
        super().__init__(text)
        self._report = report

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next node, its cleverness reported and taken away."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        start, end = event.start_mark, event.end_mark
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            self._report(start.line, f"'*{event.anchor}' is read as an alias of another text.", _IN_QUOTES)
            return yaml.ScalarNode("", f"*{event.anchor}", start, end)
        if event.anchor is not None:
            self._report(start.line, f"'&{event.anchor}' is read as the name of what follows.", _IN_QUOTES)
            event.anchor = None
        if getattr(event, "tag", None) is not None:
            self._report(start.line, f"'{event.tag}' is read as a tag.", _IN_QUOTES)
            event.tag = None
        return super().compose_node(parent, index)


class _Reader:
    """Turns PyYAML's nodes into ours."""

    def __init__(self, text: str, path: Path, diagnostics: Diagnostics, first_line: int) -> None:
        self._text = text
        self._path = path
        self._diagnostics = diagnostics
        self._first_line = first_line

    def read_all(self) -> Node | None:
        """Return the text's only node, or None when there is nothing but comments."""
        loader = _StrictLoader(self._text, self._report_syntax)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
        return None if root is None else self._read(root)

    def _read(self, node: yaml.Node) -> Node:
        """Return *node* with everything below it."""
        line = node.start_mark.line
        if isinstance(node, yaml.ScalarNode):
            self._refuse_comment(node)
            below = 1 if node.style in {">", "|"} else 0  # the text begins below its sign
            return Text(node.value, self._first_line + line + below)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self._read(item) for item in node.value), self._first_line + line)
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            begins = self._text[node.start_mark.index] == "{"
            message = "A text begins with '{'." if begins else "A key is a list or has keys of its own."
            self._report_syntax(line, message, _IN_QUOTES)
            return Text(self._text[node.start_mark.index : node.end_mark.index], self._first_line + line)
        return self._read_mapping(node.value, self._first_line + line)

    def _read_mapping(self, pairs: list[tuple[yaml.Node, yaml.Node]], line: int) -> Mapping:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in pairs:
            key_line = self._first_line + key_node.start_mark.line
            if key_node.value in entries:
                self._diagnostics.report(
                    (self._path, key_line),
                    Code.REPEATED_KEY,
                    f"The key '{key_node.value}' stands twice in the same entry.",
                    "Remove one of them; perhaps a '- ' is missing before a new entry.",
                )
            else:
                entries[key_node.value] = self._read(value_node)
                lines[key_node.value] = key_line
        return Mapping(entries, lines, line)

    def _refuse_comment(self, node: yaml.ScalarNode) -> None:
        """Report `` #`` after a text without quotes: YAML drops the rest of the line, which may be content."""
        rest = self._text[node.end_mark.index :].partition("\n")[0]
        if node.style is None and rest.lstrip(" \t").startswith("#"):
            line = node.end_mark.line
            hint = "Put the text in quotes, or a comment on a line of its own."
            self._report_syntax(line, "What stands after ' #' is not read.", hint)

    def _report_syntax(self, line: int, message: str, hint: str) -> None:
        self._diagnostics.report((self._path, self._first_line + line), Code.YAML_SYNTAX, message, hint)
