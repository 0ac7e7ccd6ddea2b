"""A simulated call as a drawing: turns in layers from the first to the endings, made from the question itself.

The layout is the common one for such graphs (Sugiyama): a turn lies below all that lead to it, what goes past a layer
gets a place in it, and the order within a layer follows the mean place of what it hangs together with.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.question_types.branching import BranchingQuestion

LETTERS = "ABCDEFGHIJ"
WIDTH, HEIGHT, GAP, RISE = 88, 40, 12, 52
"""Of a box, between boxes, and between layers, in pixels."""
_PASSING = 20
"""The width of the place that a line takes in a layer that it only goes past."""
_SWEEPS = 4


@dataclass
class Place:
    """A box, or the place of a line in a layer that it goes past; *x* is its middle, *layer* counts from the top."""

    layer: int
    width: int
    x: float = 0.0
    above: list[Place] = field(default_factory=list)
    below: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A choice: from which turn, its letter, whether it is well said, and the places that it goes through."""

    start: str
    letter: str
    is_good: bool
    through: tuple[Place, ...]


@dataclass(frozen=True)
class CallGraph:
    """The places of the turns by id, and the lines between them."""

    boxes: dict[str, Place]
    lines: list[Line]
    width: float
    height: float


def lay_out(question: BranchingQuestion) -> CallGraph:
    """Return where everything in the call is drawn; a call goes forward, so the layers come to an end."""
    depth = _depths(question)
    boxes = {turn.id: Place(depth[turn.id], WIDTH) for turn in question.turns}
    layers: list[list[Place]] = [[] for _ in range(max(depth.values()) + 1)]
    for place in boxes.values():
        layers[place.layer].append(place)
    lines = []
    for turn in question.turns:
        for letter, say in zip(LETTERS, turn.choices, strict=False):
            through = _connect(boxes[turn.id], boxes[say.next], layers)
            lines.append(Line(turn.id, letter, say.correct, through))
    for sweep in range(_SWEEPS):
        _sort(layers, downwards=sweep % 2 == 0)
    width = max(_extent(layer) for layer in layers) + 2 * GAP
    for layer in layers:
        _spread(layer, width)
    return CallGraph(boxes, lines, width, len(layers) * (HEIGHT + RISE) - RISE + 2 * GAP)


def _depths(question: BranchingQuestion) -> dict[str, int]:
    """Return the layer of each turn: one more than the deepest that leads to it."""
    depth = {turn.id: 0 for turn in question.turns}
    for _ in question.turns:
        for turn in question.turns:
            for say in turn.choices:
                depth[say.next] = max(depth[say.next], depth[turn.id] + 1)
    return depth


def _connect(start: Place, end: Place, layers: list[list[Place]]) -> tuple[Place, ...]:
    """Return the places from *start* to *end*, with a new one in each layer between them."""
    between = [Place(layer, _PASSING) for layer in range(start.layer + 1, end.layer)]
    for place in between:
        layers[place.layer].append(place)
    through = (start, *between, end)
    for upper, lower in itertools.pairwise(through):
        upper.below.append(lower)
        lower.above.append(upper)
    return through


def _sort(layers: list[list[Place]], *, downwards: bool) -> None:
    """Order each layer by the mean place of its neighbours above, or below when going up."""
    for layer in layers if downwards else reversed(layers):
        rank = {id(place): number for other in layers for number, place in enumerate(other)}
        mean: dict[int, float] = {}
        for place in layer:
            near = place.above if downwards else place.below
            mean[id(place)] = sum(rank[id(one)] for one in near) / len(near) if near else rank[id(place)]
        layer.sort(key=lambda place: mean[id(place)])


def _extent(layer: list[Place]) -> float:
    return sum(place.width for place in layer) + GAP * (len(layer) - 1)


def _spread(layer: list[Place], width: float) -> None:
    """Give the places of a layer their x, side by side around the middle."""
    left = (width - _extent(layer)) / 2
    for place in layer:
        place.x = left + place.width / 2
        left += place.width + GAP


def draw(question: BranchingQuestion, title: str, endings: dict[str, str]) -> str:
    """Return the call as SVG with classes in place of colours; *endings* are the words for how a call can end."""
    graph = lay_out(question)
    parts = [_line(line, graph, question) for line in graph.lines]
    for number, turn in enumerate(question.turns, 1):
        parts.append(_box(graph.boxes[turn.id], str(number), turn.ending, endings.get(turn.ending, "")))
    width, height = f"{graph.width:.0f}", f"{graph.height:.0f}"
    return (
        f'<svg class="graph" role="img" aria-label="{escape(title)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n' + "\n".join(parts) + "\n</svg>"
    )


def _top(place: Place) -> float:
    return GAP + place.layer * (HEIGHT + RISE)


def _line(line: Line, graph: CallGraph, question: BranchingQuestion) -> str:
    """Return one choice as a curve from below its turn, with its letter where it begins."""
    turn = next(turn for turn in question.turns if turn.id == line.start)
    box = graph.boxes[line.start]
    x = box.x - WIDTH / 2 + WIDTH * (LETTERS.index(line.letter) + 1) / (len(turn.choices) + 1)
    y = _top(box) + HEIGHT
    path = [f"M{x:.0f} {y:.0f}"]
    start = x
    for place in line.through[1:]:
        end = _top(place)
        bend = (end - y) / 2
        path.append(f"C{x:.0f} {y + bend:.0f} {place.x:.0f} {end - bend:.0f} {place.x:.0f} {end:.0f}")
        x, y = place.x, end
        if place is not line.through[-1]:
            y += HEIGHT
            path.append(f"V{y:.0f}")
    kind = "good" if line.is_good else "bad"
    label = f'<text class="graph-letter" x="{start + 3:.0f}" y="{_top(box) + HEIGHT + 13:.0f}">{line.letter}</text>'
    return f'<path class="graph-line graph-{kind}" d="{"".join(path)}"/>{label}'


def _box(place: Place, number: str, ending: str, word: str) -> str:
    """Return one turn as a box with its number, an ending with the word for it."""
    kind = f"graph-{ending}" if ending else "graph-turn"
    left, top = place.x - WIDTH / 2, _top(place)
    rounding = HEIGHT // 2 if ending else 4
    frame = f'<rect x="{left:.0f}" y="{top:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="{rounding}"/>'
    middle = top + HEIGHT / 2 + (-2 if word else 5)
    text = f'<text class="graph-number" x="{place.x:.0f}" y="{middle:.0f}">{number}</text>'
    if word:
        text += f'<text class="graph-word" x="{place.x:.0f}" y="{middle + 15:.0f}">{escape(word)}</text>'
    return f'<g class="graph-box {kind}">{frame}{text}</g>'
