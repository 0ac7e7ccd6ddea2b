"""``hottext``: mark the words to mask in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.grader import SEVERITIES
from handbook.question_types.base import Common, Question
from handbook.question_types.parts import refuse_count, refuse_repeats

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text

HOTTEXT_KEYS = (
    "document",
    "words",
)
WORD = re.compile(r"\[\[([a-z0-9-]+)\|([^\]|]+)\]\]")
"""A word that can be marked, as it stands in the document: ``[[id|the words]]``."""


@dataclass(frozen=True)
class HotWord:
    """A word that can be marked. Its severity is what the error means: left visible, or masked though public."""

    id: str
    text: str
    mask: bool
    severity: str
    feedback: Text


@dataclass(frozen=True)
class HottextQuestion(Question):
    """A document whose words can be marked, in the order in which they stand."""

    document: Text
    words: tuple[HotWord, ...]

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        return {
            "id": self.id,
            "type": "hottext",
            "choices": [
                {"id": word.id, "severity": word.severity, "feedback": str(word.feedback)} for word in self.words
            ],
            "correct": [word.id for word in self.words if word.mask],
        }

    def key(self) -> dict[str, object]:
        """Return the words to mask as a response."""
        return {"selected": [word.id for word in self.words if word.mask]}


def read_hottext(entry: Entry, common: Common) -> HottextQuestion | None:
    """Return the ``hottext`` question in *entry*, or None after reporting why not."""
    document = entry.text("document")
    texts = {match.group(1): match.group(2) for match in WORD.finditer(document or "")}
    found = {}
    ids = []
    for item in entry.entries("words", f"{entry.label}, word"):
        word = _read_word(item, texts)
        if word is not None:
            found[word.id] = word
            ids.append(word.id)
    refuse_repeats(entry, "words", ids)
    for word_id in texts.keys() - found.keys():
        entry.report(
            "document", Code.ANSWER_KEY, f"'{word_id}' is not among 'words'.", "Say whether to mask it, and why."
        )
    if document is None or refuse_count(entry, "words", len(found), 3, 20) or texts.keys() - found.keys():
        return None
    words = tuple(found[word_id] for word_id in texts)
    if all(word.mask for word in words) or not any(word.mask for word in words):
        entry.report(
            "words", Code.ANSWER_KEY, "all words have the same answer.", "Have some to mask and some to leave."
        )
        return None
    return HottextQuestion(common, document, words)


def _read_word(item: Entry, texts: dict[str, str]) -> HotWord | None:
    word_id = item.identifier("id")
    item.named(item.raw("id"))
    item.only(["id", "mask", "severity", "feedback"])
    mask, feedback = item.choice("mask", ["yes", "no"]), item.text("feedback")
    severity = item.choice("severity", SEVERITIES, required=False)
    if word_id is not None and word_id not in texts:
        item.report("id", Code.ANSWER_KEY, f"'[[{word_id}|…]]' is not in 'document'.", did_you_mean(word_id, texts))
        return None
    if word_id is None or mask is None or feedback is None:
        return None
    usual = "leak" if mask == "yes" else "unlawful_refusal"
    return HotWord(str(word_id), texts[word_id], mask == "yes", str(severity or usual), feedback)
