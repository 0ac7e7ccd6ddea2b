"""A question of any type as the linter sees it: what is read, what is chosen among, what is said afterwards."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Diagnostics
from handbook.question_types.branching import BranchingQuestion
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion
from handbook.question_types.match import MatchQuestion
from handbook.question_types.order import OrderQuestion
from handbook.swedish_text import plain
from handbook.yaml_source import Text, read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.profile import Profile
    from handbook.question_bank import QuestionBank
    from handbook.question_types.base import Question
    from handbook.rule_register import Rule, RuleRegister


@dataclass(frozen=True)
class Option:
    """Something that can be chosen; *correct* is None where nothing is right or wrong by itself."""

    text: Text
    correct: bool | None = None


@dataclass(frozen=True)
class Group:
    """The options that are weighed against each other; *chosen* says that some of them are picked."""

    options: tuple[Option, ...]
    line: int
    chosen: bool = True

    @property
    def keys(self) -> list[Option]:
        """Return the correct options."""
        return [option for option in self.options if option.correct]

    @property
    def distractors(self) -> list[Option]:
        """Return the wrong options."""
        return [option for option in self.options if option.correct is False]

    @property
    def is_keyed(self) -> bool:
        """Return whether there is something to guess: both correct and wrong options."""
        return bool(self.keys and self.distractors)


@dataclass(frozen=True)
class SeenQuestion:
    """A question, its groups of options and every feedback in it."""

    question: Question
    groups: tuple[Group, ...]
    feedback: tuple[Text, ...]
    says: tuple[Text, ...]

    @property
    def prompt(self) -> Text:
        """Return the question's prompt."""
        return self.question.common.prompt

    @property
    def situation(self) -> tuple[Text, ...]:
        """Return the text of the situation that the question shares, if any."""
        scenario = self.question.common.scenario
        return (scenario.text,) if scenario is not None else ()

    @property
    def shown(self) -> list[str]:
        """Return every text that is read before answering."""
        return [self.prompt, *self.says, *(option.text for group in self.groups for option in group.options)]


@dataclass(frozen=True)
class Material:
    """Everything that is linted together. *pages* holds the text of every rule's page, *values* the local values."""

    questions: tuple[SeenQuestion, ...]
    rules: dict[str, Rule]
    pages: dict[str, str]
    values: dict[str, object]

    def files(self) -> dict[Path, list[SeenQuestion]]:
        """Return the questions by file."""
        found: dict[Path, list[SeenQuestion]] = {}
        for seen in self.questions:
            found.setdefault(seen.question.common.path, []).append(seen)
        return found

    def plain(self, text: str) -> str:
        """Return *text* as a reader sees it."""
        return plain(text, self.values)


def gather(bank: QuestionBank, rules: RuleRegister, profile: Profile | None) -> Material:
    """Return what there is to lint; reads the pages of the rules once more, for their whole text."""
    values = profile.substitutions() if profile is not None else {}
    pages = {rule.id: plain(read_text_file(rule.path, Diagnostics()) or "", values) for rule in rules.rules.values()}
    return Material(tuple(map(see, bank.questions.values())), rules.rules, pages, values)


def see(question: Question) -> SeenQuestion:
    """Return *question* as the linter sees it."""
    says = tuple(turn.says for turn in question.turns) if isinstance(question, BranchingQuestion) else ()
    return SeenQuestion(question, tuple(_groups(question)), tuple(_feedback(question)), says)


def _groups(question: Question) -> Iterator[Group]:
    if isinstance(question, ChoiceQuestion):
        options = [Option(choice.text, choice.id in question.correct) for choice in question.choices]
        yield _group(options)
    elif isinstance(question, DilemmaQuestion):
        yield _group([Option(choice.text) for choice in question.choices])
    elif isinstance(question, BranchingQuestion):
        for turn in question.turns:
            if turn.choices:
                yield _group([Option(say.part.text, say.correct) for say in turn.choices])
    elif isinstance(question, MatchQuestion):
        yield _group([Option(item.text) for item in question.items], chosen=False)
        yield _group([Option(text) for _, text in question.targets], chosen=False)
    elif isinstance(question, OrderQuestion):
        yield _group([Option(item.text) for item in question.items], chosen=False)


def _group(options: list[Option], *, chosen: bool = True) -> Group:
    return Group(tuple(options), options[0].text.line, chosen)


def _feedback(value: object) -> Iterator[Text]:
    """Yield every text in *value* whose field is a feedback, however deep it lies."""
    if isinstance(value, tuple):
        for item in value:
            yield from _feedback(item)
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            held = getattr(value, part.name)
            if isinstance(held, Text) and "feedback" in part.name:
                yield held
            else:
                yield from _feedback(held)
