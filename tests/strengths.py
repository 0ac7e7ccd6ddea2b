"""Statements about the strength of secrecy, found in Swedish text.

*Svag* is the straight test (rakt skaderekvisit) and presumes openness; *stark* is the reversed one (omvänt
skaderekvisit) and presumes secrecy. Text that joins a word of the one with a word of the other is wrong. A text is
cut where a new statement begins, so that a sentence may speak of both, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator  # noqa: TC003
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.citation import CitationError, parse_citation

if TYPE_CHECKING:
    from handbook.content import Content

WORDS = {
    "svag": re.compile(
        r"\bsvag[ta]?\b|\brakt?\b(?! fram)|presumtion(?:en)? för offentlighet"
        r"|\butg(?:å|år|ångspunkt\w*)\b[^.,;|]{0,35}\b(?:offentlig|öppen)\w*",
        re.IGNORECASE,
    ),
    "stark": re.compile(
        r"\bstark[ta]?\b|\bomvän[td]a?\b|presumtion(?:en)? för (?:sekretess|hemlig)"
        r"|\butg(?:å|år|ångspunkt\w*)\b[^.,;|]{0,35}\b(?:hemlig|sekretess)\w*",
        re.IGNORECASE,
    ),
}
_NAMES = re.compile(r"\b(absolut|stark|svag)[ta]?\b|\b(kvalificerat) rakt?\b", re.IGNORECASE)
_CUT = re.compile(r"(?<=[.?!;:])\s|,\s|\b(?:men|medan|och)\b|\butan (?=svag|stark)")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*#|]|\d+\.)\s?)")
_BOTH = re.compile(
    r"\b(?:stark|svag|rakt?|omvänt)[at]? (?:och|eller) (?:stark|svag|rakt?|omvänt)[at]?\b", re.IGNORECASE
)
"""A row of a table is not cut at *och*, so that its cells stay together; naming both, as a title does, says nothing."""
_NOT_TEXT = re.compile(r"\]\([^)]*\)|\{rule\}`[^`]*`|<[^>]*>|absolut-stark-svag[\w-]*|strength: \[[^\]]*\]|[*_`”\"]")


@dataclass(frozen=True)
class Statement:
    """A piece of text with its strength words: ``svag`` and ``stark`` as often as they are meant."""

    text: str
    meant: tuple[str, ...]

    @property
    def is_wrong(self) -> bool:
        """Return whether words of both strengths are joined."""
        return len(set(self.meant)) > 1


def statements(text: str) -> Iterator[Statement]:
    """Yield every piece of *text* that joins two or more strength words."""
    for block in _BLOCK.split(text):
        plain = " ".join(_NOT_TEXT.sub("", block).split())
        is_row = plain.startswith("|")
        pieces = _BOTH.sub("", plain).split(", ") if is_row else _CUT.split(plain)
        for piece in pieces:
            meant = tuple(name for name, pattern in WORDS.items() for _ in pattern.finditer(piece))
            if len(meant) > 1:
                yield Statement(piece, meant)


def swapped(text: str) -> str:
    """Return *text* with svag and stark in each other's place."""
    pairs = {"svag": "stark", "stark": "svag"}
    return re.sub(
        r"\b(svag|stark)(?=[ta]?\b)",
        lambda match: pairs[match[0].lower()] if match[0].islower() else pairs[match[0].lower()].capitalize(),
        text,
        flags=re.IGNORECASE,
    )


def cited_strengths(text: str, content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield sentence, named strength and the register's, for each sentence with one strength and one provision."""
    for sentence in re.split(r"(?<=[.;:?!])\s(?![^{]*§)|\n\s*\n|\n(?=\s*[-*|])", text):
        names = {(match[1] or match[0]).lower() for match in _NAMES.finditer(_NOT_TEXT.sub("", sentence))}
        roles = re.findall(r"\{law\}`([^`]*)`", sentence)
        if len(names) != 1 or len(roles) != 1:
            continue
        try:
            provision = parse_citation(roles[0]).provisions[0]
        except CitationError:
            continue
        entry = content.laws.find(provision)
        if entry is not None and entry.strength != "none":
            yield " ".join(sentence.split()), names.pop(), entry.strength
