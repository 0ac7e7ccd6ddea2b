"""Builds that repeat, builds after a change and builds that are refused, of the small handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import build, change, copy_minimal, files, messages, page

from handbook.content import LAW_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

MORE_PAGE = """\
# Övning {number}

```{{quiz}}
:question: vaxelsamtal-fru, hemadress-blommor
```

Se {{law}}`OSL 39:3 st. 3` och {{rule}}`hemadress`.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the small handbook that a test may change."""
    return copy_minimal(tmp_path)


# --- Quarantine --------------------------------------------------------------------------------------


def test_a_question_in_quarantine_is_shown_with_a_notice(root: Path, tmp_path: Path) -> None:
    """When the law is newer than the question, readers see a notice in it, and the build reports it."""
    change(
        root / LAW_FOLDER / "osl.yaml",
        "-    amended_by: 2025:543\n-    in_force: 2025-07-02\n+    amended_by: 2026:999\n+    in_force: 2027-01-01\n",
    )
    built = build(root, "html", tmp_path / "html")
    assert built.code == 1
    assert [line.rpartition(" ")[2] for line in built.warnings] == ["[handbook.quarantined]"] * 2
    legends = [legend.text for legend in page(built, "kurs/telefon.html").all("legend")]
    assert ["Lagen har ändrats sedan frågan granskades" in legend for legend in legends] == [True, True, False]
    assert "39 kap. 3 § tredje stycket OSL" in legends[0]


def test_a_warning_can_be_suppressed_by_its_name(root: Path, tmp_path: Path) -> None:
    """``suppress_warnings`` takes our codes, so that a known slip need not stop a build."""
    change(
        root / "quizzes/telefon.yaml",
        "     difficulty: easy\n-    last_checked: 2026-11-22\n+    last_checked: 2025-01-01\n",
    )
    assert build(root, "dummy", tmp_path / "out").code == 1
    assert build(root, "dummy", tmp_path / "out", "-D", "suppress_warnings=handbook.quarantined").code == 0


# --- Builds that repeat ------------------------------------------------------------------------------


def differing(first: Path, second: Path) -> list[str]:
    """Return the names of the files that are not the same in both folders."""
    one, two = files(first), files(second)
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def test_same_input_same_bytes(root: Path, tmp_path: Path) -> None:
    """A second build, elsewhere, with other hash seeds and another time zone, writes the same files to the byte."""
    first = build(root, "html", tmp_path / "html")
    other = copy_minimal(tmp_path / "en annan mapp åäö")
    again = build(other, "html", tmp_path / "ut", PYTHONHASHSEED="7", TZ="Asia/Tokyo")
    assert (first.code, again.code, again.warnings) == (0, 0, [])
    assert len(files(again.folder)) > 20
    assert differing(first.folder, again.folder) == []


def test_reading_in_parallel_gives_the_same(root: Path, tmp_path: Path) -> None:
    """Two workers write what one writes, also what is gathered over all pages."""
    for number in range(12):
        (root / f"docs/kurs/ovning-{number:02}.md").write_text(MORE_PAGE.format(number=number), encoding="utf-8")
    one = build(root, "html", tmp_path / "one", "-j", "1")
    two = build(root, "html", tmp_path / "two", "-j", "2")
    assert (one.code, two.code, one.warnings, two.warnings) == (0, 0, [], [])
    assert differing(one.folder, two.folder) == []


CHANGES = {
    "a question": (
        "quizzes/telefon.yaml",
        "-        text: Ger adressen.\n+        text: Ger hela adressen.\n",
        {"kurs/telefon.txt", "sla-upp/hemadress.txt"},
    ),
    "a law": (
        "docs/om/lagregister/osl.yaml",
        "-    gist: Den som kopplar ett samtal får inte berätta om det.\n+    gist: Den som kopplar berättar inget.\n",
        {"om/lagregister/index.txt"},
    ),
    "a rule's short answer": (
        "docs/sla-upp/hemadress.md",
        "-  Nej. Hemadressen har stark sekretess.\n+  Nej, den är hemlig.\n",
        {"sla-upp/hemadress.txt", "sla-upp/index.txt"},
    ),
    "a rule's question": (
        "docs/sla-upp/hemadress.md",
        "-# Får jag lämna ut en kollegas hemadress?\n+# Får jag säga var en kollega bor?\n",
        {"kurs/telefon.txt", "om/lagregister/index.txt", "sla-upp/hemadress.txt", "sla-upp/index.txt"},
    ),
    "a value of the profile": (
        "profiles/exempelkommun.toml",
        '-"telefon.max_signaler" = "5"\n+"telefon.max_signaler" = "7"\n',
        {"index.txt"},
    ),
    "a contact of the profile": (
        "profiles/exempelkommun.toml",
        '-name = "HR-avdelningen"\n+name = "personalavdelningen"\n',
        {"om/ordlista.txt", "sla-upp/hemadress.txt"},
    ),
    "a default of the catalogue": (
        "profiles/parameters.yaml",
        '-    default: "6"\n+    default: "8"\n',
        set(),
    ),
}


@pytest.fixture(scope="module")
def incremental(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a small handbook and the folder that it is built into again and again."""
    folder = tmp_path_factory.mktemp("incremental")
    root = copy_minimal(folder)
    assert build(root, "text", folder / "out").code == 0
    return root, folder / "out"


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_reaches_every_page_that_shows_it(incremental: tuple[Path, Path], name: str) -> None:
    """After a change the next build writes anew what shows it, and leaves the rest as it was."""
    root, out = incremental
    path, diff, expected = CHANGES[name]
    before = files(out)
    change(root / path, diff)
    again = build(root, "text", out)
    assert (again.code, again.warnings) == (0, [])
    after = files(out)
    assert {found for found in after if after[found] != before.get(found)} == expected


