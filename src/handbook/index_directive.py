"""Lists of the rules: by subject, by provision, by policy and by letter; what has changed, and what may change."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.content import CHANGE_LOG, COMING_FILE, POLICY_PAGES
from handbook.environment import content_of
from handbook.markup import fact_list, joined, law_link, parse_text, plain_paragraph, rule_link
from handbook.rule_directive import badge
from handbook.theme import swedish_key
from handbook.yaml_source import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    from handbook.change_log import Change
    from handbook.coming_law import ComingLaw
    from handbook.content import Content
    from handbook.rule_register import Rule

_WAYS = ("subject", "provision", "policy", "letter")
_RULE_ROLE = re.compile(r"\{rule\}`(?:[^`<]*<)?([a-z0-9-]+)>?`")


class RuleIndexDirective(SphinxDirective):
    """Show every rule: by ``subject`` with verdict and short answer, or by ``provision``, ``policy`` or ``letter``."""

    has_content = False
    option_spec: ClassVar[OptionSpec] = {"by": lambda value: directives.choice(value, _WAYS)}

    def run(self) -> list[nodes.Node]:
        """Return a section for each group, or one list when the rules have no subjects."""
        content = content_of(self.config)
        way = self.options.get("by", "subject")
        if way == "provision":
            return _by_provision(content)
        if way == "policy":
            return _by_policy(content)
        if way == "letter":
            return _by_letter(content)
        return self._by_subject(content)

    def _by_subject(self, content: Content) -> list[nodes.Node]:
        groups = rules_by_subject(content)
        if len(groups) == 1:
            return [self._answers(groups[0][2])]
        return [group_section(name, f"amne-{key}", self._answers(rules)) for key, name, rules in groups]

    def _answers(self, rules: Iterable[Rule]) -> nodes.bullet_list:
        listed = nodes.bullet_list(classes=["rule-index"])
        for rule in rules:
            heading = nodes.paragraph("", "", badge(rule), nodes.Text(" "), rule_link(rule))
            listed += nodes.list_item("", heading, *parse_text(self, rule.short_answer, rule.path))
        return listed


def rules_by_subject(content: Content) -> list[tuple[str, str, list[Rule]]]:
    """Return id, name and rules of each subject that has any; rules without a subject come last, by letter."""
    groups = [(str(subject.id), str(subject.name), subject.pages(content.rules)) for subject in content.subjects]
    placed = {rule.id for _, _, rules in groups for rule in rules}
    others = [rule for rule in content.rules.rules.values() if rule.id not in placed]
    groups.append(("ovrigt", ui_text.OTHER_SUBJECTS, sorted(others, key=lambda rule: swedish_key(rule.question))))
    return [group for group in groups if group[2]] or groups[-1:]


def group_section(name: str, anchor: str, *content: nodes.Node) -> nodes.section:
    """Return a section with a heading and an id of its own."""
    return nodes.section("", nodes.title("", name), *content, ids=[anchor])


def _by_provision(content: Content) -> list[nodes.Node]:
    sections: list[nodes.Node] = []
    for law in content.laws.laws.values():
        facts: list[tuple[nodes.Node, list[Rule]]] = []
        for entry in content.laws.entries.values():
            rules = content.rules.citing(entry.id)
            if entry.law.code == law.code and rules:
                facts.append((nodes.inline("", "", law_link(entry), nodes.Text(f" – {entry.heading}")), rules))
        if facts:
            name = f"{law.name[:1].upper()}{law.name[1:]}, {law.code}"
            sections.append(group_section(name, f"paragraf-{law.code.lower()}", _term_list(facts)))
    return sections


def _by_policy(content: Content) -> list[nodes.Node]:
    """Return the rules that each policy page links to or carries on from, and those that name a rule of a policy."""
    sections: list[nodes.Node] = []
    for path in sorted((content.root / POLICY_PAGES).glob("*.md")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        title = re.search(r"^# (.+)$", text, re.MULTILINE)
        rules = _rules_of_policy(f"policy/{path.stem}", text, content)
        if title and rules:
            link = addnodes.pending_xref(
                "", nodes.inline("", title[1]), refdomain="std", reftype="doc", refexplicit=True, refwarn=True,
                reftarget=f"/policy/{path.stem}",
            )  # fmt: skip
            page = nodes.paragraph("", "", nodes.Text(f"{ui_text.POLICY_PAGE} "), link)
            sections.append(group_section(title[1], f"policy-{path.stem}", page, _rule_list(rules)))
    named_by: dict[str, list[Rule]] = defaultdict(list)
    for rule in content.rules.rules.values():
        for policy_rule in rule.policy_rules:
            named_by[str(policy_rule)].append(rule)
    facts = [(_policy_term(name, content), rules) for name, rules in sorted(named_by.items())]
    if facts:
        sections.append(group_section(ui_text.POLICY_RULES, "policyregler-nummer", _term_list(facts)))
    return sections or [plain_paragraph(ui_text.NO_POLICY)]


def _rules_of_policy(page: str, text: str, content: Content) -> list[Rule]:
    """Return the rules that the text of a policy page links to, then those that carry on from a rule treated there."""
    treated = {rule.id for rule in content.policy_rules if rule.page == page}
    named = _RULE_ROLE.findall(text)
    named += [rule.id for rule in content.rules.rules.values() if treated & {*map(str, rule.policy_rules)}]
    return [content.rules.rules[name] for name in dict.fromkeys(named) if name in content.rules.rules]


def _policy_term(name: str, content: Content) -> nodes.inline:
    """Return the number of a policy's rule and, when the register has it, what it says."""
    known = content.policy_rules.rules.get(name)
    told = [nodes.Text(f" – {known.gist}")] if known else []
    return nodes.inline("", "", nodes.literal("", name), *told)


