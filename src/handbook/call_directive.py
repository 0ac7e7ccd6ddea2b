"""``{calls}``: every simulated call of the bank as a drawing, for editors, with the same in words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.call_graph import LETTERS, draw
from handbook.environment import content_of
from handbook.question_types.branching import BranchingQuestion

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class CallsDirective(SphinxDirective):
    """Draw every call of the bank, the editors' examples too."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return, for each call, its id, the drawing (in HTML) and a list of where each choice leads."""
        bank = content_of(self.config).bank
        found: list[nodes.Node] = []
        for question in bank.questions.values():
            if isinstance(question, BranchingQuestion):
                found += _shown(question)
        return found


def _shown(question: BranchingQuestion) -> list[nodes.Node]:
    svg = draw(question, ui_text.CALL_GRAPH.format(id=question.id), ui_text.ENDINGS)
    drawing = nodes.container("", nodes.raw("", svg, format="html"), classes=["call-graph"])
    return [nodes.paragraph("", "", nodes.literal("", question.id)), drawing, _in_words(question)]


def _in_words(question: BranchingQuestion) -> nodes.bullet_list:
    """Return a line for each turn: its number and where each choice leads, or how the call ended."""
    numbers = {turn.id: number for number, turn in enumerate(question.turns, 1)}
    listed = nodes.bullet_list()
    for turn in question.turns:
        said = [
            f"{letter} → {numbers[say.next]} ({ui_text.WELL_SAID if say.correct else ui_text.BADLY_SAID})"
            for letter, say in zip(LETTERS, turn.choices, strict=False)
        ]
        line = ui_text.TURN.format(number=numbers[turn.id], text=", ".join(said) or ui_text.ENDINGS[turn.ending])
        listed += nodes.list_item("", nodes.paragraph("", line))
    return listed


def setup_calls(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("calls", CallsDirective)
