"""The subjects that the rules are grouped by, read from ``docs/sla-upp/amnen.yaml``.

One file and not a key of each rule, so that the whole order is seen in one place. Every rule stands under exactly one
subject. A rule that has no page is an error, unless the file lists it under ``awaited``: those are being written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry
from handbook.yaml_source import Mapping, Text, read_yaml

if TYPE_CHECKING:
    from handbook.diagnostics import Diagnostics
    from handbook.rule_register import Rule, RuleRegister


@dataclass(frozen=True)
class Subject:
    """One subject: its id, its name as a heading, and the ids of its rules in the order they are shown."""

    id: Text
    name: Text
    rules: tuple[Text, ...]

    def pages(self, rules: RuleRegister) -> list[Rule]:
        """Return the subject's rules that have a page."""
        return [rules.rules[name] for name in self.rules if name in rules.rules]


@dataclass(frozen=True)
class Subjects:
    """All subjects in order, and the ids of rules whose pages are still being written."""

    listed: tuple[Subject, ...] = ()
    awaited: tuple[Text, ...] = ()
    is_there: bool = False


def load_subjects(path: Path, diagnostics: Diagnostics) -> Subjects:
    """Return the subjects in *path*; none when there is no such file, or after reporting slips."""
    if not path.is_file():
        return Subjects()
    root = read_yaml(path, diagnostics)
    if not isinstance(root, Mapping):
        if root is not None:
            diagnostics.report((path, 1), Code.WRONG_SHAPE, "The file must have keys.", "Begin with 'subjects:'.")
        return Subjects()
    entry = Entry(root, path, diagnostics, "subjects")
    entry.only(["subjects", "awaited"])
    found = [_read_subject(item) for item in entry.entries("subjects", "subject")]
    awaited = entry.texts("awaited", required=False)
    return Subjects(tuple(subject for subject in found if subject), awaited, is_there=None not in found)


def check_subjects(path: Path, subjects: Subjects, rules: RuleRegister, diagnostics: Diagnostics) -> None:
    """Report rules without a subject or with several, and ids that are neither a page nor awaited."""
    if not subjects.is_there:
        return
    placed: dict[str, str] = {}
    for subject in subjects.listed:
        for rule_id in subject.rules:
            where = (path, rule_id.line)
            if rule_id in placed:
                message = f"'{rule_id}' stands under both '{placed[rule_id]}' and '{subject.id}'."
                diagnostics.report(where, Code.SUBJECT, message, "Keep the one where a reader looks first.")
            elif rules.lacks(rule_id) and rule_id not in subjects.awaited:
                message = f"subject '{subject.id}': there is no rule '{rule_id}'."
                diagnostics.report(where, Code.UNKNOWN_RULE, message, rules.suggestion(rule_id))
            placed.setdefault(rule_id, subject.id)
    names = [str(subject.id) for subject in subjects.listed]
    for rule in rules.rules.values():
        if rule.id not in placed:
            hint = f"Add it to one of {path.name}: {', '.join(names)}."
            diagnostics.report((rule.path, rule.line), Code.SUBJECT, f"rule '{rule.id}' has no subject.", hint)
    for rule_id in subjects.awaited:
        if rule_id not in placed:
            message = f"'{rule_id}' is awaited but stands under no subject."
            diagnostics.report((path, rule_id.line), Code.UNKNOWN_RULE, message, did_you_mean(rule_id, placed))


def _read_subject(entry: Entry) -> Subject | None:
    entry.named(entry.raw("id"))
    entry.only(["id", "name", "rules"])
    subject, name, rules = entry.identifier("id"), entry.text("name"), entry.texts("rules")
    return Subject(subject, name, rules) if subject and name and rules else None
