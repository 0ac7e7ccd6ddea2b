"""YAML read strictly: every scalar stays the text that was written, and knows its line."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from handbook.diagnostics import Code, Diagnostics
from handbook.yaml_source import Mapping, Node, Sequence, Text, parse_yaml, read_text_file, read_yaml

PATH = Path("fil.yaml")
NASTY = [
    "21:1", "8:30", "39:3", "2:4", "0701234567", "012", "0x1F", "0o17", "0b1", "1e3", "1_000", "+46", "-1", ".5", "5.",
    ".inf", ".nan", "no", "No", "NO", "yes", "on", "off", "y", "n", "true", "False", "~", "null", "Null", "2026-11-22",
    "2026-11-22 08:30:00", "2001-12-14t21:59:43.10-05:00", "=", "<<", "08-465 004 00", "2009:400", "1 000",
    "39 kap. 3 § OSL", "F1", "…", "–", "a#b", "http://x", "C:\\mapp", "50 %",
]  # fmt: skip


def parse(text: str, first_line: int = 1) -> tuple[Node | None, Diagnostics]:
    """Return what *text* is read as, and what is said about it."""
    diagnostics = Diagnostics()
    return parse_yaml(text, PATH, diagnostics, first_line), diagnostics


def only_value(text: str) -> Node:
    """Return the value of the only key ``a`` in *text*, which is without slips."""
    node, diagnostics = parse(text)
    assert diagnostics == []
    assert isinstance(node, Mapping)
    return node.entries["a"]


@pytest.mark.parametrize("scalar", NASTY)
def test_a_scalar_stays_the_text_it_is(scalar: str) -> None:
    """Section numbers, times, telephone numbers and words for yes and no are never turned into something else."""
    for form in (f"a: {scalar}", f"a: '{scalar}'", f"a: >-\n  {scalar}", f"a: [{scalar!r}]"):
        value = only_value(form)
        found = value.items[0] if isinstance(value, Sequence) else value
        assert isinstance(found, Text)
        assert found == scalar.replace("\\", "\\\\" if "[" in form else "\\")


@pytest.mark.parametrize("scalar", NASTY)
def test_a_key_stays_the_text_it_is(scalar: str) -> None:
    """A key is no more interpreted than a value, and two keys are the same only when they are written alike."""
    node, diagnostics = parse(f"'{scalar}': 1\n'{scalar} ': 2\n")
    assert isinstance(node, Mapping)
    assert list(node.entries) == [scalar, f"{scalar} "]
    assert diagnostics == []


def test_an_empty_value_is_an_empty_text() -> None:
    """No value is no None either; whoever asks for the key reports it."""
    assert only_value("a:") == ""


def test_lines_are_counted_from_the_first_line() -> None:
    """Every node knows its line in the file, also when the YAML stands in the middle of a page."""
    node, _ = parse("a: one\nb:\n  - two\n  - c: three\n    d: >-\n      four\n", first_line=10)
    assert isinstance(node, Mapping)
    assert node.line == 10
    assert [node.key_line(key) for key in ("a", "b", "missing")] == [10, 11, 10]
    listed = node.entries["b"]
    assert isinstance(listed, Sequence)
    first, second = listed.items
    assert isinstance(second, Mapping)
    assert (first.line, second.line, second.key_line("d")) == (12, 13, 14)
    assert isinstance(text := second.entries["d"], Text)
    assert (text, text.line) == ("four", 15)


def test_a_slip_in_a_page_is_reported_at_the_line_of_the_page() -> None:
    """The line of a syntax error is counted from the line that the block begins on."""
    _, diagnostics = parse("a: b\nc: d: e\n", first_line=10)
    assert [(item.line, item.code) for item in diagnostics] == [(11, Code.YAML_SYNTAX)]


@pytest.mark.parametrize("text", ["", "# bara en kommentar", "\n\n", "---\n"])
def test_nothing_is_read_as_nothing(text: str) -> None:
    """A block without content is None, and it is for the caller to say so."""
    assert parse(text)[0] in (None, "")
    assert parse(text)[1] == []


def test_windows_files_are_read_like_others(tmp_path: Path) -> None:
    """A byte-order mark and carriage returns are no content."""
    path = tmp_path / "fil.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: one\r\nb: >-\r\n  two\r\n  three\r\n")
    diagnostics = Diagnostics()
    assert read_text_file(path, diagnostics) == "a: one\nb: >-\n  two\n  three\n"
    node = read_yaml(path, diagnostics)
    assert isinstance(node, Mapping)
    assert node.entries == {"a": "one", "b": "two three"}
    assert diagnostics == []


def test_a_folder_in_place_of_a_file_is_reported(tmp_path: Path) -> None:
    """What cannot be opened is a missing file, not a traceback."""
    diagnostics = Diagnostics()
    assert read_yaml(tmp_path, diagnostics) is None
    assert [item.code for item in diagnostics] == [Code.FILE_MISSING]


BOMBS = {
    "aliases in aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "an alias of itself": "a: &a [*a]\n",
    "brackets in brackets": "a: " + "[" * 5000 + "\n",
    "a key that is a list": "? [a, b]\n: c\n",
    "a key that is an entry": "{a: b}: c\n",
    "a control character": "a: b\n\x00c: d\n",
    "an unknown tag handle": "a: !x!y z\n",
    "a Python object": "a: !!python/object/apply:os.system [ls]\n",
    "the same anchor twice": "a: &x 1\nb: &x 2\n",
    "an alias of nothing": "a: *x\n",
    "a merge": "a: &x {b: c}\nd:\n  <<: *x\n",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_clever_yaml_is_reported_and_never_raises(text: str) -> None:
    """What YAML can do and we do not want is refused with a message, whatever it is."""
    diagnostics = parse(text)[1]
    assert diagnostics
    assert {item.code for item in diagnostics} == {Code.YAML_SYNTAX}


def test_no_piece_of_a_real_file_raises() -> None:
    """Cut anywhere, a real file gives nodes or messages at a line that is there, never an exception."""
    text = (Path(__file__).parent / "roots/test-minimal/quizzes/telefon.yaml").read_text(encoding="utf-8")
    for end in range(0, len(text), 7):
        for cut in (text[:end], text[end:]):
            for item in parse(cut)[1]:
                assert 1 <= item.line <= cut.count("\n") + 1


def test_a_text_keeps_its_line_when_copied() -> None:
    """Sphinx copies and pickles what it keeps, also for builds in parallel."""
    text = Text("hej", 7)
    for other in (copy.copy(text), copy.deepcopy(text), pickle.loads(pickle.dumps(text))):  # noqa: S301
        assert (other, other.line) == ("hej", 7)
