"""The ``{coverage}`` directive: what the handbook covers, counted when the page is built and never written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.answer_coverage import course_coverage, extra_rules, figures
from handbook.diagnostics import Code, did_you_mean
from handbook.environment import content_of, warn
from handbook.markup import joined, parse_text, plain_paragraph, rule_link

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from handbook.content import Content
    from handbook.policy_register import PolicyRule

PARTS = ("figures", "course", "extra", "policy")
_WIDTHS = (6, 34, 44, 16)
"""Of the columns of the course questions, in relation to each other."""


class CoverageDirective(SphinxDirective):
    """Show one part of the coverage: ``figures``, ``course``, ``extra`` or ``policy``."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the part, or nothing after a warning."""
        part = self.arguments[0]
        content = content_of(self.config)
        if part == "figures":
            return _figures(content)
        if part == "course":
            return [_course(content)]
        if part == "extra":
            return [_extra(content)]
        if part == "policy":
            return self._policy(content)
        hint = did_you_mean(part, PARTS)
        warn(f"The coverage has no part '{part}'. Hint: {hint}", Code.INVALID_VALUE, self.get_location())
        return []

    def _policy(self, content: Content) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        for source, rules in content.policy_rules.by_source().items():
            found.append(nodes.rubric("", source))
            listed = nodes.definition_list(classes=["facts"])
            for rule in rules:
                listed += self._policy_rule(rule)
            found.append(listed)
        return found

    def _policy_rule(self, rule: PolicyRule) -> nodes.definition_list_item:
        term = nodes.term("", "", nodes.literal("", rule.id), nodes.Text(f" – {ui_text.OUTCOMES[rule.outcome]}"))
        where = nodes.paragraph("", "", nodes.Text(ui_text.TODAY_IN), _section_link(rule))
        reason = parse_text(self, rule.reason, rule.path) if rule.reason is not None else []
        return nodes.definition_list_item("", term, nodes.definition("", plain_paragraph(rule.gist), *reason, where))


def _section_link(rule: PolicyRule) -> addnodes.pending_xref:
    """Return a link to the section that the rule lives in, with the section's own title as the text."""
    kind, target = ("ref", rule.anchor) if rule.anchor else ("doc", f"/{rule.page}")
    link = addnodes.pending_xref(
        "", refdomain="std", reftype=kind, reftarget=target, refexplicit=False, refwarn=True
    )  # fmt: skip
    link += nodes.inline("", rule.section)
    return link


def _figures(content: Content) -> list[nodes.Node]:
    """Return the figures as sentences of a list."""
    found = figures(content)
    values = {
        **found.outcomes,
        **{name: getattr(found, name) for name in ("course", "added", "answered_course", "answered_added")},
        "total": found.course + found.added,
        "practised": found.practised,
        "policy": found.policy,
        "accounted": sum(found.outcomes.values()),
    }
    listed = nodes.bullet_list()
    for sentence in ui_text.COVERAGE_FIGURES:
        listed += nodes.list_item("", plain_paragraph(sentence.format(**values)))
    return [listed]


def _course(content: Content) -> nodes.table:
    rows: list[list[list[nodes.Node]]] = []
    for item in course_coverage(content):
        links: list[nodes.Node] = joined([rule_link(rule) for rule in item.rules]) or [nodes.Text(ui_text.NO_ANSWER)]
        rows.append([_text(item.question.id), _text(item.question.title), links, _text(str(item.practised))])
    return _table(ui_text.COVERAGE_COLUMNS, rows)


def _text(text: str) -> list[nodes.Node]:
    return [nodes.Text(text)]


def _extra(content: Content) -> nodes.bullet_list:
    listed = nodes.bullet_list()
    for rule in extra_rules(content):
        listed += nodes.list_item("", nodes.paragraph("", "", rule_link(rule)))
    return listed


def _table(heads: tuple[str, ...], rows: list[list[list[nodes.Node]]]) -> nodes.table:
    """Return a table with a head; every builder can write it."""
    group = nodes.tgroup("", cols=len(heads))
    for width in _WIDTHS:
        group += nodes.colspec(colwidth=width)
    group += nodes.thead("", _row([[nodes.Text(head)] for head in heads]))
    group += nodes.tbody("", *(_row(cells) for cells in rows))
    return nodes.table("", group)


def _row(cells: list[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def setup_coverage(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("coverage", CoverageDirective)
