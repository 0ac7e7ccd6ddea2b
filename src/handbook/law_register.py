"""The law register: every provision the handbook cites, with our own plain words, strength and dates.

Read from ``docs/om/lagregister/*.yaml``, one file per law. *Svag* is the straight test (rakt skaderekvisit), which
presumes openness; *stark* is the reversed test (omvänt skaderekvisit), which presumes secrecy.
"""

from __future__ import annotations

import datetime  # noqa: TC003
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.citation import Citation, CitationError, Provision, format_citation, parse_id
from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry
from handbook.yaml_source import Mapping, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics

STRENGTHS = {
    "absolut": "inget skaderekvisit – ingen prövning, uppgiften är hemlig",
    "stark": "omvänt skaderekvisit – presumtion för sekretess",
    "svag": "rakt skaderekvisit – presumtion för offentlighet",
    "kvalificerat rakt": "rakt skaderekvisit med höjd tröskel – ännu starkare presumtion för offentlighet",
}
CONFIDENCES = ("high", "medium", "low")
_KEYS = (
    "id", "part", "heading", "gist", "strength", "secrecy_time", "applies", "informants", "amended_by",
    "in_force", "last_checked", "formerly", "sources", "confidence", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Law:
    """A law as it is cited: its code (``OSL``), name in the indefinite sentence, and SFS number."""

    code: str
    name: str
    sfs: str
    has_chapters: bool


@dataclass(frozen=True)
class ProvisionEntry:
    """What the register says of one provision."""

    provision: Provision
    law: Law
    heading: str
    gist: str
    strength: str
    amended_by: str
    in_force: datetime.date
    last_checked: datetime.date
    confidence: str
    sources: tuple[str, ...]
    part: str = ""
    secrecy_time: str = ""
    applies: str = ""
    informants: str = ""
    formerly: str = ""
    note: str = ""
    path: Path | None = None
    line: int = 0

    @property
    def id(self) -> str:
        """Return the provision's id, for example ``OSL-39-3-st3``."""
        return self.provision.id

    @property
    def anchor(self) -> str:
        """Return the anchor on the register page, for example ``osl-39-3-st3``."""
        return self.id.lower()

    @property
    def citation(self) -> str:
        """Return the house form, for example ``39 kap. 3 § tredje stycket OSL``."""
        return format_citation(Citation((self.provision,)), self.part)


@dataclass
class LawRegister:
    """All provisions by id, in the order of the files.

    *refused* holds the ids of entries that were left out; *unread* says that there are others whose ids are unknown.
    """

    laws: dict[str, Law] = field(default_factory=dict)
    entries: dict[str, ProvisionEntry] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    unread: bool = False

    def lacks(self, provision_id: str) -> bool:
        """Return whether the provision is not even among those left out, which have been reported already."""
        return not (self.unread or provision_id in self.entries or provision_id in self.refused)

    def find(self, provision: Provision) -> ProvisionEntry | None:
        """Return the entry for *provision*, for its whole section, or else the section's first entry."""
        exact = self.entries.get(provision.id) or self.entries.get(provision.whole_section.id)
        if exact or provision.stycke or provision.part:
            return exact
        parts = (entry for entry in self.entries.values() if entry.provision.whole_section == provision)
        return next(parts, None)

    def suggestion(self, wanted: str) -> str:
        """Return a hint that names the ids nearest to *wanted*."""
        return did_you_mean(wanted, self.entries)


def load_law_register(folder: Path, diagnostics: Diagnostics) -> LawRegister:
    """Return the register in *folder*; slips go to *diagnostics* and their entries are left out."""
    register = LawRegister()
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        register.unread = True
        diagnostics.report(
            (folder, 1), Code.FILE_MISSING, "The law register has no files.", "Add a file such as osl.yaml."
        )
    for path in paths:
        root = read_yaml(path, diagnostics)
        if isinstance(root, Mapping):
            _read_law(Entry(root, path, diagnostics, "law register"), register)
            continue
        register.unread = True
        if root is not None:
            message = "The file must have the keys 'law' and 'provisions'."
            hint = "Begin with 'law:'; the other files in the folder show how."
            diagnostics.report((path, 1), Code.WRONG_SHAPE, message, hint)
    return register


def _read_law(root: Entry, register: LawRegister) -> None:
    root.only(["law", "provisions"])
    law = _read_head(root)
    if law is not None:
        register.laws[law.code] = law
    listed = root.entries("provisions", "provision")
    register.unread |= not listed
    for entry in listed:
        _add(register, entry, law)


def _add(register: LawRegister, entry: Entry, law: Law | None) -> None:
    """Add the provision in *entry* to *register*, unless it has to be refused."""
    entry.named(entry.raw("id"))
    entry.only(_KEYS)
    provision = _read_id(entry, law)
    found = _read_provision(entry, provision, law)
    if provision is None:
        register.unread = True
    elif found is None:
        register.refused.add(provision.id)
    elif found.id in register.entries:
        first = register.entries[found.id]
        where = f"{first.path.name}, line {first.line}" if first.path else "another file"
        entry.report("id", Code.REPEATED_ID, "the id is used twice.", f"Remove one; the first is in {where}.")
        register.unread = True
    else:
        register.entries[found.id] = found


def _read_head(root: Entry) -> Law | None:
    head = root.entry("law", "law")
    if head is None:
        return None
    head.only(["code", "name", "sfs", "chapters"])
    code, name, sfs = head.text("code"), head.text("name"), head.text("sfs")
    chapters = head.choice("chapters", ["yes", "no"])
    if not (code and name and sfs and chapters):
        return None
    return Law(code, name, sfs, chapters == "yes")


def _read_provision(entry: Entry, provision: Provision | None, law: Law | None) -> ProvisionEntry | None:
    heading, gist = entry.text("heading"), entry.text("gist")
    strength = entry.choice("strength", [*STRENGTHS, "none"])
    confidence = entry.choice("confidence", CONFIDENCES)
    in_force, checked = entry.date("in_force"), entry.date("last_checked")
    amended_by, sources = entry.text("amended_by"), entry.texts("sources")
    optional = {
        key: entry.text(key, required=False) or ""
        for key in ("part", "secrecy_time", "applies", "informants", "formerly", "note")
    }
    if not (provision and heading and gist and strength and confidence and in_force and checked and amended_by and law):
        return None
    return ProvisionEntry(
        provision, law, heading, gist, strength, amended_by, in_force, checked, confidence, sources,
        **optional, path=entry.path, line=entry.mapping.line,
    )  # fmt: skip


def _read_id(entry: Entry, law: Law | None) -> Provision | None:
    provision_id = entry.text("id")
    if provision_id is None:
        return None
    try:
        provision = parse_id(provision_id)
    except CitationError:
        entry.report("id", Code.UNREADABLE_CITATION, "the id cannot be read.", "Write it as OSL-39-3-st3 or FL-6.")
        return None
    if law is not None and (provision.law != law.code or bool(provision.chapter) != law.has_chapters):
        shape = f"{law.code}-chapter-section" if law.has_chapters else f"{law.code}-section"
        entry.report("id", Code.INVALID_ID, f"the id does not fit the law {law.code}.", f"Write {shape}.")
        return None
    return provision
