"""The local profile: a municipality's names, contacts and parameters, bounded by the law.

``profiles/parameters.yaml`` is the catalogue: every parameter with its default, and the bound that the law sets.
``profiles/<name>.toml`` holds what one municipality has decided otherwise, and whom to ask there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.citation import CitationError, format_citation, parse_citation
from handbook.diagnostics import Code, did_you_mean
from handbook.entry import Entry, read_list
from handbook.toml_source import TomlSource

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.diagnostics import Diagnostics

DEFAULT_PROFILE = "exempelkommun"
ROLES = frozenset({"vaxel", "registrator", "hr", "chef", "jurist", "it", "kommunikation", "kontaktcenter"})
"""Whom a rule can hand over to; every profile names them all."""

KINDS = ("number", "text", "yes_no")
_NAME = re.compile(r"[a-z_]+\.[a-z0-9_]+")
_CONTACT_KEYS = ("name", "phone", "email")


@dataclass(frozen=True)
class Bound:
    """What the law allows of a parameter, with the provision that says so."""

    provision: str
    because: str
    must_be: str = ""
    minimum: int | None = None
    maximum: int | None = None
    forbidden_words: tuple[str, ...] = ()

    def broken_by(self, value: str) -> str:
        """Return what in *value* the law does not allow, or an empty text."""
        number = int(value) if value.isdecimal() else None
        if self.must_be and value != self.must_be:
            return f"it must be '{self.must_be}'"
        if self.minimum is not None and number is not None and number < self.minimum:
            return f"it must be at least {self.minimum}"
        if self.maximum is not None and number is not None and number > self.maximum:
            return f"it must be at most {self.maximum}"
        found = [word for word in self.forbidden_words if _says(word, value)]
        return f"it may not say '{found[0]}'" if found else ""


@dataclass(frozen=True)
class Parameter:
    """One thing that a municipality decides for itself: name, kind, default and bound.

    *least* and *most* are what makes sense of a number, such as 100 percent; a bound is what the law allows.
    """

    name: str
    description: str
    kind: str
    default: str
    reason: str
    unit: str = ""
    bound: Bound | None = None
    least: int = 0
    most: int | None = None


class Catalogue(dict[str, Parameter]):
    """All parameters by name.

    *refused* holds the names of those that were left out; *unread* says that there are others with unknown names.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused: set[str] = set()
        self.unread = False

    def lacks(self, name: str) -> bool:
        """Return whether the parameter is not even among those left out, which have been reported already."""
        return not (self.unread or name in self or name in self.refused)


@dataclass(frozen=True)
class Contact:
    """Whom to hand over to. The name is in the definite form and fits in the middle of a sentence."""

    name: str
    phone: str = ""
    email: str = ""

    @property
    def name_first(self) -> str:
        """Return the name as it begins a sentence."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True)
class Profile:
    """One municipality's edition."""

    slug: str
    municipality: str
    genitive: str
    contacts: dict[str, Contact]
    values: dict[str, str]
    own: frozenset[str] = field(default_factory=frozenset)

    def substitutions(self) -> dict[str, object]:
        """Return the values as MyST substitutions: ``{{ municipality.name }}``, ``{{ telefon.max_signaler }}``."""
        found: dict[str, dict[str, object]] = {
            "municipality": {"name": self.municipality, "genitive": self.genitive},
            "contact": {
                role: {
                    "name": contact.name,
                    "name_first": contact.name_first,
                    "phone": contact.phone,
                    "email": contact.email,
                }
                for role, contact in self.contacts.items()
            },
        }
        for name, value in self.values.items():
            group, _, key = name.partition(".")
            found.setdefault(group, {})[key] = str(value)
        return dict(found)


def load_parameters(path: Path, diagnostics: Diagnostics) -> Catalogue:
    """Return the catalogue of parameters; slips go to *diagnostics* and their parameters are left out."""
    found = Catalogue()
    listed = read_list(path, "parameters", ("catalogue", "parameter"), diagnostics)
    found.unread = not listed
    for entry in listed:
        _add(found, entry)
    return found


def _add(catalogue: Catalogue, entry: Entry) -> None:
    """Add the parameter in *entry* to *catalogue*, unless it has to be refused."""
    parameter = _read_parameter(entry)
    if parameter is None:
        catalogue.refused.add(entry.raw("name"))
        catalogue.unread |= not _NAME.fullmatch(entry.raw("name"))
    elif parameter.name in catalogue:
        entry.report("name", Code.REPEATED_ID, "the name is used twice.", "Remove one of the two.")
        catalogue.unread = True
    else:
        catalogue[parameter.name] = parameter


def load_profile(name: str, folder: Path, parameters: Catalogue, diagnostics: Diagnostics) -> Profile | None:
    """Return the profile *name*, defaults filled in; None, after reports, when it breaks the law or cannot be read."""
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = [found.stem for found in folder.glob("*.toml")]
        diagnostics.report(
            (folder, 1), Code.UNKNOWN_PROFILE, f"There is no profile '{name}'.", did_you_mean(name, known)
        )
        return None
    before = len(diagnostics)
    source = TomlSource(path, diagnostics)
    source.only("", ("municipality", "contact", "parameters"))
    municipality = source.texts("municipality", ("name", "genitive"))
    contacts = _read_contacts(source)
    values = _read_values(source, parameters)
    if len(diagnostics) > before:
        return None
    defaults = {parameter.name: parameter.default for parameter in parameters.values()}
    return Profile(name, municipality["name"], municipality["genitive"], contacts, defaults | values, frozenset(values))


