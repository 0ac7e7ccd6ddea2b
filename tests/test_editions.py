"""The real handbook in other formats than HTML, and the editions of the other municipalities."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from support import PROJECT, build, real_content

from handbook import ui_text
from handbook.content import load_content

if TYPE_CHECKING:
    from support import Build

FORMATS = ("text", "gettext", "latex", "linkcheck")
POLICY_GROUPS = ("telefon", "mobil", "hot", "epost", "registrering", "kalender", "some", "utlamnande")
EDITIONS = ("avesta", "kalmar", "laholm", "oxelosund")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Build]:
    """Build each format of the default edition, and each other edition as text; two at a time."""
    folder = tmp_path_factory.mktemp("editions")

    def build_one(name: str) -> Build:
        if name in FORMATS:
            return build(PROJECT, name, folder / name)
        return build(PROJECT, "text", folder / name, HANDBOOK_PROFILE=name)

    names = (*FORMATS, *EDITIONS)
    with ThreadPoolExecutor(2) as workers:
        return dict(zip(names, workers.map(build_one, names), strict=True))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_builds_without_warnings(builds: dict[str, Build], name: str) -> None:
    """Text, catalogues for translators, LaTeX and the check of links pass with -n -W --keep-going."""
    assert (builds[name].code, builds[name].warnings) == (0, [])


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_builds_without_warnings(builds: dict[str, Build], name: str) -> None:
    """Each municipality's edition passes with -n -W --keep-going."""
    assert (builds[name].code, builds[name].warnings) == (0, [])


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_speaks_of_its_own_municipality(builds: dict[str, Build], name: str) -> None:
    """Its name and contacts stand on its pages, and no other municipality's."""
    content = load_content(PROJECT, name)
    profile = content.profile
    assert profile
    written = " ".join(path.read_text(encoding="utf-8") for path in sorted(builds[name].folder.rglob("*.txt")))
    written = " ".join(written.split())
    assert profile.municipality in written
    for rule in content.rules.rules.values():
        page = (builds[name].folder / "sla-upp" / f"{rule.id}.txt").read_text(encoding="utf-8")
        page = " ".join(page.split())
        for role in rule.who_decides:
            named = profile.contacts[role].name
            assert f"**{named[:1].upper()}{named[1:]}**" in page, rule.id
    others = [load_content(PROJECT, other).profile for other in (*EDITIONS, "exempelkommun") if other != name]
    assert [other.municipality for other in others if other and other.municipality in written] == []


def test_an_edition_has_its_own_values(builds: dict[str, Build]) -> None:
    """The list of local values shows what each edition has decided."""
    for name in EDITIONS:
        profile = load_content(PROJECT, name).profile
        assert profile
        written = (builds[name].folder / "om" / "for-redaktorer.txt").read_text(encoding="utf-8")
        written = " ".join(written.split())
        for key in sorted(profile.own):
            assert " ".join(profile.values[key].split()) in written, f"{name}: {key}"


@pytest.mark.parametrize("name", EDITIONS)
def test_the_policies_of_an_edition_state_its_own_values(builds: dict[str, Build], name: str) -> None:
    """What a municipality has decided stands in the rules of its policies, not only in the list of local values."""
    profile = load_content(PROJECT, name).profile
    assert profile
    paths = sorted((builds[name].folder / "policy").glob("*.txt"))
    written = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in paths)
    decided = [key for key in sorted(profile.own) if key.partition(".")[0] in POLICY_GROUPS]
    assert decided
    assert [key for key in decided if " ".join(profile.values[key].split()) not in written] == []


def test_every_question_can_be_read_on_paper(builds: dict[str, Build]) -> None:
    """In LaTeX every rule's questions stand with letters, key and reasons."""
    (path,) = builds["latex"].folder.glob("*.tex")
    written = path.read_text(encoding="utf-8")
    content = real_content()
    assert written.count(r"\sphinxsetlistlabels{\Alph}") >= len(content.bank.questions)
    assert written.count(ui_text.KEY) >= len(content.bank.questions)


def test_every_text_of_the_bank_is_in_the_catalogues(builds: dict[str, Build]) -> None:
    """Translators get every prompt, choice, feedback and explanation of the real bank, with its file."""
    catalogues = "".join(path.read_text(encoding="utf-8") for path in sorted(builds["gettext"].folder.rglob("*.pot")))
    known = re.sub(r'"\n"', "", catalogues).replace('\\"', '"')
    for question in real_content().bank.questions.values():
        texts = [question.common.prompt, question.common.explanation]
        for choice in getattr(question, "choices", ()):
            texts += [choice.text, choice.feedback]
        for text in filter(None, texts):
            assert f'msgid "{text}"' in known or f'msgid ""\n"{text}"' in known, f"{question.id}: {text}"
        assert f"/quizzes/{question.common.path.name}:" in catalogues
