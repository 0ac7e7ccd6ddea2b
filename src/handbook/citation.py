"""Citations of Swedish provisions: read the forms that people write, print one house form.

Read: ``OSL 39:3 st. 3`` · ``39 kap. 3 § tredje stycket OSL`` · ``2 kap. 17 och 18 §§ TF`` · ``6–7 §§ FL`` and the
register's own ids, ``OSL-39-3-st3``. Acts of the EU have articles: ``artikel 6.1 e dataskyddsförordningen`` ·
``GDPR art. 6``. Their ids name the whole article, ``GDPR-6``; a point is only printed.
Printed: ``39 kap. 3 § tredje stycket OSL`` and ``artikel 6.1 e i dataskyddsförordningen``, with no-break spaces where
a line must not break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NBSP = "\u00a0"
ORDINALS = ("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde")
EU_ACTS = {
    "GDPR": "dataskyddsförordningen",
    "DSA": "förordningen om digitala tjänster",
    "AI": "AI-förordningen",
}
_ACT = f"(?P<law>{'|'.join([*EU_ACTS, *EU_ACTS.values()])})"
_ARTICLES = r"(?:artikel|artiklarna|art\.?)\s*(?P<sections>\d+(?:\s*(?:,|och|–|-)\s*\d+)*)"
# An "i" before the act is the preposition, unless another one follows: "artikel 9.2 i i dataskyddsförordningen".
_POINT = r"(?:\.(?P<point>\d+(?:\s?(?!i\s+(?!i\s))[a-z](?![a-zåäö]))?))?"
_WORDS = f"(?:{'|'.join(ORDINALS)})"
_SECTION = r"\d+(?:\s?[a-zåäö](?![a-zåäö]))?"
_LAW = r"(?P<law>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]+)"
_STYCKE = (
    r"(?:(?:st\.?|stycket?)\s*(?P<st_after>\d+)"
    r"|(?P<st_before>\d+)\s*(?:st\.?|stycket?)(?![a-zåäö])"
    rf"|(?P<st_words>{_WORDS}(?:\s*(?:,|och)\s*{_WORDS})*)\s+(?:st\.|stycke(?:t|na)?))"
)
_SECTIONS = rf"(?P<sections>{_SECTION}(?:\s*(?:,|och|–|-)\s*{_SECTION})*)"
_FORMS = [
    re.compile(rf"{_ARTICLES}{_POINT}\s*(?:i\s+)?{_ACT}"),
    re.compile(rf"{_ACT}\s+{_ARTICLES}{_POINT}"),
    re.compile(rf"{_LAW}-(?:(?P<chapter>\d+)-)?(?P<sections>\d+[a-z]?)(?:-st(?P<st_after>\d+)|-(?P<part>[a-z]+))?"),
    re.compile(rf"{_LAW}\s+(?:(?P<chapter>\d+)\s*:\s*)?{_SECTIONS}\s*(?:§§?)?\s*(?:{_STYCKE})?"),
    re.compile(rf"(?:(?P<chapter>\d+)\s*:\s*){_SECTIONS}\s*(?:§§?)?\s*(?:{_STYCKE})?\s*{_LAW}"),
    re.compile(rf"(?:(?P<chapter>\d+)\s*kap\.?\s*)?{_SECTIONS}\s*§§?\s*(?:{_STYCKE})?\s*(?:i\s+)?{_LAW}"),
    re.compile(rf"{_LAW}\s+(?P<chapter>\d+)\s*kap\.?\s*{_SECTIONS}\s*§§?\s*(?:{_STYCKE})?"),
]


class CitationError(ValueError):
    """A citation that cannot be read; the text says which."""


@dataclass(frozen=True, order=True)
class Provision:
    """One provision: ``OSL`` 39 kap. ``3`` §, third stycke; *part* names a part that is no stycke.

    In an act of the EU *section* is the article, and *point* a part of it (``1 e``) that has no entry of its own.
    """

    law: str
    chapter: str
    section: str
    stycke: str = ""
    part: str = ""
    point: str = ""

    @property
    def id(self) -> str:
        """Return the id in the law register, for example ``OSL-39-3-st3`` or ``FL-6``."""
        parts = [self.law, self.chapter, self.section.replace(" ", "")]
        if self.stycke:
            parts.append(f"st{self.stycke}")
        if self.part:
            parts.append(self.part)
        return "-".join(part for part in parts if part)

    @property
    def whole_section(self) -> Provision:
        """Return the section that this is part of."""
        return Provision(self.law, self.chapter, self.section)


@dataclass(frozen=True)
class Citation:
    """What somebody cited: one or more sections of the same law and chapter."""

    provisions: tuple[Provision, ...]
    is_range: bool = False

    def __str__(self) -> str:
        """Return the house form."""
        return format_citation(self)


def parse_citation(text: str) -> Citation:
    """Return what *text* cites. Raises CitationError when it cannot be read."""
    cleaned = re.sub(r"\s+", " ", text.replace(NBSP, " ").replace("−", "–")).strip(" .")
    for form in _FORMS:
        match = form.fullmatch(cleaned)
        if match:
            return _from_match(match.groupdict())
    raise CitationError(f"'{text}' cannot be read as a provision")


def parse_id(provision_id: str) -> Provision:
    """Return the provision whose register id is *provision_id*. Raises CitationError."""
    match = re.fullmatch(r"([A-ZÅÄÖ][A-Za-z]+)-(?:(\d+)-)?(\d+)([a-z]?)(?:-st(\d+)|-([a-z]+))?", provision_id)
    if not match:
        raise CitationError(f"'{provision_id}' is not a provision's id")
    law, chapter, number, letter, stycke, part = (group or "" for group in match.groups())
    _check_stycke(stycke)
    return Provision(law, chapter, f"{number} {letter}".strip(), stycke, part)


def format_citation(citation: Citation, part: str = "") -> str:
    """Return the house form of *citation*; *part* is the register's words for a part that is no stycke."""
    first = citation.provisions[0]
    if first.law in EU_ACTS:
        return _format_articles(citation)
    sections = list(dict.fromkeys(item.section.replace(" ", NBSP) for item in citation.provisions))
    signs = f"{NBSP}§" if len(sections) == 1 else f"{NBSP}§§"
    numbers = (f"{sections[0]}–{sections[-1]}" if citation.is_range else _and(sections)) + signs
    words = [f"{first.chapter}{NBSP}kap.{NBSP}{numbers}" if first.chapter else numbers]
    if first.stycke:
        stycken = [ORDINALS[int(item.stycke) - 1] for item in citation.provisions]
        words.append(_and(stycken) + (" styckena" if len(stycken) > 1 else " stycket"))
    words[-1] += f"{NBSP}{first.law}"
    return " ".join(words) + (f" ({part})" if part else "")


