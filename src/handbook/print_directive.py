"""The rules for paper: ``{quick-guide}``, all of them in brief, and ``{print-cards}``, cards to cut out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.environment import content_of
from handbook.index_directive import group_section, rules_by_subject
from handbook.markup import joined, law_link, parse_text, plain_paragraph, rule_link
from handbook.rule_directive import badge, card_fields, contact_paragraph, rule_card
from handbook.short_links import short_link

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

    from handbook.rule_register import Rule
    from handbook.yaml_source import Text

_LAWS_ON_PAPER = 2
"""A card has room for the bearing provision and one more; the page has them all."""


class QuickGuideDirective(SphinxDirective):
    """Show every rule in brief: question, verdict, short answer, words to say, paragraph and who decides."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a section for each subject."""
        groups = rules_by_subject(content_of(self.config))
        return [
            group_section(name, f"snabb-{key}", *[self._rule(rule) for rule in rules]) for key, name, rules in groups
        ]

    def _rule(self, rule: Rule) -> rule_card:
        card = rule_card("", verdict=rule.verdict_slug, classes=["quick-rule"])
        card += nodes.paragraph("", "", rule_link(rule), classes=["quick-question"])
        card += nodes.paragraph("", "", badge(rule), classes=["rule-verdict"])
        card += parse_text(self, rule.short_answer, rule.path)
        card += self._said(ui_text.SAY, rule.say, rule.path)
        foot = nodes.paragraph("", "", *laws_of(self, rule), classes=["quick-foot"])
        who = contact_paragraph(self, rule.who_decides, on_paper=True)
        who.insert(0, nodes.Text(f"{ui_text.WHO_DECIDES}: "))
        card += [who, foot]
        return card

    def _said(self, label: str, text: Text, path: Path) -> nodes.container:
        said = nodes.container("", classes=["quick-say"])
        said += [plain_paragraph(label, "rule-label"), *parse_text(self, text, path)]
        return said


class PrintCardsDirective(SphinxDirective):
    """Show every rule as a card of A6, four to a side of A4."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the cards in the order of the subjects; each can be linked to as ``kort-<rule>``."""
        standard, docname = self.env.domains.standard_domain, self.env.current_document.docname
        cards = nodes.container("", classes=["print-cards"])
        for _, _, rules in rules_by_subject(content_of(self.config)):
            for rule in rules:
                standard.anonlabels[f"kort-{rule.id}"] = docname, f"kort-{rule.id}"
                standard.labels[f"kort-{rule.id}"] = docname, f"kort-{rule.id}", rule.question
                cards += self._card(rule)
        return [cards]

    def _card(self, rule: Rule) -> rule_card:
        card = rule_card("", verdict=rule.verdict_slug, classes=["print-card"], ids=[f"kort-{rule.id}"])
        card += nodes.paragraph("", "", nodes.strong("", rule.question), classes=["print-question"])
        card += nodes.paragraph("", "", badge(rule), classes=["rule-verdict"])
        card += card_fields(self, rule, on_paper=True)
        foot = nodes.paragraph("", "", *laws_of(self, rule), classes=["print-foot"])
        foot += [nodes.Text(f" · {rule.last_checked.isoformat()} · "), nodes.literal("", short_link(rule.id))]
        card += foot
        return card


def laws_of(directive: SphinxDirective, rule: Rule) -> list[nodes.Node]:
    """Return links to the provisions that bear the rule."""
    entries = content_of(directive.config).laws.entries
    known = [entries[name] for name in rule.provisions if name in entries][:_LAWS_ON_PAPER]
    return joined([law_link(entry) for entry in known])


def setup_print(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("quick-guide", QuickGuideDirective)
    app.add_directive("print-cards", PrintCardsDirective)
