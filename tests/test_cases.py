"""What authors read when something is wrong: the cases in tests/cases, text in and messages out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import build, changed, copy_minimal, messages, read_cases

from handbook.diagnostics import Code

if TYPE_CHECKING:
    from pathlib import Path

    from support import Build, Case

KINDS = (
    "yaml", "questions", "question-types", "rules", "laws", "profiles", "course-questions", "policy", "guide", "lists",
    "glossary", "pictures",
)  # fmt: skip
CASES = [pytest.param(case, id=f"{kind}-{case.line}") for kind in KINDS for case in read_cases(kind)]
PAGES = read_cases("pages")
EXPECTED = [line for kind in (*KINDS, "pages", "courseday") for case in read_cases(kind) for line in case.expected]


@pytest.mark.parametrize("case", CASES)
def test_messages_are_what_the_case_says(case: Case, tmp_path: Path) -> None:
    """The slip is told in full, at its file and line, once, and together with every other slip."""
    root = copy_minimal(tmp_path)
    case.write(root)
    assert messages(root, case.profile) == case.expected, case.title


def test_the_small_handbook_is_without_slips(tmp_path: Path) -> None:
    """What the cases change is right to begin with, so that every message comes from the change."""
    assert messages(copy_minimal(tmp_path)) == []


@pytest.fixture(scope="module")
def pages_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the small handbook with the files of every page case."""
    folder = tmp_path_factory.mktemp("pages")
    root = copy_minimal(folder)
    for case in PAGES:
        case.write(root)
    return build(root, "dummy", folder / "out")


@pytest.mark.parametrize("case", [pytest.param(case, id=f"pages-{case.line}") for case in PAGES])
def test_the_build_says_what_the_page_case_says(case: Case, pages_build: Build) -> None:
    """A slip on a page, or in a text that pages show, is told once, at the file and line where it is written."""
    files = tuple(f"{block.path}:" for block in case.blocks if block.path)
    assert [line for line in pages_build.warnings if line.startswith(files)] == case.expected, case.title


def test_the_build_says_nothing_else(pages_build: Build) -> None:
    """One run shows all slips of all pages, nothing besides, and fails."""
    expected = [line for case in PAGES for line in case.expected]
    assert sorted(pages_build.warnings) == sorted(expected)
    assert pages_build.code == 1


def test_every_code_has_a_case() -> None:
    """Nothing can be said to an author that no case shows, but what shows only on built pages (test_csp.py)."""
    shown = {tag for line in EXPECTED for tag in re.findall(r"\[handbook\.(\w+)\]$", line)}
    assert shown | {Code.CONTENT_POLICY.tag} == {code.tag for code in Code}


@pytest.mark.parametrize("line", [line for line in EXPECTED if "[handbook." in line])
def test_a_message_is_two_sentences(line: str) -> None:
    """A message says where, what and how to mend it, as whole sentences that name no Python value."""
    assert re.fullmatch(r"[\w./-]+:\d+: WARNING: .+[.?] Hint: .+[.?…:] \[handbook\.\w+\]", line.replace("\u00a0", " "))
    assert "None" not in line
    assert line.count("Hint: ") == 1


def test_there_are_cases_enough() -> None:
    """The catalogue of cases does not shrink unseen."""
    assert len(CASES) + len(PAGES) >= 150


@pytest.mark.parametrize("diff", ["-three\n", "-two\n+2\n", " one\n-three\n"])
def test_a_case_that_fits_nowhere_or_twice_is_refused(diff: str) -> None:
    """A case whose change does not find its lines, or finds them twice, fails instead of passing by chance."""
    with pytest.raises(AssertionError, match="exactly once"):
        changed("one\ntwo\ntwo\n", diff)
