"""The guide: every path by a table, what holds for all paths, and how the flow is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import PROJECT, page_tree, real_content

from handbook.content import GUIDE_FILE
from handbook.diagnostics import Code, Diagnostics
from handbook.flow_graph import WIDTH, FlowEdge, FlowNode, flow_rows, flow_svg
from handbook.guide import MOST_QUESTIONS, Guide, load_guide
from handbook.rule_register import SAY_WORDS

if TYPE_CHECKING:
    from pathlib import Path

PATHS = {
    "hjalp": ("lämna ut", "hjalp"),
    "uppgift ja": ("lämna ut", "lamna-ut"),
    "uppgift nej ja ja": ("pröva", "eget-samtal-prova"),
    "uppgift nej ja nej": ("lämna inte ut", "andras-samtal"),
    "uppgift nej nej hem": ("lämna inte ut", "privat"),
    "uppgift nej nej borta": ("lämna inte ut", "borta"),
    "uppgift nej nej personnummer": ("pröva", "personnummer"),
    "uppgift nej nej klient": ("lämna inte ut", "klient"),
    "uppgift nej nej hot": ("hänvisa", "hot"),
    "uppgift nej nej nej anknytning": ("lämna ut", "anknytning"),
    "uppgift nej nej nej mobil": ("pröva", "mobil"),
    "uppgift nej nej nej manga": ("hänvisa", "lista"),
    "uppgift nej nej nej annan ja": ("pröva", "uppgift-provas"),
    "uppgift nej nej nej annan nej": ("hänvisa", "finns-inte"),
    "handling publicerad": ("lämna ut", "handling-ut"),
    "handling lista": ("hänvisa", "lista"),
    "handling annan nej": ("pröva", "handling-provas"),
    "handling annan ja ja": ("pröva", "egen-handling"),
    "handling annan ja nej": ("pröva", "kanslig-handling"),
}
"""Every path there is: the answers, the verdict and the outcome. A new path is a new line here."""


@pytest.fixture(scope="module")
def guide() -> Guide:
    """Return the handbook's own guide."""
    found = real_content().guide
    assert found is not None
    return found


@pytest.mark.parametrize("answers", PATHS)
def test_each_path_ends_where_the_table_says(guide: Guide, answers: str) -> None:
    """Answer by answer, the guide leads to the outcome and the verdict of the table."""
    step = guide.start
    for name in answers.split():
        step = next(answer.to for answer in guide.questions[step].answers if answer.id == name)
    assert (guide.outcomes[step].verdict, step) == PATHS[answers]


def test_the_table_has_every_path(guide: Guide) -> None:
    """No path is left untried, and none in the table has gone."""
    assert {" ".join(taken): outcome for taken, outcome in guide.paths()} == {
        answers: outcome for answers, (_, outcome) in PATHS.items()
    }


def test_every_path_is_short_and_complete(guide: Guide) -> None:
    """At most six questions, and at the end words that can be spoken, provisions and someone to hand over to."""
    for taken, name in guide.paths():
        outcome = guide.outcomes[name]
        assert 1 <= len(taken) <= MOST_QUESTIONS
        assert len(outcome.say.split()) <= SAY_WORDS, name
        assert outcome.provisions
        assert outcome.who_decides
        assert outcome.hand_over
        assert outcome.reason
    assert max(len(taken) for taken, _ in guide.paths()) == MOST_QUESTIONS


def test_who_and_why_are_asked_only_where_a_ground_has_been_named(guide: Guide) -> None:
    """On each path, whatever asks the caller comes after an answer that names what may be secret; two paths do."""
    asking = set()
    for taken, name in guide.paths():
        step, grounds = guide.start, 0
        for answer_id in taken:
            assert grounds or not guide.questions[step].asks
            answer = next(answer for answer in guide.questions[step].answers if answer.id == answer_id)
            grounds, step = grounds + len(answer.grounds), answer.to
        assert grounds or not guide.outcomes[name].asks
        asking |= {name} if guide.outcomes[name].asks else set()
    assert asking == {"eget-samtal-prova", "egen-handling"}


