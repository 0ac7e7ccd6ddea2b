"""The lines of the benchmark's table: what was measured, both sides, their ratio, and the aim."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, both sides, their ratio, and the aim with whether it is met."""

    what: str
    handbook: str
    compared: str = "–"
    ratio: str = "–"
    aim: str = "–"
    within: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the line."""
        verdict = {True: "inom", False: "**UTANFÖR**", None: "–"}[self.within]
        return self.what, self.handbook, self.compared, self.ratio, self.aim, verdict


def counted(what: str, value: float, most: float, digits: int = 0, unit: str = "") -> Row:
    """Return a line for something that is counted, not timed."""
    return Row(what, number(value, digits) + unit, aim=f"högst {most:g}{unit}", within=value <= most)


def compared(what: str, ours: Sequence[float], theirs: Sequence[float], unit: str, most: float | None = None) -> Row:
    """Return a line for two sides that were timed in the same rounds."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    within = None if most is None else median(ratios) <= most
    aim = "–" if most is None else f"högst {number(most, 1)} ×"
    return Row(what, spread(ours, unit), spread(theirs, unit), f"{spread(ratios, ' ×', 2)}", aim, within)


def number(value: float, digits: int = 0) -> str:
    """Return a number as Swedes write it."""
    return f"{value:.{digits}f}".replace(".", ",")


def spread(values: Sequence[float], unit: str, digits: int | None = None) -> str:
    """Return the median, and the least and greatest in brackets."""
    middle = median(values)
    places = digits if digits is not None else sum(middle < limit for limit in (10, 1, 0.1))
    return f"{number(middle, places)}{unit} ({number(min(values), places)}–{number(max(values), places)})"
