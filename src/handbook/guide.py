"""The guide "Får jag lämna ut?": a flow of at most six questions, each path of which ends in something to say and do.

Read from ``docs/sla-upp/guide.yaml``. The checks hold for every path, not only for those that somebody has tried:
each step can be reached, each path ends, and no path asks the caller for name or purpose before an answer has named
the secrecy ground that makes it necessary (2 kap. 18 § TF).
"""

from __future__ import annotations

import datetime  # noqa: TC003
import re
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry
from handbook.rule_register import VERDICTS
from handbook.yaml_source import Mapping, Text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister
    from handbook.rule_register import RuleRegister

MOST_QUESTIONS = 6
"""More takes longer than the half minute that a caller waits."""

ASKS = ("identity", "purpose")
_ASKING = re.compile(
    r"vad heter du|vem är du|vem ringer|vem frågar|ditt namn|er(?:t)? namn|legitim\w*|ditt personnummer"
    r"|varför (?:vill|frågar|behöver|undrar) (?:du|ni)|vad ska (?:du|ni) ha|i vilket syfte|vad är syftet",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """One answer to a question: where it leads, and the secrecy grounds that it establishes."""

    id: Text
    text: Text
    to: Text
    grounds: tuple[Text, ...]


@dataclass(frozen=True)
class Question:
    """A step that staff answer. *asks* is what it makes them ask the caller for: ``identity`` or ``purpose``."""

    id: Text
    text: Text
    help: Text | None
    answers: tuple[Answer, ...]
    asks: tuple[Text, ...]


@dataclass(frozen=True)
class Outcome:
    """Where a path ends: verdict, reason, provisions, words to say and whom to hand over to."""

    id: Text
    title: Text
    verdict: str
    reason: Text
    say: Text
    provisions: tuple[Text, ...]
    who_decides: tuple[Text, ...]
    hand_over: Text
    rules: tuple[Text, ...]
    asks: tuple[Text, ...]

    @property
    def verdict_slug(self) -> str:
        """Return the verdict as it stands in class names."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True)
class Guide:
    """The whole flow: questions and outcomes by id, in the order of the file."""

    start: str
    last_checked: datetime.date
    questions: dict[str, Question]
    outcomes: dict[str, Outcome]
    path: Path

    def paths(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the ids of the answers on each path and the outcome it ends in; only for a guide without slips."""
        waiting: list[tuple[tuple[str, ...], str]] = [((), self.start)]
        while waiting:
            taken, step = waiting.pop(0)
            if step in self.outcomes:
                yield taken, step
                continue
            waiting += [((*taken, answer.id), answer.to) for answer in self.questions[step].answers]


def load_guide(path: Path, diagnostics: Diagnostics) -> Guide | None:
    """Return the guide in *path*; None when there is no such file, or after reporting why it cannot be used."""
    if not path.is_file():
        return None
    before = len(diagnostics)
    root = read_yaml(path, diagnostics)
    if not isinstance(root, Mapping):
        if len(diagnostics) == before:
            hint = "Begin with 'start:'."
            diagnostics.report((path, 1), Code.WRONG_SHAPE, "The guide must have keys.", hint)
        return None
    entry = Entry(root, path, diagnostics, "guide")
    entry.only(["start", "last_checked", "questions", "outcomes"])
    start, checked = entry.text("start"), entry.date("last_checked")
    questions = [_read_question(item) for item in entry.entries("questions", "guide, question")]
    outcomes = [_read_outcome(item) for item in entry.entries("outcomes", "guide, outcome")]
    if start is None or checked is None or None in questions or None in outcomes:
        return None
    guide = Guide(
        start,
        checked,
        {item.id: item for item in questions if item},
        {item.id: item for item in outcomes if item},
        path,
    )
    steps = [item.id for item in (*questions, *outcomes) if item]
    for number, step in enumerate(steps):
        if step in steps[:number]:
            diagnostics.report(
                (path, step.line), Code.REPEATED_ID, f"guide: the id '{step}' is used twice.", "Rename one of the two."
            )
    _check_flow(guide, start, diagnostics)
    return guide if len(diagnostics) == before else None


def check_guide(
    guide: Guide, rules: RuleRegister, laws: LawRegister, roles: frozenset[str], found: Diagnostics
) -> None:
    """Report what only shows when the guide is seen together with rules, provisions and the profile's roles."""
    for question in guide.questions.values():
        for answer in question.answers:
            for ground in answer.grounds:
                _check_ground(guide, ground, laws, found)
    for outcome in guide.outcomes.values():
        for provision in outcome.provisions:
            _check_known(guide, outcome, provision, laws, found)
        for role in outcome.who_decides:
            if role not in roles:
                message = f"guide, outcome '{outcome.id}': no profile has a contact '{role}'."
                found.report((guide.path, role.line), Code.UNKNOWN_ROLE, message, did_you_mean(role, roles))
        _check_rules(guide, outcome, rules, found)


def _read_question(entry: Entry) -> Question | None:
    entry.named(entry.raw("id"))
    entry.only(["id", "text", "help", "asks_caller", "answers"])
    step, text, helped = entry.identifier("id"), entry.text("text"), entry.text("help", required=False)
    asks = _read_asks(entry)
    answers = [_read_answer(item) for item in entry.entries("answers", f"{entry.label}, answer")]
    if step is None or text is None or not answers or None in answers:
        return None
    _check_words(entry, "text", asks)
    return Question(step, text, helped, tuple(answer for answer in answers if answer), asks)


def _read_answer(entry: Entry) -> Answer | None:
    entry.named(entry.raw("id"))
    entry.only(["id", "text", "to", "ground"])
    step, text, target = entry.identifier("id"), entry.text("text"), entry.text("to")
    grounds = entry.texts("ground", required=False)
    return Answer(step, text, target, grounds) if step and text and target else None


def _read_outcome(entry: Entry) -> Outcome | None:
    entry.named(entry.raw("id"))
    entry.only(
        ["id", "title", "verdict", "reason", "say", "provisions", "who_decides", "hand_over", "rules", "asks_caller"]
    )
    step, title, verdict = entry.identifier("id"), entry.text("title"), entry.choice("verdict", VERDICTS)
    reason, say, hand_over = entry.text("reason"), entry.text("say"), entry.text("hand_over")
    provisions, who, asks = entry.texts("provisions"), entry.texts("who_decides"), _read_asks(entry)
    rules = entry.texts("rules", required=False)
    if not (step and title and verdict and reason and say and hand_over and provisions and who):
        return None
    _check_words(entry, "say", asks)
    return Outcome(step, title, verdict, reason, say, provisions, who, hand_over, rules, asks)


def _read_asks(entry: Entry) -> tuple[Text, ...]:
    asks = entry.texts("asks_caller", required=False)
    for what in asks:
        if what not in ASKS:
            hint = did_you_mean(what, ASKS)
            entry.report(what, Code.INVALID_VALUE, f"'asks_caller' cannot be '{what}'.", hint)
    return asks


def _check_words(entry: Entry, key: str, asks: tuple[Text, ...]) -> None:
    """Report words that ask for name or purpose in a step that does not say that it asks."""
    asked = _ASKING.search(entry.raw(key))
    if asked and not asks:
        hint = "Ask for something else, or add 'asks_caller: [identity]' if a secrecy ground makes it necessary."
        message = f"'{key}' says '{asked.group()}', which asks who the caller is or why."
        entry.report(key, Code.GUIDE_ASKS, message, hint)


def _check_flow(guide: Guide, start: Text, diagnostics: Diagnostics) -> None:
    """Report what is wrong with the paths, the first kind of slip only: the others often follow from it."""
    lost = _lost_targets(guide, start)
    if not lost:
        lost = _circles(guide)
    if not lost:
        lost = [*_unreached(guide), *_too_long(guide)]
    for line, message, hint in lost:
        diagnostics.report((guide.path, line), Code.GUIDE_PATH, f"guide: {message}", hint)
    if not lost:
        _check_asking(guide, diagnostics)


def _lost_targets(guide: Guide, start: Text) -> list[tuple[int, str, str]]:
    steps = [*guide.questions, *guide.outcomes]
    targets = [(start, "the start")]
    for question in guide.questions.values():
        targets += [(answer.to, f"the answer '{answer.id}' to '{question.id}'") for answer in question.answers]
    return [
        (to.line, f"{where} leads to '{to}', which is no step.", did_you_mean(to, steps))
        for to, where in targets
        if to not in steps
    ]


def _circles(guide: Guide) -> list[tuple[int, str, str]]:
    """Return the answers that lead back to a question on their own path."""
    found: list[tuple[int, str, str]] = []
    done: set[str] = set()

    def follow(step: str, behind: tuple[str, ...]) -> None:
        for answer in guide.questions[step].answers if step in guide.questions else ():
            if answer.to in (*behind, step):
                message = (
                    f"the answer '{answer.id}' to '{step}' leads back to '{answer.to}', so that path does not end."
                )
                found.append((answer.to.line, message, "Let every path go on to an outcome."))
            elif answer.to not in done:
                follow(answer.to, (*behind, step))
        done.add(step)

    follow(guide.start, ())
    return found


def _reached(guide: Guide, *, past_grounds: bool) -> list[str]:
    """Return the steps that can be reached; without *past_grounds*, only before any answer has named a ground."""
    reached = [guide.start]
    for step in reached:
        for answer in guide.questions[step].answers if step in guide.questions else ():
            if answer.to not in reached and (past_grounds or not answer.grounds):
                reached.append(answer.to)
    return reached


def _unreached(guide: Guide) -> list[tuple[int, str, str]]:
    reached = _reached(guide, past_grounds=True)
    steps = [*(question.id for question in guide.questions.values()), *(item.id for item in guide.outcomes.values())]
    hint = "Let an answer lead to it, or remove it."
    return [(step.line, f"no answer leads to '{step}'.", hint) for step in steps if step not in reached]


def _too_long(guide: Guide) -> list[tuple[int, str, str]]:
    depth: dict[str, int] = {}

    def longest(step: str) -> int:
        if step in guide.outcomes:
            return 0
        if step not in depth:
            depth[step] = 1 + max(longest(answer.to) for answer in guide.questions[step].answers)
        return depth[step]

    count = longest(guide.start)
    if count <= MOST_QUESTIONS:
        return []
    line = guide.questions[guide.start].id.line
    return [(line, f"the longest path has {count} questions.", f"At most {MOST_QUESTIONS}: someone is waiting.")]


def _check_asking(guide: Guide, diagnostics: Diagnostics) -> None:
    early = _reached(guide, past_grounds=False)
    steps: list[Question | Outcome] = [*guide.questions.values(), *guide.outcomes.values()]
    for step in steps:
        if step.asks and step.id in early:
            diagnostics.report(
                (guide.path, step.asks[0].line),
                Code.GUIDE_ASKS,
                f"guide: '{step.id}' asks the caller for {' and '.join(step.asks)} on a path without a secrecy ground.",
                "Give the answers that lead here a 'ground', or do not ask (2 kap. 18 § TF).",
            )


def _check_ground(guide: Guide, ground: Text, laws: LawRegister, found: Diagnostics) -> None:
    entry = laws.entries.get(ground)
    if entry is None and laws.lacks(ground):
        message = f"guide: '{ground}' is not in the law register."
        found.report((guide.path, ground.line), Code.UNKNOWN_PROVISION, message, laws.suggestion(ground))
    elif entry is not None and entry.strength == "none":
        message = f"guide: '{ground}' makes nothing secret, so it is no ground."
        hint = "Name the provision that the information may be secret by."
        found.report((guide.path, ground.line), Code.GUIDE_ASKS, message, hint)


def _check_known(guide: Guide, outcome: Outcome, provision: Text, laws: LawRegister, found: Diagnostics) -> None:
    if laws.lacks(provision):
        message = f"guide, outcome '{outcome.id}': '{provision}' is not in the law register."
        found.report((guide.path, provision.line), Code.UNKNOWN_PROVISION, message, laws.suggestion(provision))
        return
    entry = laws.entries.get(provision)
    if entry is not None and entry.in_force > guide.last_checked:
        message = f"guide, outcome '{outcome.id}': {entry.citation} has changed since the guide was last checked."
        hint = "Read the guide against the new text, then set its 'last_checked'."
        found.report((guide.path, provision.line), Code.QUARANTINED, message, hint)


def _check_rules(guide: Guide, outcome: Outcome, rules: RuleRegister, found: Diagnostics) -> None:
    for rule_id in outcome.rules:
        if rules.lacks(rule_id):
            message = f"guide, outcome '{outcome.id}': there is no rule '{rule_id}'."
            found.report((guide.path, rule_id.line), Code.UNKNOWN_RULE, message, rules.suggestion(rule_id))
    first = rules.rules.get(outcome.rules[0]) if outcome.rules else None
    if first is not None and first.verdict != outcome.verdict:
        found.report(
            (guide.path, outcome.rules[0].line),
            Code.VERDICT_DIFFERS,
            f"guide, outcome '{outcome.id}': the verdict is '{outcome.verdict}', but the rule says '{first.verdict}'.",
            "Let both say the same, or put another rule first.",
        )
