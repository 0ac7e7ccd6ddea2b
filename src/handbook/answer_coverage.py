"""What the handbook covers: each course question with its rules and practice, each source rule with its section."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.course_questions import answered_by
from handbook.policy_register import OUTCOMES

if TYPE_CHECKING:
    from handbook.content import Content
    from handbook.course_questions import CourseQuestion
    from handbook.rule_register import Rule

ENOUGH = 2
"""A course question is practised when so many questions of the bank are about its rules."""


@dataclass(frozen=True)
class Answered:
    """A course question, the rules that answer it, and how many questions practise them."""

    question: CourseQuestion
    rules: tuple[Rule, ...]
    practised: int


@dataclass(frozen=True)
class Figures:
    """The coverage as numbers: of how many course questions and source rules, how many are dealt with."""

    course: int
    added: int
    answered_course: int
    answered_added: int
    practised: int
    policy: int
    outcomes: dict[str, int]


def course_coverage(content: Content) -> list[Answered]:
    """Return each course question with its rules and the number of questions that practise them, examples left out."""
    by_question = answered_by(content.rules)
    found = []
    for question in content.course_questions:
        rules = tuple(by_question.get(question.id, ()))
        names = {str(rule.id) for rule in rules}
        practising = [
            item
            for item in content.bank.questions.values()
            if not item.common.is_example and names & {str(rule) for rule in item.common.rules}
        ]
        found.append(Answered(question, rules, len(practising)))
    return found


def extra_rules(content: Content) -> list[Rule]:
    """Return the rules that no course question asked for."""
    return [rule for rule in content.rules.rules.values() if not rule.answers]


def figures(content: Content) -> Figures:
    """Return the coverage as numbers; T questions count as added, all others as the course's own."""
    found = course_coverage(content)
    added = [item for item in found if item.question.series == "T"]
    course = [item for item in found if item.question.series != "T"]
    outcomes = Counter(rule.outcome for rule in content.policy_rules)
    return Figures(
        course=len(course),
        added=len(added),
        answered_course=sum(bool(item.rules) for item in course),
        answered_added=sum(bool(item.rules) for item in added),
        practised=sum(item.practised >= ENOUGH for item in found),
        policy=len(content.policy_rules.expected),
        outcomes={outcome: outcomes[outcome] for outcome in OUTCOMES},
    )
