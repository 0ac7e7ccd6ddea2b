"""A call as a drawing: everything is in it, nothing lies on anything else, and it says the same as the question."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, cast

import pytest
from saved_results import small_content
from support import page_tree, real_content

from handbook import call_graph, ui_text
from handbook.question_types.branching import BranchingQuestion

if TYPE_CHECKING:
    from pathlib import Path

CALLS = [found for found in real_content().bank.questions.values() if isinstance(found, BranchingQuestion)]


def long_call(folder: Path) -> BranchingQuestion:
    """Return a call of many turns, in which every choice but the last leads past the turns between it and an ending."""
    turns = "".join(
        f"      - id: t{number}\n        says: Hallå?\n        choices:\n"
        f"          - {{id: a, text: Ja, correct: yes, next: {following}, feedback: Så.}}\n"
        f"          - {{id: b, text: Nej, severity: leak, next: slut, feedback: Inte så.}}\n"
        for number, following in [*((number, f"t{number + 1}") for number in range(1, 9)), (9, "bra")]
    )
    endings = (
        "      - id: bra\n        says: Tack.\n        ending: good\n"
        "      - id: slut\n        says: Nej.\n        ending: harm\n"
    )
    head = (
        "  - id: lang\n    type: branching\n    module: m\n    rules: [hemadress]\n    difficulty: easy\n"
        "    last_checked: 2026-11-22\n    prompt: Svara.\n    turns:\n"
    )
    return cast("BranchingQuestion", small_content(folder, head + turns + endings).bank.questions["lang"])


@pytest.fixture(params=[*(call.id for call in CALLS), "lang"])
def call(request: pytest.FixtureRequest, tmp_path: Path) -> BranchingQuestion:
    """Return each call of the real bank, and a long one."""
    known = {found.id: found for found in CALLS}
    return known[request.param] if request.param in known else long_call(tmp_path)


def test_every_turn_lies_below_what_leads_to_it_and_on_nothing_else(call: BranchingQuestion) -> None:
    """Lines go downwards, and no two boxes of a layer share a place."""
    graph = call_graph.lay_out(call)
    for turn in call.turns:
        for say in turn.choices:
            assert graph.boxes[say.next].layer > graph.boxes[turn.id].layer
    for one, other in itertools.combinations(graph.boxes.values(), 2):
        assert one.layer != other.layer or abs(one.x - other.x) >= call_graph.WIDTH + call_graph.GAP
    for box in graph.boxes.values():
        assert call_graph.WIDTH / 2 <= box.x <= graph.width - call_graph.WIDTH / 2


def test_a_line_passes_no_box_on_its_way(call: BranchingQuestion) -> None:
    """A line that goes past a layer has a place of its own there."""
    graph = call_graph.lay_out(call)
    for line in graph.lines:
        for place in line.through[1:-1]:
            for box in graph.boxes.values():
                assert box.layer != place.layer or abs(box.x - place.x) > call_graph.WIDTH / 2


def test_the_drawing_has_every_turn_choice_and_ending(call: BranchingQuestion) -> None:
    """There is a box for each turn, a line for each choice, drawn otherwise when it is not well said, and a name."""
    svg = page_tree(call_graph.draw(call, "Samtalet", ui_text.ENDINGS)).one("svg")
    assert (svg["role"], svg["aria-label"]) == ("img", "Samtalet")
    says = [say for turn in call.turns for say in turn.choices]
    assert len(svg.all("path")) == len(says)
    assert len(svg.all("path", class_="graph-bad")) == sum(not say.correct for say in says)
    numbers = [text.text for text in svg.all("text", class_="graph-number")]
    assert numbers == [str(number) for number in range(1, len(call.turns) + 1)]
    words = [text.text for text in svg.all("text", class_="graph-word")]
    assert words == [ui_text.ENDINGS[turn.ending] for turn in call.turns if turn.ending]


def test_the_drawing_passes_the_content_policy(call: BranchingQuestion) -> None:
    """It has no style, script or address, and its numbers fit in its frame."""
    text = call_graph.draw(call, '<&">', ui_text.ENDINGS)
    assert re.findall(r"style|script|href|url\(|on\w+=", text) == []
    assert '<&"' not in text
    svg = page_tree(text).one("svg")
    width, height = (float(svg[name]) for name in ("width", "height"))
    for box in svg.all("rect"):
        assert 0 <= float(box["x"]) <= width - float(box["width"])
        assert 0 <= float(box["y"]) <= height - float(box["height"])
