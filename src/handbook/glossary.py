"""The glossary: the words of the law that readers meet, each explained in plain words: ``docs/om/ordlista.yaml``.

A word is marked where it first stands on a page of the course or the look-up; the list of all words is a page too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry, read_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.diagnostics import Diagnostics
    from handbook.law_register import LawRegister
    from handbook.rule_register import RuleRegister
    from handbook.yaml_source import Text

DEFINITION_WORDS = 40
MARKS = ("always", "emphasised")
"""Where a word is marked: wherever it stands, or only in italics because it means something else besides (*men*)."""
_KEYS = ("id", "term", "forms", "definition", "provision", "rule", "mark")


@dataclass(frozen=True)
class Word:
    """A word of the glossary: how it is written, what it means, and where to read more.

    *forms* holds the term itself and its other forms and names. *provision* and *rule* are ids, or None.
    """

    id: str
    term: str
    forms: tuple[Text, ...]
    definition: Text
    provision: Text | None
    rule: Text | None
    mark: str
    path: Path
    line: int

    @property
    def anchor(self) -> str:
        """Return the word's anchor on the glossary's page."""
        return f"ord-{self.id}"


@dataclass
class Glossary:
    """All words by id, in the order of the file."""

    words: dict[str, Word] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words.values())

    def by_form(self) -> dict[str, Word]:
        """Return the word of each form, in small letters."""
        return {form.lower(): word for word in self for form in word.forms}

    def pattern(self) -> re.Pattern[str]:
        """Return what finds any form in a text, the longest first: *stark sekretess* before *sekretess*."""
        forms = sorted(self.by_form(), key=lambda form: (-len(form), form))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?![\w-])", re.IGNORECASE)


def load_glossary(path: Path, diagnostics: Diagnostics) -> Glossary:
    """Return the glossary in *path*, empty where there is none; slips go to *diagnostics*."""
    glossary = Glossary()
    taken: dict[str, str] = {}
    for entry in read_list(path, "words", ("glossary", "word"), diagnostics) if path.is_file() else []:
        _add(glossary, entry, taken)
    return glossary


def check_glossary(glossary: Glossary, laws: LawRegister, rules: RuleRegister, diagnostics: Diagnostics) -> None:
    """Report every provision and rule that a word names and that is not there."""
    for word in glossary:
        if word.provision is not None and laws.lacks(word.provision):
            message = f"word '{word.id}': '{word.provision}' is not in the law register."
            where = (word.path, word.provision.line)
            diagnostics.report(where, Code.UNKNOWN_PROVISION, message, laws.suggestion(word.provision))
        if word.rule is not None and rules.lacks(word.rule):
            message = f"word '{word.id}': there is no rule '{word.rule}'."
            hint = did_you_mean(word.rule, rules.rules)
            diagnostics.report((word.path, word.rule.line), Code.UNKNOWN_RULE, message, hint)


def _add(glossary: Glossary, entry: Entry, taken: dict[str, str]) -> None:
    """Add the word in *entry*, unless it has to be refused; *taken* holds the word of each form so far."""
    entry.named(entry.raw("id"))
    entry.only(_KEYS)
    word_id, term, definition = entry.identifier("id"), entry.text("term"), entry.text("definition")
    forms = entry.texts("forms", required=False)
    provision, rule = entry.text("provision", required=False), entry.text("rule", required=False)
    mark = entry.choice("mark", MARKS, required=False) or MARKS[0]
    if not (word_id and term and definition):
        return
    count = len(definition.split())
    if count > DEFINITION_WORDS:
        hint = f"At most {DEFINITION_WORDS}: it is read in passing."
        entry.report("definition", Code.TEXT_LENGTH, f"'definition' has {count} words.", hint)
    if word_id in glossary.words:
        first = glossary.words[word_id].line
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", f"Remove one; the first is on line {first}.")
        return
    forms = (term, *forms)
    for form in forms:
        if taken.setdefault(form.lower(), word_id) != word_id:
            hint = f"Remove it here or from '{taken[form.lower()]}'."
            entry.report(form, Code.REPEATED_ID, f"the form '{form}' belongs to another word.", hint)
    glossary.words[word_id] = Word(
        word_id, term, forms, definition, provision, rule, mark, entry.path, entry.mapping.line
    )
