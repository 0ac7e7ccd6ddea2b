"""The few strokes that pictures are drawn with, as SVG text: wrapped words, boxes and arrows.

Colours come from the style sheet by class, so that a picture follows light, dark and paper. Text is measured by
counting letters, generously, since nobody knows which system font the reader has.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER, BOLD = 0.58, 0.65
"""How wide a letter is on the average, in parts of its size; the widest system fonts come near."""
LINE = 1.3
PAD = 9.0


@dataclass(frozen=True)
class Paragraph:
    """Words of one size and kind; the kind becomes the class ``picture-<kind>``."""

    text: str
    kind: str = "text"
    size: float = 14

    def lines(self, width: float) -> list[str]:
        """Return the text in lines that fit *width*."""
        letter = BOLD if self.kind in {"heading", "group", "label"} else LETTER
        most = max(int(width / (self.size * letter)), 6)
        text = " ".join(part.replace("\u00a0", " ") if len(part) > most else part for part in self.text.split(" "))
        return textwrap.wrap(text, most, break_on_hyphens=False, break_long_words=False)


def text_height(paragraphs: Sequence[Paragraph], width: float) -> float:
    """Return how high the paragraphs stand below one another."""
    return sum(len(item.lines(width)) * item.size * LINE for item in paragraphs)


def write(paragraphs: Sequence[Paragraph], x: float, y: float, width: float, *, centred: bool = False) -> str:
    """Return the paragraphs as text from the corner (x, y) down, or centred on x."""
    parts = []
    anchor = ' text-anchor="middle"' if centred else ""
    for item in paragraphs:
        spans = []
        for line in item.lines(width):
            y += item.size * LINE
            spans.append(f'<tspan x="{x:g}" y="{y - item.size * 0.33:.1f}">{escape(line)}</tspan>')
        parts.append(f'<text class="picture-{item.kind}" font-size="{item.size:g}"{anchor}>{"".join(spans)}</text>')
    return "".join(parts)


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """Return a box of a kind, which becomes the class ``picture-<kind>``."""
    return (
        f'<rect class="picture-box picture-{kind}" x="{x:g}" y="{y:.1f}" width="{width:g}" '
        f'height="{height:.1f}" rx="4"/>'
    )


def arrow(*points: tuple[float, float]) -> str:
    """Return a line through *points* with a head at the last one; its last stretch goes right or down."""
    (before_x, _), (x, y) = points[-2:]
    is_down = before_x == x
    head = f"M{x:g} {y:.1f}l-4.5 -8h9z" if is_down else f"M{x:g} {y:.1f}l-8 -4.5v9z"
    end = (x, y - 7) if is_down else (x - 7, y)
    path = "L".join(f"{left:g} {top:.1f}" for left, top in (*points[:-1], end))
    return f'<path class="picture-line" d="M{path}"/><path class="picture-head" d="{head}"/>'


def line(*points: tuple[float, float]) -> str:
    """Return a line through *points*."""
    return f'<path class="picture-line" d="M{"L".join(f"{x:g} {y:.1f}" for x, y in points)}"/>'


def svg(parts: Sequence[str], width: float, height: float, kind: str, label: str) -> str:
    """Return a whole drawing of a kind, named by the element with the id *label*."""
    return (
        f'<svg class="picture-{kind}" viewBox="0 0 {width:g} {height:.0f}" role="img" aria-labelledby="{label}" '
        f'focusable="false">\n{"".join(parts)}\n</svg>\n'
    )
