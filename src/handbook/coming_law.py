"""What may change: law that is decided or proposed and not in force, read from ``docs/om/kommande.yaml``.

It is kept apart from the law register, so that nothing coming is ever cited, graded or looked up as law. Nothing here
reads the clock: a law has come when a page or a provision has been checked on a day when it was in force.
"""

from __future__ import annotations

import datetime  # noqa: TC003
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

from handbook.diagnostics import Code
from handbook.entry import Entry
from handbook.yaml_source import Mapping, Text, read_yaml

if TYPE_CHECKING:
    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister
    from handbook.rule_register import RuleRegister

STAGES = ("decided", "proposed", "inquiry", "unconfirmed")
"""Decided by the Riksdag · a bill or a draft · an inquiry · planned for a day that has passed, and not confirmed."""

_KEYS = ("id", "heading", "stage", "from", "planned", "meaning", "uncertain", "sfs", "sources", "last_checked", "rules")


@dataclass(frozen=True)
class ComingLaw:
    """One change that is not law: what, from when if it is known, what it would mean and how certain it is."""

    id: Text
    heading: Text
    stage: str
    starts: datetime.date | None
    planned: Text | None
    meaning: Text
    uncertain: Text
    sfs: str
    sources: tuple[Text, ...]
    last_checked: datetime.date
    rules: tuple[Text, ...]
    line: int


def load_coming(path: Path, diagnostics: Diagnostics) -> tuple[ComingLaw, ...]:
    """Return what *path* holds; nothing when there is no such file, slips go to *diagnostics*."""
    if not path.is_file():
        return ()
    root = read_yaml(path, diagnostics)
    if not isinstance(root, Mapping):
        if root is not None:
            diagnostics.report((path, 1), Code.WRONG_SHAPE, "The file must have keys.", "Begin with 'coming:'.")
        return ()
    entry = Entry(root, path, diagnostics, "coming law")
    entry.only(["coming"])
    found = [_read(item) for item in entry.entries("coming", "coming law")]
    return tuple(item for item in found if item)


def check_coming(
    path: Path, coming: tuple[ComingLaw, ...], laws: LawRegister, rules: RuleRegister, diagnostics: Diagnostics
) -> None:
    """Report what has come since it was written, and rules that do not exist."""
    checked = [entry.last_checked for entry in laws.entries.values()]
    newest = max([*checked, *(rule.last_checked for rule in rules.rules.values())], default=None)
    for law in coming:
        if law.starts is not None and newest is not None and law.starts <= newest:
            message = f"coming law '{law.id}': it was to begin {law.starts}, and the handbook is checked {newest}."
            hint = "Put it into the law register and the rules, then remove it here; or say that it is unconfirmed."
            diagnostics.report((path, law.line), Code.COMING_LAW, message, hint)
        for rule_id in law.rules:
            if rules.lacks(rule_id):
                message = f"coming law '{law.id}': there is no rule '{rule_id}'."
                diagnostics.report((path, rule_id.line), Code.UNKNOWN_RULE, message, rules.suggestion(rule_id))


def _read(entry: Entry) -> ComingLaw | None:
    entry.named(entry.raw("id"))
    entry.only(_KEYS)
    name, heading, stage = entry.identifier("id"), entry.text("heading"), entry.choice("stage", STAGES)
    starts = entry.date("from") if entry.has("from") else None
    planned, sfs = entry.text("planned", required=False), entry.text("sfs", required=False) or ""
    meaning, uncertain = entry.text("meaning"), entry.text("uncertain")
    sources, checked, rules = entry.texts("sources"), entry.date("last_checked"), entry.texts("rules", required=False)
    if stage == "decided" and not (starts and sfs):
        message = "a decided law needs its day ('from') and its number ('sfs')."
        entry.report("stage", Code.COMING_LAW, message, "Add both, or say 'proposed' or 'unconfirmed'.")
        return None
    if not (name and heading and stage and meaning and uncertain and sources and checked):
        return None
    return ComingLaw(
        name, heading, stage, starts, planned, meaning, uncertain, sfs, sources, checked, rules, entry.mapping.line
    )
