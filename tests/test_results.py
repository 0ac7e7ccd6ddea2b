"""A group's files: every one counted once or named with the reason why not, and a report that names nobody."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import random
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from saved_results import (
    HOSTILE,
    all_right,
    choice,
    paper,
    real_content,
    result_of,
    save,
    sealed,
    small_content,
)
from vectors.in_node import PROJECT

from handbook import papers, regrading
from handbook.__main__ import main
from handbook.course_commands import write_report
from handbook.csp import blocked
from handbook.regrading import Regrader
from handbook.results import OTHER_CONTENT, OTHER_PROFILE, UNREADABLE, GroupResults, collect, expand

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content

TODAY = datetime.date(2026, 11, 22)
RIGHT, LEAK, DELAY = ({"selected": [name]} for name in ("right", "leak", "delay"))


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Return a bank of six questions on two rules."""
    return small_content(tmp_path, "".join(choice(f"q{n}", ("hemadress", "mobilnummer")[n % 2]) for n in range(6)))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder for result files."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def attempt(content: Content, number: int, **changes: Any) -> dict[str, Any]:
    """Return the result of learner *number*, who gets the first *number* questions of the paper wrong."""
    names = paper(content, changes.get("kind", "final"))
    responses = all_right(content, names) | dict.fromkeys(names[:number], DELAY)
    return result_of(content, names, responses, attempt=papers.new_seed(number), **changes)


def collected(content: Content, paths: list[Path]) -> GroupResults:
    """Return what the files come to."""
    return collect(paths, content, Regrader(content), TODAY)


# --- Which files count --------------------------------------------------------------------------------------------


def test_good_files_are_counted(content: Content, files: Path) -> None:
    """Three learners with 100, 83 and 66 percent: two pass at 75."""
    paths = [save(files, f"{number}.json", attempt(content, number)) for number in range(3)]
    group = collected(content, paths)
    summary = group.summaries["final"]
    assert (group.files, group.used, group.skipped, group.notes) == (3, 3, [], {})
    assert (summary.percents, summary.passed, summary.with_leak) == ([100, 83, 66], 2, 0)
    assert (summary.mean, summary.median) == (83, 83)


def test_hostile_files_are_named_and_skipped(content: Content, files: Path) -> None:
    """Each is named with its reason, and the good ones before, between and after are counted."""
    reasons, paths = [], [save(files, "first.json", attempt(content, 0))]
    for number, (name, (data, reason)) in enumerate(HOSTILE.items(), 1):
        bad = files / f"{name}.json"
        bad.write_bytes(data)
        paths += [
            bad,
            save(files, f"good {number}.json", attempt(content, number % 6, date=f"2026-10-{number % 28 + 1:02}")),
        ]
        reasons.append((2 * number, reason))
    group = collected(content, paths)
    assert [(found.number, found.reason) for found in group.skipped] == reasons
    assert group.used == len(HOSTILE) + 1


def test_a_file_that_repeats_another_is_named(content: Content, files: Path) -> None:
    """The same result counts once, also when the file was saved or indented anew; an equal attempt counts."""
    result = attempt(content, 1)
    paths = [save(files, "one.json", result), save(files, "two.json", attempt(content, 0))]
    (files / "copy.json").write_text(json.dumps(result, indent=2, sort_keys=True), encoding="utf-8")
    other = sealed({**result, "attempt": "OTHER2".replace("O", "Q")})
    group = collected(content, [*paths, files / "copy.json", paths[1], save(files, "equal.json", other)])
    assert [(found.number, found.like, found.reason) for found in group.skipped] == [
        (3, 1, "den är samma resultat som fil 1"),
        (4, 2, "den är samma resultat som fil 2"),
    ]
    assert group.used == 3


def test_changed_and_forged_files_are_skipped(content: Content, files: Path) -> None:
    """An answer mended afterwards, no code, or questions that the seed does not give: none of them is evidence."""
    good = attempt(content, 2)
    changed = {**good, "responses": [RIGHT] * 6}
    names = paper(content)[::-1]
    paths = [
        save(files, "changed.json", changed),
        save(files, "no code.json", {key: value for key, value in good.items() if key != "check_code"}),
        save(files, "own choice.json", result_of(content, names, all_right(content, names))),
        save(files, "elsewhere.json", result_of(content, ["x", "y"], {}, content_version="other")),
    ]
    assert [found.reason for found in collected(content, paths).skipped] == [
        "kontrollkoden stämmer inte: den är ändrad sedan den sparades",
        "kontrollkoden stämmer inte: den är ändrad sedan den sparades",
        "frågorna är inte de som provkoden ger",
        "ingen av frågorna finns i frågebanken",
    ]


