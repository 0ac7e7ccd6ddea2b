"""What a group's results say of the questions: which are hard, which tell the able from the others, which mislead.

Classical item analysis, over first attempts. *Facility* is the mean share of the points. *Discrimination* is the
correlation between the share a learner got of a question and the mean share of the rest of the same paper; for a
question that is right or wrong it is the point-biserial, corrected so that a question is not compared with itself.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.grader import SEVERITIES
from handbook.item_options import options_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.item_options import Option
    from handbook.question_bank import QuestionBank
    from handbook.question_types.base import Question
    from handbook.regrading import Grade, Regraded

SMALL_GROUP = 30
"""Below this many answers, one learner more or less can turn a figure around."""

LOW_FACILITY = 0.6
"""A page whose questions get a smaller share of their points than this may need rewriting."""


@dataclass(frozen=True)
class OptionCount:
    """How many took an option, and what share that is of those who got the question."""

    option: Option
    count: int
    share: float


@dataclass(frozen=True)
class ItemStatistics:
    """What the answers say of one question; None where it cannot be said."""

    question: Question
    answers: int
    unanswered: int
    facility: float | None
    discrimination: float | None
    severities: dict[str, int]
    options: tuple[OptionCount, ...]

    @property
    def is_small_group(self) -> bool:
        """Return whether the figures rest on few answers."""
        return self.answers < SMALL_GROUP


@dataclass(frozen=True)
class RuleStatistics:
    """A rule whose questions were hard: its id, their mean facility, how many answers that is, and the questions."""

    rule_id: str
    facility: float
    answers: int
    items: tuple[ItemStatistics, ...]


@dataclass
class _Tally:
    shares: list[float] = field(default_factory=list)
    rests: list[float | None] = field(default_factory=list)
    shown: int = 0
    unanswered: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)


class ItemAnalysis:
    """Takes results one by one, in time that grows with their number alone, and then says what they show."""

    def __init__(self, bank: QuestionBank) -> None:
        """Prepare to count answers to the questions of *bank*."""
        self._bank = bank
        self._tallies: dict[str, _Tally] = {}

    def add(self, regraded: Regraded) -> None:
        """Count the grades of one result."""
        shares = {name: _share(grade) for name, grade in regraded.grades.items() if grade["max_points"]}
        total = math.fsum(shares.values())
        for name, grade in regraded.grades.items():
            tally = self._tallies.setdefault(name, _Tally())
            tally.shown += 1
            tally.unanswered += grade["outcome"] == "unanswered"
            tally.severities.update(grade["severities"])
            tally.statuses.update({(part["id"], part["status"]) for part in grade["choices"]})
            if name in shares:
                tally.shares.append(shares[name])
                tally.rests.append((total - shares[name]) / (len(shares) - 1) if len(shares) > 1 else None)

    def items(self) -> list[ItemStatistics]:
        """Return the statistics of every question that was asked, in the order of the bank."""
        return [
            _statistics(question, self._tallies[question.id])
            for question in self._bank.questions.values()
            if question.id in self._tallies
        ]


def rules_to_rewrite(items: Iterable[ItemStatistics]) -> list[RuleStatistics]:
    """Return the rules whose questions have a low facility, the lowest first; a question counts for its main rule."""
    by_rule: dict[str, list[ItemStatistics]] = {}
    for item in items:
        if item.facility is not None:
            by_rule.setdefault(str(item.question.common.rules[0]), []).append(item)
    found = []
    for rule_id, own in by_rule.items():
        answers = sum(item.answers for item in own)
        facility = math.fsum((item.facility or 0.0) * item.answers for item in own) / answers
        if facility < LOW_FACILITY:
            hardest_first = sorted(own, key=lambda item: (item.facility, item.question.id))
            found.append(RuleStatistics(rule_id, facility, answers, tuple(hardest_first)))
    return sorted(found, key=lambda rule: (rule.facility, rule.rule_id))


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return the product-moment correlation of two columns, or None when either does not vary."""
    count = len(first)
    if count < 2:
        return None
    mean_first, mean_second = math.fsum(first) / count, math.fsum(second) / count
    off_first = [value - mean_first for value in first]
    off_second = [value - mean_second for value in second]
    spread = math.sqrt(math.fsum(off * off for off in off_first)) * math.sqrt(
        math.fsum(off * off for off in off_second)
    )
    if spread < 1e-9:
        return None
    return math.fsum(one * other for one, other in zip(off_first, off_second, strict=True)) / spread


def _share(grade: Grade) -> float:
    return float(grade["points"]) / float(grade["max_points"])


def _statistics(question: Question, tally: _Tally) -> ItemStatistics:
    pairs = [(share, rest) for share, rest in zip(tally.shares, tally.rests, strict=True) if rest is not None]
    return ItemStatistics(
        question=question,
        answers=tally.shown,
        unanswered=tally.unanswered,
        facility=math.fsum(tally.shares) / len(tally.shares) if tally.shares else None,
        discrimination=correlation([share for share, _ in pairs], [rest for _, rest in pairs]),
        severities={severity: tally.severities[severity] for severity in SEVERITIES},
        options=tuple(
            OptionCount(option, count, count / tally.shown)
            for option in options_of(question)
            for count in [tally.statuses[option.id, option.status]]
        ),
    )
