"""``order``: put steps in the right order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.question_types.base import Common, Question
from handbook.question_types.parts import Part, read_parts, read_severity, refuse_count

if TYPE_CHECKING:
    from handbook.entry import Entry

ORDER_KEYS = (
    "items",
    "severity",
)


@dataclass(frozen=True)
class OrderQuestion(Question):
    """Steps, kept in the right order; *severity* is what doing them in another order would mean."""

    items: tuple[Part, ...]
    severity: str | None

    @property
    def shown(self) -> tuple[Part, ...]:
        """Return the steps as they are shown: mixed, the same way every time, and never in the right order."""
        mixed = sorted(self.items, key=lambda item: hashlib.sha256(f"{self.id}/{item.id}".encode()).digest())
        return tuple(mixed if tuple(mixed) != self.items else reversed(mixed))

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        found: dict[str, object] = {
            "id": self.id,
            "type": "order",
            "items": [item.definition() for item in self.shown],
            "correct": [item.id for item in self.items],
        }
        return found | ({"severity": self.severity} if self.severity else {})

    def key(self) -> dict[str, object]:
        """Return the right order as a response."""
        return {"order": [item.id for item in self.items]}


def read_order(entry: Entry, common: Common) -> OrderQuestion | None:
    """Return the ``order`` question in *entry*; its items are written in the right order."""
    items = tuple(part for part, _ in read_parts(entry, "items", label="step"))
    severity = read_severity(entry)
    if refuse_count(entry, "items", len(items), 3, 8):
        return None
    return OrderQuestion(common, items, severity)
