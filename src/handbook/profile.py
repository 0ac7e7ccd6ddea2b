"""The local profile: a municipality's names, contacts and parameters, bounded by the law.

``profiles/parameters.yaml`` is the catalogue: every parameter with its default, and the bound that the law sets.
``profiles/<name>.toml`` holds what one municipality has decided otherwise, and whom to ask there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.citation import CitationError, format_citation, parse_citation
from handbook.diagnostics import Code, Diagnostics, did_you_mean
from handbook.yaml_source import Entry, Mapping, read_text_file, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_PROFILE = "exempelkommun"
ROLES = frozenset({"vaxel", "registrator", "hr", "chef", "jurist", "it", "kommunikation", "kontaktcenter"})
"""Whom a rule can hand over to; every profile names them all."""

KINDS = ("number", "text", "yes_no")
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
        if self.must_be and value != self.must_be:
            return f"it must be '{self.must_be}'"
        if self.minimum is not None and int(value) < self.minimum:
            return f"it must be at least {self.minimum}"
        if self.maximum is not None and int(value) > self.maximum:
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


@dataclass(frozen=True)
class Contact:
    """Whom to hand over to. The name is in the definite form and fits in the middle of a sentence."""

    name: str
    phone: str = ""
    email: str = ""


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
                role: {"name": contact.name, "phone": contact.phone, "email": contact.email}
                for role, contact in self.contacts.items()
            },
        }
        for name, value in self.values.items():
            group, _, key = name.partition(".")
            found.setdefault(group, {})[key] = str(value)
        return dict(found)


def load_parameters(path: Path, diagnostics: Diagnostics) -> dict[str, Parameter]:
    """Return the catalogue of parameters by name."""
    root = read_yaml(path, diagnostics)
    if not isinstance(root, Mapping):
        return {}
    found: dict[str, Parameter] = {}
    for entry in Entry(root, path, diagnostics, "catalogue").entries("parameters", "parameter"):
        parameter = _read_parameter(entry)
        if parameter is not None and parameter.name in found:
            entry.report("name", Code.REPEATED_ID, "the name is used twice.", "Remove one of the two.")
        elif parameter is not None:
            found[parameter.name] = parameter
    return found


def load_profile(name: str, folder: Path, parameters: dict[str, Parameter], diagnostics: Diagnostics) -> Profile | None:
    """Return the profile *name*, defaults filled in; None, after reports, when it breaks the law or cannot be read."""
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = [found.stem for found in folder.glob("*.toml")]
        diagnostics.report(
            (folder, 1), Code.UNKNOWN_PROFILE, f"There is no profile '{name}'.", did_you_mean(name, known)
        )
        return None
    before = len(diagnostics)
    source = _TomlSource(path, diagnostics)
    municipality = source.table("municipality", ("name", "genitive"))
    contacts = _read_contacts(source)
    values = _read_values(source, parameters)
    source.only({"municipality", "contact", "parameters"})
    if len(diagnostics) > before:
        return None
    defaults = {parameter.name: parameter.default for parameter in parameters.values()}
    return Profile(name, municipality["name"], municipality["genitive"], contacts, defaults | values, frozenset(values))


def _read_parameter(entry: Entry) -> Parameter | None:
    name = entry.text("name")
    entry.label = f"parameter '{name}'"
    entry.only(["name", "description", "kind", "unit", "default", "reason", "bound", "min", "max"])
    description, kind, reason = entry.text("description"), entry.choice("kind", KINDS), entry.text("reason")
    default = entry.text("default")
    bound_entry = entry.entry("bound", f"{entry.label}, bound", required=False)
    bound = _read_bound(bound_entry) if bound_entry is not None else None
    if not (name and description and kind and reason and default):
        return None
    unit, least, most = entry.text("unit", required=False), _whole_number(entry, "min"), _whole_number(entry, "max")
    parameter = Parameter(name, description, kind, default, reason, unit or "", bound, least or 0, most)
    wrong = _wrong_kind(parameter, default) or (bound.broken_by(default) if bound else "")
    if wrong:
        entry.report("default", Code.OUTSIDE_LAW, f"the default cannot be '{default}': {wrong}.", reason)
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
        entry.report(key, Code.INVALID_VALUE, f"'{value}' is no whole number.", "Write digits only.")
        return None
    return int(value)


def _wrong_kind(parameter: Parameter, value: str) -> str:
    """Return what is wrong when *value* is not of the parameter's kind."""
    if parameter.kind == "number" and not value.isdecimal():
        return "it must be a whole number"
    if parameter.kind == "number" and int(value) < parameter.least:
        return f"it must be at least {parameter.least}"
    if parameter.kind == "number" and parameter.most is not None and int(value) > parameter.most:
        return f"it must be at most {parameter.most}"
    if parameter.kind == "yes_no" and value not in {"ja", "nej"}:
        return "it must be 'ja' or 'nej'"
    return ""


