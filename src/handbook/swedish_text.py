"""Words, sentences and readability of Swedish text, for the checks that read what editors write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.grader import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONG_WORD = 6
"""A word with more letters than this is long, in the reading index LIX."""

_WORD = re.compile(r"[^\W_]+(?:[-:'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"'’)»]*\s+(?=[”\"'(«]*[A-ZÅÄÖ0-9])")
_QUOTED = re.compile(r"”[^”]*”|“[^”]*”|\"[^\"]*\"|«[^»]*»|»[^«»]*«")
_SUBSTITUTION = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_ROLE = re.compile(r"\{[\w-]+\}`([^`<]*?)(?:\s*<[^`>]*>)?`")
_ENDINGS = (
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "ades", "andet", "ande", "aren", "ade", "are", "ens", "ets",
    "ar", "er", "or", "en", "et", "na", "as", "a", "e", "n", "s", "t",
)  # fmt: skip
FUNCTION_WORDS = frozenset(
    _WORD.findall("""
    alltså att av blev bli blir de dem den denna dess det detta dig din dina ditt du då där en er era ert ett från för
    ha hade han hans har hen hennes henne hon honom hos hur här i in ja jag jo ju kan man med men mig min mitt mot
    ni nog nu när något någon några och också om oss på samt sedan sig sin sina sitt ska skulle som så sådan sådana
    sådant till under upp ur ut utan vad var vara vi vid vilka vilken vilket väl vår vårt våra än är även över
    """)
)
"""Words that say little by themselves. ``inte``, ``ingen`` and the like are not among them."""


def plain(text: str, values: Mapping[str, object] | None = None) -> str:
    """Return *text* as a reader sees it: roles as their text, local values filled in, no marks of emphasis."""
    text = _ROLE.sub(r"\1", text)
    text = _SUBSTITUTION.sub(lambda match: _value(match.group(1), values or {}), text)
    return re.sub(r"[*`]+|(?<!\w)_|_(?!\w)", "", text)


def _value(name: str, values: Mapping[str, object]) -> str:
    found: object = values
    for part in name.split("."):
        found = found.get(part, "") if isinstance(found, dict) else ""
    return str(found)


def words(text: str) -> list[str]:
    """Return the words of *text*, in small letters."""
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """Return *word* without its most usual ending; at least four letters are left."""
    ending = next((ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 4), "")
    return word.removesuffix(ending)


def content_words(text: str) -> list[str]:
    """Return the words of *text* that say something, without endings."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS]


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*; ``kl. 15`` and ``kap. 3`` do not end one when a small word follows."""
    found = _SENTENCE_END.split(re.sub(r"\b(kl|kap|st|nr|t\.ex|bl\.a)\.\s+", r"\1 ", text.strip()))
    return [sentence.strip() for sentence in found if words(sentence)]


def outside_quotes(text: str) -> str:
    """Return *text* without what somebody says in it."""
    return " ".join(_QUOTED.sub(" ", text).split())


def question_sentence(text: str) -> str:
    """Return the sentence of *text* that asks: the last with a question mark outside quotes, else the last."""
    found = sentences(outside_quotes(text))
    asking = [sentence for sentence in found if sentence.endswith("?")]
    return (asking or found or [""])[-1]


def lix(texts: Sequence[str]) -> int:
    """Return the reading index of *texts* read one after another; each text ends a sentence."""
    listed = [word for text in texts for word in words(text)]
    if not listed:
        return 0
    long_words = sum(len(word) > LONG_WORD for word in listed)
    ends = sum(len(sentences(text)) for text in texts)
    return round(len(listed) / max(1, ends) + 100 * long_words / len(listed))


def shared_run(text: Sequence[str], other: Sequence[str], shortest: int) -> list[str]:
    """Return the longest run of words that stands in both, or nothing when it is shorter than *shortest*."""
    starts: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(other) - shortest + 1):
        starts.setdefault(tuple(other[index : index + shortest]), []).append(index)
    best: list[str] = []
    for index in range(len(text) - shortest + 1):
        for start in starts.get(tuple(text[index : index + shortest]), ()):
            length = shortest
            while text[index + length : index + length + 1] == other[start + length : start + length + 1] != []:
                length += 1
            best = max(best, list(text[index : index + length]), key=len)
    return best


def contains_run(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Return whether the words of *shorter* stand in *longer*, one after another."""
    count = len(shorter)
    return any(list(longer[start : start + count]) == list(shorter) for start in range(len(longer) - count + 1))
