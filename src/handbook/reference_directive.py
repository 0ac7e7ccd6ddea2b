"""Lists for editors, made from code and bank so that they cannot fall behind: messages, local values, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.coverage import coverage_counts
from handbook.diagnostics import Code
from handbook.environment import content_of
from handbook.markup import fact_list, law_link
from handbook.papers import ROLES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from handbook.content import Content
    from handbook.profile import Parameter


class DiagnosticsDirective(SphinxDirective):
    """List every message that the handbook can give an author: its tag and what it means."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a description list; the sentences are English, like all messages."""
        listed = nodes.definition_list(classes=["facts"])
        for code in Code:
            term = nodes.term("", "", nodes.literal("", f"handbook.{code.tag}"))
            sentence = nodes.paragraph("", "", nodes.inline("", code.value, classes=["language-en"]))
            listed += nodes.definition_list_item("", term, nodes.definition("", sentence))
        return [listed]


class ParametersDirective(SphinxDirective):
    """List every local value: what it means, its value in this edition, the suggestion and the law's bound."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a section for each parameter."""
        content = content_of(self.config)
        return [node for parameter in content.parameters.values() for node in _parameter(parameter, content)]


def _parameter(parameter: Parameter, content: Content) -> list[nodes.Node]:
    values = content.profile.values if content.profile else {}
    unit = f" ({parameter.unit})" if parameter.unit else ""
    facts: list[tuple[str, list[nodes.Node]]] = [
        (ui_text.THIS_EDITION, [nodes.Text(values.get(parameter.name, "") + unit)]),
        (ui_text.DEFAULT_VALUE, [nodes.Text(parameter.default + unit)]),
        (ui_text.REASON, [nodes.Text(parameter.reason)]),
    ]
    if parameter.bound is not None:
        entry = content.laws.entries.get(parameter.bound.provision)
        link = [nodes.Text(" ("), law_link(entry), nodes.Text(")")] if entry else []
        facts.append((ui_text.BOUND, [nodes.Text(parameter.bound.because), *link]))
    heading = nodes.paragraph("", "", nodes.literal("", parameter.name), nodes.Text(f" – {parameter.description}"))
    return [heading, fact_list(facts)]


class BankDirective(SphinxDirective):
    """Show how many questions tests are drawn from, for each module and role."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a table; the number in brackets is that of questions in which something can leak."""
        counts = coverage_counts(content_of(self.config))
        rows: list[list[nodes.Node]] = [
            [nodes.Text(ui_text.COVERAGE_MODULE), *(nodes.Text(ui_text.ROLES[role]) for role in ROLES)]
        ]
        for module, row in counts.items():
            found = [row[role] for role in ROLES]
            cells = [nodes.Text(ui_text.COVERAGE_CELL.format(total=total, leaks=leaks)) for total, leaks in found]
            rows.append([nodes.literal("", module), *cells])
        return [_table(rows)]


def _table(rows: list[list[nodes.Node]]) -> nodes.table:
    """Return *rows* as a table whose first row is the heading."""
    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in rows[0]], cols=len(rows[0]))
    made = [nodes.row("", *[nodes.entry("", nodes.paragraph("", "", cell)) for cell in row]) for row in rows]
    group += [nodes.thead("", made[0]), nodes.tbody("", *made[1:])]
    return nodes.table("", group)


def setup_references(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("bank", BankDirective)
    app.add_directive("diagnostics", DiagnosticsDirective)
    app.add_directive("parameters", ParametersDirective)
