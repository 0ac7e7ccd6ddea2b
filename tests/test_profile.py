"""Profiles: the five real ones, and the bounds that the law sets on any."""

from __future__ import annotations

import dataclasses
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from support import PROJECT, copy_minimal, messages, real_content

from handbook.content import PROFILE_FOLDER, flat_names, load_content
from handbook.diagnostics import Code, Diagnostics
from handbook.profile import ROLES, Bound, Profile, load_profile

if TYPE_CHECKING:
    from pathlib import Path

PROFILES = sorted(path.stem for path in (PROJECT / PROFILE_FOLDER).glob("*.toml"))
FORBIDDEN = {
    "utlamnande.kraver_legitimation": "2 kap. 18 § TF",
    "utlamnande.kraver_skal": "2 kap. 18 § TF",
    "utlamnande.kraver_personligt_besok": "2 kap. 16 § TF",
    "utlamnande.kraver_skriftlig_begaran": "2 kap. 15 § TF",
    "utlamnande.vanta_pa_epostsvarstid": "2 kap. 15 § TF",
    "loften.hemligt_tjanstenummer": "2 kap. 2 § TF",
}


def load_changed(tmp_path: Path, line: str) -> tuple[Profile | None, Diagnostics]:
    """Return the real default profile with *line* added below ``[parameters]``, and what is said of it."""
    folder = tmp_path / "profiles"
    shutil.copytree(PROJECT / PROFILE_FOLDER, folder)
    with (folder / "exempelkommun.toml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    diagnostics = Diagnostics()
    return load_profile("exempelkommun", folder, real_content().parameters, diagnostics), diagnostics


def test_the_profiles_are_those_of_the_sources() -> None:
    """There is a default and one profile for each municipality whose documents were read."""
    assert PROFILES == ["avesta", "exempelkommun", "kalmar", "laholm", "oxelosund"]


@pytest.mark.parametrize("name", PROFILES)
def test_a_real_profile_is_without_slips(name: str) -> None:
    """Each edition reads without a diagnostic, and every value in it is its own or the catalogue's default."""
    content = load_content(PROJECT, name)
    assert [item.render(PROJECT) for item in content.diagnostics] == []
    profile = content.profile
    assert profile is not None
    assert set(profile.values) == set(content.parameters)
    assert set(profile.contacts) == ROLES
    for parameter in content.parameters.values():
        if parameter.name not in profile.own:
            assert profile.values[parameter.name] == parameter.default


@pytest.mark.parametrize("name", PROFILES)
def test_every_value_fits_in_a_sentence(name: str) -> None:
    """A value stands in the middle of a sentence: no full stop at its end, no line break, nothing left to fill in."""
    profile = load_content(PROJECT, name).profile
    assert profile is not None
    for key in flat_names(profile.substitutions()):
        group, _, rest = key.partition(".")
        found = profile.substitutions()[group]
        for part in rest.split("."):
            assert isinstance(found, dict)
            found = found[part]
        assert isinstance(found, str), key
        assert not re.search(r"\n|\{|\}|TODO|[.!]$", found), f"{key}: {found}"


@pytest.mark.parametrize(("name", "provision"), FORBIDDEN.items())
@pytest.mark.parametrize("value", ['"ja"', "true"])
def test_a_profile_that_the_law_forbids_is_refused(tmp_path: Path, name: str, provision: str, value: str) -> None:
    """What the law does not leave to the municipality is refused, with the paragraph, at its line."""
    profile, diagnostics = load_changed(tmp_path, f'"{name}" = {value}')
    assert profile is None
    (item,) = diagnostics
    assert item.code is Code.OUTSIDE_LAW
    assert provision in item.message.replace("\u00a0", " ")
    assert item.path.read_text(encoding="utf-8").splitlines()[item.line - 1].startswith(f'"{name}"')


@pytest.mark.parametrize("name", FORBIDDEN)
@pytest.mark.parametrize("value", ['"nej"', "false"])
def test_a_profile_may_say_what_the_law_says(tmp_path: Path, name: str, value: str) -> None:
    """Writing the lawful value out is allowed."""
    profile, diagnostics = load_changed(tmp_path, f'"{name}" = {value}')
    assert (profile.values[name] if profile else None, diagnostics) == ("nej", [])


@pytest.mark.parametrize(
    ("value", "is_allowed"),
    [
        ("när du är åter", True),
        ("när du är åter, men ingen orsak", True),
        ("när du är åter, inte orsak", True),
        ("när du är åter och orsaken", False),
        ("att du är sjuk", False),
        ("att du är Sjukskriven", False),
        ("vab eller semester", False),
        ("sidan om vabank", False),
        ("osjuk", True),
    ],
)
def test_a_greeting_may_not_give_the_reason_for_absence(tmp_path: Path, value: str, is_allowed: bool) -> None:
    """A word that begins like a forbidden one is refused, unless it is denied in the same breath (39 kap. 2 § OSL)."""
    profile, diagnostics = load_changed(tmp_path, f'"telefon.rostbrevlada_halsning" = "{value}"')
    assert (profile is not None) is is_allowed
    assert [item.code for item in diagnostics] == ([] if is_allowed else [Code.OUTSIDE_LAW])


@pytest.mark.parametrize(("value", "broken"), [("0", True), ("1", False), ("20", False), ("21", True)])
def test_bounds_include_their_ends(value: str, broken: bool) -> None:
    """The least and the greatest lawful number are lawful."""
    bound = Bound("FL-6", "Därför.", minimum=1, maximum=20)
    assert bool(bound.broken_by(value)) is broken


def test_a_bound_on_numbers_leaves_a_text_alone() -> None:
    """A catalogue that bounds a text with numbers is odd, but reading it must not end in a traceback."""
    assert Bound("FL-6", "Därför.", minimum=1, maximum=20).broken_by("när som helst") == ""


def test_every_bound_of_the_catalogue_names_its_provision() -> None:
    """Each real bound says why, and cites a provision of the register."""
    content = real_content()
    bounded = [found for found in content.parameters.values() if found.bound]
    assert len(bounded) >= 6
    for found in bounded:
        assert found.bound
        assert found.bound.provision in content.laws.entries
        assert found.bound.because.endswith("."), found.name
        assert found.bound.broken_by(found.default) == ""


def test_a_refused_parameter_is_not_also_unknown(tmp_path: Path) -> None:
    """A slip in the catalogue is told once, not again wherever the parameter is used."""
    root = copy_minimal(tmp_path)
    path = root / PROFILE_FOLDER / "parameters.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: number", "kind: numbr"), encoding="utf-8")
    assert [line.partition(" WARNING")[0] for line in messages(root)] == ["profiles/parameters.yaml:4:"]


def test_a_bound_that_cannot_be_read_does_not_open_the_door(tmp_path: Path) -> None:
    """When a bound has a slip, its parameter is left out: nothing is allowed because a check is broken."""
    root = copy_minimal(tmp_path)
    path = root / PROFILE_FOLDER / "parameters.yaml"
    text = path.read_text(encoding="utf-8").replace("provision: TF-2-18", "paragraph: TF-2-18")
    path.write_text(text, encoding="utf-8")
    content = load_content(root)
    assert "utlamnande.kraver_legitimation" not in content.parameters
    assert len(content.diagnostics) == 2


def test_a_profile_cannot_be_changed() -> None:
    """Whoever has a profile has the one that was checked."""
    profile = real_content().profile
    assert profile
    with pytest.raises(dataclasses.FrozenInstanceError):
        profile.municipality = "Någon annan"  # type: ignore[misc]
