"""A situation shared by several questions, what is said of a choice not taken, and the report: in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from support import build_many, change, copy_minimal, page

from handbook import ui_text
from handbook.catalogue import build_catalogue, content_version
from handbook.content import load_content

if TYPE_CHECKING:
    from pathlib import Path

    from support import Build

BUILDERS = ("html", "text", "latex", "gettext")
SITUATION = "Larmet har gått i stadshuset, och alla står på gården."
DIFF = f"""\
+scenarios:
+  - id: larmet
+    text: {SITUATION}
 questions:
   - id: hemadress-blommor
     type: choice
+    scenario: larmet
@@
         text: Växelns nummer.
         severity: unlawful_refusal
+        feedback_not_chosen: Bra att du lät det vara.
@@
         text: Hemadressen.
+        severity_missed: leak
@@
   - id: vaxelsamtal-fru
     type: choice
+    scenario: larmet
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small handbook with a situation in two questions that do not stand beside each other in the bank."""
    root = copy_minimal(tmp_path_factory.mktemp("situations"))
    change(root / "quizzes" / "telefon.yaml", DIFF)
    change(
        root / "profiles" / "exempelkommun.toml",
        ' name = "registrator"\n+email = "registrator@exempelkommun.example"\n',
    )
    return root


@pytest.fixture(scope="module")
def builds(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Build]:
    """Build it with the builders whose output differs."""
    folder = tmp_path_factory.mktemp("built")
    return dict(zip(BUILDERS, build_many([(root, name, folder / name) for name in BUILDERS]), strict=True))


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_is_without_warnings(builds: dict[str, Build], builder: str) -> None:
    """Each format builds with -n -W --keep-going and says nothing."""
    assert (builds[builder].code, builds[builder].warnings) == (0, [])


def test_on_a_page_those_that_share_stand_together_and_it_is_told_once(builds: dict[str, Build]) -> None:
    """The two come first, the situation open above the first and closed, to be opened again, above the second."""
    forms = page(builds["html"], "kurs/telefon.html").all("form", class_="question")
    assert [form["id"] for form in forms] == ["hemadress-blommor", "vaxelsamtal-fru", "hemadress-vilka"]
    first, second = (form.one("details", class_="question-scenario") for form in forms[:2])
    assert first.text == second.text == f"{ui_text.SCENARIO} {SITUATION}"
    assert ("open" in first.attributes, "open" in second.attributes) == (True, False)
    assert ("data-repeated" in first.attributes, "data-repeated" in second.attributes) == (False, True)
    assert forms[2].all("details", class_="question-scenario") == []


@pytest.mark.parametrize(("builder", "pattern"), [("text", "kurs/telefon.txt"), ("latex", "*.tex")])
def test_in_other_formats_it_is_told_once_and_named_again(builds: dict[str, Build], builder: str, pattern: str) -> None:
    """In plain text and LaTeX the situation stands above the first question, and the second refers to it."""
    (path,) = builds[builder].folder.glob(pattern)
    written = " ".join(path.read_text(encoding="utf-8").split())
    assert SITUATION in written
    assert ui_text.SCENARIO_AGAIN in written
    told, again = written.index(SITUATION), written.index(ui_text.SCENARIO_AGAIN)
    assert told < written.index("En florist") < again < written.index("En man frågar")


def test_translators_get_the_situation_and_what_is_said_of_a_choice_left(builds: dict[str, Build]) -> None:
    """Both stand in the catalogue, with the file of the bank."""
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(builds["gettext"].folder.rglob("*.pot")))
    assert f'msgid "{SITUATION}"' in written
    assert 'msgid "Bra att du lät det vara."' in written


def test_the_catalogue_and_the_version_know_the_situation(root: Path, tmp_path: Path) -> None:
    """Papers keep the two together, and the content has another version when the situation is told otherwise."""
    content = load_content(root)
    told = {entry["id"]: (entry.get("scenario"), entry.get("part")) for entry in build_catalogue(content)}
    assert told == {
        "hemadress-blommor": ("larmet", 1),
        "hemadress-vilka": (None, None),
        "vaxelsamtal-fru": ("larmet", 2),
    }
    other = copy_minimal(tmp_path)
    change(other / "quizzes" / "telefon.yaml", DIFF.replace("på gården", "på torget"))
    assert content_version(load_content(other)) != content_version(content)


def test_the_key_says_what_missing_a_choice_means(builds: dict[str, Build]) -> None:
    """On the page and in plain text, with what is said to those who did not take a choice."""
    form = page(builds["html"], "kurs/telefon.html").one("form", id="hemadress-vilka")
    key = form.one("details", class_="question-key")
    first = key.one("li", data_choice_id="a")
    assert "A: rätt svar. Att missa det röjer en uppgift som kan vara hemlig." in first.text
    assert key.one("li", data_choice_id="c").one("div", class_="key-otherwise").text == (
        f"{ui_text.NOT_CHOSEN} Bra att du lät det vara."
    )
    written = " ".join((builds["text"].folder / "kurs/telefon.txt").read_text(encoding="utf-8").split())
    assert "*Om du inte väljer det:* Bra att du lät det vara." in written


def test_every_question_can_be_reported(root: Path, builds: dict[str, Build]) -> None:
    """Each has a plain link with the address of the profile, its id and the content's version; none tells a secret."""
    version = content_version(load_content(root))
    for form in page(builds["html"], "kurs/telefon.html").all("form", class_="question"):
        link = form.one("p", class_="question-report").one("a")
        assert link.text == "Rapportera frågan"
        address = urlsplit(link["href"])
        assert (address.scheme, unquote(address.path)) == ("mailto", "registrator@exempelkommun.example")
        fields = parse_qs(address.query, strict_parsing=True)
        for name in ("subject", "body"):
            (text,) = fields[name]
            assert form["id"] in text
            assert version in text
        assert "\r\n" in fields["body"][0]
        assert " " not in link["href"]


def test_without_an_address_the_letter_is_to_nobody_yet(tmp_path: Path) -> None:
    """A profile without the registrar's address still gives a letter that the reader can address."""
    root = copy_minimal(tmp_path)
    (built,) = build_many([(root, "html", tmp_path / "html")])
    link = page(built, "kurs/telefon.html").all("p", class_="question-report")[0].one("a")
    assert link["href"].startswith("mailto:?subject=")
