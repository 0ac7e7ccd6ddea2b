"""The ``{uncertain}`` directive: what a lawyer must look at, gathered from rules and provisions by each build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.diagnostics import Code, did_you_mean
from handbook.environment import content_of, warn
from handbook.law_register import CONFIDENCES
from handbook.markup import law_link, parse_text, plain_paragraph, rule_link
from handbook.theme import swedish_key

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from handbook.content import Content
    from handbook.rule_register import Rule

PARTS = ("rules", "provisions")


class UncertainDirective(SphinxDirective):
    """Show every rule or provision whose confidence is not high, the least certain first."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a sentence that counts them and a list of them, or nothing after a warning."""
        content, part = content_of(self.config), self.arguments[0]
        if part not in PARTS:
            hint = did_you_mean(part, PARTS)
            warn(f"There is no part '{part}'. Hint: {hint}", Code.INVALID_VALUE, self.get_location())
            return []
        items = self._rules(content) if part == "rules" else _provisions(content)
        total = len(content.rules.rules if part == "rules" else content.laws.entries)
        counted = ui_text.UNCERTAIN_COUNTS[part].format(count=len(items), total=total)
        return [plain_paragraph(counted), nodes.definition_list("", *items, classes=["entry-list"])]

    def _rules(self, content: Content) -> list[nodes.definition_list_item]:
        uncertain = [rule for rule in content.rules.rules.values() if rule.uncertain is not None]
        found = []
        for rule in sorted(
            uncertain, key=lambda rule: (-CONFIDENCES.index(rule.confidence), swedish_key(rule.question))
        ):
            why = parse_text(self, rule.uncertain, rule.path) if rule.uncertain is not None else []
            who = plain_paragraph(ui_text.DECIDED_BY.format(who=_who(rule, content)))
            term = nodes.term("", "", rule_link(rule), nodes.Text(_confidence(rule.confidence)))
            found.append(nodes.definition_list_item("", term, nodes.definition("", *why, who)))
        return found


def _who(rule: Rule, content: Content) -> str:
    """Return who decides, by the names that the profile has for them."""
    known = content.profile.contacts if content.profile else {}
    return ", ".join(known[role].name if role in known else role for role in rule.who_decides)


def _provisions(content: Content) -> list[nodes.definition_list_item]:
    uncertain = [entry for entry in content.laws.entries.values() if entry.confidence != CONFIDENCES[0]]
    found = []
    for entry in sorted(uncertain, key=lambda entry: -CONFIDENCES.index(entry.confidence)):
        term = nodes.term("", "", law_link(entry), nodes.Text(f" – {entry.heading}{_confidence(entry.confidence)}"))
        found.append(nodes.definition_list_item("", term, nodes.definition("", plain_paragraph(entry.note))))
    return found


def _confidence(confidence: str) -> str:
    return f" ({ui_text.CONFIDENCE.lower()}: {ui_text.CONFIDENCES[confidence]})"


def setup_uncertainty(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("uncertain", UncertainDirective)