def test_files_to_be_read_with_care_are_counted_and_said(content: Content, files: Path) -> None:
    """Other content, another profile and unreadable answers are noted, each with the number of files."""
    good = attempt(content, 0)
    paths = [
        save(files, "old.json", attempt(content, 1, content_version="other")),
        save(files, "away.json", attempt(content, 2, profile="kalmar")),
        save(files, "odd.json", sealed({**good, "responses": [{"path": []}, *good["responses"][1:]]})),
    ]
    group = collected(content, paths)
    assert group.notes == {OTHER_CONTENT: 1, OTHER_PROFILE: 1, UNREADABLE: 1}
    assert group.summaries["final"].percents == [83, 66, 83]


def test_questions_are_judged_by_one_kind_of_paper(content: Content, files: Path) -> None:
    """A final test after a pre-test is no first attempt, so the two are never mixed; the final is preferred."""
    paths = [save(files, f"{kind}.json", attempt(content, 3, kind=kind)) for kind in papers.KINDS]
    group = collected(content, paths)
    assert group.kinds == list(papers.KINDS)
    assert (group.kind(), group.kind("pre"), collected(content, paths[:2]).kind()) == ("final", "pre", "pre")
    assert [item.answers for item in group.analyses["final"].items()] == [1] * 6


def test_folders_stand_for_their_json_files(files: Path) -> None:
    """By name, and nothing else that lies there."""
    for name in ("b.json", "a.json", "notes.txt"):
        (files / name).write_text("")
    assert expand([files, files / "c.json"]) == [files / "a.json", files / "b.json", files / "c.json"]


