"""The rule register: one page per rule in ``docs/sla-upp/``, one question that a person asks.

The facts of a rule stand in the page's ``{rule}`` block as strict YAML, so that the page, the question bank, the
look-up and the tests read the same ones without Sphinx.
"""

from __future__ import annotations

import datetime  # noqa: TC003
import re
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.law_register import CONFIDENCES, STRENGTHS
from handbook.yaml_source import Entry, Mapping, Text, parse_yaml, read_text_file

if TYPE_CHECKING:
    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister

VERDICTS = {
    "lämna ut": "lamna-ut",
    "lämna inte ut": "lamna-inte-ut",
    "pröva": "prova",
    "hänvisa": "hanvisa",
}
"""The four verdicts, each with its slug for class names."""

SECTIONS = ("Gör så här", "Varför", "Undantag och fällor")
SHORT_ANSWER_WORDS = 25
SAY_WORDS = 40
_TEXTS = ("short_answer", "say", "do_not_ask", "who_decides_note")
_LISTS = ("who_decides", "provisions", "search_words", "answers")
_KEYS = (
    "id", "verdict", *_TEXTS, *_LISTS, "strength", "policy_rules", "in_force", "last_checked", "owner",
    "confidence", "uncertain", "changed",
)  # fmt: skip
_FENCE = re.compile(r"^(`{3,}|:{3,})\{rule\}[ \t]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Rule:
    """One rule: the question staff ask, the verdict, and what to say and do about it.

    The texts know the line of the page that they stand on. Provisions are ids, the bearing one first.
    """

    id: str
    question: str
    verdict: str
    short_answer: Text
    say: Text
    do_not_ask: Text
    who_decides: tuple[Text, ...]
    who_decides_note: Text
    strength: tuple[Text, ...]
    provisions: tuple[Text, ...]
    search_words: tuple[Text, ...]
    answers: tuple[Text, ...]
    in_force: datetime.date
    last_checked: datetime.date
    owner: Text
    confidence: str
    uncertain: Text | None
    changed: Text | None
    policy_rules: tuple[Text, ...]
    path: Path
    line: int

    @property
    def verdict_slug(self) -> str:
        """Return the verdict as it stands in class names, for example ``lamna-inte-ut``."""
        return VERDICTS[self.verdict]


@dataclass
class RuleRegister:
    """All rules by id, in the order of their file names."""

    rules: dict[str, Rule] = field(default_factory=dict)

    def suggestion(self, wanted: str) -> str:
        """Return a hint that names the rules nearest to *wanted*."""
        return did_you_mean(wanted, self.rules)

    def citing(self, provision_id: str) -> list[Rule]:
        """Return the rules that cite the provision."""
        return [rule for rule in self.rules.values() if provision_id in rule.provisions]


def load_rule_register(folder: Path, diagnostics: Diagnostics) -> RuleRegister:
    """Return the rules in *folder*; slips go to *diagnostics* and their rules are left out."""
    register = RuleRegister()
    for path in sorted(folder.glob("*.md")):
        if path.name == "index.md":
            continue
        rule = _read_page(path, diagnostics)
        if rule is not None and rule.id in register.rules:
            first = register.rules[rule.id]
            diagnostics.report(
                (path, rule.line),
                Code.REPEATED_ID,
                f"rule '{rule.id}' is used twice.",
                f"First in {first.path.name}.",
            )
        elif rule is not None:
            register.rules[rule.id] = rule
    return register


def check_rules(rules: RuleRegister, laws: LawRegister, roles: frozenset[str], diagnostics: Diagnostics) -> None:
    """Report what only shows when rules, provisions and the profile's roles are seen together."""
    for rule in rules.rules.values():
        for provision_id in rule.provisions:
            if provision_id not in laws.entries:
                diagnostics.report(
                    (rule.path, provision_id.line),
                    Code.UNKNOWN_PROVISION,
                    f"rule '{rule.id}': '{provision_id}' is not in the law register.",
                    laws.suggestion(provision_id),
                )
        for role in rule.who_decides:
            if role not in roles:
                diagnostics.report(
                    (rule.path, role.line),
                    Code.UNKNOWN_ROLE,
                    f"rule '{rule.id}': no contact '{role}' in the profile.",
                    did_you_mean(role, roles),
                )


def _read_page(path: Path, diagnostics: Diagnostics) -> Rule | None:
    text = read_text_file(path, diagnostics)
    if text is None:
        return None
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    fence = _FENCE.search(text)
    if title is None or fence is None:
        lacking = "a heading ('# …?')" if title is None else "a {rule} block"
        diagnostics.report(
            (path, 1),
            Code.RULE_PAGE,
            f"The rule page lacks {lacking}.",
            "Start from another rule page; the page for editors shows all parts.",
        )
        return None
    _check_sections(text, path, diagnostics)
    first_line = text[: fence.start(2)].count("\n") + 1
    root = parse_yaml(fence.group(2), path, diagnostics, first_line)
    if not isinstance(root, Mapping):
        if not any(diagnostic.path == path for diagnostic in diagnostics):
            diagnostics.report(
                (path, first_line), Code.WRONG_SHAPE, "The {rule} block is empty.", "Begin with 'id: …'."
            )
        return None
    return _read_rule(Entry(root, path, diagnostics, "rule"), title.group(1).strip())


def _check_sections(text: str, path: Path, diagnostics: Diagnostics) -> None:
    headings = {match.group(1).strip(): match for match in re.finditer(r"^## (.+)$", text, re.MULTILINE)}
    for section in SECTIONS:
        if section not in headings:
            diagnostics.report(
                (path, 1),
                Code.RULE_PAGE,
                f"The rule page lacks the section '## {section}'.",
                f"Every rule page has, in this order: {', '.join(SECTIONS)}.",
            )


def _read_rule(entry: Entry, question: str) -> Rule | None:
    rule_id = entry.identifier("id")
    entry.label = f"rule '{rule_id}'"
    entry.only(_KEYS)
    if rule_id is not None and rule_id != entry.path.stem:
        entry.report("id", Code.INVALID_ID, f"the page is called {entry.path.name}.", "Give both one name.")
    verdict = entry.choice("verdict", VERDICTS)
    texts = {key: entry.text(key) for key in _TEXTS}
    lists = {key: entry.texts(key) for key in _LISTS}
    strength = _read_strength(entry)
    in_force, checked, owner = entry.date("in_force"), entry.date("last_checked"), entry.text("owner")
    confidence = entry.choice("confidence", CONFIDENCES)
    uncertain = _read_uncertainty(entry, confidence)
    _check_length(entry, "short_answer", SHORT_ANSWER_WORDS)
    _check_length(entry, "say", SAY_WORDS)
    if not (rule_id and verdict and owner and confidence and in_force and checked and all(texts.values())):
        return None
    return Rule(
        id=rule_id, question=question, verdict=verdict, **texts, **lists, strength=strength,  # type: ignore[arg-type]
        in_force=in_force, last_checked=checked, owner=owner, confidence=confidence, uncertain=uncertain,
        changed=entry.text("changed", required=False), policy_rules=entry.texts("policy_rules", required=False),
        path=entry.path, line=entry.mapping.line,
    )  # fmt: skip


def _read_strength(entry: Entry) -> tuple[Text, ...]:
    strengths = entry.texts("strength")
    for strength in strengths:
        if strength not in STRENGTHS:
            entry.report(
                "strength",
                Code.INVALID_VALUE,
                f"'{strength}' is no strength.",
                did_you_mean(strength, STRENGTHS),
            )
    return strengths


def _read_uncertainty(entry: Entry, confidence: str | None) -> Text | None:
    uncertain = entry.text("uncertain", required=False)
    if confidence in {"medium", "low"} and uncertain is None:
        entry.report(
            "confidence",
            Code.UNCERTAINTY,
            f"the confidence is {confidence} but 'uncertain' does not say why.",
            "Say in plain words what is uncertain and who decides.",
        )
    if confidence == "high" and uncertain is not None:
        entry.report(
            "uncertain",
            Code.UNCERTAINTY,
            "'uncertain' is given although the confidence is high.",
            "Lower the confidence, or move the text to 'Undantag och fällor'.",
        )
    return uncertain


def _check_length(entry: Entry, key: str, most: int) -> None:
    value = entry.mapping.entries.get(key)
    words = len(value.split()) if isinstance(value, Text) else 0
    if words > most:
        entry.report(key, Code.TEXT_LENGTH, f"'{key}' has {words} words.", f"At most {most}: someone is waiting.")