def test_after_changes_nothing_old_is_left(incremental: tuple[Path, Path], tmp_path: Path) -> None:
    """What has been built piece by piece is what a build from nothing gives."""
    root, out = incremental
    assert build(root, "text", tmp_path / "fresh").code == 0
    assert differing(out, tmp_path / "fresh") == []


def test_nothing_is_read_again_when_nothing_has_changed(root: Path, tmp_path: Path) -> None:
    """A second build of the same content reads no page, so that editing stays quick."""
    build(root, "html", tmp_path / "html")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "html").rglob("*.html")}
    doctree = tmp_path / "html doctrees" / "kurs" / "telefon.doctree"
    read = doctree.stat().st_mtime_ns
    assert build(root, "html", tmp_path / "html").code == 0
    assert doctree.stat().st_mtime_ns == read
    assert {path.name for path, at in before.items() if path.stat().st_mtime_ns != at} <= {
        "genindex.html",
        "search.html",
    }


def test_another_profile_changes_every_page(root: Path, tmp_path: Path) -> None:
    """An edition for another municipality in the same folder leaves nothing of the first one."""
    text = (root / "profiles/exempelkommun.toml").read_text(encoding="utf-8")
    (root / "profiles/annan.toml").write_text(text.replace("Exempelkommun", "Annankommun"), encoding="utf-8")
    build(root, "html", tmp_path / "html")
    built = build(root, "html", tmp_path / "html", HANDBOOK_PROFILE="annan")
    assert (built.code, built.warnings) == (0, [])
    for path in sorted(built.folder.rglob("*.html")):
        written = path.read_text(encoding="utf-8")
        assert "Annankommun" in written, path.name
        assert "Exempelkommun" not in written, path.name


# --- Builds that are refused -------------------------------------------------------------------------


def test_an_unlawful_profile_builds_nothing(root: Path, tmp_path: Path) -> None:
    """A profile outside the law ends the build with its line and the paragraph, and leaves no page behind."""
    with (root / "profiles/exempelkommun.toml").open("a", encoding="utf-8") as file:
        file.write('"utlamnande.kraver_legitimation" = "ja"\n')
    built = build(root, "html", tmp_path / "html")
    assert built.code not in {0, None}
    assert built.warnings == [
        "The profile 'exempelkommun' cannot be used, so nothing was built.",
        *messages(root),
    ]
    assert "(2\u00a0kap.\u00a018\u00a0§\u00a0TF)" in built.warnings[1]
    assert not built.folder.exists() or files(built.folder) == {}


def test_an_unknown_profile_builds_nothing(root: Path, tmp_path: Path) -> None:
    """A misspelt profile ends the build with the nearest name, in one message and no traceback."""
    built = build(root, "html", tmp_path / "html", "-D", "handbook_profile=exempelkomun")
    assert built.code not in {0, None}
    assert built.warnings == [
        "The profile 'exempelkomun' cannot be used, so nothing was built.",
        *messages(root, "exempelkomun"),
    ]


def test_without_the_interpreter_pages_are_refused(root: Path, tmp_path: Path) -> None:
    """HTML needs the interpreter, and says how to get it; formats without quizzes do not."""
    (root / "node_modules").unlink()
    built = build(root, "html", tmp_path / "html")
    assert built.code not in {0, None}
    assert built.warnings == [
        "The page's Python interpreter is not installed. Run 'python3 scripts/dev.py build', which fetches it."
    ]
    assert build(root, "text", tmp_path / "text").code == 0


def test_a_build_with_slips_still_shows_the_rest(root: Path, tmp_path: Path) -> None:
    """A refused question and a refused rule are left out with a message; everything else is built."""
    change(root / "quizzes/telefon.yaml", "-    correct: [a, b]\n+    correct: [a, e]\n")
    change(root / "docs/sla-upp/vaxelsamtal.md", "-verdict: lämna inte ut\n+verdict: aldrig\n")
    built = build(root, "html", tmp_path / "html")
    assert built.code == 1
    assert [line.partition(" WARNING")[0] for line in built.warnings] == [
        "docs/sla-upp/vaxelsamtal.md:5:",
        "quizzes/telefon.yaml:43:",
    ]
    forms = page(built, "kurs/telefon.html").all("form", class_="question")
    assert [form["id"] for form in forms] == ["hemadress-blommor", "vaxelsamtal-fru"]
    assert "rule-card" not in (built.folder / "sla-upp/vaxelsamtal.html").read_text(encoding="utf-8")
