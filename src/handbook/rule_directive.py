"""Rules on pages: the answer card, the facts at the foot, and links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from handbook import ui_text
from handbook.content import RULE_FOLDER
from handbook.diagnostics import Code, did_you_mean
from handbook.environment import content_of, warn
from handbook.markup import fact_list, law_link, parse_text, plain_paragraph, rule_link
from handbook.profile import ROLES
from handbook.rule_register import VERDICTS, Rule
from handbook.short_links import short_link
from handbook.theme import VERDICT_SHAPES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from handbook.profile import Contact
    from handbook.yaml_source import Text


CARD_PAGE = "sla-upp/kort"


class rule_card(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """The answer card. Attributes: verdict (slug); classes and ids when it is no page's own card."""


class rule_field(nodes.Part, nodes.Element):  # noqa: N801
    """One field of the card. Attribute: kind."""


class verdict_badge(nodes.inline):  # noqa: N801
    """The verdict in words, in bold; HTML adds its shape. Attribute: verdict (slug)."""


def badge(rule: Rule) -> verdict_badge:
    """Return the verdict of *rule* as a badge."""
    word = rule.verdict.capitalize()
    return verdict_badge("", "", nodes.strong("", word), verdict=rule.verdict_slug)


def rule_of_page(directive: SphinxDirective) -> Rule | None:
    """Return the rule of the page that *directive* stands on; None when it was refused, or after a warning."""
    folder, _, rule_id = directive.env.current_document.docname.rpartition("/")
    rules = content_of(directive.config).rules
    if folder != RULE_FOLDER.name or rules.lacks(rule_id):
        text = (
            f"A {{{directive.name}}} block belongs on a rule page. Hint: Move it to a page of its own in docs/sla-upp/."
        )
        warn(text, Code.RULE_PAGE, directive.get_location())
        return None
    return rules.rules.get(rule_id)


class RuleDirective(SphinxDirective):
    """Show the answer card of the page's rule; the facts stand in the block itself and are read beforehand."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the card, or nothing when the block was refused with a diagnostic."""
        rule = rule_of_page(self)
        if rule is None:
            return []
        self.env.metadata[self.env.current_document.docname]["description"] = str(rule.short_answer)
        card = rule_card("", verdict=rule.verdict_slug)
        self.set_source_info(card)
        card += nodes.paragraph("", "", badge(rule), classes=["rule-verdict"])
        card += card_fields(self, rule)
        if rule.uncertain is not None:
            card += card_field(self, "uncertain", ui_text.UNCERTAIN, (rule.uncertain, rule.path))
        return [card]


def card_fields(directive: SphinxDirective, rule: Rule, *, on_paper: bool = False) -> list[rule_field]:
    """Return what every answer card of *rule* shows, in the order in which someone with a caller needs it."""
    who = card_field(directive, "who", ui_text.WHO_DECIDES, (rule.who_decides_note, rule.path))
    who.insert(1, contact_paragraph(directive, rule.who_decides, on_paper=on_paper))
    return [
        card_field(directive, "short-answer", ui_text.SHORT_ANSWER, (rule.short_answer, rule.path)),
        card_field(directive, "say", ui_text.SAY, (rule.say, rule.path)),
        card_field(directive, "do-not-ask", ui_text.DO_NOT_ASK, (rule.do_not_ask, rule.path)),
        who,
    ]


def card_field(directive: SphinxDirective, kind: str, label: str, written: tuple[Text, Path]) -> rule_field:
    """Return a field of a card with its label; *written* is the text and the file that it stands in."""
    return rule_field("", plain_paragraph(label, "rule-label"), *parse_text(directive, *written), kind=kind)


def contact_paragraph(directive: SphinxDirective, roles: Sequence[str], *, on_paper: bool = False) -> nodes.paragraph:
    """Return whom to hand over to: the profile's name, number and address of each role; no address *on_paper*."""
    profile = content_of(directive.config).profile
    known = profile.contacts if profile else {}
    paragraph = nodes.paragraph("", "", classes=["rule-contacts"])
    for number, links in enumerate(_contact(known[role], on_paper=on_paper) for role in roles if role in known):
        if number:
            paragraph += nodes.Text(" · ")
        paragraph += links
    return paragraph


def _contact(contact: Contact, *, on_paper: bool) -> list[nodes.Node]:
    """Return the name, and number and address as links when the profile has them."""
    found: list[nodes.Node] = [nodes.strong("", contact.name_first)]
    if contact.phone:
        number = contact.phone.replace(" ", "").replace("-", "")
        found += [nodes.Text(", "), nodes.reference("", contact.phone.replace(" ", "\u00a0"), refuri=f"tel:{number}")]
    if contact.email and not on_paper:
        found += [nodes.Text(", "), nodes.reference("", contact.email, refuri=f"mailto:{contact.email}")]
    return found


class ContactsDirective(SphinxDirective):
    """Show the contacts of the roles in the argument, with number and address where the profile has them."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a paragraph; a role that no profile has is left out after a warning."""
        roles = self.arguments[0].split()
        for role in roles:
            if role not in ROLES:
                message = f"No profile has a contact '{role}'. Hint: {did_you_mean(role, ROLES)}"
                warn(message, Code.UNKNOWN_ROLE, self.get_location())
        return [contact_paragraph(self, roles)]


