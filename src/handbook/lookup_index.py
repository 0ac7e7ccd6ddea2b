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
    from collections.abc import Container, Iterable, Mapping, Sequence

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


@dataclass(frozen=True)
class Known:
    """What the look-up knows beside the content: sections with new numbers, and words that stand for each other."""

    renumberings: Sequence[Renumbering] = ()
    synonyms: Sequence[Sequence[str]] = ()


class Index(TypedDict):
    """The index as JSON; rows as they are read by ``static/lookup-engine.js``."""

    verdicts: list[list[str]]
    laws: list[list[str]]
    provisions: list[list[str]]
    renumbered: list[list[object]]
    rules: list[str]
    pages: list[str]
    modules: list[list[object]]
    terms: list[object]
    synonyms: list[str]
    subjects: list[list[object]]
    register: str
    contact: list[str]


def build_index(content: Content, places: Places, known: Known, shapes: Mapping[str, str]) -> Index:
    """Return the index of *content*; *shapes* holds the shape of each verdict, by slug, as it stands on the pages."""
    listed = [rule for rule in content.rules.rules.values() if rule.id in places.rules]
    names = list(content.laws.entries)
    numbers = {name: number for number, name in enumerate(names)}
    order = {rule.id: number for number, rule in enumerate(listed)}
    bearing = {str(rule.provisions[0]) for rule in listed}
    values = content.profile.substitutions() if content.profile else {}
    return {
        # Slug, word, path of the shape.
        "verdicts": [[slug, word.capitalize(), _path(shapes[slug])] for word, slug in VERDICTS.items()],
        # Code, name.
        "laws": [[law.code, law.name] for law in content.laws.laws.values()],
        # Id, heading of those that bear a rule, and the citation where the page cannot make it of the id.
        "provisions": [_provision_row(entry, bearing) for entry in content.laws.entries.values()],
        # Chapter and section before, what they are called now, the ids of these, the year of the change.
        "renumbered": [_renumbered(item) for item in known.renumberings],
        # Column by column, which packs better: ids, verdicts, questions, short answers, search words, and numbers of
        # the provisions with the bearing one first; what stands before and after the id in the address.
        "rules": _rules(listed, numbers, values),
        "pages": _around(places.rules, listed),
        # Page, address, sections: their titles, each with its anchor where the page cannot make it of the title.
        "modules": _modules(places.sections),
        # Page of the terms, what their anchors begin with; term, meaning, and the anchor where it is another.
        "terms": _terms(places.terms),
        # Words that stand for each other.
        "synonyms": [" ".join(words) for words in known.synonyms],
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


def first_sentence(text: str, most: int = 90) -> str:
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
            titles.append(place.title if _slug(place.title) == anchor else [place.title, anchor])
    return list(pages.values())


def _terms(terms: Sequence[Place]) -> list[object]:
    """Return the terms, of which most have an anchor that is made of the term."""
    page = terms[0].address.partition("#")[0] if terms else ""
    anchors = [place.address.partition("#")[2] for place in terms]
    prefix = anchors[0].removesuffix(_slug(terms[0].title)) if terms else ""
    rows: list[object] = []
    for place, anchor in zip(terms, anchors, strict=True):
        made = anchor == prefix + _slug(place.title)
        rows.append([place.title, place.says] if made else [place.title, place.says, anchor])
    return [page, prefix, *rows]


def _slug(text: str) -> str:
    """Return the anchor that the page makes of a title."""
    return "-".join(re.findall(r"[a-z0-9]+", fold_letters(text)))


def fold_letters(text: str) -> str:
    """Return *text* in small letters without accents, as the page does before it compares words."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _provision_row(entry: ProvisionEntry, bearing: Container[str]) -> list[str]:
    written, heading = _spaced(entry.citation), entry.heading if entry.id in bearing else ""
    if written != _plain_form(entry.provision):
        return [entry.id, heading, written]
    return [entry.id, heading] if heading else [entry.id]


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


def _rules(listed: Sequence[Rule], numbers: Mapping[str, int], values: Mapping[str, object]) -> list[str]:
    columns = [
        [rule.id for rule in listed],
        [str(list(VERDICTS).index(rule.verdict)) for rule in listed],
        [" ".join(rule.question.split()) for rule in listed],
        [plain(" ".join(rule.short_answer.split()), values) for rule in listed],
        ["|".join(rule.search_words) for rule in listed],
        [" ".join(str(numbers[name]) for name in rule.provisions if name in numbers) for rule in listed],
    ]
    return ["\n".join(column) for column in columns]


def _around(addresses: Mapping[str, str], listed: Sequence[Rule]) -> list[str]:
    """Return what stands before and after the id in the addresses of rules."""
    before, _, after = addresses[listed[0].id].rpartition(listed[0].id) if listed else ("", "", "")
    return [before, after]


def _contact(content: Content) -> list[str]:
    """Return name and number of whom to ask when nothing was found."""
    found = content.profile.contacts.get(ASKED_BY_DEFAULT) if content.profile else None
    return [found.name, found.phone] if found else []