def _by_letter(content: Content) -> list[nodes.Node]:
    words: dict[str, dict[str, Rule]] = defaultdict(dict)
    for rule in content.rules.rules.values():
        for word in (rule.question, *rule.search_words):
            words[str(word)][rule.id] = rule
    letters: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (swedish_key(word), word)):
        first = next((char for char in word.upper() if char.isalnum()), "#")
        letters["0–9" if first.isdecimal() else first].append(word)
    jump = nodes.bullet_list(classes=["letters-list"])
    sections: list[nodes.Node] = []
    for letter, listed in letters.items():
        anchor = "bokstav-" + {"0–9": "siffra", "Å": "aa", "Ä": "ae", "Ö": "oe"}.get(letter, letter.lower())
        link = nodes.reference("", letter, refid=anchor, internal=True)
        jump += nodes.list_item("", nodes.paragraph("", "", link))
        sections.append(group_section(letter, anchor, _word_list(listed, words)))
    return [nodes.container("", jump, classes=["letters"]), *sections]


def _word_list(listed: list[str], words: Mapping[str, Mapping[str, Rule]]) -> nodes.bullet_list:
    entries = nodes.bullet_list(classes=["word-index"])
    for word in listed:
        rules = [*words[word].values()]
        itself = len(rules) == 1 and rules[0].question == word
        shown = [rule_link(rules[0])] if itself else [nodes.Text(f"{word}: "), *joined([*map(rule_link, rules)], " · ")]
        entries += nodes.list_item("", nodes.paragraph("", "", *shown))
    return entries


def _term_list(facts: Iterable[tuple[nodes.Node, list[Rule]]]) -> nodes.definition_list:
    listed = nodes.definition_list(classes=["term-index"])
    for term, rules in facts:
        listed += nodes.definition_list_item("", nodes.term("", "", term), nodes.definition("", _rule_list(rules)))
    return listed


def _rule_list(rules: Iterable[Rule]) -> nodes.bullet_list:
    listed = nodes.bullet_list(classes=["rule-list"])
    for rule in rules:
        listed += nodes.list_item("", nodes.paragraph("", "", rule_link(rule), nodes.Text(" "), badge(rule)))
    return listed


class ChangesDirective(SphinxDirective):
    """Show what has changed in the content, the latest first, as the change log tells it."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a list with the day, the change and links to its pages."""
        content = content_of(self.config)
        if not content.changes:
            return [plain_paragraph(ui_text.NO_CHANGES)]
        listed = nodes.bullet_list(classes=["changes"])
        for change in content.changes:
            day = nodes.strong("", ui_text.FROM_DAY.format(date=change.since.isoformat()))
            told = parse_text(self, Text(change.text, change.line), content.root / CHANGE_LOG)
            listed += nodes.list_item("", nodes.paragraph("", "", day), *told, *self._pages(change, content))
        return [listed]

    def _pages(self, change: Change, content: Content) -> list[nodes.Node]:
        links: list[nodes.Node] = []
        for page in change.pages:
            rule = content.rules.rules.get(page.removeprefix("sla-upp/"))
            known = page in self.env.found_docs
            if rule is not None:
                links.append(rule_link(rule))
            elif known:
                links.append(
                    addnodes.pending_xref(
                        "", nodes.inline("", page), refdomain="std", reftype="doc", reftarget=f"/{page}",
                        refexplicit=False, refwarn=True,
                    )
                )  # fmt: skip
        if any("sla-upp" in place for place in change.places):
            links.append(nodes.Text(ui_text.CHANGED_ALL))
        return [nodes.paragraph("", "", nodes.Text(f"{ui_text.CHANGED_PAGES} "), *joined(links))] if links else []


class ComingLawDirective(SphinxDirective):
    """Show what may change: never as law, each with how far it has come and how certain it is."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a section for each coming law, those with a day first."""
        content = content_of(self.config)
        ordered = sorted(content.coming, key=lambda law: (law.starts is None, str(law.starts), law.stage))
        return [self._law(law, content) for law in ordered]

    def _law(self, law: ComingLaw, content: Content) -> nodes.section:
        path = content.root / COMING_FILE
        stage = ui_text.COMING_STAGES[law.stage] + (f" (SFS {law.sfs})" if law.sfs else "")
        begins = law.starts.isoformat() if law.starts else str(law.planned or ui_text.COMING_UNKNOWN)
        rules = [rule_link(content.rules.rules[name]) for name in law.rules if name in content.rules.rules]
        facts: list[tuple[str, list[nodes.Node]]] = [
            (ui_text.COMING, [nodes.strong("", stage)]),
            (ui_text.COMING_FROM, [nodes.Text(begins)]),
            (ui_text.COMING_MEANING, parse_text(self, law.meaning, path)),
            (ui_text.COMING_UNCERTAIN, parse_text(self, law.uncertain, path)),
            (ui_text.SOURCES, [nodes.Text("; ".join(law.sources))]),
            (ui_text.LAST_CHECKED, [nodes.Text(law.last_checked.isoformat())]),
        ]
        if rules:
            facts.append((ui_text.COMING_RULES, joined([*rules])))
        section = group_section(str(law.heading), f"kommande-{law.id}", fact_list(facts))
        section["classes"].append("law-entry")
        return section


def setup_indexes(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("rule-index", RuleIndexDirective)
    app.add_directive("content-changes", ChangesDirective)
    app.add_directive("coming-law", ComingLawDirective)