def _format_articles(citation: Citation) -> str:
    """Return the house form of articles: ``artikel 6.1 e i dataskyddsförordningen``."""
    first = citation.provisions[0]
    articles = [item.section for item in citation.provisions]
    numbers = f"{articles[0]}–{articles[-1]}" if citation.is_range else _and(articles)
    point = f".{first.point}".replace(" ", NBSP) if first.point else ""
    word = "artikel" if len(articles) == 1 else "artiklarna"
    return f"{word}{NBSP}{numbers}{point} i {EU_ACTS[first.law]}"


def _and(words: list[str]) -> str:
    """Return ``a``, ``a och b`` or ``a, b och c``."""
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _from_match(groups: dict[str, str | None]) -> Citation:
    law, chapter, part = _code(groups["law"] or ""), groups.get("chapter") or "", groups.get("part") or ""
    written = groups["sections"] or ""
    is_range = bool(re.search(r"\d\s?[a-z]?\s*[–-]\s*\d", written))
    sections = [_tidy(item) for item in re.split(r"\s*(?:,|och|–|-)\s*", written)]
    if is_range:
        sections = _between(sections, written)
    stycken = _stycken(groups)
    if len(sections) > 1 and len(stycken) > 1:
        raise CitationError("Several sections and several stycken cannot be cited at once")
    point = _tidy(groups.get("point") or "")
    if point and len(sections) > 1:
        raise CitationError("A point belongs to one article; cite the articles apart")
    return Citation(
        tuple(Provision(law, chapter, section, stycke, part, point) for section in sections for stycke in stycken),
        is_range,
    )


def _code(law: str) -> str:
    """Return the code of an act that was cited by its name, and any other law as it was written."""
    return next((code for code, name in EU_ACTS.items() if name == law), law)


def _between(ends: list[str], written: str) -> list[str]:
    """Return every section of a range, so that each is looked up; only the ends where they have letters."""
    if len(ends) != 2:
        raise CitationError(f"'{written}' mixes a range and single sections; cite them apart")
    if not (ends[0].isdecimal() and ends[1].isdecimal()):
        return ends
    first, last = int(ends[0]), int(ends[1])
    if not first < last < first + 100:
        raise CitationError(f"'{written}' is not a range of sections")
    return [str(number) for number in range(first, last + 1)]


def _stycken(groups: dict[str, str | None]) -> list[str]:
    """Return the numbers of the stycken, or one empty text when the whole section is meant."""
    words = groups.get("st_words")
    if words:
        return [str(ORDINALS.index(word) + 1) for word in re.split(r"\s*(?:,|och)\s*", words)]
    number = groups.get("st_after") or groups.get("st_before") or ""
    _check_stycke(number)
    return [number]


def _check_stycke(number: str) -> None:
    """Refuse a stycke that has no ordinal."""
    if number and not 1 <= int(number) <= len(ORDINALS):
        raise CitationError(f"There is no stycke {number}")


def _tidy(section: str) -> str:
    """Return ``15 a`` for ``15a``, ``15 a`` and ``15  a``."""
    return re.sub(r"^(\d+)\s?([a-zåäö])$", r"\1 \2", section.strip())
