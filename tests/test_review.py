"""The review list: what has to be read again on a given day, word for word."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from support import change, copy_minimal

from handbook.__main__ import main
from handbook.content import load_content
from handbook.review import Review, months_after, review, review_text

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.date.fromisoformat


def listed(root: Path, today: str) -> Review:
    """Return the review of the handbook in *root* on the day *today*."""
    return review(load_content(root), DAY(today))


def test_nothing_is_due_on_the_day_of_the_check(tmp_path: Path) -> None:
    """The list says so in each part, and counts what it has looked at."""
    found = listed(copy_minimal(tmp_path), "2026-11-22")
    assert not found.is_due
    assert review_text(found) == (
        "Granskningslista för Exempelkommun, 2026-11-22.\n"
        "Gränsen är 12 månader.\n\n"
        "Äldre än gränsen:\n  inget\n\n"
        "Lagen är nyare än granskningen:\n  inget\n\n"
        "På väg:\n  inget\n\n"
        "5 regler och frågor: 0 äldre än gränsen, 0 med nyare lag, 0 på väg."
    )


def test_the_list_names_owner_date_and_page(tmp_path: Path) -> None:
    """An old rule and its old questions stand with who owns them, when they were checked and where they are."""
    root = copy_minimal(tmp_path)
    for name in ("docs/sla-upp/hemadress.md", "quizzes/telefon.yaml"):
        path = root / name
        path.write_text(path.read_text(encoding="utf-8").replace("2026-11-22", "2026-01-31"), encoding="utf-8")
    lines = review_text(listed(root, "2027-02-01")).splitlines()
    assert lines[3:8] == [
        "Äldre än gränsen:",
        "  registrator | 2026-01-31 | hemadress | docs/sla-upp/hemadress.md | granskad 2026-01-31",
        "  registrator | 2026-01-31 | hemadress-blommor | quizzes/telefon.yaml:2 | granskad 2026-01-31",
        "  registrator | 2026-01-31 | hemadress-vilka | quizzes/telefon.yaml:25 | granskad 2026-01-31",
        "  registrator | 2026-01-31 | vaxelsamtal-fru | quizzes/telefon.yaml:45 | granskad 2026-01-31",
    ]


@pytest.mark.parametrize(("today", "due"), [("2027-11-22", False), ("2027-11-23", True)])
def test_the_limit_is_inclusive(tmp_path: Path, today: str, due: bool) -> None:
    """On the last day of the limit nothing is old yet."""
    assert listed(copy_minimal(tmp_path), today).is_due is due


def test_the_profile_sets_the_limit(tmp_path: Path) -> None:
    """A municipality that has decided on six months is told after six months."""
    root = copy_minimal(tmp_path)
    with (root / "profiles/parameters.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\n  - name: granskning.intervall_manader\n    description: Gräns\n    kind: number\n"
            '    default: "6"\n    reason: Lokalt val.\n'
        )
    assert "Gränsen är 6 månader." in review_text(listed(root, "2027-05-23"))
    assert not listed(root, "2027-05-22").is_due
    assert listed(root, "2027-05-23").is_due


def test_law_that_is_newer_than_the_check_is_told_for_rules_and_questions(tmp_path: Path) -> None:
    """A provision that came into force after the check lists every rule and question that rests on it."""
    root = copy_minimal(tmp_path)
    change(root / "docs/om/lagregister/osl.yaml", "-    in_force: 2025-07-02\n+    in_force: 2026-12-01\n")
    text = review_text(listed(root, "2026-12-24"))
    newer = "39 kap. 3 § tredje stycket OSL gäller från 2026-12-01"
    assert [line for line in text.splitlines() if newer in line] == [
        f"  registrator | 2026-11-22 | hemadress | docs/sla-upp/hemadress.md | {newer}",
        f"  registrator | 2026-11-22 | hemadress-blommor | quizzes/telefon.yaml:2 | {newer}",
        f"  registrator | 2026-11-22 | hemadress-vilka | quizzes/telefon.yaml:25 | {newer}",
    ]


def test_law_to_come_is_listed_and_makes_nothing_due(tmp_path: Path) -> None:
    """What is decided or proposed stands in the order of its days, what has come is left out, and no day comes last."""
    root = copy_minimal(tmp_path)
    change(root / "docs/om/lagregister/osl.yaml", "-    in_force: 2025-07-02\n+    in_force: 2027-07-01\n")
    (root / "docs/om/kommande.yaml").write_text(
        "coming:\n"
        "  - heading: Ny arkivlag\n    stage: inquiry\n"
        "  - heading: Skolors handlingar\n    stage: unconfirmed\n    from: 2027-01-01\n"
        "  - heading: Redan här\n    stage: decided\n    from: 2026-07-01\n",
        encoding="utf-8",
    )
    found = listed(root, "2026-11-28")
    assert not found.is_due
    assert review_text(found).splitlines()[9:14] == [
        "På väg:",
        "  2027-01-01 | Skolors handlingar | inte bekräftad",
        "  2027-07-01 | 39 kap. 3 § tredje stycket OSL – Hemadress och privat telefon | beslutad",
        "  utan datum | Ny arkivlag | utreds",
        "",
    ]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-28", 12, "2027-11-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-15", 36, "2029-01-15"),
    ],
)
def test_months_are_counted_as_people_count_them(day: str, months: int, expected: str) -> None:
    """The same day of a later month, or its last when the month is too short."""
    assert months_after(DAY(day), months) == DAY(expected)


# --- The command -------------------------------------------------------------------------------------


def test_the_command_prints_the_list_for_the_day_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It returns 0 when nothing is due and 1 when something is."""
    root = copy_minimal(tmp_path)
    assert main(["review", "--root", str(root), "--today", "2026-11-28"]) == 0
    assert "0 äldre än gränsen" in capsys.readouterr().out
    assert main(["review", "--root", str(root), "--today", "2030-01-01"]) == 1
    assert "5 äldre än gränsen" in capsys.readouterr().out


def test_the_command_refuses_what_is_no_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says how a date is written."""
    assert main(["review", "--root", str(copy_minimal(tmp_path)), "--today", "i dag"]) == 2
    assert capsys.readouterr().err == "'i dag' is no date. Hint: Write YYYY-MM-DD, as 2026-11-28.\n"


def test_the_command_says_when_the_profile_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a profile there is no limit, so there is no list."""
    assert main(["review", "--root", str(copy_minimal(tmp_path)), "--profile", "ingen", "--today", "2026-11-28"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("The profile 'ingen' cannot be used.\n")


def test_the_command_mentions_slips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that was refused is missing from the list, so the list says that it may not be whole."""
    root = copy_minimal(tmp_path)
    change(root / "docs/sla-upp/hemadress.md", "-last_checked: 2026-11-22\n+last_checked: i går\n")
    main(["review", "--root", str(root), "--today", "2026-11-28"])
    assert "slips in the content: see 'python -m handbook check'.\n" in capsys.readouterr().err
