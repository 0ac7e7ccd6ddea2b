"""A certificate's result file: graded again, compared with its seed and its code, and never believed."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from saved_results import GOOD, HOSTILE, all_right, choice, paper, real_content, result_of, save, sealed, small_content
from vectors.in_node import PROJECT

from handbook import papers
from handbook.__main__ import main
from handbook.regrading import Regrader
from handbook.result_file import parse_result, shown
from handbook.verify import NOT_PASSED, PASSED, UNREADABLE, verify

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content

NAMES = [f"q{number:02}" for number in range(20)]
LEAK, DELAY, RIGHT = ({"selected": [name]} for name in ("leak", "delay", "right"))


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Return a bank of exactly the twenty questions of a final test; each has a leak and a delay to choose."""
    return small_content(tmp_path, "".join(choice(name) for name in NAMES))


def rows(text: str) -> dict[str, str]:
    """Return the lines of a verdict by their label; the headline's is empty."""
    headline, *lines = text.splitlines()
    return {"": headline} | {line[2:20].strip(): line[20:] for line in lines}


def verdict_on(content: Content, folder: Path, result: object, **options: str) -> tuple[dict[str, str], int]:
    """Return the verdict on *result*, saved as a file."""
    found = verify(save(folder, "result.json", result), Regrader(content), **options)
    return rows(found.text), found.code


def answers(content: Content, *wrong: dict[str, Any]) -> dict[str, Any]:
    """Return a paper's responses: *wrong* to its first questions, right to the others."""
    found = all_right(content, paper(content))
    return found | dict(zip(found, wrong, strict=False))


# --- The verdict ------------------------------------------------------------------------------------------------------


def test_a_passed_test_is_passed(content: Content, tmp_path: Path) -> None:
    """Fifteen of twenty right is 75 percent, which passes, and everything fits."""
    result = result_of(content, paper(content), answers(content, *[DELAY] * 5))
    found, code = verdict_on(content, tmp_path, result, printed_code=result["check_code"].lower())
    assert code == PASSED
    assert found == {
        "": "GODKÄNT. Slutprov för växel, 2026-11-22.",
        "Poäng": "75 procent av 20 frågor (gräns 75 procent)",
        "Röjningar": "inga",
        "Andra följder": "5 × fördröjer svaret",
        "Kontrollkod": f"{result['check_code']}, stämmer",
        "Provkod": "ABCD, ger samma frågor",
        "Innehållsversion": f"{result['content_version']}, lika",
        "Profil": "exempelkommun, lika",
        "Kod på intyget": f"{result['check_code'].lower()}, stämmer",
    }


@pytest.mark.parametrize(
    ("wrong", "percent", "leaks"),
    [([DELAY] * 6, "70", "inga"), ([LEAK], "95", "1 svar som röjer något"), ([None] * 6, "70", "inga")],
    ids=["below the mark", "one leak", "unanswered"],
)
def test_a_failed_test_is_failed(content: Content, tmp_path: Path, wrong: list[Any], percent: str, leaks: str) -> None:
    """Below the mark fails, and so does a single leak however much else is right."""
    found, code = verdict_on(content, tmp_path, result_of(content, paper(content), answers(content, *wrong)))
    assert code == NOT_PASSED
    assert found[""].startswith("INTE GODKÄNT")
    assert found["Poäng"].startswith(f"{percent} procent")
    assert found["Röjningar"] == leaks
    assert ("Obesvarade" in found) == (wrong[0] is None)


def test_a_score_in_the_file_is_not_believed(content: Content, tmp_path: Path) -> None:
    """A file that says it is passed, with a code that fits, is graded all the same."""
    result = result_of(content, paper(content), answers(content, *[LEAK] * 20))
    forged = sealed({**result, "passed": True, "percent": 100, "points": 20, "grades": [], "severities": []})
    found, code = verdict_on(content, tmp_path, forged)
    assert code == NOT_PASSED
    assert found["Poäng"].startswith("0 procent")
    assert found["Kontrollkod"].endswith("stämmer")


def test_a_changed_answer_breaks_the_code(content: Content, tmp_path: Path) -> None:
    """Mending an answer afterwards is seen, since the code is over everything."""
    result = result_of(content, paper(content), answers(content, LEAK))
    result["responses"][0] = RIGHT
    found, code = verdict_on(content, tmp_path, result)
    assert code == NOT_PASSED
    assert found[""].startswith("KAN INTE BEKRÄFTAS")
    assert found["Kontrollkod"].startswith("STÄMMER INTE")


def test_a_code_for_another_file_is_seen(content: Content, tmp_path: Path) -> None:
    """A printed certificate with another code does not belong to the file."""
    result = result_of(content, paper(content), answers(content))
    found, code = verdict_on(content, tmp_path, result, printed_code="2345-6789")
    assert (code, found["Kod på intyget"]) == (NOT_PASSED, "2345-6789, STÄMMER INTE")


