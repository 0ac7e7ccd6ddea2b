"""Law register, rule register and question bank: what they hold, find and suggest, and what they leave out."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

import pytest
from support import changed, copy_minimal, messages, real_content

from handbook import grader
from handbook.citation import parse_id
from handbook.content import LAW_FOLDER, RULE_FOLDER, load_content
from handbook.diagnostics import Code
from handbook.question_bank import newer_provisions
from handbook.question_types import QUESTION_TYPES
from handbook.rule_register import SAY_WORDS, SHORT_ANSWER_WORDS, VERDICTS

if TYPE_CHECKING:
    from pathlib import Path


# --- The law register --------------------------------------------------------------------------------


def test_a_provision_holds_what_the_file_says(tmp_path: Path) -> None:
    """Every field of an entry is the text in the file, dates as dates."""
    entry = load_content(copy_minimal(tmp_path)).laws.entries["OSL-39-3-st3"]
    assert (entry.heading, entry.strength, entry.secrecy_time) == ("Hemadress och privat telefon", "stark", "50 år")
    assert (entry.amended_by, entry.in_force) == ("2025:543", datetime.date(2025, 7, 2))
    assert (entry.law.name, entry.law.sfs, entry.law.has_chapters) == (
        "offentlighets- och sekretesslagen",
        "2009:400",
        True,
    )
    assert (entry.anchor, entry.line, entry.sources) == ("osl-39-3-st3", 7, ("SFS 2009:400",))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("OSL-39-3-st3", "OSL-39-3-st3"),
        ("OSL-39-3", "OSL-39-3-st3"),  # the whole section: its first entry
        ("OSL-40-4-st1", "OSL-40-4"),  # a stycke of a section that is one entry
        ("OSL-39-3-st1", None),  # another stycke than those in the register
        ("TF-2-18", "TF-2-18"),
        ("TF-2-19", None),
    ],
)
def test_a_provision_is_found_by_itself_or_its_section(tmp_path: Path, wanted: str, found: str | None) -> None:
    """A citation finds its entry, the entry of its section, or nothing: never another stycke."""
    entry = load_content(copy_minimal(tmp_path)).laws.find(parse_id(wanted))
    assert (entry.id if entry else None) == found


def test_a_provision_that_was_refused_is_not_also_unknown(tmp_path: Path) -> None:
    """One slip in an entry is one message, however many rules cite the provision."""
    root = copy_minimal(tmp_path)
    path = root / LAW_FOLDER / "osl.yaml"
    path.write_text(changed(path.read_text(encoding="utf-8"), "-    strength: absolut\n"), encoding="utf-8")
    content = load_content(root)
    assert [item.code for item in content.diagnostics] == [Code.MISSING_KEY]
    assert "OSL-40-4" not in content.laws.entries
    assert not content.laws.lacks("OSL-40-4")
    assert content.laws.lacks("OSL-40-5")


def test_the_laws_of_the_handbook_have_what_readers_need() -> None:
    """Every real provision has words of our own, a source and dates in order."""
    for entry in real_content().laws.entries.values():
        assert len(entry.gist.split()) >= 5, entry.id
        assert entry.sources, entry.id
        assert entry.in_force <= entry.last_checked, entry.id
        assert "  " not in entry.gist, entry.id


# --- The rule register -------------------------------------------------------------------------------


def test_a_rule_holds_what_the_page_says(tmp_path: Path) -> None:
    """Every field of a rule is the text on the page, and knows its line there."""
    rule = load_content(copy_minimal(tmp_path)).rules.rules["vaxelsamtal"]
    assert rule.question == "Får jag berätta vem som har ringt?"
    assert (rule.verdict, rule.verdict_slug) == ("lämna inte ut", "lamna-inte-ut")
    assert (rule.short_answer.line, rule.uncertain.line if rule.uncertain else 0) == (7, 24)
    assert rule.uncertain == "Det är inte klarlagt vad som gäller i en gemensam växel. Juristen avgör."
    assert (rule.who_decides, rule.provisions) == (("chef", "jurist"), ("OSL-40-4",))
    assert (rule.in_force, rule.changed) == (datetime.date(2009, 6, 30), None)


def test_a_block_fenced_with_colons_is_read_alike(tmp_path: Path) -> None:
    """MyST allows both fences, and so does the register."""
    root = copy_minimal(tmp_path)
    path = root / RULE_FOLDER / "hemadress.md"
    before = load_content(root).rules.rules["hemadress"]
    path.write_text(path.read_text(encoding="utf-8").replace("```", ":::"), encoding="utf-8")
    assert load_content(root).rules.rules["hemadress"] == before


def test_the_index_is_no_rule(tmp_path: Path) -> None:
    """The page that lists the rules stands in their folder and is not read as one."""
    assert sorted(load_content(copy_minimal(tmp_path)).rules.rules) == ["hemadress", "vaxelsamtal"]


def test_rules_are_found_by_the_provisions_that_they_cite(tmp_path: Path) -> None:
    """The reverse index of the law register rests on this."""
    rules = load_content(copy_minimal(tmp_path)).rules
    assert [rule.id for rule in rules.citing("OSL-40-4")] == ["vaxelsamtal"]
    assert rules.citing("FL-6") == []


def test_the_rules_of_the_handbook_fit_a_caller_on_the_line() -> None:
    """Every real rule asks a question, answers it shortly and knows who decides."""
    rules = real_content().rules.rules
    assert len(rules) >= 12
    for rule in rules.values():
        assert rule.question.endswith("?"), rule.id
        assert rule.verdict in VERDICTS
        assert len(rule.short_answer.split()) <= SHORT_ANSWER_WORDS
        assert len(rule.say.split()) <= SAY_WORDS
        assert rule.in_force <= rule.last_checked, rule.id
        assert len(set(rule.search_words)) == len(rule.search_words) >= 3, rule.id
        assert len(set(rule.provisions)) == len(rule.provisions), rule.id


def test_the_handbook_answers_the_first_twelve_course_questions() -> None:
    """S1–S12 of the course of 2010 each have a rule."""
    answered = {name for rule in real_content().rules.rules.values() for name in rule.answers}
    assert {f"S{number}" for number in range(1, 13)} <= answered


# --- The question bank -------------------------------------------------------------------------------


def test_a_question_holds_what_the_file_says(tmp_path: Path) -> None:
    """Every field of a question is the text in the file, and the key holds ids in the order of the choices."""
    questions = load_content(copy_minimal(tmp_path)).bank.questions
    assert list(questions) == ["hemadress-blommor", "hemadress-vilka", "vaxelsamtal-fru"]
    common = questions["hemadress-blommor"].common
    assert (common.type, common.module, common.difficulty, common.line) == ("choice", "telefon", "easy", 2)
    assert (common.prompt, common.prompt.line) == ("En florist vill ha en kollegas hemadress. Vad gör du?", 9)
    assert questions["hemadress-vilka"].definition()["correct"] == ["a", "b"]


def test_a_single_answer_may_stand_without_brackets(tmp_path: Path) -> None:
    """``correct: b`` is the same as ``correct: [b]``."""
    assert load_content(copy_minimal(tmp_path)).bank.questions["hemadress-blommor"].definition()["correct"] == ["b"]


def test_the_main_rule_is_the_first(tmp_path: Path) -> None:
    """A question practises its first rule and cites all of them."""
    root = copy_minimal(tmp_path)
    path = root / "quizzes" / "telefon.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("rules: [vaxelsamtal]", "rules: [vaxelsamtal, hemadress]", 1),
        encoding="utf-8",
    )
    bank = load_content(root).bank
    assert [question.id for question in bank.practising("hemadress")] == ["hemadress-blommor", "hemadress-vilka"]
    assert len(bank.citing("hemadress")) == 3


def test_every_type_of_the_bank_is_graded() -> None:
    """Bank and grader know the same types."""
    assert set(QUESTION_TYPES) == set(grader.GRADERS) == set(grader.TYPES)


def test_every_question_of_the_handbook_can_be_graded() -> None:
    """The key of each real question gives full points, every wrong choice a severity, and nothing an error."""
    for question in real_content().bank.questions.values():
        definition = json.loads(json.dumps(question.definition()))
        grade = grader.grade(definition, question.key())
        expected = "considered" if definition["type"] == "dilemma" else "correct"
        assert (grade["outcome"], grade["error"]) == (expected, None), question.id
        for choice in definition["choices"] if definition["type"] in ("choice", "multiple_response") else ():
            if choice["id"] not in definition["correct"]:
                assert "severity" in choice, question.id


def test_every_rule_of_the_handbook_is_practised_twice() -> None:
    """Each real rule has at least two questions of its own, and the chapter at least 24."""
    content = real_content()
    assert {rule_id for rule_id in content.rules.rules if len(content.bank.practising(rule_id)) < 2} == set()
    assert len(content.bank.questions) >= 24


def test_the_right_answer_has_no_place_of_its_own() -> None:
    """A reader who always takes the same letter does not pass."""
    keys = [
        [choice["id"] for choice in definition["choices"]].index(definition["correct"][0])
        for definition in (json.loads(json.dumps(q.definition())) for q in real_content().bank.questions.values())
        if definition["type"] == "choice"
    ]
    assert max(keys.count(place) for place in set(keys)) <= len(keys) * 0.5


# --- Quarantine --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_force", "is_in_quarantine"),
    [("2026-11-21", False), ("2026-11-22", False), ("2026-11-23", True), ("2027-01-01", True)],
)
def test_a_question_is_in_quarantine_when_the_law_is_newer(
    tmp_path: Path, in_force: str, is_in_quarantine: bool
) -> None:
    """The day of the check itself is in time; any later day puts every question on the rule in quarantine."""
    root = copy_minimal(tmp_path)
    path = root / LAW_FOLDER / "osl.yaml"
    text = path.read_text(encoding="utf-8").replace("in_force: 2025-07-02", f"in_force: {in_force}")
    path.write_text(text, encoding="utf-8")
    content = load_content(root)
    found = {
        question.id: newer_provisions(question, content.rules, content.laws)
        for question in content.bank.questions.values()
    }
    newer = ["39\u00a0kap.\u00a03\u00a0§ tredje stycket\u00a0OSL"] if is_in_quarantine else []
    assert found == {"hemadress-blommor": newer, "hemadress-vilka": newer, "vaxelsamtal-fru": []}
    assert [item.code for item in content.diagnostics] == [Code.QUARANTINED] * (2 if is_in_quarantine else 0)


def test_a_question_on_two_rules_is_kept_back_by_either(tmp_path: Path) -> None:
    """The rule that is cited besides the main rule counts too."""
    root = copy_minimal(tmp_path)
    path = root / "quizzes" / "telefon.yaml"
    text = path.read_text(encoding="utf-8").replace("rules: [vaxelsamtal]", "rules: [vaxelsamtal, hemadress]")
    path.write_text(text, encoding="utf-8")
    law = root / LAW_FOLDER / "osl.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("2025-07-02", "2026-12-01"), encoding="utf-8")
    assert len([line for line in messages(root) if "handbook.quarantined" in line]) == 3
