"""The question bank: every question in ``quizzes/*.yaml``, checked for shape and meaning."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry
from handbook.grader import grade
from handbook.papers import ROLES
from handbook.question_types import QUESTION_TYPES
from handbook.question_types.base import COMMON_KEYS, DIFFICULTIES, Common, Scenario
from handbook.yaml_source import Mapping, Text, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister
    from handbook.question_types.base import Question
    from handbook.rule_register import RuleRegister

PROMPT_WORDS = 60
SCENARIO_WORDS = 100
"""The most words of a situation: it is read once for several questions."""


@dataclass(frozen=True)
class Cited:
    """The rules that a question cites; kept also when the question is refused, so that one run shows all slips."""

    path: Path
    label: str
    rules: tuple[Text, ...]


@dataclass
class QuestionBank:
    """All questions by id, in the order of the files.

    *refused* holds the ids of questions that were left out; *unread* says that there are others with unknown ids.
    """

    questions: dict[str, Question] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    unread: bool = False

    def lacks(self, question_id: str) -> bool:
        """Return whether the question is not even among those left out, which have been reported already."""
        return not (self.unread or question_id in self.questions or question_id in self.refused)

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
            file.only(["scenarios", "questions"])
            scenarios = _read_scenarios(file)
            listed = file.entries("questions", "question")
            bank.unread |= not listed
            for entry in listed:
                _add(bank, entry, scenarios)
            _check_sharing(file, listed, scenarios)
        elif root is not None:
            diagnostics.report(
                (path, 1),
                Code.WRONG_SHAPE,
                "The file must begin with 'questions:'.",
                "Write it on a line of its own, above the list of questions.",
            )
        bank.unread |= not isinstance(root, Mapping)
    return bank


def _read_scenarios(file: Entry) -> dict[str, Scenario]:
    """Return the situations of a file by id."""
    found: dict[str, Scenario] = {}
    for entry in file.entries("scenarios", "scenario") if file.has("scenarios") else []:
        entry.named(entry.raw("id"))
        entry.only(["id", "text"])
        scenario_id, text = entry.identifier("id"), entry.text("text")
        if scenario_id in found:
            entry.report("id", Code.REPEATED_ID, "the id is used twice.", "Give one of them another id.")
        elif text is not None and len(text.split()) > SCENARIO_WORDS:
            message, hint = f"the text has {len(text.split())} words.", f"At most {SCENARIO_WORDS}: what has happened."
            entry.report("text", Code.TEXT_LENGTH, message, hint)
        elif scenario_id is not None and text is not None:
            found[str(scenario_id)] = Scenario(str(scenario_id), text)
    return found


def _check_sharing(file: Entry, listed: list[Entry], scenarios: dict[str, Scenario]) -> None:
    """Report situations that fewer than two questions of their file share, unless one may be misspelt somewhere."""
    if any(entry.raw("scenario") not in {"", *scenarios} for entry in listed):
        return
    for name, scenario in scenarios.items():
        count = sum(entry.raw("scenario") == name for entry in listed)
        if count < 2:
            hint = "Write 'scenario: …' in two questions of the file, or move the text into the prompt."
            said = "no question" if count == 0 else "one question only"
            file.diagnostics.report(
                (file.path, scenario.text.line), Code.SCENARIO, f"scenario '{name}' is shared by {said}.", hint
            )


def check_questions(bank: QuestionBank, rules: RuleRegister, diagnostics: Diagnostics) -> None:
    """Report questions that cite a rule without a page, and rules that no question practises."""
    for cited in bank.cited:
        for rule_id in cited.rules:
            if rules.lacks(rule_id):
                diagnostics.report(
                    (cited.path, rule_id.line),
                    Code.UNKNOWN_RULE,
                    f"{cited.label}: there is no rule '{rule_id}'.",
                    rules.suggestion(rule_id),
                )
    practised = {cited.rules[0] if cited.rules else "" for cited in bank.cited}
    if bank.unread or any(rules.lacks(rule_id) for rule_id in practised):
        return  # some question may well practise the rule that seems to have none
    for rule in rules.rules.values():
        if rule.id not in practised:
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


def _add(bank: QuestionBank, entry: Entry, scenarios: dict[str, Scenario]) -> None:
    """Add the question in *entry* to *bank*, unless it has to be refused."""
    if entry.raw("id"):
        bank.refused.add(entry.raw("id"))
    else:
        bank.unread = True
    question = _read_question(bank, entry, scenarios)
    if question is None:
        return
    if question.id in bank.questions:
        first = bank.questions[question.id].common
        hint = f"Give one of them another id; the first is in {first.path.name}, line {first.line}."
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", hint)
        bank.unread = True
        return
    bank.questions[question.id] = question


def _read_question(bank: QuestionBank, entry: Entry, scenarios: dict[str, Scenario]) -> Question | None:
    entry.named(entry.raw("id"))
    question_type = entry.raw("type")
    if question_type in QUESTION_TYPES:
        entry.only([*COMMON_KEYS, *QUESTION_TYPES[question_type].keys])
    question_id = entry.identifier("id")
    rules = entry.texts("rules")
    bank.cited.append(Cited(entry.path, entry.label, rules))
    common = _with_scenario(entry, _read_common(entry, question_id, rules), scenarios)
    if entry.text("type") is None:
        return None
    if question_type not in QUESTION_TYPES:
        hint = did_you_mean(question_type, QUESTION_TYPES)
        entry.report("type", Code.UNKNOWN_TYPE, f"there is no type '{question_type}'.", hint)
        return None
    question = QUESTION_TYPES[question_type].read(entry, common or _placeholder(entry, question_id))
    return question if common is not None and question is not None and _is_gradable(question, entry) else None


def _is_gradable(question: Question, entry: Entry) -> bool:
    """Return whether the grader takes the question, which is the last word on what a reader may meet."""
    error = grade(question.definition(), None)["error"]
    if isinstance(error, dict):
        entry.report("id", Code.ANSWER_KEY, f"the grader refuses it: {error['message']}", str(error["hint"]))
    return error is None


def _read_common(entry: Entry, question_id: str | None, rules: tuple[Text, ...]) -> Common | None:
    module, prompt = entry.identifier("module"), entry.text("prompt")
    difficulty, checked = entry.choice("difficulty", DIFFICULTIES), entry.date("last_checked")
    explanation, roles = entry.text("explanation", required=False), _read_roles(entry)
    if prompt is not None and len(prompt.split()) > PROMPT_WORDS:
        entry.report(
            "prompt",
            Code.TEXT_LENGTH,
            f"the prompt has {len(prompt.split())} words.",
            f"At most {PROMPT_WORDS}: a situation and a question.",
        )
    if not (question_id and module and prompt and rules and checked and difficulty and roles):
        return None
    return Common(
        question_id, entry.raw("type"), module, rules, difficulty, checked, prompt,
        explanation, entry.path, entry.mapping.line, roles,
    )  # fmt: skip


def _with_scenario(entry: Entry, common: Common | None, scenarios: dict[str, Scenario]) -> Common | None:
    """Return *common* with the situation that the entry names, or None after reporting that there is none."""
    name = entry.text("scenario", required=False)
    if name is None:
        return common
    if name not in scenarios:
        entry.report("scenario", Code.SCENARIO, f"the file has no scenario '{name}'.", did_you_mean(name, scenarios))
        return None
    return dataclasses.replace(common, scenario=scenarios[name]) if common is not None else None


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
