"""The guide on a page: every step with its answers as links, complete as it stands; guide.js shows one at a time.

``{guide}`` shows the steps, ``{guide-flow}`` draws the flow for editors, with the same flow as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.content import GUIDE_FILE
from handbook.diagnostics import Code
from handbook.environment import content_of, warn
from handbook.flow_graph import FlowEdge, FlowNode, FlowRow, flow_rows, flow_svg
from handbook.markup import joined, law_link, parse_text, plain_paragraph, rule_link
from handbook.rule_directive import card_field, contact_paragraph, rule_card, verdict_badge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from handbook.guide import Guide, Outcome, Question


class flow_picture(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A flow as SVG. Attribute: svg. Other formats have the text that stands beside it."""


def step_id(step: str) -> str:
    """Return the id of a step's section on the page."""
    return f"guide-{step}"


class GuideDirective(SphinxDirective):
    """Show every question and outcome of the guide as a section; an answer is a link to the next."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the steps; nothing when the guide was refused, or after a warning."""
        guide = _guide(self)
        if guide is None:
            return []
        steps = nodes.container("", classes=["guide"])
        for question in sorted(guide.questions.values(), key=lambda question: question.id != guide.start):
            steps += self._question(question, guide)
        for outcome in guide.outcomes.values():
            steps += self._outcome(outcome, guide)
        checked = ui_text.GUIDE_CHECKED.format(date=guide.last_checked.isoformat())
        return [steps, plain_paragraph(checked, "guide-checked")]

    def _question(self, question: Question, guide: Guide) -> nodes.section:
        section = nodes.section("", nodes.title("", str(question.text)), ids=[step_id(question.id)])
        section["classes"] += ["guide-step", "guide-question"]
        if question.help is not None:
            section += parse_text(self, question.help, guide.path)
        answers = nodes.bullet_list(classes=["guide-answers"])
        for answer in question.answers:
            link = nodes.reference("", str(answer.text), refid=step_id(answer.to), internal=True)
            answers += nodes.list_item("", nodes.paragraph("", "", link), ids=[f"{step_id(question.id)}-{answer.id}"])
        section += answers
        return section

    def _outcome(self, outcome: Outcome, guide: Guide) -> nodes.section:
        section = nodes.section("", nodes.title("", str(outcome.title)), ids=[step_id(outcome.id)])
        section["classes"] += ["guide-step", "guide-outcome"]
        card = rule_card("", verdict=outcome.verdict_slug, classes=["guide-card"])
        word = nodes.strong("", outcome.verdict.capitalize())
        badge = verdict_badge("", "", word, verdict=outcome.verdict_slug)
        card += nodes.paragraph("", "", badge, classes=["rule-verdict"])
        card += card_field(self, "say", ui_text.SAY, (outcome.say, guide.path))
        who = card_field(self, "who", ui_text.GUIDE_HAND_OVER, (outcome.hand_over, guide.path))
        who.insert(1, contact_paragraph(self, outcome.who_decides))
        card += who
        reason = card_field(self, "reason", ui_text.GUIDE_REASON, (outcome.reason, guide.path))
        reason += self._sources(outcome)
        card += reason
        if outcome.asks:
            card += plain_paragraph(ui_text.GUIDE_ASKS, "guide-asks")
        section += card
        return section

    def _sources(self, outcome: Outcome) -> list[nodes.Node]:
        content = content_of(self.config)
        laws = [law_link(content.laws.entries[name]) for name in outcome.provisions if name in content.laws.entries]
        rules = [rule_link(content.rules.rules[name]) for name in outcome.rules if name in content.rules.rules]
        found: list[nodes.Node] = []
        for label, links in ((ui_text.GUIDE_PROVISIONS, laws), (ui_text.GUIDE_MORE, rules)):
            if links:
                found.append(nodes.paragraph("", "", nodes.Text(f"{label} "), *joined([*links])))
        return found


class GuideFlowDirective(SphinxDirective):
    """Draw the flow of the guide, and write the same flow as a list."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the picture and its text; nothing when the guide was refused, or after a warning."""
        guide = _guide(self)
        if guide is None:
            return []
        rows = flow_of(guide)
        picture = flow_picture("", svg=flow_svg(rows, ui_text.GUIDE_FLOW, ui_text.GUIDE_AGAIN))
        return [picture, plain_paragraph(ui_text.GUIDE_FLOW_TEXT, "flow-text-label"), flow_list(rows)]


def flow_of(guide: Guide) -> list[FlowRow]:
    """Return the guide as rows of a flow: questions as steps, outcomes with their verdict as heading."""
    drawn = [FlowNode(question.id, question.text, "question") for question in guide.questions.values()]
    drawn += [
        FlowNode(outcome.id, outcome.title, outcome.verdict_slug, outcome.verdict.capitalize())
        for outcome in guide.outcomes.values()
    ]
    edges = [
        FlowEdge(question.id, answer.to, answer.text)
        for question in guide.questions.values()
        for answer in question.answers
    ]
    return flow_rows(drawn, edges, guide.start)


def flow_list(rows: Sequence[FlowRow]) -> nodes.bullet_list:
    """Return *rows* as a nested list, which every format can write and a screen reader can walk through."""
    lists = [nodes.bullet_list(classes=["flow-text"])]
    last = nodes.list_item()
    for row in rows:
        del lists[row.depth + 1 :]
        if row.depth == len(lists):
            lists.append(nodes.bullet_list())
            last.append(lists[-1])
        heading = f"{row.node.heading}: " if row.node.heading else ""
        step = ui_text.GUIDE_AGAIN.format(number=row.number) if row.again else f"{row.number}. {heading}{row.node.text}"
        shown = [nodes.emphasis("", row.text), nodes.Text(" → ")] if row.text else []
        last = nodes.list_item("", nodes.paragraph("", "", *shown, nodes.Text(step)))
        lists[-1] += last
    return lists[0]


def _guide(directive: SphinxDirective) -> Guide | None:
    """Return the guide; None after a warning, or when its own slips have been told already."""
    content = content_of(directive.config)
    if content.guide is None and not (content.root / GUIDE_FILE).is_file():
        text = f"There is no guide to show. Hint: Write {GUIDE_FILE.as_posix()}."
        warn(text, Code.FILE_MISSING, directive.get_location())
    return content.guide


def _visit_picture(self: HTML5Translator, node: flow_picture) -> None:
    self.body.append(node["svg"])
    raise nodes.SkipNode


def _skip(_self: nodes.NodeVisitor, _node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup_guide(app: Sphinx) -> None:
    """Register directives and node."""
    others = dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, None))
    app.add_node(flow_picture, html=(_visit_picture, None), **others)  # type: ignore[arg-type]
    app.add_directive("guide", GuideDirective)
    app.add_directive("guide-flow", GuideFlowDirective)
