"""A flow drawn as SVG for a narrow column: boxes under one another, branches indented, the main line straight down.

Takes nodes and edges of any flow (the guide, a simulated call) and returns text; it knows nothing of either. A node
that several edges lead to is drawn once, and named by its number where it comes again. Colours come from the style
sheet by class, so that the drawing follows light, dark and paper. Text is measured by counting letters, generously.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 360
_INDENT, _PAD, _GAP = 26, 9, 12
_TEXT, _LABEL = 14, 12.5
_LETTER = 0.56
"""How wide a letter is on the average, in parts of its size; system fonts lie between 0.49 and 0.55."""
_LINE = 1.3


@dataclass(frozen=True)
class FlowNode:
    """A box: its text, a *heading* in bold above the text, and a *kind* that becomes the class ``flow-<kind>``."""

    id: str
    text: str
    kind: str = "step"
    heading: str = ""


@dataclass(frozen=True)
class FlowEdge:
    """An arrow from one node to another, with the words of the choice that it stands for."""

    source: str
    target: str
    text: str = ""


@dataclass
class FlowRow:
    """One line of the drawing and of its text alternative: an edge, and the node it leads to.

    *number* is the node's; *again* says that the node is drawn elsewhere, *main* that it goes on straight down.
    """

    node: FlowNode
    depth: int
    text: str = ""
    parent: FlowRow | None = None
    main: bool = False
    again: bool = False
    number: int = 0
    top: float = field(default=0, repr=False)
    bottom: float = field(default=0, repr=False)


def flow_rows(nodes: Sequence[FlowNode], edges: Sequence[FlowEdge], start: str) -> list[FlowRow]:
    """Return the flow from *start* in the order in which it is drawn; raises KeyError for an edge to nowhere."""
    named = {node.id: node for node in nodes}
    leaving: dict[str, list[FlowEdge]] = {node.id: [] for node in nodes}
    for edge in edges:
        leaving[edge.source].append(edge)
    rows: list[FlowRow] = []
    numbers: dict[str, int] = {}

    def draw(row: FlowRow) -> None:
        rows.append(row)
        row.again = row.node.id in numbers
        if row.again:
            return
        numbers[row.node.id] = len(numbers) + 1
        going = leaving[row.node.id]
        onward = [edge for edge in going if leaving[edge.target] and edge.target not in numbers]
        main = onward[-1] if onward else None
        for edge in sorted(going, key=lambda edge: edge is main):
            depth = row.depth if edge is main else row.depth + 1
            draw(FlowRow(named[edge.target], depth, edge.text, row, main=edge is main))

    draw(FlowRow(named[start], 0))
    for row in rows:
        row.number = numbers[row.node.id]
    return rows


def flow_svg(rows: Sequence[FlowRow], title: str, again: str = "Till {number}") -> str:
    """Return *rows* as one ``<svg>`` with *title* for those who do not see it; *again* names a node drawn elsewhere."""
    parts: list[str] = []
    y = 1.0
    for row in rows:
        y = _draw_row(row, y, parts, again)
    lines = [_line(row) for row in rows if row.parent is not None]
    return (
        f'<svg class="flow" viewBox="0 0 {WIDTH} {y + 1:.0f}" role="img" aria-label={quoteattr(title)} '
        f'focusable="false">\n{"".join(lines)}{"".join(parts)}</svg>\n'
    )


def _left(row: FlowRow) -> float:
    return 1 + row.depth * _INDENT


def _draw_row(row: FlowRow, y: float, parts: list[str], again: str) -> float:
    """Add the words of the edge and the box of *row* from *y* on, and return where the next row begins."""
    left = _left(row)
    if row.text:
        words = _wrapped(row.text, WIDTH - left - 4 - _PAD * 2, _LABEL)
        at = left + (_PAD * 2 + 6 if row.main else 0)
        parts.append(_text(words, at, y, _LABEL, "flow-choice"))
        y += len(words) * _LABEL * _LINE + 4
    room = WIDTH - 1 - left - 2 * _PAD
    if row.again:
        heading, words = [], [again.format(number=row.number)]
    else:
        heading = _wrapped(f"{row.number}. {row.node.heading}", room, _TEXT * 1.07) if row.node.heading else []
        text = row.node.text if heading else f"{row.number}. {row.node.text}"
        words = _wrapped(text, room, _TEXT)
    height = (len(heading) + len(words)) * _TEXT * _LINE + 2 * _PAD - 4
    row.top, row.bottom = y, y + height
    kind = "again" if row.again else row.node.kind
    parts.append(
        f'<g class="flow-node flow-{kind}"><rect x="{left:g}" y="{y:.1f}" width="{WIDTH - 1 - left:g}" '
        f'height="{height:.1f}" rx="4"/>'
        f"{_text(heading, left + _PAD, y + _PAD - 4, _TEXT, 'flow-heading')}"
        f"{_text(words, left + _PAD, y + _PAD - 4 + len(heading) * _TEXT * _LINE, _TEXT, '')}</g>\n"
    )
    return y + height + _GAP


def _line(row: FlowRow) -> str:
    """Return the arrow to the row's box: straight down on the main line, else down and to the right."""
    if row.parent is None:
        return ""
    x, start = _left(row.parent) + _PAD, row.parent.bottom
    if row.main:
        end = row.top
        head = f"M{x:g} {end:.1f}l-4.500 -8h9z"
        return f'<path class="flow-line" d="M{x:g} {start:.1f}V{end - 7:.1f}"/><path class="flow-head" d="{head}"/>\n'
    end, middle = _left(row), (row.top + row.bottom) / 2
    head = f"M{end:g} {middle:.1f}l-8 -4.500v9z"
    return (
        f'<path class="flow-line" d="M{x:g} {start:.1f}V{middle:.1f}H{end - 7:g}"/>'
        f'<path class="flow-head" d="{head}"/>\n'
    )


def _wrapped(text: str, width: float, size: float) -> list[str]:
    return textwrap.wrap(text, max(int(width / (size * _LETTER)), 8), break_on_hyphens=False) or [""]


def _text(lines: Sequence[str], x: float, y: float, size: float, kind: str) -> str:
    if not lines:
        return ""
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + (number + 1) * size * _LINE - size * 0.25:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} font-size="{size:g}">{spans}</text>'
