"""``match``: give every item its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.question_types.base import Common, Question
from handbook.question_types.parts import Part, read_parts, refuse_count

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text

MATCH_KEYS = (
    "targets",
    "items",
)


@dataclass(frozen=True)
class MatchQuestion(Question):
    """Items and targets; *correct* holds the id of each item's target, by the item's id."""

    targets: tuple[tuple[str, Text], ...]
    items: tuple[Part, ...]
    correct: dict[str, str]

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        return {
            "id": self.id,
            "type": "match",
            "targets": [{"id": target} for target, _ in self.targets],
            "items": [item.definition() for item in self.items],
            "correct": dict(self.correct),
        }

    def key(self) -> dict[str, object]:
        """Return the right pairs as a response."""
        return {"pairs": dict(self.correct)}


def read_match(entry: Entry, common: Common) -> MatchQuestion | None:
    """Return the ``match`` question in *entry*, or None after reporting why not."""
    targets = _read_targets(entry)
    known = [target for target, _ in targets]
    correct: dict[str, str] = {}
    items = read_parts(entry, "items", label="item", keys=("target", "severity"))
    for item, source in items:
        target = source.text("target")
        if target is not None and target not in known:
            hint = did_you_mean(target, known)
            source.report("target", Code.ANSWER_KEY, f"there is no target '{target}'.", hint)
        elif target is not None:
            correct[item.id] = str(target)
    few = refuse_count(entry, "items", len(items), 2, 8) or refuse_count(entry, "targets", len(targets), 2, 6)
    if few or len(correct) < len(items):
        return None
    return MatchQuestion(common, tuple(targets), tuple(item for item, _ in items), correct)


def _read_targets(entry: Entry) -> list[tuple[str, Text]]:
    found = []
    for item in entry.entries("targets", f"{entry.label}, target"):
        item.only(["id", "text"])
        target_id, text = item.identifier("id"), item.text("text")
        if target_id is not None and text is not None:
            found.append((str(target_id), text))
    return found
