"""Every Swedish word that a reader sees is in the dictionary, or in the project's own list of words."""

from __future__ import annotations

import functools
import gc
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spylls.hunspell
from support import PROJECT, Tag, page_tree

from handbook.exercise_site import LITE

if TYPE_CHECKING:
    from collections.abc import Iterator

DICTIONARY = Path(spylls.hunspell.__file__).parent / "data" / "sv" / "sv_SE"
OWN_WORDS = PROJECT / "tests" / "words_sv.txt"
_WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*-?")
_NOT_READ = frozenset({"code", "pre", "script", "style", "kbd", "samp", "svg"})


@functools.cache
def dictionary() -> spylls.hunspell.Dictionary:
    """Return the Swedish dictionary that comes with the checker, which leaves its files open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        found = spylls.hunspell.Dictionary.from_files(str(DICTIONARY))
        gc.collect()
    return found


@functools.cache
def own_words() -> tuple[str, ...]:
    """Return the words that the project adds: names, abbreviations and terms that the dictionary lacks."""
    lines = OWN_WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@functools.cache
def is_known(word: str) -> bool:
    """Return whether a word is spelled as somebody knows it; the first part of ``hälso- och sjukvård`` is one too."""
    own = own_words()
    if word in own or word.lower() in own:
        return True
    if word.endswith("-"):
        return is_known(word[:-1]) or dictionary().lookup(f"{word[:-1]}arbete")
    if re.search(r"[-:’']", word):
        return all(is_known(part) for part in re.split(r"[-:’']", word) if part != "s")
    return len(word) == 1 or dictionary().lookup(word)


def prose(tag: Tag) -> str:
    """Return the Swedish text of an element: no code, nothing marked as another language; elements end words."""
    if tag.name in _NOT_READ or tag.attributes.get("lang", "sv") != "sv":
        return " "
    said = [tag.attributes.get(name, "") for name in ("alt", "title", "placeholder", "aria-label", "data-label")]
    inside = "".join(child if isinstance(child, str) else prose(child) for child in tag.children)
    around = "" if tag.name in {"em", "strong", "a", "span", "b", "i"} else "\n"
    return f"{around}{inside}{around}" + "".join(f"\n{text}\n" for text in said if text)


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Yield every place where readers meet words: the pages, what scripts say and what translates Sphinx."""
    pages = [path for path in sorted(site.rglob("*.html")) if path.relative_to(site).parts[0] != LITE]
    for path in pages:
        yield path.relative_to(site).as_posix(), prose(page_tree(path.read_text(encoding="utf-8")))
    for path in sorted((PROJECT / "src/handbook/static").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        strings = re.findall(r"\"([^\"\n]*)\"|`([^`]*)`", code)
        swedish = ["".join(pair) for pair in strings if re.search(r"[åäöÅÄÖ]", "".join(pair))]
        yield path.name, re.sub(r"\$\{[^}]*\}|<[^>]*>", " ", "\n".join(swedish))
    for path in sorted((PROJECT / "docs/locale").rglob("*.po")):
        yield path.name, "\n".join(re.findall(r'^msgstr "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE))


def words(text: str) -> set[str]:
    """Return the words of a text, without addresses, file names and what stands in single letters."""
    text = re.sub(r"\S+@\S+|\b[\w/.-]+\.(?:md|yaml|toml|py|txt|html|js|json)\b|https?://\S+|\u00ad", " ", text)
    return {word for word in _WORD.findall(text) if len(word) > 1}


@pytest.fixture(scope="module")
def used(site: Path) -> dict[str, str]:
    """Return every word with the first place where it stands."""
    found: dict[str, str] = {}
    for place, text in texts(site):
        for word in words(text):
            found.setdefault(word, place)
    return found


def test_every_word_is_spelled_right(used: dict[str, str]) -> None:
    """Each word is known; one that is right and unknown goes into tests/words_sv.txt."""
    assert len(used) > 2000
    unknown = [f"{word} ({place})" for word, place in sorted(used.items()) if not is_known(word)]
    assert not unknown, "\n".join(["Mend these words, or add them to tests/words_sv.txt:", *unknown])


def test_the_own_words_are_in_order_and_needed(used: dict[str, str]) -> None:
    """The project's list is sorted, has no word twice, none that the dictionary has, and none that nobody uses."""
    own = own_words()
    assert list(own) == sorted(set(own), key=lambda word: (word.casefold(), word))
    assert [word for word in own if dictionary().lookup(word)] == []
    parts = {part for word in used for part in [word, *re.split(r"[-:’']", word)]}
    assert [word for word in own if word not in parts | {part.lower() for part in parts}] == []


@pytest.mark.parametrize(
    "word", ["sekretesen", "offentliget", "handlingg", "lämnna", "ochså", "myndigeht", "registrater", "växeln-rutn"]
)
def test_a_misspelt_word_is_caught(word: str) -> None:
    """Slips of the keyboard in the words of this field are not let through."""
    assert not is_known(word)


@pytest.mark.parametrize("word", ["sekretessprövningen", "växelrutin", "HR:s", "e-post", "hälso-", "handlingarna"])
def test_compounds_and_forms_are_known(word: str) -> None:
    """Swedish writes compounds as one word, and the checker knows how."""
    assert is_known(word)
