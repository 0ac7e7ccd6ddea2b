"""Provisions on pages: the ``{law}`` role and the register page with its reverse index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from handbook import ui_text
from handbook.citation import EU_ACTS, CitationError, format_citation, parse_citation
from handbook.content import LAW_FOLDER
from handbook.diagnostics import Code, Diagnostics
from handbook.environment import content_of, warn
from handbook.law_register import STRENGTHS
from handbook.lookup_renumbering import load_renumberings
from handbook.markup import fact_list, joined, law_link, rule_link

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

    from handbook.content import Content
    from handbook.law_register import Law, ProvisionEntry


class LawRole(SphinxRole):
    """``{law}`OSL 39:3 st. 3```: a provision in the house form, linked to the register."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link, or the text as written after a warning."""
        laws = content_of(self.config).laws
        try:
            citation = parse_citation(self.text)
        except CitationError as error:
            hint = "Write it as OSL 39:3 st. 3, 39 kap. 3 § OSL, 6 § FL or artikel 6 GDPR."
            warn(f"{error}. Hint: {hint}", Code.UNREADABLE_CITATION, self.get_location())
            return [nodes.Text(self.text)], []
        found = [(provision, laws.find(provision)) for provision in citation.provisions]
        for provision, entry in found:
            if entry is None and laws.lacks(provision.id):
                warn(
                    f"'{provision.id}' is not in the law register. Hint: {laws.suggestion(provision.id)}",
                    Code.UNKNOWN_PROVISION,
                    self.get_location(),
                )
        first = next((entry for _, entry in found if entry), None)
        shown = format_citation(citation, first.part if first else "")
        return [law_link(first, shown) if first else nodes.Text(shown)], []


class LawRegisterDirective(SphinxDirective):
    """Show every provision with its facts, and which rules and how many questions rest on it."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a section for each law."""
        content = content_of(self.config)
        return [self._law(law, content) for law in content.laws.laws.values()]

    def _law(self, law: Law, content: Content) -> nodes.section:
        name = law.name[:1].upper() + law.name[1:]
        section = nodes.section("", nodes.title("", f"{name} ({law.sfs}), {law.code}"), ids=[f"law-{law.code.lower()}"])
        for entry in content.laws.entries.values():
            if entry.law.code == law.code:
                section += self._entry(entry, content)
        return section

    def _entry(self, entry: ProvisionEntry, content: Content) -> nodes.section:
        section = nodes.section("", nodes.title("", f"{entry.citation} – {entry.heading}"), ids=[entry.anchor])
        section["classes"].append("law-entry")
        standard = self.env.domains.standard_domain
        docname = self.env.current_document.docname
        standard.anonlabels[f"law-{entry.anchor}"] = docname, entry.anchor
        standard.labels[f"law-{entry.anchor}"] = docname, entry.anchor, entry.citation
        section += nodes.paragraph("", entry.gist)
        section += fact_list([*_facts(entry), (ui_text.CITED_BY, _cited_by(entry, content))])
        return section


class NewNumbersDirective(SphinxDirective):
    """List the sections that got new numbers: the old one, the new one as a link, and the day."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a list in the order of the files; slips in them are reported where the look-up reads them."""
        content = content_of(self.config)
        listed = nodes.bullet_list()
        for item in load_renumberings(content.root / LAW_FOLDER / "omnumrering", Diagnostics()):
            entry = next(filter(None, map(content.laws.find, item.now.provisions)), None)
            now = format_citation(item.now)
            link: nodes.Node = law_link(entry, now) if entry else nodes.Text(now)
            before = ui_text.BEFORE.format(old=format_citation(item.before), date=item.in_force.isoformat())
            listed += nodes.list_item("", nodes.paragraph("", "", nodes.Text(before), link))
        return [listed] if len(listed) else []


def _facts(entry: ProvisionEntry) -> list[tuple[str, list[nodes.Node]]]:
    strength = ui_text.STRENGTH_NONE
    if entry.strength in STRENGTHS:
        strength = f"{entry.strength} ({STRENGTHS[entry.strength]})"
    series = "EU" if entry.law.code in EU_ACTS else "SFS"
    amended = ui_text.AMENDED_TEXT.format(series=series, number=entry.amended_by, date=entry.in_force.isoformat())
    written = [
        (ui_text.STRENGTH, strength),
        (ui_text.APPLIES, entry.applies),
        (ui_text.SECRECY_TIME, entry.secrecy_time),
        (ui_text.INFORMANTS, entry.informants),
        (ui_text.AMENDED, amended),
        (ui_text.FORMERLY, entry.formerly),
        (ui_text.NOTE, entry.note),
        (ui_text.CONFIDENCE, ui_text.CONFIDENCES[entry.confidence]),
        (ui_text.LAST_CHECKED, entry.last_checked.isoformat()),
        (ui_text.SOURCES, "; ".join(entry.sources)),
    ]
    return [(label, [nodes.Text(text)]) for label, text in written if text]


def _cited_by(entry: ProvisionEntry, content: Content) -> list[nodes.Node]:
    """Return links to the rules that rest on the provision, each with the number of questions that practise it."""
    links: list[nodes.Node] = []
    for rule in content.rules.citing(entry.id):
        count = len(content.bank.citing(rule.id))
        words = ui_text.QUESTION_COUNT_ONE if count == 1 else ui_text.QUESTIONS_COUNT.format(count=count)
        links.append(nodes.inline("", "", rule_link(rule), nodes.Text(f" ({words})")))
    return joined(links, "; ") or [nodes.Text(ui_text.NOT_CITED)]


def setup_laws(app: Sphinx) -> None:
    """Register role and directive."""
    app.add_role("law", LawRole())
    app.add_directive("law-register", LawRegisterDirective)
    app.add_directive("new-numbers", NewNumbersDirective)
