"""The catalogue that papers are drawn from, the version of the content, roles, and what a profile decides."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
from saved_results import choice, real_content, small_content
from vectors.in_node import PROJECT

from handbook.__main__ import main
from handbook.browser_runtime import module_script
from handbook.catalogue import build_catalogue, content_version
from handbook.coverage import COLUMNS, coverage_table
from handbook.diagnostics import Diagnostics
from handbook.papers import KINDS, ROLES, draw
from handbook.profile import load_parameters
from handbook.question_bank import load_question_bank

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content


def question(question_id: str, roles: str = "") -> str:
    """Return a choice question in YAML, for *roles* as they are written."""
    text = choice(question_id)
    return text.replace("    rules:", f"    roles: {roles}\n    rules:") if roles else text


def outdated(text: str) -> str:
    """Return a question that was last checked before today's law."""
    return text.replace("last_checked: 2026-11-22", "last_checked: 1990-01-01")


def entries(content: Content) -> dict[str, dict[str, Any]]:
    """Return the catalogue by question."""
    return {str(entry["id"]): entry for entry in build_catalogue(content)}


def slips(folder: Path, roles: str) -> list[str]:
    """Return what is said of a question with *roles*, without the file's name."""
    (folder / "bank.yaml").write_text(f"questions:\n{question('q1', roles=roles)}", encoding="utf-8")
    found = Diagnostics()
    load_question_bank(folder, found)
    return [slip.render(folder) for slip in found]


# --- The catalogue ------------------------------------------------------------------------------------------------


def test_an_entry_says_what_papers_need(tmp_path: Path) -> None:
    """Module, type, difficulty, gravest severity, roles, rules, and whether the question is in quarantine."""
    assert entries(small_content(tmp_path, question("q1")))["q1"] == {
        "id": "q1",
        "module": "m",
        "type": "choice",
        "difficulty": "easy",
        "severity": "leak",
        "roles": list(ROLES),
        "rules": ["hemadress"],
        "quarantined": False,
    }


def test_the_gravest_severity_is_found_in_every_type(tmp_path: Path) -> None:
    """Wherever a type keeps its severities: at choices, words, turns, or for the whole question; a dilemma has none."""
    text = (PROJECT / "quizzes" / "_every-type.yaml").read_text(encoding="utf-8")
    found = {
        name.removeprefix("exempel-"): entry["severity"]
        for name, entry in entries(small_content(tmp_path, text)).items()
    }
    assert found == {
        "choice": "leak",
        "multiple-response": "leak",
        "order": "delay",
        "match": None,
        "text-entry": "poor_service",
        "numeric": "leak",
        "hottext": "leak",
        "branching": "leak",
        "dilemma": None,
    }


def test_a_question_older_than_its_law_is_in_quarantine(tmp_path: Path) -> None:
    """A question that was last checked before a provision changed is marked, and drawn for no paper."""
    content = small_content(tmp_path, outdated(question("old")) + question("new"))
    assert {name: entry["quarantined"] for name, entry in entries(content).items()} == {"old": True, "new": False}
    for kind in KINDS:
        assert draw(build_catalogue(content), kind, "vaxel", "ABCD", 5) == ["new"]


def test_examples_for_editors_are_in_no_paper() -> None:
    """The file that shows every type is not part of the course."""
    assert not [name for name in entries(real_content()) if name.startswith("exempel-")]


def test_every_paper_of_the_real_bank_can_be_drawn() -> None:
    """Each role has a final test of the length that the profile asks for, a third of it with leaks to avoid."""
    content = real_content()
    catalogue = entries(content)
    assert content.profile is not None
    length = int(content.profile.values["kurs.antal_fragor"])
    for role in ROLES:
        paper = draw(build_catalogue(content), "final", role, "ABCD", length)
        assert len(paper) >= length
        assert sum(catalogue[name]["severity"] == "leak" for name in paper) * 3 >= len(paper)


# --- Roles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("", list(ROLES)),
        ("[registratur]", ["registratur"]),
        ("kansli", ["kansli"]),
        ("[kansli, vaxel]", ["vaxel", "kansli"]),
    ],
)
def test_roles_are_all_unless_some_are_named(tmp_path: Path, written: str, roles: list[str]) -> None:
    """One or more, in the order of ROLES however they are written."""
    assert entries(small_content(tmp_path, question("q1", roles=written)))["q1"]["roles"] == roles


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[växel]", "'roles' cannot hold 'växel'. Hint: Did you mean 'vaxel'? [handbook.invalid_value]"),
        (
            "[vaxel, recepton]",
            "'roles' cannot hold 'recepton'. Hint: Did you mean 'reception'? [handbook.invalid_value]",
        ),
        ("[]", "'roles' has no value. Hint: Write one, or remove the key. [handbook.empty_value]"),
        ("[vaxel, vaxel]", "'roles' names a role twice. Hint: Name each once. [handbook.invalid_value]"),
    ],
)
def test_a_slip_in_roles_is_said_at_its_line(tmp_path: Path, written: str, said: str) -> None:
    """With the file, the line, the question and what there is to choose from."""
    assert slips(tmp_path, written) == [f"bank.yaml:5: WARNING: question 'q1': {said}"]