@pytest.mark.parametrize("chosen", [slice(10, 20), slice(None, None, -1)], ids=["half of them", "another order"])
def test_a_paper_that_the_seed_does_not_give_is_seen(content: Content, tmp_path: Path, chosen: slice) -> None:
    """Whoever picks the questions, and seals the file with a fitting code, gets no certificate confirmed."""
    names = paper(content)[chosen]
    found, code = verdict_on(content, tmp_path, result_of(content, names, all_right(content, names)))
    assert code == NOT_PASSED
    assert found[""].startswith("KAN INTE BEKRÄFTAS")
    assert found["Provkod"] == "ABCD, GER ANDRA FRÅGOR"


def test_a_test_that_is_too_short_is_seen(content: Content, tmp_path: Path) -> None:
    """A final test of three questions, drawn as it should be, is not the municipality's test."""
    names = paper(content, count=3)
    found, code = verdict_on(content, tmp_path, result_of(content, names, all_right(content, names)))
    assert code == NOT_PASSED
    assert found["Provkod"].endswith("kommunens slutprov har 20")


def test_the_pass_mark_is_the_profile_s(content: Content, tmp_path: Path) -> None:
    """A municipality that asks for 90 percent fails 85."""
    assert content.profile is not None
    values = {**content.profile.values, "kurs.godkand_procent": "90"}
    strict = dataclasses.replace(content, profile=dataclasses.replace(content.profile, values=values))
    result = result_of(content, paper(content), answers(content, DELAY, DELAY, DELAY))
    assert verdict_on(content, tmp_path, result)[1] == PASSED
    found, code = verdict_on(strict, tmp_path, result)
    assert (code, found["Poäng"]) == (NOT_PASSED, "85 procent av 20 frågor (gräns 90 procent)")


def test_another_profile_is_seen(content: Content, tmp_path: Path) -> None:
    """A test under another municipality's rules is not confirmed under ours."""
    found, code = verdict_on(
        content, tmp_path, result_of(content, paper(content), answers(content), profile="annan\u202ekommun")
    )
    assert code == NOT_PASSED
    assert found["Profil"] == "OLIKA: annan?kommun i filen, exempelkommun här. Välj rätt med --profile."


def test_a_word_changed_since_does_not_take_the_certificate(content: Content, tmp_path: Path) -> None:
    """Other content that still draws the same paper is said, and graded by today's answers."""
    result = result_of(content, paper(content), answers(content), content_version="0123456789")
    found, code = verdict_on(content, tmp_path, result)
    assert code == PASSED
    assert found["Innehållsversion"].startswith("olika: 0123456789 i filen")


def test_questions_that_are_gone_leave_it_open(content: Content, tmp_path: Path) -> None:
    """When the bank has lost questions since, nobody is failed for it, and nobody is passed."""
    questions = [*paper(content)[:14], *[f"gone{number}" for number in range(6)]]
    responses = all_right(content, questions[:14])
    found, code = verdict_on(content, tmp_path, result_of(content, questions, responses, content_version="0123456789"))
    assert code == NOT_PASSED
    assert found[""].endswith("Frågorna har ändrats sedan provet gjordes.")
    assert found["Okända frågor"].startswith("6 finns inte")


@pytest.mark.parametrize("response", [{"selected": ["nothing"]}, {"selected": "right"}, {"path": []}, {}, {"x": 1}])
def test_a_response_that_cannot_be_read_counts_as_none(content: Content, tmp_path: Path, response: Any) -> None:
    """It gives no point and stops nothing."""
    result = sealed({**result_of(content, paper(content), answers(content)), "responses": [response] + [RIGHT] * 19})
    found, code = verdict_on(content, tmp_path, result)
    assert (code, found["Poäng"][:2]) == (PASSED, "95")
    assert found["Oläsliga svar"] == "1, räknas som obesvarade"


@pytest.mark.parametrize("kind", ["pre", "practice"])
def test_only_a_final_test_can_be_passed(content: Content, tmp_path: Path, kind: str) -> None:
    """A pre-test or practice with everything right is no certificate."""
    result = result_of(content, paper(content, kind), answers(content), kind=kind)
    found, code = verdict_on(content, tmp_path, result)
    assert code == NOT_PASSED
    assert found[""].startswith("INGET SLUTPROV")
    assert found["Provkod"].split(", ", 1)[1] in {"ger samma frågor", "övning, där frågorna är fria"}


def test_every_type_of_the_bank_is_graded_again(tmp_path: Path) -> None:
    """A real paper answered by its own keys is passed with 100 percent."""
    content = real_content()
    found, code = verdict_on(content, tmp_path, result_of(content, paper(content), answers(content)))
    assert (code, found["Poäng"][:3]) == (PASSED, "100")


# --- The file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_result_is_named_with_the_reason(content: Content, tmp_path: Path, data: bytes, reason: str) -> None:
    """One sentence with the file's name and why, exit code 2, and never a traceback."""
    path = tmp_path / "fil\u202e\x1b[31m.json"
    path.write_bytes(data)
    found = verify(path, Regrader(content))
    assert found.code == UNREADABLE
    assert found.text == f"Filen fil??[31m.json kan inte användas: {reason}."


