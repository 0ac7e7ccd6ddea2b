"""The checks behind the linter's rules: each takes everything and yields what it finds, with file and line."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.question_types.branching import BranchingQuestion
from handbook.swedish_text import (
    contains_run,
    content_words,
    lix,
    outside_quotes,
    question_sentence,
    sentences,
    shared_run,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.lint_view import Group, Material, Option, SeenQuestion
    from handbook.yaml_source import Text

MARGIN_PERCENT = 20
"""How much longer than the longest wrong choice the key may be."""
NOTICED_PERCENT = 10
"""A difference in length that is seen without counting."""
FEW_CHARACTERS = 10
"""A difference that is never a clue, however short the choices."""
FEWEST_KEYS = 6
"""A pattern over a file is looked for in this many questions with one correct choice, or more."""
MOST_CHOICES = 5
FEWEST_REASON_WORDS = 2
COPIED_WORDS = 8
HARD_LIX = 45
FEWEST_LIX_WORDS = 25
ALIKE_PERCENT = 60

_NEGATIONS = frozenset({"inte", "ej", "icke", "aldrig", "utom", "förutom", "varken"})
_ABSOLUTES = frozenset(
    {"alltid", "aldrig", "bara", "endast", "enbart", "alla", "allt", "ingen", "inget", "inga", "samtliga", "varje"}
)
_VERDICTS = frozenset(
    words("""
    ja jo nej rätt fel riktig korrekt felaktig sann sant falsk stämm bra utmärkt fint snyggt tyvärr inte svar alternativ
    val fråga helt precis just exakt gång försök igen tänk efter läs sida regel lag enligt
    """)
)
_ALL_OR_NONE = re.compile(
    r"\b(alla|inget|inga|ingen|båda|samtliga)( av)?( de| dessa)?"
    r" (ovanstående|ovan|alternativ\w*|svar(en|sförslag\w*)?|nämnda|föregående)\b"
    r"|^(alla|båda|ingen|inget|inga)( av (dem|dessa))?$|\b(både )?[a-f] (och|eller) [a-f]\b"
)
_EMPHASIS = re.compile(r"\*\w|\b__?\w[^_]*\w__?(?!\w)|\b[A-ZÅÄÖ]{5,}\b|!")


@dataclass(frozen=True)
class Finding:
    """What a check has found: where, and one sentence."""

    path: Path
    line: int
    message: str


def _at(seen: SeenQuestion, line: int, message: str) -> Finding:
    return Finding(seen.question.common.path, line, f"question '{seen.question.id}': {message}")


def _keyed(material: Material) -> Iterator[tuple[SeenQuestion, Group]]:
    """Yield every group in which there is something to guess."""
    for seen in material.questions:
        for group in seen.groups:
            if group.is_keyed:
                yield seen, group


def _chosen(material: Material) -> Iterator[tuple[SeenQuestion, Group]]:
    """Yield every group of choices, with or without a key."""
    for seen in material.questions:
        for group in seen.groups:
            if group.chosen:
                yield seen, group


def _lengths(options: list[Option]) -> list[int]:
    return [len(option.text) for option in options]


def longest_is_key(material: Material) -> Iterator[Finding]:
    """Yield questions whose correct choices are all longer than the wrong ones, by the margin."""
    for seen, group in _keyed(material):
        keys, wrong = _lengths(group.keys), max(_lengths(group.distractors))
        mean = sum(keys) / len(keys)
        if min(keys) > wrong and mean >= wrong * (100 + MARGIN_PERCENT) / 100 and mean - wrong >= FEW_CHARACTERS:
            average = "" if len(keys) == 1 else " on average"
            message = f"the key has {mean:.0f} characters{average}, the longest wrong choice {wrong}."
            yield _at(seen, group.keys[0].text.line, message)


def key_length(material: Material) -> Iterator[Finding]:
    """Yield files in which the key is the longest, or the shortest, in more than half of the questions."""
    for path, groups in _single_keys(material).items():
        longest = sum(_stands_out(group, longest=True) for group in groups)
        shortest = sum(_stands_out(group, longest=False) for group in groups)
        for count, which in ((longest, "longest"), (shortest, "shortest")):
            if count * 2 > len(groups) >= FEWEST_KEYS:
                yield Finding(path, 1, f"the key is the {which} choice in {count} of {len(groups)} questions.")


def _stands_out(group: Group, *, longest: bool) -> bool:
    key, wrong = len(group.keys[0].text), _lengths(group.distractors)
    if longest:
        return key * 100 >= max(wrong) * (100 + NOTICED_PERCENT)
    return key * (100 + NOTICED_PERCENT) <= min(wrong) * 100


def key_position(material: Material) -> Iterator[Finding]:
    """Yield files in which one place holds more than half of the keys, or one that all questions have holds none."""
    for path, groups in _single_keys(material).items():
        places = Counter(group.options.index(group.keys[0]) for group in groups)
        everywhere = min(len(group.options) for group in groups)
        place, most = places.most_common(1)[0]
        empty = [index for index in range(everywhere) if not places[index]]
        if len(groups) < FEWEST_KEYS:
            continue
        if most * 2 > len(groups):
            yield Finding(path, 1, f"the key is choice number {place + 1} in {most} of {len(groups)} questions.")
        elif empty and len(groups) >= 2 * everywhere:
            yield Finding(path, 1, f"the key is never choice number {empty[0] + 1} in {len(groups)} questions.")


def _single_keys(material: Material) -> dict[Path, list[Group]]:
    """Return, by file, the groups with exactly one correct option."""
    found: dict[Path, list[Group]] = {}
    for seen, group in _keyed(material):
        if len(group.keys) == 1:
            found.setdefault(seen.question.common.path, []).append(group)
    return found


def negated_stem(material: Material) -> Iterator[Finding]:
    """Yield questions whose asking sentence is negated; in a simulated call it is the caller who asks."""
    for seen in material.questions:
        sentence = question_sentence(material.plain(seen.prompt))
        found = [word for word in words(sentence) if word in _NEGATIONS]
        if found and not isinstance(seen.question, BranchingQuestion):
            yield _at(seen, seen.prompt.line, f"'{found[0]}' negates the question '{sentence}'.")


def all_or_none(material: Material) -> Iterator[Finding]:
    """Yield choices that refer to the other choices."""
    for seen, group in _chosen(material):
        for option in group.options:
            if _ALL_OR_NONE.search(" ".join(words(option.text))):
                yield _at(seen, option.text.line, f"the choice '{option.text}' speaks of the others.")


def absolute_words(material: Material) -> Iterator[Finding]:
    """Yield questions with absolute words in wrong choices and in no correct one; the prompt's own do not count."""
    for seen, group in _keyed(material):
        counted = _ABSOLUTES - set(words(seen.prompt))
        in_key = any(_ABSOLUTES & set(words(option.text)) for option in group.keys)
        for option in group.distractors:
            found = [word for word in words(option.text) if word in counted]
            if found and not in_key:
                yield _at(seen, option.text.line, f"'{found[0]}' stands in a wrong choice and in no correct one.")


