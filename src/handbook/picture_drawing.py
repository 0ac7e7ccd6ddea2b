"""Pictures as SVG, each drawn twice: for a wide column, and for a telephone. The style sheet shows the one that fits.

No text is below 13 in a drawing that is shown at almost its own size, so none is below 12 pixels on a screen that is
360 wide. What a box says stands in words, never in its colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.drawing import PAD, Paragraph, arrow, box, line, svg, text_height, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.picture_data import Part

WIDE, NARROW = 640.0, 340.0
_GAP, _INDENT, _DOT = 20.0, 26.0, 6.0
_SMALL = 13.0


@dataclass(frozen=True)
class Box:
    """A part as it is drawn: the words of the part with local values filled in, and its citations in one line."""

    heading: str
    text: str
    quote: str
    group: str
    kind: str
    label: str
    cited: str
    exits: tuple[Box, ...] = ()

    def paragraphs(self) -> list[Paragraph]:
        """Return what stands in the box."""
        found = [Paragraph(self.heading, "heading")]
        found += [Paragraph(f"”{self.quote}”", "quote", _SMALL)] if self.quote else []
        found += [Paragraph(self.text)] if self.text else []
        return found + ([Paragraph(self.cited, "law", _SMALL)] if self.cited else [])


def box_of(part: Part, fill: Callable[[str], str], cite: Callable[[str], str], heading: str = "") -> Box:
    """Return *part* ready to be drawn; *fill* puts in local values, *cite* writes a provision in the house form."""
    return Box(
        heading=heading or fill(part.heading),
        text=fill(part.text),
        quote=part.quote,
        group=fill(part.group),
        kind=part.kind,
        label=part.label,
        cited=", ".join(cite(provision) for provision in part.provisions),
        exits=tuple(box_of(out, fill, cite) for out in part.exits),
    )


def draw(form: str, boxes: Sequence[Box], label: str) -> str:
    """Return both drawings of a picture of that form."""
    wide, narrow = {
        "scale": (_scale, _column),
        "steps": (_beside, _steps_down),
        "pairs": (_pairs, _column),
        "timeline": (_line_of_time, _line_of_time),
    }[form]
    found = ""
    for drawing, width, kind in ((wide, WIDE, "wide"), (narrow, NARROW, "narrow")):
        parts: list[str] = []
        height = drawing(boxes, width, parts)
        found += svg(parts, width, height + 1, kind, label)
    return found


def _put(item: Box, x: float, y: float, width: float, parts: list[str], least: float = 0) -> float:
    """Draw one box and return where it ends."""
    inside = width - 2 * PAD
    height = max(text_height(item.paragraphs(), inside) + 2 * PAD - 3, least)
    parts += [box(x, y, width, height, item.kind), write(item.paragraphs(), x + PAD, y + PAD - 3, inside)]
    return y + height


def _height(item: Box, width: float) -> float:
    return text_height(item.paragraphs(), width - 2 * PAD) + 2 * PAD - 3


def _steps_down(boxes: Sequence[Box], width: float, parts: list[str]) -> float:
    """Draw the boxes as a column with an arrow from each to the next."""
    return _column(boxes, width, parts, in_steps=True)


def _column(boxes: Sequence[Box], width: float, parts: list[str], *, in_steps: bool = False) -> float:
    """Draw the boxes below one another, groups as headings, the ways out of a box indented below it."""
    y, group = 1.0, ""
    bottom = 0.0
    for number, item in enumerate(boxes):
        if item.group != group:
            group = item.group
            y = _heading(group, y, width, parts)
        elif number and in_steps:
            parts.append(arrow((1 + PAD, bottom), (1 + PAD, y)))
        bottom = _put(item, 1, y, width - 2, parts)
        y = bottom + _GAP
        for out in item.exits:
            y = _exit_below(out, bottom, y - _GAP + 10, width, parts) + _GAP
    return y - _GAP


def _heading(text: str, y: float, width: float, parts: list[str]) -> float:
    group = [Paragraph(text, "group")]
    parts.append(write(group, 1, y, width - 2))
    return y + text_height(group, width - 2) + 4


def _exit_below(out: Box, start: float, y: float, width: float, parts: list[str]) -> float:
    left = 1 + _INDENT + PAD
    words = [Paragraph(out.label, "label", _SMALL)] if out.label else []
    end = left + (text_height(words, 60) and 34)
    height = _height(out, width - end - 1)
    middle = y + height / 2
    parts.append(arrow((1 + _INDENT, start), (1 + _INDENT, middle), (end, middle)))
    parts.append(write(words, left - 3, middle - _SMALL * 1.5, 60))
    return _put(out, end, y, width - end - 1, parts)


def _beside(boxes: Sequence[Box], width: float, parts: list[str]) -> float:
    """Draw the steps down the left side, and the ways out of each to the right of it."""
    left, x = width * 0.5, width * 0.5 + 62
    right = width - x - 1
    y = 1.0
    for number, item in enumerate(boxes):
        outs = [_height(out, right) for out in item.exits]
        least = sum(outs) + 10 * (len(outs) - 1)
        bottom = _put(item, 1, y, left, parts, least)
        top = y
        for out, height in zip(item.exits, outs, strict=True):
            middle = top + height / 2
            words = [Paragraph(out.label, "label", _SMALL)] if out.label else []
            parts += [arrow((1 + left, middle), (x, middle)), write(words, left + 9, middle - _SMALL * 1.6, 60)]
            _put(out, x, top, right, parts)
            top += height + 10
        y = bottom + _GAP
        if number + 1 < len(boxes):
            parts.append(arrow((1 + 2 * PAD, bottom), (1 + 2 * PAD, y)))
    return y - _GAP


def _pairs(boxes: Sequence[Box], width: float, parts: list[str]) -> float:
    """Draw each question in a box on the left, and who answers it in a box on the right, equally high."""
    left, x = width * 0.5, width * 0.5 + 36
    right = width - x - 1
    y = 1.0
    for item in boxes:
        height = max(_height(one, wide) for one, wide in [(item, left), *((out, right) for out in item.exits)])
        _put(item, 1, y, left, parts, height)
        for out in item.exits:
            parts.append(arrow((1 + left, y + height / 2), (x, y + height / 2)))
            _put(out, x, y, right, parts, height)
        y += height + 10
    return y - 10


def _scale(boxes: Sequence[Box], width: float, parts: list[str]) -> float:
    """Draw the levels from left to right, with a bracket over those that belong to one group."""
    gap = 8.0
    each = (width - 2 - gap * (len(boxes) - 1)) / len(boxes)
    lefts = [1 + number * (each + gap) for number in range(len(boxes))]
    groups: list[tuple[str, float, float]] = []
    for item, left in zip(boxes, lefts, strict=True):
        if groups and groups[-1][0] == item.group:
            groups[-1] = (item.group, groups[-1][1], left + each)
        else:
            groups.append((item.group, left, left + each))
    high = max(text_height([Paragraph(name, "group")], end - start) for name, start, end in groups)
    for name, start, end in groups:
        words = [Paragraph(name, "group")]
        top = 1 + high - text_height(words, end - start)
        parts.append(write(words, (start + end) / 2, top, end - start, centred=True))
        parts.append(line((start, high + 14), (start, high + 7), (end, high + 7), (end, high + 14)))
    y = high + 18
    height = max(_height(item, each) for item in boxes)
    for item, left in zip(boxes, lefts, strict=True):
        _put(item, left, y, each, parts, height)
    return y + height


def _line_of_time(boxes: Sequence[Box], width: float, parts: list[str]) -> float:
    """Draw a line downwards with a dot for each thing that happened."""
    x, left = 1 + _DOT, 1 + 4 * _DOT
    y = 1.0
    dots = []
    for item in boxes:
        words = item.paragraphs()
        dots.append(f'<circle class="picture-dot" cx="{x:g}" cy="{y + 10:.1f}" r="{_DOT:g}"/>')
        parts.append(write(words, left, y, width - left - 2))
        y += text_height(words, width - left - 2) + 14
    parts += [line((x, 10), (x, y - 14)), *dots]
    return y - 14