def test_ten_thousand_results_are_counted_without_loss(
    content: Content, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer arrives: the tables add up to what was saved. A paper is drawn once, however many share its seed."""
    chance, made = random.Random(1), {"right": 0, "leak": 0, "delay": 0, "none": 0}
    names, results = paper(content), []
    template = result_of(content, names, {})
    for number in range(10_000):
        chosen = [chance.choice([*made]) for _ in names]
        for choice_id in chosen:
            made[choice_id] += 1
        responses = [None if choice_id == "none" else {"selected": [choice_id]} for choice_id in chosen]
        results.append(sealed({**template, "attempt": papers.new_seed(number), "responses": responses}))
    draw = Mock(wraps=papers.draw)
    monkeypatch.setattr(regrading, "draw", draw)
    group = collected(content, [save(files, f"{n}.json", result) for n, result in enumerate(results)])
    items = group.analyses["final"].items()
    assert (group.used, draw.call_count) == (10_000, 1)
    assert sum(item.answers for item in items) == 60_000
    counted = {name: sum(row.count for item in items for row in item.options if row.option.id == name) for name in made}
    assert {**counted, "none": sum(item.unanswered for item in items)} == made
    assert sum(item.severities["leak"] for item in items) == made["leak"]


# --- The report ---------------------------------------------------------------------------------------------------


@pytest.fixture
def report(content: Content, files: Path, tmp_path: Path) -> Path:
    """Return the folder of a report on four learners, two repeated files and a hostile one."""
    paths = [save(files, f"receptionist {number}.json", attempt(content, number * 2)) for number in range(4)]
    (files / "<b>vaktmastare.json").write_bytes(b"{")
    group = collected(content, [*paths, paths[0], files / "<b>vaktmastare.json"])
    return write_report(group, "final", tmp_path / "ny mapp" / "rapport").parent


def rows(folder: Path, name: str) -> list[list[str]]:
    """Return the rows of a CSV file, read as Excel reads them in Sweden."""
    return list(csv.reader(io.StringIO((folder / name).read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_report_has_a_row_for_each_question(content: Content, report: Path) -> None:
    """Facility and discrimination with decimal commas, and whether the group is small."""
    head, *found = rows(report, "questions.csv")
    assert head[:10] == [
        "fråga", "modul", "regel", "typ", "svårighet", "svar", "obesvarade", "lösningsgrad", "särskiljning", "få svar",
    ]  # fmt: skip
    by_name = {row[0]: row for row in found}
    assert sorted(by_name) == [f"q{number}" for number in range(6)]
    # The four got the last 6, 4, 2 and 0 questions of the paper right. Of the first question: rests 1, 4/5, 2/5, 0;
    # means 1 and 2/5, standard deviation √0.1475: 3/5 · √(1/4 · 3/4) / √0.1475 = 0.676; of the last likewise.
    names = paper(content)
    assert by_name[names[0]][5:10] == ["4", "0", "0,25", "0,68", "ja"]
    assert by_name[names[-1]][5:10] == ["4", "0", "0,75", "0,68", "ja"]
    assert by_name[names[0]][-5:] == ["0", "0", "0", "3", "0"]


def test_the_report_opens_in_a_spreadsheet(report: Path) -> None:
    """A byte order mark, so that Excel reads UTF-8, and lines as Windows ends them."""
    for name in ("questions.csv", "choices.csv"):
        data = (report / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 6


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "  =1", "=cmd|' /C calc'!A0", "-- ; \n=2"])
def test_no_text_becomes_a_formula(tmp_path: Path, files: Path, text: str) -> None:
    """A choice that begins like a formula is written as text, on one line."""
    content = small_content(tmp_path, choice("q1").replace("text: Rätt", f"text: {json.dumps(text)}"))
    group = collected(content, [save(files, "a.json", result_of(content, ["q1"], {"q1": RIGHT}))])
    cell = rows(write_report(group, "final", tmp_path / "out").parent, "choices.csv")[1][2]
    assert cell == "'" + " ".join(text.split())


class _Tags(HTMLParser):
    """Collects elements with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data

    def count(self, tag: str) -> int:
        """Return how many elements there are."""
        return sum(name == tag for name, _ in self.tags)


def test_the_page_stands_alone_under_a_strict_policy(report: Path) -> None:
    """Nothing but a style sheet beside it: no script, no inline style, no address elsewhere."""
    page = _Tags((report / "report.html").read_text(encoding="utf-8"))
    assert list(blocked(report)) == []
    assert page.count("script") == page.count("img") == page.count("style") == 0
    assert [attributes["href"] for tag, attributes in page.tags if tag in {"link", "a"}] == ["report.css"]
    assert sorted(path.name for path in report.iterdir()) == [
        "choices.csv",
        "questions.csv",
        "report.css",
        "report.html",
    ]


def test_the_page_says_what_a_trainer_needs(report: Path) -> None:
    """Results, pages to rewrite, questions, consequences, answers, files left out, and how to read it all."""
    text = " ".join(_Tags((report / "report.html").read_text(encoding="utf-8")).text.split())
    for words in (
        "4 av 6 filer är räknade", "Slutprov 4 50 % 50 % 1 0", "Liten grupp", "Skriv om de här sidorna",
        "docs/sla-upp/mobilnummer.md", "Fördröjer svaret", "Röjer", "Så läser du siffrorna",
        "Fil 5", "Den är samma resultat som fil 1.", "Fil 6", "Den är inte giltig JSON (rad 1).",
    ):  # fmt: skip
        assert words.replace(" ", "") in text.replace(" ", "")


def test_the_report_names_nobody_and_says_why(report: Path) -> None:
    """Files may be called after people, so no name of a file is in the report, which may become a public document."""
    for path in report.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "receptionist" not in text
        assert "vaktmastare" not in text
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "kan bli en allmän handling (2 kap. tryckfrihetsförordningen)" in page.replace("\n", " ")


def test_the_same_files_give_the_same_report(content: Content, files: Path, tmp_path: Path) -> None:
    """Byte for byte, since the date is passed in."""
    paths = [save(files, f"{number}.json", attempt(content, number)) for number in range(5)]
    folders = [write_report(collected(content, paths), "final", tmp_path / name).parent for name in "ab"]
    for name in ("report.html", "questions.csv", "choices.csv"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


# --- The command --------------------------------------------------------------------------------------------------


def test_the_command_writes_the_report_and_names_what_it_skips(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names of skipped files are said on the terminal; a line of progress comes for every hundred files."""
    content = real_content()
    for number in range(120):
        save(files, f"{number:03}.json", attempt(content, number % 20, date=f"2026-10-{number // 20 + 1:02}"))
    (files / "zzz\u202e.json").write_bytes(b"")
    shutil.copy(files / "000.json", files / "zzy.json")
    out = tmp_path / "report"
    assert main(["results", str(files), "--out", str(out), "--root", str(PROJECT)]) == 0
    said = capsys.readouterr()
    assert said.out == f"120 av 122 filer är räknade. Rapporten finns i {out / 'report.html'}.\n"
    assert said.err.splitlines() == [
        "Rättar 100 av 122 …",
        "Rättar 122 av 122 …",
        "Fil 121, zzy.json, räknas inte: den är samma resultat som fil 1 (000.json).",
        "Fil 122, zzz?.json, räknas inte: den är tom.",
    ]
    assert (out / "report.html").is_file()


def test_the_command_says_when_there_is_nothing_to_report(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No usable file, none of the kind asked for, or nowhere to write: a sentence, and exit code 1."""
    arguments = ["--out", str(tmp_path / "out"), "--root", str(PROJECT)]
    assert main(["results", str(files / "none.json"), *arguments]) == 1
    path = save(files, "a.json", attempt(real_content(), 0))
    assert main(["results", str(path), "--kind", "pre", *arguments]) == 1
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").write_text("in the way")
    assert main(["results", str(path), *arguments]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Fil 1, none.json, räknas inte: den finns inte.",
        "Ingen fil kunde räknas, så ingen rapport är skriven.",
        "Ingen av filerna är av slaget 'pre'.",
        f"Rapporten kan inte skrivas i {tmp_path / 'out'}. Välj en annan mapp med --out.",
    ]


def test_the_bench_prints_a_rate() -> None:
    """It runs from the project's folder and loses no file; how fast it must be is nobody's promise."""
    found = subprocess.run(
        [sys.executable, "scripts/bench_results.py", "--files", "20", "--answers", "10"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("10 files of 10 answers: ")
    assert "answers/s\n20 files of 10 answers: " in found.stdout