def _read_parameter(entry: Entry) -> Parameter | None:
    entry.named(entry.raw("name"))
    entry.only(["name", "description", "kind", "unit", "default", "reason", "bound", "min", "max"])
    name = entry.text("name")
    if name is not None and not _NAME.fullmatch(name):
        hint = "Write a group, a full stop and a name: telefon.max_signaler."
        entry.report("name", Code.INVALID_ID, "the name does not fit in {{ … }}.", hint)
        return None
    description, kind, reason = entry.text("description"), entry.choice("kind", KINDS), entry.text("reason")
    default, unit = entry.text("default"), entry.text("unit", required=False) or ""
    bound_entry = entry.entry("bound", f"{entry.label}, bound", required=False)
    bound = _read_bound(bound_entry) if bound_entry is not None else None
    if not (name and description and kind and reason and default) or (bound_entry and not bound):
        return None
    least, most = _whole_number(entry, "min"), _whole_number(entry, "max")
    parameter = Parameter(name, description, kind, default, reason, unit, bound, least or 0, most)
    wrong, broken = _wrong_kind(parameter, default), bound.broken_by(default) if bound else ""
    if wrong:
        entry.report("default", Code.INVALID_VALUE, f"'default' cannot be '{default}'.", f"{wrong}.")
    elif bound and broken:
        message = f"the law does not allow '{default}': {broken} ({_cite(bound.provision)})."
        entry.report("default", Code.OUTSIDE_LAW, message, bound.because)
    return parameter


def _read_bound(entry: Entry) -> Bound | None:
    entry.only(["must_be", "min", "max", "forbidden_words", "provision", "because"])
    provision, because = entry.text("provision"), entry.text("because")
    if not (provision and because):
        return None
    return Bound(
        provision,
        because,
        entry.text("must_be", required=False) or "",
        _whole_number(entry, "min"),
        _whole_number(entry, "max"),
        entry.texts("forbidden_words", required=False),
    )


def _whole_number(entry: Entry, key: str) -> int | None:
    value = entry.text(key, required=False)
    if value is None:
        return None
    if not value.isdecimal():
        entry.report(key, Code.INVALID_VALUE, f"'{key}' cannot be '{value}'.", "It must be a whole number.")
        return None
    return int(value)


def _wrong_kind(parameter: Parameter, value: str) -> str:
    """Return what is wrong when *value* is not of the parameter's kind."""
    if parameter.kind == "number" and not value.isdecimal():
        return "It must be a whole number"
    if parameter.kind == "number" and int(value) < parameter.least:
        return f"It must be at least {parameter.least}"
    if parameter.kind == "number" and parameter.most is not None and int(value) > parameter.most:
        return f"It must be at most {parameter.most}"
    if parameter.kind == "yes_no" and value not in {"ja", "nej"}:
        return "It must be 'ja' or 'nej'"
    return ""


def _says(word: str, value: str) -> bool:
    """Return whether *value* has a word that begins with *word* and is not denied (``ingen orsak``)."""
    pattern = rf"(?<!ingen )(?<!inga )(?<!inget )(?<!inte )\b{re.escape(word)}"
    return re.search(pattern, value, re.IGNORECASE) is not None


def _read_contacts(source: TomlSource) -> dict[str, Contact]:
    source.only("contact", sorted(ROLES), Code.UNKNOWN_ROLE)
    contacts = {}
    for role in sorted(ROLES):
        found = source.texts(f"contact.{role}", _CONTACT_KEYS, may_be_empty=("phone", "email"))
        contacts[role] = Contact(found["name"], found["phone"], found["email"])
    return contacts


def _read_values(source: TomlSource, parameters: Catalogue) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, raw in source.items("parameters"):
        parameter = parameters.get(name)
        if parameter is None:
            _report_unknown(source, name, raw, parameters)
            continue
        value = _as_text(raw)
        wrong = "It must be one text or one number" if value is None else _wrong_kind(parameter, value)
        if value is None or wrong:
            source.report(name, Code.INVALID_VALUE, f"'{name}' cannot be '{raw}'.", f"{wrong}.")
            continue
        broken = parameter.bound.broken_by(value) if parameter.bound else ""
        if parameter.bound and broken:
            where = _cite(parameter.bound.provision)
            source.report(
                name,
                Code.OUTSIDE_LAW,
                f"The law does not allow '{name}' to be '{value}': {broken} ({where}).",
                parameter.bound.because,
            )
        values[name] = value
    return values


def _report_unknown(source: TomlSource, name: str, raw: object, parameters: Catalogue) -> None:
    if isinstance(raw, dict):
        hint = f'Put the whole name in quotes: "{name}.{next(iter(raw), "…")}" = …'
        source.report(name, Code.UNKNOWN_PARAMETER, f"There is no parameter '{name}'.", hint)
    elif parameters.lacks(name):
        hint = did_you_mean(name, parameters)
        source.report(name, Code.UNKNOWN_PARAMETER, f"There is no parameter '{name}'.", hint)


def _as_text(raw: object) -> str | None:
    """Return a TOML value as text, or None for a list; ``true`` and ``false`` are what people write for ja and nej."""
    if isinstance(raw, bool):
        return "ja" if raw else "nej"
    return None if isinstance(raw, (list, dict)) else str(raw)


def _cite(provision_id: str) -> str:
    try:
        return format_citation(parse_citation(provision_id))
    except CitationError:
        return provision_id
