"""Words that people write for each other, read from ``docs/sla-upp/likaord.yaml``; the look-up treats them alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.entry import Entry
from handbook.yaml_source import Mapping, Sequence, Text, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics


def load_synonyms(path: Path, diagnostics: Diagnostics) -> tuple[tuple[str, ...], ...]:
    """Return the groups in *path*; none when there is no such file, or after reporting a slip."""
    root = read_yaml(path, diagnostics) if path.is_file() else None
    if not isinstance(root, Mapping):
        if root is not None:
            diagnostics.report((path, 1), Code.WRONG_SHAPE, "The file must have keys.", "Begin it with 'groups:'.")
        return ()
    entry = Entry(root, path, diagnostics, "synonyms")
    entry.only(["groups"])
    listed = root.entries.get("groups")
    found = []
    for item in listed.items if isinstance(listed, Sequence) else ():
        words = [word for word in item.items if isinstance(word, Text)] if isinstance(item, Sequence) else []
        if len(words) < 2 or any(" " in word for word in words):
            hint = "Write '- [one, two]', each a single word; what is more than a word belongs in search_words."
            diagnostics.report((path, item.line), Code.WRONG_SHAPE, "synonyms: a group has two words or more.", hint)
        else:
            found.append(tuple(str(word) for word in words))
    return tuple(found)
