"""The question bank: every question in ``quizzes/*.yaml``, checked for shape and meaning."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.papers import ROLES
from handbook.question_types import QUESTION_TYPES
from handbook.question_types.base import DIFFICULTIES, Common
from handbook.yaml_source import Entry, Mapping, Text, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister
    from handbook.question_types.base import Question
    from handbook.rule_register import RuleRegister

PROMPT_WORDS = 60


@dataclass
class QuestionBank:
    """All questions by id, in the order of the files."""

    questions: dict[str, Question] = field(default_factory=dict)

    def suggestion(self, wanted: str) -> str:
        """Return a hint that names the questions nearest to *wanted*."""
        return did_you_mean(wanted, self.questions)

    def practising(self, rule_id: str) -> list[Question]:
        """Return the questions whose main rule, the first they cite, is *rule_id*."""
        return [
            question
            for question in self.questions.values()
            if question.common.rules[0] == rule_id and not question.common.is_example
        ]

    def citing(self, rule_id: str) -> list[Question]:
        """Return the questions that cite *rule_id*, as main rule or besides."""
        return [question for question in self.questions.values() if rule_id in question.common.rules]


def load_question_bank(folder: Path, diagnostics: Diagnostics) -> QuestionBank:
    """Return the bank in *folder*; slips go to *diagnostics* and their questions are left out."""
    bank = QuestionBank()
    for path in sorted(folder.glob("*.yaml")):
        root = read_yaml(path, diagnostics)
        if isinstance(root, Mapping):
            file = Entry(root, path, diagnostics, "question file")
            file.only(["questions"])
            for entry in file.entries("questions", "question"):
                _add(bank, entry)
        elif root is not None:
            diagnostics.report(
                (path, 1), Code.WRONG_SHAPE, "The file must begin with 'questions:'.", "Look at another file."
            )
    return bank


def check_questions(bank: QuestionBank, rules: RuleRegister, diagnostics: Diagnostics) -> None:
    """Report questions that cite a rule without a page, and rules that no question practises."""
    for question in bank.questions.values():
        for rule_id in question.common.rules:
            if rule_id not in rules.rules:
                diagnostics.report(
                    (question.common.path, rule_id.line),
                    Code.UNKNOWN_RULE,
                    f"question '{question.id}': there is no rule '{rule_id}'.",
                    rules.suggestion(rule_id),
                )
    for rule in rules.rules.values():
        if not bank.practising(rule.id):
            diagnostics.report(
                (rule.path, rule.line),
                Code.UNPRACTISED_RULE,
                f"rule '{rule.id}' is practised by no question.",
                f"Write one with 'rules: [{rule.id}]' in quizzes/.",
            )


def newer_provisions(question: Question, rules: RuleRegister, laws: LawRegister) -> list[str]:
    """Return the provisions behind *question* that came into force after it was last checked.

    A question with any is in quarantine: shown with a notice, and kept out of tests.
    """
    newer: dict[str, datetime.date] = {}
    for rule_id in question.common.rules:
        rule = rules.rules.get(rule_id)
        for provision_id in rule.provisions if rule else ():
            entry = laws.entries.get(provision_id)
            if entry and entry.in_force > question.common.last_checked:
                newer[entry.citation] = entry.in_force
    return list(newer)


def check_quarantine(bank: QuestionBank, rules: RuleRegister, laws: LawRegister, diagnostics: Diagnostics) -> None:
    """Report every question in quarantine."""
    for question in bank.questions.values():
        newer = newer_provisions(question, rules, laws)
        if newer:
            diagnostics.report(
                (question.common.path, question.common.line),
                Code.QUARANTINED,
                f"question '{question.id}' was last checked before {', '.join(newer)} changed.",
                "Read it against the new text, then set 'last_checked' to that day.",
            )


def _add(bank: QuestionBank, entry: Entry) -> None:
    question_id = entry.identifier("id")
    entry.label = f"question '{question_id}'"
    common = _read_common(entry, question_id)
    question_type = entry.text("type")
    if question_type is None:
        return
    if question_type not in QUESTION_TYPES:
        hint = did_you_mean(question_type, QUESTION_TYPES)
        entry.report("type", Code.UNKNOWN_TYPE, f"there is no type '{question_type}'.", hint)
        return
    placeholder = common or _placeholder(entry, question_id)
    question = QUESTION_TYPES[question_type](entry, placeholder)
    if question is None or common is None:
        return
    if question.id in bank.questions:
        first = bank.questions[question.id].common
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", f"First in {first.path.name}, line {first.line}.")
        return
    bank.questions[question.id] = question


def _read_common(entry: Entry, question_id: str | None) -> Common | None:
    module, prompt = entry.identifier("module"), entry.text("prompt")
    rules, checked = entry.texts("rules"), entry.date("last_checked")
    difficulty, roles = entry.choice("difficulty", DIFFICULTIES), _read_roles(entry)
    if prompt is not None and len(prompt.split()) > PROMPT_WORDS:
        entry.report(
            "prompt",
            Code.TEXT_LENGTH,
            f"the prompt has {len(prompt.split())} words.",
            f"At most {PROMPT_WORDS}: a situation and a question.",
        )
    if not (question_id and module and prompt and rules and checked and difficulty and roles):
        return None
    explanation = entry.text("explanation", required=False)
    return Common(
        question_id, str(entry.mapping.entries.get("type", "")), module, rules, difficulty, checked, prompt,
        explanation, entry.path, entry.mapping.line, roles,
    )  # fmt: skip


def _read_roles(entry: Entry) -> tuple[str, ...]:
    """Return the roles that the question is for, all when none is named; empty after reporting one that is unknown."""
    if not entry.has("roles"):
        return ROLES
    before = len(entry.diagnostics)
    found = entry.texts("roles", required=False)
    for role in found:
        if role not in ROLES:
            hint = did_you_mean(role, ROLES)
            entry.report("roles", Code.INVALID_VALUE, f"'roles' cannot hold '{role}'.", hint)
    if len(entry.diagnostics) > before:
        return ()
    if not found:
        entry.report("roles", Code.EMPTY_VALUE, "'roles' has no value.", "Write one, or remove the key.")
    elif len(set(found)) < len(found):
        entry.report("roles", Code.INVALID_VALUE, "'roles' names a role twice.", "Name each once.")
        return ()
    return tuple(role for role in ROLES if role in found)


def _placeholder(entry: Entry, question_id: str | None) -> Common:
    """Return a stand-in, so that one run also shows what is wrong in the type's own part."""
    nothing = datetime.date.min
    text = Text("", entry.mapping.line)
    return Common(question_id or "", "", "", (), "", nothing, text, None, entry.path, entry.mapping.line)