# --- The version --------------------------------------------------------------------------------------------------


def test_the_version_is_the_same_for_the_same_content(tmp_path: Path) -> None:
    """The order of the questions, comments and the file's name do not matter."""
    one = small_content(tmp_path, question("q1") + question("q2"))
    version = content_version(one)
    (tmp_path / "quizzes" / "small.yaml").unlink()
    (tmp_path / "quizzes" / "other.yaml").write_text("questions: # the same\n\n" + question("q2") + question("q1"))
    bank = load_question_bank(tmp_path / "quizzes", Diagnostics())
    assert content_version(dataclasses.replace(one, bank=bank)) == version
    assert len(version) == 10


CHANGES = {
    "prompt": ("Vad gör du med", "Vad säger du om"),
    "choice": ("text: Dröjer", "text: Väntar"),
    "reason": ("feedback: Skäl.", "feedback: Orsak."),
    "severity": ("severity: delay", "severity: leak"),
    "difficulty": ("difficulty: easy", "difficulty: hard"),
    "rule": ("[hemadress]", "[anknytning]"),
    "date": ("2026-11-22", "2026-11-21"),
    "roles": ("    rules:", "    roles: kansli\n    rules:"),
}


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_the_version_changes_with_what_a_reader_meets(tmp_path: Path, old: str, new: str) -> None:
    """A changed text, key, date or citation is another version."""
    before = content_version(small_content(tmp_path, question("q1")))
    assert content_version(small_content(tmp_path, question("q1").replace(old, new))) != before


def test_the_version_changes_when_a_rule_is_checked_anew(tmp_path: Path) -> None:
    """A rule that has been read against the law again is news, even if nothing else changed."""
    content = small_content(tmp_path, question("q1"))
    rules = dict(content.rules.rules)
    rules["hemadress"] = dataclasses.replace(
        rules["hemadress"], last_checked=rules["hemadress"].last_checked.replace(year=2030)
    )
    later = dataclasses.replace(content, rules=dataclasses.replace(content.rules, rules=rules))
    assert content_version(later) != content_version(content)


# --- Coverage, parameters and scripts -----------------------------------------------------------------------------


def test_coverage_shows_role_module_and_severity(tmp_path: Path) -> None:
    """A question for one role is counted there only, and one that no test has is left out."""
    text = question("q1") + question("q2", roles="[kansli]").replace("module: m", "module: diariet")
    text += outdated(question("q3"))
    table = coverage_table(small_content(tmp_path, text)).splitlines()
    assert table[0].split() == ["vaxel", *" ".join(COLUMNS).split()]
    by_role = {block.split()[0]: block.splitlines()[1:] for block in "\n".join(table).split("\n\n")}
    assert list(by_role) == list(ROLES)
    assert by_role["vaxel"][0].split() == ["m", "1", ".", ".", ".", ".", ".", "1", ".", ".", "1", "1"]
    assert by_role["vaxel"][1].split() == ["diariet"] + ["."] * 11
    assert by_role["kansli"][1].split() == ["diariet", "1", ".", ".", ".", ".", ".", "1", ".", ".", "1", "."]
    assert len({len(line) for line in by_role["kansli"]}) == 1


def test_the_coverage_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m handbook coverage`` is about the project's own bank."""
    assert main(["coverage", "--root", str(PROJECT)]) == 0
    assert capsys.readouterr().out == coverage_table(real_content()) + "\n"


@pytest.mark.parametrize(("value", "slip"), [("1", ""), ("100", ""), ("0", "at least 1"), ("101", "at most 100")])
def test_a_parameter_keeps_to_its_range(tmp_path: Path, value: str, slip: str) -> None:
    """A pass mark is 1 to 100 percent, both included."""
    text = (PROJECT / "profiles" / "parameters.yaml").read_text(encoding="utf-8")
    begins = text.index("  - name: kurs.godkand_procent")
    path = tmp_path / "parameters.yaml"
    path.write_text("parameters:\n" + text[begins:].replace('default: "75"', f'default: "{value}"'), encoding="utf-8")
    found = Diagnostics()
    parameters = load_parameters(path, found)
    assert parameters["kurs.godkand_procent"].default == value
    assert [item.text for item in found if slip not in item.text or not slip] == []
    assert len(found) == bool(slip)


@pytest.mark.parametrize("name", ["grader", "papers"])
def test_a_script_hands_over_the_very_source(name: str) -> None:
    """The page gets the file byte for byte, as a text that no page can break out of."""
    script = module_script(name)
    head, _, rest = script.partition(" = ")
    assert head == f'"use strict";\nglobalThis.handbook{name.capitalize()}'
    assert json.loads(rest.removesuffix(";\n")) == (PROJECT / "src" / "handbook" / f"{name}.py").read_text(
        encoding="utf-8"
    )
    assert script.isascii()
