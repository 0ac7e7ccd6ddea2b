"""The policy register: every rule of the four source documents, and what became of it: ``docs/policy/regler/*.yaml``.

A rule of a source is *kept*, *corrected* to today's law and technology, or *retired* with a reason. Each names the
section where the subject is treated today. The head of a file says how many rules each series has, so that a rule
that was lost on the way shows, and nothing outside the project is needed to tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry
from handbook.yaml_source import Mapping, Text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.profile import Catalogue
    from handbook.rule_register import RuleRegister

OUTCOMES = ("kept", "corrected", "retired")
_KEYS = ("id", "gist", "outcome", "section", "parameters", "reason")
_ID = re.compile(r"[A-Z]{2}-[A-Z]{3}-[0-9]{2}")
_SERIES = re.compile(r"[A-Z]{2}-[A-Z]{3}")
_LABEL = re.compile(r"^\(([\w-]+)\)=[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class PolicyRule:
    """A rule of a source document: what it said, in our words, and where its subject is treated today."""

    id: str
    gist: Text
    outcome: str
    section: Text
    reason: Text | None
    parameters: tuple[Text, ...]
    source: str
    path: Path
    line: int

    @property
    def page(self) -> str:
        """Return the page's name as Sphinx has it, for example ``policy/telefon``."""
        return self.section.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Return the label of the section, or an empty text when the whole page is meant."""
        return self.section.partition("#")[2]


@dataclass
class PolicyRegister:
    """All rules by id, in the order of the files.

    *expected* holds the ids that the heads of the files promise, *refused* those whose entries were left out, and
    *unread* says that there are others whose ids are unknown.
    """

    rules: dict[str, PolicyRule] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    unread: bool = False

    def __iter__(self) -> Iterator[PolicyRule]:
        return iter(self.rules.values())

    def lacks(self, rule_id: str) -> bool:
        """Return whether the rule is not even among those left out; where there is no register nothing is lacking."""
        is_known = rule_id in self.rules or rule_id in self.refused
        return bool(self.expected) and not self.unread and not is_known

    def by_source(self) -> dict[str, list[PolicyRule]]:
        """Return the rules of each source document, in the order of the files."""
        found: dict[str, list[PolicyRule]] = {}
        for rule in self:
            found.setdefault(rule.source, []).append(rule)
        return found


def load_policy_register(folder: Path, diagnostics: Diagnostics) -> PolicyRegister:
    """Return the register in *folder*, empty where there is none; slips go to *diagnostics*."""
    register = PolicyRegister()
    for path in sorted(folder.glob("*.yaml")):
        root = read_yaml(path, diagnostics)
        if isinstance(root, Mapping):
            _read_source(Entry(root, path, diagnostics, "policy register"), register)
            continue
        register.unread = True
        if root is not None:
            message = "The file must have the keys 'source', 'series' and 'rules'."
            diagnostics.report((path, 1), Code.WRONG_SHAPE, message, "The other files in the folder show how.")
    return register


def check_policy_rules(
    register: PolicyRegister, docs: Path, rules: RuleRegister, parameters: Catalogue, diagnostics: Diagnostics
) -> None:
    """Report what only shows when policy rules, pages, rule pages and parameters are seen together."""
    labels: dict[str, frozenset[str] | None] = {}
    for rule in register:
        if rule.page not in labels:
            labels[rule.page] = _labels(docs / f"{rule.page}.md")
        known = labels[rule.page]
        message = _lost_section(rule, known)
        if message:
            hint = _section_hint(rule, known, docs)
            diagnostics.report((rule.path, rule.section.line), Code.UNKNOWN_SECTION, message, hint)
        for name in rule.parameters:
            if parameters.lacks(name):
                message = f"policy rule '{rule.id}': there is no parameter '{name}'."
                diagnostics.report(
                    (rule.path, name.line), Code.UNKNOWN_PARAMETER, message, did_you_mean(name, parameters)
                )
    for page in rules.rules.values():
        for name in page.policy_rules:
            if register.lacks(name):
                message = f"rule '{page.id}': there is no policy rule '{name}'."
                hint = did_you_mean(name, register.rules)
                diagnostics.report((page.path, name.line), Code.UNKNOWN_POLICY_RULE, message, hint)


def _lost_section(rule: PolicyRule, known: frozenset[str] | None) -> str:
    """Return what is wrong with the rule's section, or an empty text."""
    if known is None:
        return f"policy rule '{rule.id}': there is no page '{rule.page}'."
    if rule.anchor and rule.anchor not in known:
        return f"policy rule '{rule.id}': the page {rule.page} has no section '{rule.anchor}'."
    return ""