def overlapping(material: Material) -> Iterator[Finding]:
    """Yield options one of which holds another, or says the same in nearly the same words."""
    for seen in material.questions:
        for group in seen.groups:
            for first, second in itertools.combinations(group.options, 2):
                shorter, longer = sorted((first.text, second.text), key=len)
                if _overlap(words(shorter), words(longer)):
                    message = f"'{shorter}' and '{longer}' cannot be told apart."
                    yield _at(seen, second.text.line, message)


def _overlap(shorter: list[str], longer: list[str]) -> bool:
    if len(shorter) >= 2 and contains_run(longer, shorter):
        return True
    if shorter == longer:
        return True
    meant = [sorted(content_words(" ".join(text))) for text in (shorter, longer)]
    return len(meant[0]) >= 2 and meant[0] == meant[1]


def many_choices(material: Material) -> Iterator[Finding]:
    """Yield questions and turns with more choices than five."""
    for seen, group in _chosen(material):
        if len(group.options) > MOST_CHOICES:
            yield _at(seen, group.line, f"there are {len(group.options)} choices.")


def bare_feedback(material: Material) -> Iterator[Finding]:
    """Yield feedback that says right or wrong and gives no reason."""
    for seen in material.questions:
        for text in seen.feedback:
            said = content_words(material.plain(text))
            if len([word for word in said if word not in _VERDICTS]) < FEWEST_REASON_WORDS:
                yield _at(seen, text.line, f"the feedback '{text}' gives no reason.")


def copied(material: Material) -> Iterator[Finding]:
    """Yield prompts and options that share a run of words with the page of a rule that the question cites."""
    for seen in material.questions:
        for text in dict.fromkeys([*seen.situation, *seen.shown]):
            for rule_id in seen.question.common.rules:
                page = words(material.pages.get(rule_id, ""))
                run = shared_run(words(material.plain(text)), page, COPIED_WORDS)
                if run:
                    line = getattr(text, "line", seen.question.common.line)
                    yield _at(seen, line, f"'{' '.join(run)}' stands word for word on the page '{rule_id}'.")


def hard_to_read(material: Material) -> Iterator[Finding]:
    """Yield questions whose prompt and choices have a reading index above the limit; too few words are not measured."""
    for seen in material.questions:
        texts = [material.plain(text) for text in (*seen.situation, *seen.shown)]
        index = lix(texts)
        if index > HARD_LIX and sum(len(words(text)) for text in texts) >= FEWEST_LIX_WORDS:
            yield _at(seen, seen.prompt.line, f"the reading index LIX of prompt and choices is {index}.")


