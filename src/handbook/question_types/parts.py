"""What several types share: entries with an id, a text and a reason, and the consequence of getting one wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.grader import SEVERITIES

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text


@dataclass(frozen=True)
class Part:
    """One step, item or word: what it says, the reason behind it and what getting it wrong would mean."""

    id: str
    text: Text
    feedback: Text
    severity: str | None = None

    def definition(self) -> dict[str, object]:
        """Return the part as the grader takes it."""
        found: dict[str, object] = {"id": self.id, "feedback": str(self.feedback)}
        return found | ({"severity": self.severity} if self.severity else {})


def read_parts(entry: Entry, key: str, *, label: str, keys: tuple[str, ...] = ()) -> list[tuple[Part, Entry]]:
    """Return the parts listed at *key*, each with its entry; *keys* are allowed besides id, text and feedback."""
    found = []
    for item in entry.entries(key, f"{entry.label}, {label}"):
        item.named(item.raw("id"))
        item.only(["id", "text", "feedback", *keys])
        part_id = item.identifier("id")
        text, feedback = item.text("text"), item.text("feedback")
        severity = read_severity(item) if "severity" in keys else None
        if part_id is not None and text is not None and feedback is not None:
            found.append((Part(str(part_id), text, feedback, severity), item))
    refuse_repeats(entry, key, [part.id for part, _ in found])
    return found


def read_severity(entry: Entry) -> str | None:
    """Return the severity of *entry*, or None when none is given."""
    severity = entry.choice("severity", SEVERITIES, required=False)
    return str(severity) if severity is not None else None


def refuse_repeats(entry: Entry, key: str, ids: list[str]) -> None:
    """Report every id at *key* that is used twice."""
    for part_id in sorted({found for found in ids if ids.count(found) > 1}):
        entry.report(key, Code.REPEATED_ID, f"'{key}' has two with the id '{part_id}'.", "Call them a, b, c …")


def refuse_count(entry: Entry, key: str, count: int, fewest: int, most: int) -> bool:
    """Report, and return True, when *key* holds fewer than *fewest* or more than *most*."""
    if fewest <= count <= most:
        return False
    if entry.has(key):
        entry.report(
            key, Code.INVALID_VALUE, f"'{key}' holds {count}.", f"At least {fewest} and at most {most} can be overseen."
        )
    return True
