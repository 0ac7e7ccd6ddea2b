"""The glossary: what is marked on a page and where, and the real list of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from support import PROJECT, page_tree, real_content

from handbook.diagnostics import Diagnostics
from handbook.glossary import DEFINITION_WORDS, Glossary, load_glossary
from handbook.glossary_directive import mark_words, word_mark
from handbook.swedish_text import words

if TYPE_CHECKING:
    from pathlib import Path

    from support import Tag

SOURCE = """
words:
  - id: sekretess
    term: sekretess
    forms: [sekretessen]
    definition: Ett förbud.
  - id: stark
    term: stark sekretess
    definition: Utgå från hemligt.
  - id: men
    term: men
    definition: Skada.
    mark: emphasised
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    """Return a glossary of three words."""
    path = tmp_path / "ordlista.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    found = load_glossary(path, Diagnostics())
    assert list(found.words) == ["sekretess", "stark", "men"]
    return found


def marked(glossary: Glossary, *blocks: nodes.Node) -> list[tuple[str, str]]:
    """Return the word and the text of every mark that a page with *blocks* gets."""
    document = nodes.document("", "")  # type: ignore[arg-type]
    document += nodes.section("", nodes.title("", "Om sekretess"), *blocks)
    before = document.astext()
    mark_words(document, glossary)
    assert document.astext() == before
    return [(mark["word"], mark.astext()) for mark in document.findall(word_mark)]


def paragraph(*parts: nodes.Node | str) -> nodes.paragraph:
    """Return a paragraph of texts and other nodes."""
    return nodes.paragraph("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))


def test_a_word_is_marked_where_it_first_stands(glossary: Glossary) -> None:
    """Once on a page, in the form that stands there, whatever letter it begins with; never as a part of another."""
    found = marked(glossary, paragraph("Sekretessmarkering. Sekretessen och sekretess."), paragraph("Mer sekretess."))
    assert found == [("sekretess", "Sekretessen")]


def test_the_longest_word_goes_first(glossary: Glossary) -> None:
    """*Stark sekretess* is one word, and leaves *sekretess* for its next place."""
    found = marked(glossary, paragraph("Här är stark sekretess, och all sekretess."))
    assert found == [("stark", "stark sekretess"), ("sekretess", "sekretess")]


def test_a_word_of_two_meanings_is_marked_in_italics_only(glossary: Glossary) -> None:
    """The little word *men* is marked when it is emphasised as the law's word, not where it means *but*."""
    assert marked(glossary, paragraph("Ja, men inte nu.")) == []
    assert marked(glossary, paragraph("Ja, men ", nodes.emphasis("", "men"), " är skada.")) == [("men", "men")]


def test_only_running_text_is_marked(glossary: Glossary) -> None:
    """Titles, links, code, tables and lists of facts stay as they are; lists and quotes are running text."""
    outside = (
        paragraph(nodes.reference("", "sekretess"), nodes.literal("", "sekretess")),
        nodes.definition_list("", nodes.definition_list_item("", nodes.definition("", paragraph("sekretess")))),
        nodes.table("", nodes.tgroup("", nodes.tbody("", nodes.row("", nodes.entry("", paragraph("sekretess")))))),
    )
    assert marked(glossary, *outside) == []
    inside = nodes.bullet_list("", nodes.list_item("", paragraph("sekretess")))
    assert marked(glossary, *outside, inside) == [("sekretess", "sekretess")]


def test_an_empty_glossary_marks_nothing() -> None:
    """A handbook without a glossary is built as before."""
    assert marked(Glossary(), paragraph("sekretess")) == []


def test_the_real_words_are_explained_in_plain_words() -> None:
    """There are words enough, each explained in at most forty words that do not lean on the word itself alone."""
    found = list(real_content().glossary)
    assert 30 <= len(found) <= 60
    for word in found:
        assert len(word.definition.split()) <= DEFINITION_WORDS, word.id
        assert word.provision or word.rule or word.id == "jo", word.id
        assert set(words(word.definition)) - set(words(word.term)), word.id


def test_the_strengths_are_not_the_wrong_way_round() -> None:
    """Svag is rakt and presumes openness, stark is omvänt and presumes secrecy, also in the glossary."""
    defined = {word.id: str(word.definition) for word in real_content().glossary}
    assert re.search(r"offentlig\..*rakt skaderekvisit och presumtion för offentlighet", defined["svag-sekretess"])
    assert re.search(r"hemlig\..*omvänt skaderekvisit och presumtion för sekretess", defined["stark-sekretess"])
    assert "rakt och ger svag" in defined["skaderekvisit"]
    assert "omvänt och ger stark" in defined["skaderekvisit"]
    words_of_strength = {
        "svag-sekretess": "svag", "stark-sekretess": "stark", "absolut-sekretess": "absolut",
        "kvalificerat-rakt": "kvalificerat rakt",
    }  # fmt: skip
    for name, strength in words_of_strength.items():
        provision = real_content().glossary.words[name].provision
        assert real_content().laws.entries[provision or ""].strength == strength


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Tag]:
    """Return the modules and rule pages of the built site."""
    names = [*sorted(site.glob("kurs/*.html")), *sorted(site.glob("sla-upp/*.html"))]
    return {path.relative_to(site).as_posix(): page_tree(path.read_text(encoding="utf-8")) for path in names}


def test_every_module_explains_its_words_where_they_first_stand(pages: dict[str, Tag]) -> None:
    """Whatever word of the glossary stands in the running text of a module is marked there, and once."""
    glossary = real_content().glossary
    modules = [path.stem for path in sorted((PROJECT / "docs/kurs").glob("*.md")) if "## Sammanfattning" in
               path.read_text(encoding="utf-8")]  # fmt: skip
    assert len(modules) >= 10
    for name in modules:
        page = pages[f"kurs/{name}.html"]
        seen = [mark.one("a")["href"].partition("#ord-")[2] for mark in page.all("span", class_="word")]
        assert len(seen) == len(set(seen)) >= 4, name
        by_form = glossary.by_form()
        for section in page.all("section"):
            for paragraph_tag in [tag for tag in section.children if not isinstance(tag, str) and tag.name == "p"]:
                own = "".join(part for part in paragraph_tag.children if isinstance(part, str))
                for found in glossary.pattern().findall(own):
                    word = by_form[found.lower()]
                    assert word.id in seen or word.mark == "emphasised", (name, found)


def test_a_mark_is_a_link_that_is_described(pages: dict[str, Tag], site: Path) -> None:
    """Without scripts a mark leads to the glossary; its meaning is the description of the link, and waits unseen."""
    meanings = {word.anchor: str(word.definition) for word in real_content().glossary}
    listed = page_tree((site / "om/ordlista.html").read_text(encoding="utf-8"))
    marks = [(page, mark) for page in pages.values() for mark in page.all("span", class_="word")]
    assert len(marks) > 300
    for _page, mark in marks:
        link, meaning = mark.one("a"), mark.one("span", role="tooltip")
        address, _, anchor = link["href"].partition("#")
        assert address == "../om/ordlista.html"
        assert meaning["id"] == link["aria-describedby"]
        assert "hidden" in meaning.attributes
        assert "title" not in link.attributes
        assert meaning.text == meanings[anchor]
    assert {term["id"] for term in listed.all("dt")} == set(meanings)


def test_every_word_is_marked_somewhere(pages: dict[str, Tag]) -> None:
    """No word of the glossary is there for nobody."""
    used = {mark.one("a")["href"].partition("#ord-")[2] for page in pages.values()
            for mark in page.all("span", class_="word")}  # fmt: skip
    assert set(real_content().glossary.words) - used == set()