def _says(word: str, value: str) -> bool:
    """Return whether *value* has a word that begins with *word* and is not denied (``ingen orsak``)."""
    pattern = rf"(?<!ingen )(?<!inga )(?<!inget )(?<!inte )\b{re.escape(word)}"
    return re.search(pattern, value, re.IGNORECASE) is not None


def _read_contacts(source: _TomlSource) -> dict[str, Contact]:
    contacts = {}
    for role in sorted(ROLES):
        table = source.table(f"contact.{role}", _CONTACT_KEYS, may_be_empty=("phone", "email"))
        contacts[role] = Contact(table["name"], table["phone"], table["email"])
    extra = set(source.keys("contact")) - ROLES
    for role in sorted(extra):
        source.report(role, Code.UNKNOWN_ROLE, f"no rule uses the contact '{role}'.", did_you_mean(role, ROLES))
    return contacts


def _read_values(source: _TomlSource, parameters: dict[str, Parameter]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, raw in source.items("parameters"):
        parameter = parameters.get(name)
        if parameter is None:
            hint = did_you_mean(name, parameters)
            source.report(name, Code.UNKNOWN_PARAMETER, f"unknown parameter '{name}'.", hint)
            continue
        value = raw if isinstance(raw, str) else _as_text(raw)
        wrong = _wrong_kind(parameter, value)
        if wrong:
            source.report(name, Code.INVALID_VALUE, f"'{name}' cannot be '{value}': {wrong}.", parameter.description)
            continue
        broken = parameter.bound.broken_by(value) if parameter.bound else ""
        if parameter.bound and broken:
            where = _cite(parameter.bound.provision)
            source.report(
                name,
                Code.OUTSIDE_LAW,
                f"the law does not allow '{name}' to be '{value}': {broken} ({where}).",
                parameter.bound.because,
            )
        values[name] = value
    return values


def _as_text(raw: object) -> str:
    """Return a TOML value as text; ``true`` and ``false`` are what people write for ja and nej."""
    if isinstance(raw, bool):
        return "ja" if raw else "nej"
    return str(raw)


def _cite(provision_id: str) -> str:
    try:
        return format_citation(parse_citation(provision_id))
    except CitationError:
        return provision_id


class _TomlSource:
    """A TOML file whose slips can be reported with a line, which :mod:`tomllib` does not keep."""

    def __init__(self, path: Path, diagnostics: Diagnostics) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._text = read_text_file(path, diagnostics) or ""
        self._data: dict[str, object] = {}
        try:
            self._data = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"line (\d+)", str(error))
            line = int(match.group(1)) if match else 1
            reason = re.sub(r"\s*\(at .*\)", "", str(error))
            diagnostics.report(
                (path, line), Code.TOML_SYNTAX, f"{reason}.", 'Texts and dotted names stand in "quotes".'
            )

    def report(self, key: str, code: Code, message: str, hint: str, table: str = "") -> None:
        """Report a slip where *key* (or the table ``[key]``) is written, in *table* when one is named."""
        self._diagnostics.report((self._path, self._line_of(key, table)), code, message, hint)

    def only(self, allowed: set[str]) -> None:
        """Report every table that does not belong here."""
        for key in set(self._data) - allowed:
            self.report(key, Code.UNKNOWN_KEY, f"unknown table '[{key}]'.", did_you_mean(key, allowed))

    def keys(self, name: str) -> list[str]:
        """Return the keys of the table *name*."""
        return [key for key, _ in self.items(name)]

    def items(self, name: str) -> list[tuple[str, object]]:
        """Return keys and values of the table *name* (``contact.hr`` for a nested one)."""
        found: object = self._data
        for part in name.split("."):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        return list(found.items()) if isinstance(found, dict) else []

    def table(self, name: str, keys: tuple[str, ...], may_be_empty: tuple[str, ...] = ()) -> dict[str, str]:
        """Return the texts of the table *name*; report missing, empty and unknown keys."""
        if not self._data:
            return dict.fromkeys(keys, "")
        found = dict(self.items(name))
        for key in set(found) - set(keys):
            hint = did_you_mean(key, keys)
            self.report(key, Code.UNKNOWN_KEY, f"unknown key '{key}' in [{name}].", hint, table=name)
        for key in keys:
            if not found.get(key) and key not in may_be_empty:
                self.report(
                    name,
                    Code.MISSING_KEY,
                    f"[{name}] has no '{key}'.",
                    "Every hand-over needs somebody to go to.",
                )
        return {key: str(found.get(key, "")) for key in keys}

    def _line_of(self, key: str, table: str) -> int:
        header = re.search(rf"^\s*\[{re.escape(table)}\]", self._text, re.MULTILINE) if table else None
        names = rf"\[(?:contact\.)?{re.escape(key)}\]|[\"']?{re.escape(key)}[\"']?\s*="
        pattern = re.compile(rf"^[ \t]*({names})", re.MULTILINE)
        match = pattern.search(self._text, header.end() if header else 0)
        return self._text[: match.start(1)].count("\n") + 1 if match else 1