def _section_hint(rule: PolicyRule, known: frozenset[str] | None, docs: Path) -> str:
    if known is None:
        pages = (path.relative_to(docs).with_suffix("").as_posix() for path in docs.glob("*/*.md"))
        return did_you_mean(rule.page, sorted(pages))
    return did_you_mean(rule.anchor, sorted(known))


def _labels(path: Path) -> frozenset[str] | None:
    """Return the labels that stand above sections of a page, or None when there is no such page."""
    if not path.is_file():
        return None
    return frozenset(_LABEL.findall(path.read_bytes().decode("utf-8", errors="replace")))


def _read_source(root: Entry, register: PolicyRegister) -> None:
    root.only(["source", "series", "rules"])
    source = root.text("source")
    expected = _read_series(root)
    register.expected += expected
    own: set[str] = set()
    listed = root.entries("rules", "policy rule")
    for entry in listed:
        _add(register, entry, source or "", expected, own)
    _report_missing(root, expected, own)


def _read_series(root: Entry) -> list[str]:
    """Return the ids that the head of a file promises: ``OX-TEL: "19"`` is OX-TEL-01 to OX-TEL-19."""
    series = root.entry("series", "series")
    if series is None:
        return []
    found: list[str] = []
    for name in series.mapping.entries:
        size = series.text(name)
        if not _SERIES.fullmatch(name):
            series.report(name, Code.INVALID_ID, f"'{name}' cannot be a series.", "Write it as OX-TEL.")
        elif size is not None and not (size.isdecimal() and 0 < int(size) < 100):
            series.report(name, Code.INVALID_VALUE, f"'{name}' cannot be '{size}'.", "Write how many rules it has.")
        elif size is not None:
            found += [f"{name}-{number:02d}" for number in range(1, int(size) + 1)]
    return found


def _add(register: PolicyRegister, entry: Entry, source: str, expected: list[str], own: set[str]) -> None:
    """Add the rule in *entry* to *register*, unless it has to be refused."""
    entry.named(entry.raw("id"))
    entry.only(_KEYS)
    rule_id = _read_id(entry, expected)
    rule = _read_rule(entry, rule_id, source)
    if rule_id is None:
        register.unread = True
        return
    own.add(rule_id)
    if rule_id in register.rules or rule_id in register.refused:
        first = register.rules.get(rule_id)
        where = f" is in {first.path.name}, line {first.line}" if first else " was refused"
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", f"Remove one; the first{where}.")
    elif rule is None:
        register.refused.add(rule_id)
    else:
        register.rules[rule_id] = rule


def _read_id(entry: Entry, expected: list[str]) -> Text | None:
    rule_id = entry.text("id")
    if rule_id is None:
        return None
    if not _ID.fullmatch(rule_id):
        entry.report("id", Code.INVALID_ID, f"'id' cannot be '{rule_id}'.", "Write it as OX-TEL-01.")
        return None
    if rule_id not in expected:
        hint = "Correct the id, or the number in 'series'."
        entry.report("id", Code.UNKNOWN_POLICY_RULE, "the series at the top of the file have no such rule.", hint)
    return rule_id


def _read_rule(entry: Entry, rule_id: Text | None, source: str) -> PolicyRule | None:
    gist, section = entry.text("gist"), entry.text("section")
    outcome = entry.choice("outcome", OUTCOMES)
    reason = entry.text("reason", required=outcome in {"corrected", "retired"})
    parameters = entry.texts("parameters", required=False)
    is_whole = rule_id and gist and outcome and section and (reason or outcome == "kept")
    if not is_whole:
        return None
    return PolicyRule(
        rule_id, gist, outcome, section, reason, parameters, source, entry.path, entry.mapping.line  # type: ignore[arg-type]
    )  # fmt: skip


def _report_missing(root: Entry, expected: list[str], own: set[str]) -> None:
    missing = [rule_id for rule_id in expected if rule_id not in own]
    if missing:
        shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        message = f"{len(missing)} of {len(expected)} rules are not accounted for: {shown}."
        root.report("series", Code.MISSING_POLICY_RULE, message, "Add an entry that says kept, corrected or retired.")
