"""The linter: says where a question can be answered without knowing the rule, or teaches nothing when it is answered.

``python -m handbook check`` says whether a question can be used at all; this says whether it is any good. Every rule
has an id, a sentence, how it is measured, and the reason behind it: ``python -m handbook lint --explain ID``.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook import lint_checks as checks
from handbook.diagnostics import Code, did_you_mean, display_path
from handbook.lint_view import gather
from handbook.question_bank import PROMPT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handbook.lint_view import Material
    from handbook.profile import Profile
    from handbook.question_bank import QuestionBank
    from handbook.rule_register import RuleRegister

_FLAWS = (
    "46 % of 2,770 examined items had a writing flaw, and a key that can be told from its form inflates the scores"
    " (Tarrant 2006, 2008)."
)
_DISTRACTORS = (
    "Three choices are enough, as 80 years of studies show (Rodriguez 2005); in practice 52 % of the wrong choices work"
    " (BMC Medical Education 9:40)."
)
_REASONS = (
    "Feedback that explains has an effect of 0.49, the correct answer alone 0.32, right or wrong alone 0.05"
    " (Van der Kleij 2015, 70 effects)."
)
_TRANSFER = (
    "Testing carries over to new situations (d = 0.40, 192 effects, Pan and Rickard) when the question is worded"
    " otherwise than the page; words that are recognised test memory."
)


@dataclass(frozen=True)
class LintRule:
    """One rule: what it asks for, how that is measured, why, and what to do about a finding.

    A rule without *check* is one that reading the bank already reports, as *told_as*. Advice does not fail the run.
    """

    id: str
    sentence: str
    measured: str
    reason: str
    hint: str
    check: Callable[[Material], Iterator[checks.Finding]] | None = None
    told_as: Code | None = None
    is_advice: bool = False

    @property
    def tag(self) -> str:
        """Return the tag as it is printed after a finding, without the ``handbook.`` before it."""
        return f"lint.{self.id}"

    def explain(self) -> str:
        """Return the rule in full, for someone who has just read a finding."""
        also = f"Reported by 'python -m handbook check' as [handbook.{self.told_as.tag}]." if self.told_as else ""
        advice = "This is advice: it does not fail the run." if self.is_advice else ""
        parts = (
            self.sentence,
            f"Measured: {self.measured}",
            f"Why: {self.reason}",
            f"Mend it: {self.hint}",
            also,
            advice,
        )
        return "\n".join([self.id, *(_wrapped(part) for part in parts if part)])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


LINT_RULES = (
    LintRule(
        "longest-is-key",
        "The correct choice is not clearly longer than the wrong ones.",
        f"characters; every correct choice is longer than every wrong one, and their mean is {checks.MARGIN_PERCENT} %"
        f" and {checks.FEW_CHARACTERS} characters or more above the longest wrong one.",
        f"Authors qualify what must be true, and readers know it: the longest choice is the best guess. {_FLAWS}",
        "Move the qualification to the feedback, or make a wrong choice as full.",
        checks.longest_is_key,
    ),
    LintRule(
        "key-length",
        "Over a file, the length of a choice does not tell which one is correct.",
        f"files with {checks.FEWEST_KEYS} or more questions with one correct choice; in more than half of them the"
        f" key is {checks.NOTICED_PERCENT} % longer than every wrong choice, or {checks.NOTICED_PERCENT} % shorter.",
        f"A pattern is learnt faster than a rule, and the shortest choice gives itself away as the longest does."
        f" {_FLAWS}",
        "Lengthen or shorten some choices, so that each length is correct about as often.",
        checks.key_length,
    ),
    LintRule(
        "key-position",
        "Over a file, every place holds the key about as often.",
        f"files with {checks.FEWEST_KEYS} or more questions with one correct choice; one place holds more than half"
        " of the keys, or one holds none although there are twice as many questions as places.",
        f"Whoever notices the place passes the test by guessing. {_FLAWS}",
        "Move the key in some questions; the ids a, b, c need not change.",
        checks.key_position,
    ),
    LintRule(
        "negated-stem",
        "The question is asked without a negation.",
        "the last asking sentence of the prompt, outside quotation marks, has inte, ej, aldrig, utom, varken …"
        " The caller's words may have them; a simulated call is not measured.",
        f"A negation is overlooked under stress, and the answer then says nothing about the rule. {_FLAWS}",
        "Ask what to do; or put the situation in the negative and the question in the positive.",
        checks.negated_stem,
    ),
    LintRule(
        "all-or-none",
        "No choice speaks of the other choices.",
        "'alla ovanstående', 'inget av alternativen', 'både a och b' and their like in a choice.",
        f"Whoever knows two of the choices knows this one too, and it has no reason of its own to give. {_FLAWS}",
        "Make it 'type: multiple_response', or write a choice of its own.",
        checks.all_or_none,
    ),
    LintRule(
        "absolute-words",
        "Absolute words do not stand in wrong choices only.",
        "alltid, aldrig, bara, endast, enbart, alla, allt, ingen, inget, inga, samtliga, varje in a wrong choice, none"
        " of them in a correct one; words that stand in the prompt do not count.",
        f"The law has exceptions, and readers know it: a choice without any is struck out unread. {_FLAWS}",
        "Say it as people say it, without the absolute word.",
        checks.absolute_words,
    ),
    LintRule(
        "overlapping-choices",
        "No two choices say the same.",
        "one holds all words of another in a row, or both have the same words apart from endings and small words;"
        " items and targets to match and steps to order as well.",
        f"Of two choices that say the same none can be the key, or both. {_FLAWS}",
        "Say what differs, or remove one.",
        checks.overlapping,
    ),
    LintRule(
        "many-choices",
        "There are at most five choices.",
        f"more than {checks.MOST_CHOICES} choices in a question, or in a turn of a simulated call.",
        _DISTRACTORS,
        "Three are enough; keep those that people really take.",
        checks.many_choices,
    ),
    LintRule(
        "missing-feedback",
        "Every choice has a feedback.",
        "the key 'feedback' is there and holds a text.",
        f"{_REASONS} Feedback that is not shown at once is sought for 9 % of the questions.",
        "Say why the choice is right or wrong.",
        told_as=Code.MISSING_KEY,
    ),
    LintRule(
        "bare-feedback",
        "The feedback gives a reason.",
        f"fewer than {checks.FEWEST_REASON_WORDS} words besides right, wrong and small words.",
        _REASONS,
        "Say why: what the rule protects, and what would happen.",
        checks.bare_feedback,
    ),
    LintRule(
        "no-rule",
        "Every question cites the rule that it practises.",
        "the key 'rules' is there and names a rule.",
        "The rule carries the paragraph and the date of its law; without it nobody learns that the question is out"
        " of date.",
        "Write 'rules: [id of the rule page]'.",
        told_as=Code.MISSING_KEY,
    ),
    LintRule(
        "copied-scenario",
        "The question is worded otherwise than the rule's page.",
        f"{checks.COPIED_WORDS} words or more in a row, of the prompt or a choice, stand on the page of a rule cited.",
        _TRANSFER,
        "Tell another situation, and answer in other words.",
        checks.copied,
    ),
    LintRule(
        "long-stem",
        f"The prompt has at most {PROMPT_WORDS} words.",
        "words between spaces.",
        "A reader who has to search for the question is tested on searching. Light prompts get answered: the median is"
        " six seconds (Matuschak).",
        "A situation and a question; move the rest to the explanation.",
        told_as=Code.TEXT_LENGTH,
    ),
    LintRule(
        "hard-to-read",
        "Prompt and choices are plain language.",
        f"LIX above {checks.HARD_LIX}: words per sentence, plus the percentage of words with more than six letters."
        f" Fewer than {checks.FEWEST_LIX_WORDS} words are not measured.",
        "Between 40 and 50 LIX is newspaper prose, above that official prose (Björnsson's scale). A question should be"
        " hard because of the rule, not because of its words.",
        "Split a sentence, or write a long word as several.",
        checks.hard_to_read,
        is_advice=True,
    ),
    LintRule(
        "asks-who-or-why",
        "Nothing is held up as right that asks the caller for name, identity or purpose.",
        "patterns ('vem är du', 'vad ska du ha det till', 'ber om legitimation' …) in a rule's 'say', in correct"
        " choices, in explanations and in what the reader does in a prompt; a clause that denies it passes.",
        "2 kap. 18 § TF: an authority may not find out who asks or why, further than the test of secrecy needs. That"
        " test is not done at the switchboard or the desk.",
        "Ask what the person wants, and leave who and why to whoever tests the request.",
        checks.asks_who_or_why,
    ),
    LintRule(
        "nearly-alike",
        "No question repeats another.",
        f"{checks.ALIKE_PERCENT} % or more of the words that say something, in prompt and choices, are those of an"
        " earlier question.",
        f"A repeated question measures memory of the first. {_TRANSFER}",
        "Tell another situation, or remove one of the two.",
        checks.nearly_alike,
    ),
    LintRule(
        "emphasised-key",
        "Emphasis does not stand in the correct choice only.",
        "*bold*, _italics_, a word in capitals or an exclamation mark in a correct choice and in no wrong one.",
        f"What is emphasised is taken to be meant. {_FLAWS}",
        "Remove the emphasis, or emphasise the same word everywhere.",
        checks.emphasised_key,
    ),
)
"""The catalogue, in the order in which ``--explain`` lists it."""


@dataclass(frozen=True)
class Told:
    """A finding with the rule that made it, written as a diagnostic is."""

    finding: checks.Finding
    rule: LintRule

    def render(self, root: Path | None = None) -> str:
        """Return ``file:line: WARNING: message Hint: hint [handbook.lint.id]``, the path relative to *root*."""
        where = f"{display_path(self.finding.path, root)}:{self.finding.line}"
        return f"{where}: WARNING: {self.finding.message} Hint: {self.rule.hint} [handbook.{self.rule.tag}]"


def lint(bank: QuestionBank, rules: RuleRegister, profile: Profile | None) -> list[Told]:
    """Return every finding in *bank*, and in the words to say of *rules*, by file and line.

    *profile* fills in local values, so that they are read as readers read them; None leaves them empty.
    """
    material = gather(bank, rules, profile)
    found = [Told(finding, rule) for rule in LINT_RULES if rule.check for finding in rule.check(material)]
    return sorted(found, key=lambda told: (told.finding.path.as_posix(), told.finding.line))


def fails(found: list[Told]) -> bool:
    """Return whether *found* holds more than advice."""
    return not all(told.rule.is_advice for told in found)


def explain(rule_id: str) -> str:
    """Return the rule *rule_id* in full, or every rule in one line when it is ``all``; raises KeyError with a hint."""
    known = {rule.id: rule for rule in LINT_RULES}
    if rule_id == "all":
        return "\n".join(f"{rule.id:20} {rule.sentence}" for rule in LINT_RULES)
    if rule_id not in known:
        raise KeyError(did_you_mean(rule_id, known))
    return known[rule_id].explain()
