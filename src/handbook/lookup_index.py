"""The index of the look-up: what the page searches, as one classic script that also loads from ``file://``.

Only what is shown or searched is in it, in rows without keys, since a reader waits for every byte. What the columns
are stands in :func:`build_index`, and for the reader's side, in ``static/lookup-engine.js``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from handbook.citation import NBSP, ORDINALS, Provision
from handbook.rule_register import VERDICTS
from handbook.swedish_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handbook.content import Content
    from handbook.law_register import ProvisionEntry
    from handbook.lookup_renumbering import Renumbering
    from handbook.rule_register import Rule

LOOKUP_FILE = "lookup-index.js"
SOURCES = ("lookup-words.js", "lookup-citations.js", "lookup-vocabulary.js", "lookup-engine.js")
"""What the engine is made of, in this order, in the folder of the style sheet and the scripts."""

ASKED_BY_DEFAULT = "registrator"
"""The role that is named when nothing was found: whoever keeps the register knows where things belong."""


@dataclass(frozen=True)
class Place:
    """A page, a section or a term that can be found: its title, its address from the site's root, and what it says."""

    title: str
    address: str
    says: str = ""


@dataclass(frozen=True)
class Places:
    """What Sphinx knows of the pages: addresses of rules and laws, sections of modules, terms, and subjects."""

    rules: Mapping[str, str]
    register: str = ""
    sections: Sequence[Place] = ()
    terms: Sequence[Place] = ()
    subjects: Sequence[tuple[Place, Sequence[str]]] = field(default_factory=tuple)


class Index(TypedDict):
    """The index as JSON; rows as they are read by ``static/lookup-engine.js``."""

    verdicts: list[list[str]]
    laws: list[list[str]]
    provisions: list[list[str]]
    renumbered: list[list[object]]
    rules: list[list[object]]
    modules: list[list[object]]
    terms: list[list[str]]
    subjects: list[list[object]]
    register: str
    contact: list[str]


def build_index(
    content: Content, places: Places, renumberings: Iterable[Renumbering], shapes: Mapping[str, str]
) -> Index:
    """Return the index of *content*; *shapes* holds the shape of each verdict, by slug, as it stands on the pages."""
    listed = [rule for rule in content.rules.rules.values() if rule.id in places.rules]
    names = list(content.laws.entries)
    numbers = {name: number for number, name in enumerate(names)}
    order = {rule.id: number for number, rule in enumerate(listed)}
    values = content.profile.substitutions() if content.profile else {}
    return {
        # Slug, word, path of the shape.
        "verdicts": [[slug, word.capitalize(), _path(shapes[slug])] for word, slug in VERDICTS.items()],
        # Code, name.
        "laws": [[law.code, law.name] for law in content.laws.laws.values()],
        # Id, heading, and the citation where the page cannot make it of the id.
        "provisions": [_provision_row(entry) for entry in content.laws.entries.values()],
        # Chapter and section before, what they are called now, the ids of these, the year of the change.
        "renumbered": [_renumbered(item) for item in renumberings],
        # Address, verdict, question, short answer, search words, numbers of the provisions with the bearing one first.
        "rules": [_rule_row(rule, places.rules[rule.id], numbers, values) for rule in listed],
        # Page, address, sections: their titles, each with its anchor where the page cannot make it of the title.
        "modules": _modules(places.sections),
        # Term, address, meaning.
        "terms": [[place.title, place.address, place.says] for place in places.terms],
        # Name, address, numbers of its rules.
        "subjects": [
            [place.title, place.address, [order[name] for name in rules if name in order]]
            for place, rules in places.subjects
        ],
        "register": places.register,
        "contact": _contact(content),
    }


def lookup_script(index: Index, sources: Iterable[str]) -> str:
    """Return the engine, made of *sources*, and the index as one classic script: one request, and one to keep."""
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    code = "".join(without_comments(source) for source in sources)
    return f"{code}globalThis.handbookLookupIndex={text};\n"


def without_comments(source: str) -> str:
    """Return a script of ours without the comments that have lines of their own, types and indentation."""
    source = re.sub(r"/\*\* @(?:type|param) (?:(?!\*/).)*?\*/ ?", "", source)
    return re.sub(r"^\s*/\*(?:(?!\*/)[^\x00])*\*/\n|^\s*//[^\n]*\n|^\s+", "", source, flags=re.MULTILINE)


def first_sentence(text: str, most: int = 160) -> str:
    """Return the first sentence of *text*, cut at a word when it is longer than *most* letters."""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", " ".join(text.split()))[0]
    return sentence if len(sentence) <= most else sentence[:most].rpartition(" ")[0] + " …"


def _path(shape: str) -> str:
    """Return the ``d`` of the one path that a shape is drawn with."""
    (found,) = re.findall(r'\sd="([^"]+)"', shape)
    return str(found)


def _spaced(text: str) -> str:
    """Return *text* with plain spaces, which pack better; the page makes them no-break ones again."""
    return text.replace(NBSP, " ")


def _modules(sections: Iterable[Place]) -> list[list[object]]:
    """Return the sections, gathered by page; a title and its anchor mostly say the same, so the anchor is left out."""
    pages: dict[str, list[object]] = {}
    for place in sections:
        page, _, anchor = place.address.partition("#")
        titles = pages.setdefault(page, [place.says or place.title, page])
        if anchor:
            made = "-".join(re.findall(r"[a-z0-9]+", fold_letters(place.title)))
            titles.append(place.title if made == anchor else [place.title, anchor])
    return list(pages.values())


def fold_letters(text: str) -> str:
    """Return *text* in small letters without accents, as the page does before it compares words."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _provision_row(entry: ProvisionEntry) -> list[str]:
    written = _spaced(entry.citation)
    return [entry.id, entry.heading] if written == _plain_form(entry.provision) else [entry.id, entry.heading, written]


def _plain_form(item: Provision) -> str:
    """Return the citation as ``lookup-citations.js`` makes it of an id."""
    chapter = f"{item.chapter} kap. " if item.chapter else ""
    stycke = f" {ORDINALS[int(item.stycke) - 1]} stycket" if item.stycke else ""
    return f"{chapter}{item.section} §{stycke} {item.law}"


def _renumbered(item: Renumbering) -> list[object]:
    before = item.before.provisions[0]
    law = before.law
    now = _spaced(str(item.now)).removesuffix(f" {law}")
    ids = [Provision(law, one.chapter, one.section).id for one in item.now.provisions]
    return [f"{law}-{before.chapter}-{before.section}", now, ids, item.in_force.year]


def _rule_row(rule: Rule, address: str, numbers: Mapping[str, int], values: Mapping[str, object]) -> list[object]:
    return [
        address,
        list(VERDICTS).index(rule.verdict),
        rule.question,
        plain(" ".join(rule.short_answer.split()), values),
        "|".join(rule.search_words),
        [numbers[name] for name in rule.provisions if name in numbers],
    ]


def _contact(content: Content) -> list[str]:
    """Return name and number of whom to ask when nothing was found."""
    found = content.profile.contacts.get(ASKED_BY_DEFAULT) if content.profile else None
    return [found.name, found.phone] if found else []
