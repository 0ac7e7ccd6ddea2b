"""How hard the pages are to read: LIX and mean length of sentences, for each page and for the handbook as a whole.

LIX is the mean length of a sentence plus the share of words with more than six letters, in per cent. Below 30 is easy,
30 to 40 is what a newspaper's plain articles have, above 50 is officialese. Citations of law are left out, and so is
what only editors and IT read.
"""

from __future__ import annotations

import argparse  # noqa: TC003
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content import load_content
from handbook.profile import DEFAULT_PROFILE
from handbook.swedish_text import lix, plain, sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content
    from handbook.rule_register import Rule

READ_FOLDERS = ("", "kurs", "kursledare", "om", "policy", "sla-upp")
FOR_OTHERS = frozenset({"om/for-redaktorer", "om/for-it", "om/fragetyper", "om/matningar"})
HARDEST = 10
_FENCE = re.compile(r"^(`{3,}|:{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_LAW = re.compile(r"[ ,]*\((?:[^()]*\{law\}`[^`]*`[^()]*)\)|[ ,]*\{law\}`[^`]*`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|#+|\|)\s)|(?<=\S)\s*\|\s*")
_MARKER = re.compile(r"^\s*(?:[-*]|\d+\.|#+|\||\([\w-]+\)=)\s*")


@dataclass(frozen=True)
class Reading:
    """How hard a page is: its name, its LIX, the mean number of words in a sentence, and how many words it has."""

    page: str
    lix: int
    sentence: float
    words: int


def texts_of(source: str, values: dict[str, object] | None = None) -> list[str]:
    """Return the running text of a MyST page in pieces: paragraphs, items, headings and cells; no blocks, no law."""
    source = _LINK.sub(r"\1", _LAW.sub("", _FENCE.sub("\n\n", source)))
    pieces = (_MARKER.sub("", piece).strip() for piece in _BREAK.split(source))
    return [plain(" ".join(piece.split()), values) for piece in pieces if words(piece)]


def reading(page: str, texts: list[str]) -> Reading:
    """Return how hard *texts* are; each text ends a sentence."""
    count = sum(len(words(text)) for text in texts)
    ends = sum(len(sentences(text)) for text in texts)
    return Reading(page, lix(texts), count / max(1, ends), count)


def page_texts(content: Content) -> dict[str, list[str]]:
    """Return the texts of every page that staff read, by the page's name; a rule's card is a part of its page."""
    values = content.profile.substitutions() if content.profile else {}
    docs = content.root / "docs"
    found: dict[str, list[str]] = {}
    for folder in READ_FOLDERS:
        for path in sorted((docs / folder).glob("*.md")):
            page = path.relative_to(docs).with_suffix("").as_posix()
            if page not in FOR_OTHERS:
                rule = content.rules.rules.get(path.stem) if folder == "sla-upp" else None
                card = [plain(_LAW.sub("", text), values) for text in _card(rule)] if rule else []
                found[page] = card + texts_of(path.read_text(encoding="utf-8"), values)
    return found


def _card(rule: Rule) -> Iterator[str]:
    yield from (rule.short_answer, rule.say, rule.do_not_ask, rule.who_decides_note)
    yield from (text for text in (rule.uncertain, rule.changed) if text is not None)


def report(pages: dict[str, list[str]], hardest: int = HARDEST) -> str:
    """Return the whole handbook in one line, and below it its hardest pages."""
    whole = reading("", [text for texts in pages.values() for text in texts])
    found = sorted((reading(*item) for item in pages.items()), key=lambda item: (-item.lix, item.page))
    lines = [f"{len(pages)} pages, {whole.words} words: LIX {whole.lix}, {whole.sentence:.1f} words in a sentence."]
    lines += [f"{item.lix:>4}  {item.sentence:>4.1f}  {item.page}" for item in found[:hardest]]
    return "\n".join(lines)


def add_readability(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of ``python -m handbook``."""
    parser = commands.add_parser("readability", help="show LIX, the mean length of a sentence and the hardest pages")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    parser.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    print(report(page_texts(load_content(options.root.resolve(), options.profile))))
    return 0