def test_a_secret_is_never_given_out(guide: Guide) -> None:
    """A path on which a secrecy ground has been named never ends in giving out."""
    for taken, name in guide.paths():
        step, grounds = guide.start, 0
        for answer_id in taken:
            answer = next(answer for answer in guide.questions[step].answers if answer.id == answer_id)
            grounds, step = grounds + len(answer.grounds), answer.to
        assert not (grounds and guide.outcomes[name].verdict == "lämna ut"), name


@pytest.mark.parametrize(
    "ground", ["        ground: OSL-40-4\n", "        ground: [OSL-26-1, OSL-25-1, OSL-23-2-st1, OSL-39"]
)
def test_a_ground_taken_away_is_seen(tmp_path: Path, ground: str) -> None:
    """Without the ground of the answer before it, the step where somebody asks who it is is reported."""
    text = (PROJECT / GUIDE_FILE).read_text(encoding="utf-8")
    assert text.count(ground) == 1
    path = tmp_path / "guide.yaml"
    path.write_text("".join(line for line in text.splitlines(keepends=True) if not line.startswith(ground.rstrip())))
    diagnostics = Diagnostics()
    assert load_guide(path, diagnostics) is None
    assert [found.code for found in diagnostics] == [Code.GUIDE_ASKS]
    assert "asks the caller for identity on a path without a secrecy ground." in diagnostics[0].message


# --- The drawing -------------------------------------------------------------------------------------

NODES = [FlowNode("a", "Ringer någon?"), FlowNode("b", "Vad då?"), FlowNode("c", "Slut", "prova", "Pröva")]
EDGES = [FlowEdge("a", "c", "Nej"), FlowEdge("a", "b", "Ja"), FlowEdge("b", "c", "Något & annat")]


def test_the_flow_is_in_the_order_it_is_drawn() -> None:
    """Branches come below their question, the main line goes on at the same depth, a node drawn before is named."""
    rows = flow_rows(NODES, EDGES, "a")
    assert [(row.node.id, row.depth, row.number, row.main, row.again) for row in rows] == [
        ("a", 0, 1, False, False),
        ("c", 1, 2, False, False),
        ("b", 0, 3, True, False),
        ("c", 1, 2, False, True),
    ]


def test_a_circle_is_drawn_and_ends() -> None:
    """A flow that goes back to where it has been, as a call may, names the earlier box and stops."""
    rows = flow_rows(NODES[:2], [FlowEdge("a", "b"), FlowEdge("b", "a")], "a")
    assert [(row.node.id, row.again) for row in rows] == [("a", False), ("b", False), ("a", True)]


def test_an_edge_to_nowhere_is_an_error() -> None:
    """Whoever draws a flow checks it first."""
    with pytest.raises(KeyError):
        flow_rows(NODES, [FlowEdge("a", "x")], "a")


def test_the_picture_holds_every_box_inside_its_frame() -> None:
    """Each box lies inside the drawing, no box over another, and the text is escaped and has its words."""
    svg = flow_svg(flow_rows(NODES, EDGES, "a"), "Ett ”flöde”", "Till {number}")
    root = page_tree(svg)
    picture = root.one("svg")
    assert picture["role"] == "img"
    assert picture["aria-label"] == "Ett ”flöde”"
    height = float(picture["viewbox"].split()[3])
    bottom = 0.0
    for box in root.all("rect"):
        assert 0 <= float(box["x"]) <= float(box["x"]) + float(box["width"]) <= WIDTH
        assert bottom < float(box["y"])
        bottom = float(box["y"]) + float(box["height"])
    assert bottom < height
    assert "Något & annat" in root.text
    assert [part for part in ("1. Ringer någon?", "2. Pröva", "Till 2") if part not in root.text] == []
    assert "style=" not in svg


def test_the_same_flow_gives_the_same_picture() -> None:
    """Nothing in the drawing depends on the order of a set or on when it is made."""
    assert flow_svg(flow_rows(NODES, EDGES, "a"), "x") == flow_svg(flow_rows(NODES, EDGES, "a"), "x")