class RuleFactsDirective(SphinxDirective):
    """Show what a rule rests on: provisions with strength and dates, owner, confidence, search words."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a description list."""
        content, rule = content_of(self.config), rule_of_page(self)
        if rule is None:
            return []
        entries = [content.laws.entries[name] for name in rule.provisions if name in content.laws.entries]
        provisions = nodes.bullet_list()
        for entry in entries:
            strength = "" if entry.strength == "none" else f" ({entry.strength})"
            text = nodes.paragraph("", "", law_link(entry), nodes.Text(f" – {entry.heading}{strength}"))
            provisions += nodes.list_item("", text)
        facts: list[tuple[str, list[nodes.Node]]] = [
            (ui_text.PROVISIONS, [provisions]),
            (ui_text.IN_FORCE, [nodes.Text(rule.in_force.isoformat())]),
            (ui_text.LAST_CHECKED, [nodes.Text(rule.last_checked.isoformat())]),
            (ui_text.CONFIDENCE, [nodes.Text(ui_text.CONFIDENCES[rule.confidence])]),
            (ui_text.OWNER, [nodes.Text(str(rule.owner))]),
            (ui_text.COURSE_QUESTIONS, [nodes.Text(", ".join(rule.answers))]),
            (ui_text.SEARCH_WORDS, [nodes.Text(", ".join(rule.search_words))]),
            (ui_text.SHORT_LINK, [nodes.literal("", short_link(rule.id), classes=["short-link"])]),
        ]
        if rule.changed is not None:
            facts.insert(1, (ui_text.CHANGED, parse_text(self, rule.changed, rule.path)))
        return [fact_list(facts), *self._print_link(rule)]

    def _print_link(self, rule: Rule) -> list[nodes.Node]:
        """Return a link to the rule's card for paper, when the handbook has a page with cards."""
        if CARD_PAGE not in self.env.found_docs:
            return []
        link = addnodes.pending_xref(
            "", nodes.inline("", ui_text.PRINT_CARD), refdomain="std", reftype="ref", reftarget=f"kort-{rule.id}",
            refexplicit=True, refwarn=True,
        )  # fmt: skip
        return [nodes.paragraph("", "", link, classes=["print-link"])]


class RuleRole(SphinxRole):
    """``{rule}`hemadress``` or ``{rule}`så här <hemadress>```: a link to a rule's page."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link, or the bare text after a warning."""
        text, _, target = self.text.rpartition("<")
        rule_id = target.rstrip(">").strip() if text else self.text.strip()
        rules = content_of(self.config).rules
        if rules.lacks(rule_id):
            hint = rules.suggestion(rule_id)
            warn(f"There is no rule '{rule_id}'. Hint: {hint}", Code.UNKNOWN_RULE, self.get_location())
        if rule_id not in rules.rules:
            return [nodes.Text(text.strip() or rule_id)], []
        return [rule_link(rules.rules[rule_id], text.strip())], []


def _append_practice(app: Sphinx, docname: str, source: list[str]) -> None:
    """End every rule page with its questions and facts, so that no editor can forget them."""
    folder, _, rule_id = docname.rpartition("/")
    rule = content_of(app.config).rules.rules.get(rule_id)
    if folder == "sla-upp" and rule is not None:
        source[0] += (
            f"\n\n## {ui_text.PRACTISE}\n\n```{{quiz}}\n:rule: {rule_id}\n```\n"
            f"\n## {ui_text.ABOUT_RULE}\n\n```{{rule-facts}}\n```\n"
        )


def _visit_card(self: HTML5Translator, node: rule_card) -> None:
    classes = " ".join(["rule-card", *node["classes"]])
    named = f' id="{node["ids"][0]}"' if node["ids"] else ""
    self.body.append(f'<div class="{classes}"{named} data-verdict="{node["verdict"]}">\n')


def _visit_field(self: HTML5Translator, node: rule_field) -> None:
    self.body.append(f'<div class="rule-field rule-{node["kind"]}">\n')


def _depart_div(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_badge(self: HTML5Translator, node: verdict_badge) -> None:
    slug = node["verdict"]
    self.body.append(
        f'<span class="verdict verdict-{slug}"><svg class="verdict-shape" viewBox="0 0 24 24" aria-hidden="true" '
        f'focusable="false">{VERDICT_SHAPES[slug]}</svg>'
    )


def _depart_badge(self: HTML5Translator, _node: verdict_badge) -> None:
    self.body.append("</span>")


def _pass(_self: nodes.NodeVisitor, _node: nodes.Element) -> None:
    """Let the children speak for themselves."""


_OTHERS = dict.fromkeys(("latex", "text", "man", "texinfo"), (_pass, _pass))


def setup_rules(app: Sphinx) -> None:
    """Register directives, role and nodes."""
    app.add_node(rule_card, html=(_visit_card, _depart_div), **_OTHERS)  # type: ignore[arg-type]
    app.add_node(rule_field, html=(_visit_field, _depart_div), **_OTHERS)  # type: ignore[arg-type]
    app.add_node(verdict_badge, html=(_visit_badge, _depart_badge), **_OTHERS)  # type: ignore[arg-type]
    app.add_directive("rule", RuleDirective)
    app.add_directive("rule-facts", RuleFactsDirective)
    app.add_directive("contacts", ContactsDirective)
    app.add_role("rule", RuleRole())
    app.connect("source-read", _append_practice)
    if set(VERDICTS.values()) != set(VERDICT_SHAPES):
        raise AssertionError("every verdict has a shape")