def test_what_is_no_file_is_named_with_the_reason(content: Content, tmp_path: Path) -> None:
    """A missing file, a folder and a pipe are told apart from files, and none is waited for."""
    os.mkfifo(tmp_path / "pipe")
    for name, reason in (("none", "den finns inte"), (".", "den är en mapp"), ("pipe", "den finns inte")):
        found = verify(tmp_path / name, Regrader(content))
        assert found.code == UNREADABLE
        assert found.text.endswith(f" kan inte användas: {reason}.")


def test_a_byte_order_mark_is_no_fault() -> None:
    """Windows editors write one; the content is the same."""
    assert parse_result(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()) == parse_result(json.dumps(GOOD).encode())


def test_a_file_without_a_code_is_not_intact() -> None:
    """Leaving the code out helps nobody."""
    assert not parse_result(json.dumps(GOOD).encode()).is_intact
    assert parse_result(json.dumps(sealed(GOOD)).encode()).is_intact


@pytest.mark.parametrize("key", [key for key in GOOD if key != "schema_version"])
def test_the_code_is_over_everything(key: str) -> None:
    """Whichever key is changed, the code is another; in which order the keys stand is all the same."""
    other = {"role": "kansli", "kind": "pre", "seed": "ABCE", "attempt": "2345", "date": "2026-11-21"}
    changes = {"questions": ["a", "c"], "responses": [{"selected": ["y"]}, None], **other}
    changed = {**GOOD, key: changes.get(key, "x")}
    assert papers.check_code(changed) != papers.check_code(GOOD)
    assert papers.check_code(dict(reversed(GOOD.items()))) == papers.check_code(GOOD)


def test_the_text_under_the_code_is_json_in_one_form() -> None:
    """Keys in order, no spaces, every letter beyond ASCII escaped: nothing that two interpreters do differently."""
    value = {"b": [None, True, False, -7, 'å😀"\\'], "a": {"z": [], "ö": {}}}
    written = r'{"a":{"\u00f6":{},"z":[]},"b":[null,true,false,-7,"\u00e5\ud83d\ude00\u0022\u005c"]}'
    assert papers.canonical(value) == written
    assert json.loads(written) == value
    assert json.loads(papers.canonical({"\0\n\x7f": "\ud800"})) == {"\0\n\x7f": "\ud800"}


def test_only_first_answers_are_kept_and_no_name() -> None:
    """The first response to each question counts, leaving it blank is none, and unknown keys are left out."""
    kept = papers.result(
        {
            **GOOD, "name": "Någon", "minutes": 12, "check_code": "x",
            "responses": [
                {"question_id": "b", "response": {"text": "å" * 300, "name": "Någon"}},
                {"question_id": "a", "response": None},
                {"question_id": "a", "response": {"selected": ["right"]}},
                {"question_id": "b", "response": {"text": "better"}},
            ],
        }
    )  # fmt: skip
    assert kept["responses"] == [{"selected": ["right"]}, {"text": "å" * 200}]
    assert set(kept) == set(GOOD) | {"check_code"}
    assert kept["check_code"] == papers.check_code(kept)


def test_shown_is_safe_to_print() -> None:
    """Names are shortened, on one line, and without marks that turn or colour a terminal."""
    assert shown("a\nb\u2066c\ud800" + "x" * 100) == "a?b?c?" + "x" * 53 + "…"


# --- The command ------------------------------------------------------------------------------------------------------


def test_the_command_prints_the_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m handbook verify`` grades against the project's own bank."""
    content = real_content()
    result = result_of(content, paper(content), answers(content))
    path = save(tmp_path, "result.json", result)
    assert main(["verify", str(path), "--root", str(PROJECT), "--code", result["check_code"]]) == PASSED
    assert capsys.readouterr().out.startswith("GODKÄNT. ")


def test_the_command_survives_an_old_terminal(tmp_path: Path) -> None:
    """A name that the terminal has no letters for is printed as well as can be."""
    path = tmp_path / "д😀.json"
    path.write_bytes(b"{}")
    found = subprocess.run(
        [sys.executable, "-m", "handbook", "verify", str(path), "--root", str(PROJECT)],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "src"), "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        encoding="latin-1",
        check=False,
    )
    assert (found.returncode, found.stderr) == (UNREADABLE, "")
    assert found.stdout == "Filen ??.json kan inte användas: den är ingen resultatfil från handboken.\n"


def test_the_command_says_when_the_profile_cannot_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt profile is said, with the names there are."""
    assert main(["verify", "x.json", "--root", str(PROJECT), "--profile", "exempelkomun"]) == UNREADABLE
    said = capsys.readouterr().err
    assert said.startswith("The profile 'exempelkomun' cannot be used.\n")
    assert "exempelkommun" in said
