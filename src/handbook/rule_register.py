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
from handbook.entry import Entry
from handbook.law_register import CONFIDENCES, STRENGTHS
from handbook.yaml_source import Mapping, Text, parse_yaml, read_text_file

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

OTHER_PAGES = frozenset(
    {"index", "guide", "snabbguide", "kort", "paragrafer", "policyregler", "a-o", "nyss-andrat", "kommer-att-andras"}
)
"""Pages beside the rules that are no rules; no rule can have one of these ids."""

SECTIONS = ("Gör så här", "Varför", "Undantag och fällor")
SHORT_ANSWER_WORDS = 25
SAY_WORDS = 40
_TEXTS = ("short_answer", "say", "do_not_ask", "who_decides_note")
_LISTS = ("who_decides", "provisions", "search_words", "answers", "strength")
_MAY_BE_EMPTY = ("answers", "strength")
"""A rule that no course question asked for, and one that rests on no secrecy rule."""
_KEYS = (
    "id", "verdict", *_TEXTS, *_LISTS, "policy_rules", "in_force", "last_checked", "owner",
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


@dataclass(frozen=True)
class References:
    """What a rule page refers to; kept also when the page is refused, so that one run shows all slips."""

    path: Path
    provisions: tuple[Text, ...] = ()
    roles: tuple[Text, ...] = ()


@dataclass
class RuleRegister:
    """All rules by id, in the order of their file names; *references* holds those that were refused, too."""

    rules: dict[str, Rule] = field(default_factory=dict)
    references: dict[str, References] = field(default_factory=dict)

    def lacks(self, rule_id: str) -> bool:
        """Return whether the rule has not even a page that was refused, which has been reported already."""
        return rule_id not in self.references

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
        if path.stem not in OTHER_PAGES:
            _read_page(path, register, diagnostics)
    return register


def check_rules(rules: RuleRegister, laws: LawRegister, roles: frozenset[str], diagnostics: Diagnostics) -> None:
    """Report what only shows when rules, provisions and the profile's roles are seen together."""
    for rule_id, references in rules.references.items():
        for provision_id in references.provisions:
            if laws.lacks(provision_id):
                diagnostics.report(
                    (references.path, provision_id.line),
                    Code.UNKNOWN_PROVISION,
                    f"rule '{rule_id}': '{provision_id}' is not in the law register.",
                    laws.suggestion(provision_id),
                )
        for role in references.roles:
            if role not in roles:
                diagnostics.report(
                    (references.path, role.line),
                    Code.UNKNOWN_ROLE,
                    f"rule '{rule_id}': no profile has a contact '{role}'.",
                    did_you_mean(role, roles),
                )


def _read_page(path: Path, register: RuleRegister, diagnostics: Diagnostics) -> None:
    register.references[path.stem] = References(path)
    text = read_text_file(path, diagnostics)
    if text is None:
        return
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    fence = _FENCE.search(text)
    if title is None or fence is None:
        _report_lacking("a heading ('# …?')" if title is None else "a {rule} block", text, path, diagnostics)
        return
    _check_sections(text, path, diagnostics)
    first_line = text[: fence.start(2)].count("\n") + 1
    before = len(diagnostics)
    root = parse_yaml(fence.group(2), path, diagnostics, first_line)
    if isinstance(root, Mapping):
        _read_rule(Entry(root, path, diagnostics, "rule"), title.group(1).strip(), register)
    elif len(diagnostics) == before:
        message = "The {rule} block is empty." if root is None else "The {rule} block has no keys."
        diagnostics.report((path, first_line - 1), Code.WRONG_SHAPE, message, "Begin it with 'id: …'.")


def _report_lacking(part: str, text: str, path: Path, diagnostics: Diagnostics) -> None:
    opened = re.search(r"^(`{3,}|:{3,})\{rule\}", text, re.MULTILINE)
    if opened is not None and "rule" in part:
        line = text.count("\n", 0, opened.start()) + 1
        hint = f"End it with {opened.group(1)} on a line of its own."
        diagnostics.report((path, line), Code.RULE_PAGE, "The {rule} block does not end.", hint)
        return
    hint = "Start from another rule page; the page for editors shows all parts."
    diagnostics.report((path, 1), Code.RULE_PAGE, f"The rule page lacks {part}.", hint)


def _check_sections(text: str, path: Path, diagnostics: Diagnostics) -> None:
    found = [heading.strip() for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    hint = f"Every rule page has, in this order: {', '.join(SECTIONS)}."
    for section in SECTIONS:
        if section not in found:
            message = f"The rule page lacks the section '## {section}'."
            diagnostics.report((path, 1), Code.RULE_PAGE, message, hint)
    ours = [section for section in found if section in SECTIONS]
    if ours != sorted(ours, key=SECTIONS.index):
        message = f"The sections of the rule page stand in the order {', '.join(ours)}."
        diagnostics.report((path, 1), Code.RULE_PAGE, message, hint)


def _read_rule(entry: Entry, question: str, register: RuleRegister) -> None:
    """Add the rule in *entry* to *register*, unless it has to be refused."""
    entry.named(entry.raw("id"))
    entry.only(_KEYS)
    rule_id = entry.identifier("id")
    is_named_right = rule_id is not None and _check_name(entry, rule_id)
    verdict = entry.choice("verdict", VERDICTS)
    texts = {key: entry.text(key) for key in _TEXTS}
    lists = {key: entry.texts(key, may_be_empty=key in _MAY_BE_EMPTY) for key in _LISTS}
    register.references[entry.path.stem] = References(entry.path, lists["provisions"], lists["who_decides"])
    _check_strength(entry, lists["strength"])
    in_force, checked, owner = entry.date("in_force"), entry.date("last_checked"), entry.text("owner")
    confidence = entry.choice("confidence", CONFIDENCES)
    uncertain = _read_uncertainty(entry, confidence)
    changed, policy_rules = entry.text("changed", required=False), entry.texts("policy_rules", required=False)
    _check_length(entry, "short_answer", SHORT_ANSWER_WORDS)
    _check_length(entry, "say", SAY_WORDS)
    lacking = [key for key, found in lists.items() if not found and key not in _MAY_BE_EMPTY]
    complete = verdict and owner and confidence and in_force and checked and all(texts.values())
    if rule_id is None or not is_named_right or not complete or lacking:
        return
    register.rules[rule_id] = Rule(
        id=rule_id, question=question, verdict=verdict, **texts, **lists,  # type: ignore[arg-type]
        in_force=in_force, last_checked=checked, owner=owner, confidence=confidence, uncertain=uncertain,  # type: ignore[arg-type]
        changed=changed, policy_rules=policy_rules, path=entry.path, line=entry.mapping.line,
    )  # fmt: skip


def _check_name(entry: Entry, rule_id: str) -> bool:
    """Return whether the rule is called like its page, and so like no other."""
    other = entry.path.with_name(f"{rule_id}.md")
    if other == entry.path:
        return True
    if other.is_file():
        hint = f"Call this one '{entry.path.stem}', like its page."
        entry.report("id", Code.REPEATED_ID, f"the id belongs to {other.name}.", hint)
    else:
        hint = f"Write 'id: {entry.path.stem}', or call the page {other.name}."
        entry.report("id", Code.INVALID_ID, f"the page is called {entry.path.name}.", hint)
    return False


def _check_strength(entry: Entry, strengths: tuple[Text, ...]) -> None:
    for strength in strengths:
        if strength not in STRENGTHS:
            hint = did_you_mean(strength, STRENGTHS)
            entry.report(strength, Code.INVALID_VALUE, f"'strength' cannot be '{strength}'.", hint)


def _read_uncertainty(entry: Entry, confidence: str | None) -> Text | None:
    uncertain = entry.text("uncertain", required=False)
    if confidence in {"medium", "low"} and not entry.has("uncertain"):
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