def nearly_alike(material: Material) -> Iterator[Finding]:
    """Yield questions whose prompt and choices share most of their words with an earlier question."""
    bags = [(seen, {word for text in seen.shown for word in content_words(text)}) for seen in material.questions]
    for (first, one), (second, other) in itertools.combinations(bags, 2):
        share = 100 * len(one & other) // max(1, len(one | other))
        if share >= ALIKE_PERCENT:
            where = f"'{first.question.id}' ({first.question.common.path.name}, line {first.question.common.line})"
            message = f"{share} % of its words are those of question {where}."
            yield _at(second, second.question.common.line, message)


def emphasised_key(material: Material) -> Iterator[Finding]:
    """Yield questions in which a correct choice is emphasised and no wrong one is."""
    for seen, group in _keyed(material):
        in_wrong = any(_EMPHASIS.search(option.text) for option in group.distractors)
        for option in group.keys:
            match = _EMPHASIS.search(option.text)
            if match and not in_wrong:
                yield _at(seen, option.text.line, "the key is emphasised and no wrong choice is.")


_SPOKEN = re.compile(
    r"\bvem (är du|talar jag|pratar jag|du är)\b|\bvad (heter du|du heter)\b"
    r"|\b(får jag|kan jag få|kan du|vill du) [^.?!]{0,30}vem (det är )?som (ringer|frågar|undrar)\b"
    r"|\b(ditt|ert) (fullständiga )?(namn|personnummer|födelsedatum|id-kort)\b|\bdin (legitimation|identitet)\b"
    r"|\blegitimera dig\b|\b(visa|visar|se|ha|kräver) (\w+ )?(legitimation|id-kort)\b"
    r"|\bvad (du )?(ska|skall|vill) (du )?(ha|använda|göra med) [^.?!]{1,40}\b(till|för)\b"
    r"|\bvarför (du (vill|behöver|frågar|undrar|begär|söker)|(vill|behöver|frågar|undrar|begär|söker) du)\b"
    r"|\b(vad är|vilket är|ange|uppge|berätta|i vilket|av vilket?) (\w+ )?(syfte|skäl|anledning|ändamål)\w*"
)
"""Words to the caller that ask for name, identity or purpose."""
_PERSON = r"(han|hon|hen|de|personen|mannen|kvinnan|besökaren|den som (ringer|frågar|begär))"
_OBJECT = (
    rf"(vem {_PERSON} är\b|vem som (ringer|frågar|undrar|vill|begär)\b|vad {_PERSON} (heter|ska|vill ha)\b"
    rf"|varför {_PERSON}\b|(sitt|hans|hennes|hens|personens) (namn|personnummer|syfte|skäl)\b"
    r"|(om|efter) (namn(?! på)|personnummer|legitimation|id-kort|syfte|skäl)\b"
    r"|legitimera sig\b|legitimation\b|id-kort\b|styrka\b)"
)
_TOLD = re.compile(
    r"\b(?<!en )(?<!din )(?<!varje )(frågar?|ber?|kräver?|begär|kontrollerar?|antecknar?|tar? reda på)\b"
    rf"[^.?!]{{0,60}}?\b{_OBJECT}"
)
"""What staff do, told: asking a person for name, identity or purpose."""
_READER_TOLD = re.compile(
    rf"\b(du (\w+ )?(frågar|ber|kräver|begär|kontrollerar|antecknar)|(frågar|ber|kräver|begär|kontrollerar) du)\b"
    rf"[^.?!]{{0,60}}?\b{_OBJECT}"
)
"""The same in a stem, where others than the reader may ask."""
_DENIAL = re.compile(r"\b(inte|aldrig|utan att|varken|slipper|ingen|inget|förbjudet)\b")


_CLAUSE = re.compile(r"\b(och|men|så|sedan)\b")


def asks_who_or_why(material: Material) -> Iterator[Finding]:
    """Yield words to say, correct choices, explanations and stems in which staff ask who or why."""
    for rule in material.rules.values():
        asked = _asks(_SPOKEN, material.plain(rule.say))
        if asked:
            yield Finding(rule.path, rule.say.line, f"rule '{rule.id}': '{asked}' in 'say' asks the caller who or why.")
    for seen in material.questions:
        for text, asked in _asked(seen, material):
            if asked:
                yield _at(seen, text.line, f"'{asked}' asks the caller who or why.")


def _asked(seen: SeenQuestion, material: Material) -> Iterator[tuple[Text, str]]:
    for group in seen.groups:
        for option in group.keys:
            told = material.plain(option.text)
            yield option.text, _asks(_SPOKEN, told) or _asks(_TOLD, told)
    explanation = seen.question.common.explanation
    if explanation is not None:
        yield explanation, _asks(_TOLD, material.plain(explanation))
    for text in (*seen.situation, seen.prompt):
        yield text, _asks(_READER_TOLD, outside_quotes(material.plain(text)))


def _asks(pattern: re.Pattern[str], text: str) -> str:
    """Return the sentence of *text* that *pattern* finds, unless its clause denies it."""
    for sentence in sentences(text):
        said = " ".join(words(sentence))
        for match in pattern.finditer(said):
            clause = _CLAUSE.split(said[: match.start()])[-1] + match.group()
            if not _DENIAL.search(clause):
                return sentence
    return ""
