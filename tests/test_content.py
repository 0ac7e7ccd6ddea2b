"""The real content: no slips, every statement on strength the right way round, and the editors' examples work."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from strengths import cited_strengths, statements, swapped
from support import MINIMAL, PROJECT, copy_minimal, messages, real_content

from handbook.content import COURSE_QUESTIONS_FILE, LAW_FOLDER, QUIZ_FOLDER, RULE_FOLDER, flat_names, load_content
from handbook.law_register import STRENGTHS
from handbook.question_types.branching import BranchingQuestion
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.match import MatchQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.question_types.base import Question

PINNED = {
    "OSL-18-8": "svag", "OSL-21-1": "kvalificerat rakt", "OSL-21-3-st1": "kvalificerat rakt", "OSL-21-7": "svag",
    "OSL-22-1-st1": "kvalificerat rakt", "OSL-25-1": "stark", "OSL-26-1": "stark", "OSL-39-2": "svag",
    "OSL-39-3-st1": "kvalificerat rakt", "OSL-39-3-st2": "svag", "OSL-39-3-st3": "stark", "OSL-39-3-st4": "stark",
    "OSL-40-4": "absolut",
}  # fmt: skip
"""Read from the law by hand: the words "inte står klart" are stark, "kan antas" svag, "särskild anledning",
"betydande" or "allvarligt men" kvalificerat rakt, and no word of harm at all absolut."""


def feedback(definition: object) -> list[str]:
    """Return every feedback text in a question's definition, whatever its type."""
    if isinstance(definition, dict):
        own = [definition["feedback"]] if "feedback" in definition else []
        return own + [text for value in definition.values() for text in feedback(value)]
    return [text for value in definition for text in feedback(value)] if isinstance(definition, list) else []


def right_answers(question: Question) -> list[str]:
    """Return what a question's key says in words: right choices, right words to a caller, pairs."""
    if isinstance(question, ChoiceQuestion):
        return [str(choice.text) for choice in question.choices if choice.id in question.correct]
    if isinstance(question, BranchingQuestion):
        return [str(say.part.text) for turn in question.turns for say in turn.choices if say.correct]
    if isinstance(question, MatchQuestion):
        targets = dict(question.targets)
        return [f"{item.text} – {targets[question.correct[item.id]]}" for item in question.items]
    return []


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text that states what is true: pages, registers, profiles, and of questions all but wrong choices."""
    content = real_content()
    for path in sorted((PROJECT / "docs").rglob("*.md")):
        yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")
    for entry in content.laws.entries.values():
        yield entry.id, "\n\n".join([entry.heading, entry.gist, entry.applies, entry.note])
    for question in content.bank.questions.values():
        reasons = feedback(question.definition())
        yield question.id, "\n\n".join([*right_answers(question), *reasons, str(question.common.explanation or "")])
    for rule in content.policy_rules:
        yield rule.id, f"{rule.gist}\n\n{rule.reason or ''}"
    for parameter in content.parameters.values():
        yield parameter.name, f"{parameter.default}\n\n{parameter.reason}"
    yield "STRENGTHS", "\n\n".join(f"{name}: {meaning}".replace(":", "") for name, meaning in STRENGTHS.items())


def test_the_content_is_without_slips() -> None:
    """Registers, rules, questions and the default profile give not one diagnostic."""
    assert [item.render(PROJECT) for item in real_content().diagnostics] == []


# --- Svag and stark ----------------------------------------------------------------------------------


def test_strength_is_never_stated_the_wrong_way_round() -> None:
    """Svag is rakt and presumes openness, stark is omvänt and presumes secrecy, in every text of the handbook."""
    wrong = [f"{name}: {found.text}" for name, text in texts() for found in statements(text) if found.is_wrong]
    assert wrong == []


def test_the_scan_sees_the_statements_that_there_are() -> None:
    """The scan finds what the chapter, the rule and the register say, so that its silence means something."""
    found = {name for name, text in texts() for _ in statements(text)}
    pages = {"docs/kurs/vaxeln-och-personal.md", "docs/kurs/styrkorna.md", "docs/sla-upp/absolut-stark-svag.md"}
    assert {*pages, "STRENGTHS"} <= found
    assert len([statement for _, text in texts() for statement in statements(text)]) >= 25


def test_every_statement_goes_red_when_it_is_turned_round() -> None:
    """With svag and stark in each other's place, each statement that names one is caught."""
    named = [found.text for _, text in texts() for found in statements(text) if found.text != swapped(found.text)]
    assert len(named) >= 20
    missed = [text for text in named if not any(found.is_wrong for found in statements(swapped(text)))]
    both_are_names = [text for text in missed if not re.search("skaderek|presumtion|rakt|omvän|utgå", text.lower())]
    assert missed == both_are_names


@pytest.mark.parametrize(
    "text",
    [
        "Svag sekretess har omvänt skaderekvisit.",
        "Stark sekretess betyder presumtion för offentlighet.",
        "Rakt skaderekvisit är starkt.",
        "Är sekretessen *svag* utgår du från att uppgiften är hemlig.",
        "| **Svag** | omvänt skaderekvisit | Offentligt |",
        "Det är *stark* sekretess (rakt skaderekvisit): man utgår från att uppgiften är offentlig.",
    ],
)
def test_the_classic_error_is_caught(text: str) -> None:
    """Each of these sentences is the error that the field knows best."""
    assert any(found.is_wrong for found in statements(text))


@pytest.mark.parametrize("kind", ["choice", "branching", "match"])
def test_the_key_of_a_question_is_read_as_a_statement(kind: str) -> None:
    """What a key says in words is among the texts that are scanned, for every type whose key has words."""
    scanned = dict(texts())
    questions = [item for item in real_content().bank.questions.values() if item.common.type == kind]
    assert questions
    for question in questions:
        said = right_answers(question)
        assert said, question.id
        assert all(text in scanned[question.id] for text in said), question.id


def test_policies_and_the_register_of_their_rules_are_scanned() -> None:
    """A strength beside a provision is read in the policies, and a reason in the register is read too."""
    content = real_content()
    page = (PROJECT / "docs/policy/allmanna-handlingar.md").read_text(encoding="utf-8")
    assert len([*cited_strengths(page, content)]) >= 2
    assert {rule.id for rule in content.policy_rules} <= dict(texts()).keys()


@pytest.mark.parametrize(
    "text",
    [
        "| [Vad betyder absolut, stark och svag](styrkorna.md) | vad man utgår från | 10 minuter |",
        "Rakt är svagt, omvänt är starkt.",
        "Stark är inte absolut, och svag är inte ingen.",
        "Kvalificerat rakt är svagare än svag: en ännu starkare presumtion för offentlighet.",
        "Minnesregel: rakt fram = raka vägen ut. Rakt låter strängt men är svag sekretess. Omvänt är stark.",
        "Se {rule}`vad absolut, stark och svag betyder <absolut-stark-svag>`.",
    ],
)
def test_right_sentences_are_left_alone(text: str) -> None:
    """Speaking of both, one after the other, is no error."""
    assert not any(found.is_wrong for found in statements(text))


def test_a_page_gives_a_provision_the_strength_of_the_register() -> None:
    """A sentence that names one strength and cites one provision names the strength that the register holds."""
    content = real_content()
    found = [
        (path.name, *cited)
        for path in sorted((PROJECT / "docs").rglob("*.md"))
        for cited in cited_strengths(path.read_text(encoding="utf-8"), content)
    ]
    assert [item for item in found if item[2] != item[3]] == []
    assert len(found) >= 25


def test_a_wrong_strength_beside_a_provision_is_caught() -> None:
    """The comparison with the register goes red for each sentence that is turned round."""
    content = real_content()
    page = (PROJECT / RULE_FOLDER / "hemadress.md").read_text(encoding="utf-8")
    sentence = "Hemadressen har svag sekretess, {law}`39 kap. 3 § tredje stycket OSL`."
    wrong = [item for item in cited_strengths(f"{page}\n\n{sentence}", content) if item[1] != item[2]]
    assert wrong == [(sentence, "svag", "stark")]


def test_the_strengths_of_the_register_are_those_of_the_law() -> None:
    """The provisions that the chapter rests on have the strength that the law's own words give them."""
    entries = real_content().laws.entries
    assert {name: entries[name].strength for name in PINNED} == PINNED


def test_a_gist_names_the_strength_of_its_entry() -> None:
    """Where a gist says which strength, it is the entry's own; an absolute one may say that no harm is weighed."""
    for entry in real_content().laws.entries.values():
        named = {match.lower() for match in re.findall(r"\b(stark|svag|absolut)\b", entry.gist, re.IGNORECASE)}
        if named and "skadeprövning" not in entry.gist:
            assert entry.strength in named, entry.id


def test_a_rule_has_the_strengths_of_its_provisions() -> None:
    """Each strength that a rule page shows is that of a provision it cites."""
    content = real_content()
    for rule in content.rules.rules.values():
        assert set(rule.strength) <= {content.laws.entries[name].strength for name in rule.provisions}, rule.id


# --- What editors are shown --------------------------------------------------------------------------


def test_the_editors_examples_are_right(tmp_path: Path) -> None:
    """The question and the rule page that the page for editors shows can be pasted in as they stand."""
    page = (PROJECT / "docs/om/for-redaktorer.md").read_text(encoding="utf-8")
    rule = re.search(r"^`{5}md\n(# .*?)^`{5}$", page, re.MULTILINE | re.DOTALL)
    question = re.search(r"^`{4}yaml\n(  - id: .*?)^`{4}$", page, re.MULTILINE | re.DOTALL)
    assert rule
    assert question
    name = re.search(r"Filen heter `([\w-]+)\.md`", page)
    assert name
    root = tmp_path / "handbook"
    for folder in (LAW_FOLDER, RULE_FOLDER, QUIZ_FOLDER, "docs/policy", "profiles"):
        shutil.copytree(PROJECT / folder, root / folder)
    (root / COURSE_QUESTIONS_FILE).write_bytes((PROJECT / COURSE_QUESTIONS_FILE).read_bytes())
    (root / RULE_FOLDER / f"{name[1]}.md").write_text(rule[1], encoding="utf-8")
    practice = question[1].replace("hemadress-planboken", "prov").replace("[hemadress]", f"[{name[1]}]")
    with (root / QUIZ_FOLDER / "hem-och-namn.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{question[1]}\n{practice}")
    subjects = root / RULE_FOLDER / "amnen.yaml"
    listed = subjects.read_text(encoding="utf-8")
    subjects.write_text(listed.replace("[hotad-kollega", f"[{name[1]}, hotad-kollega"), encoding="utf-8")
    content = load_content(root)
    assert [item.render(root) for item in content.diagnostics] == []
    assert {"hemadress-planboken", "prov"} <= set(content.bank.questions)


def test_names_of_nested_values_are_dotted() -> None:
    """Substitutions are named as they are written on a page."""
    assert flat_names({"a": "1", "b": {"c": "2", "d": {"e": "3"}}}) == ["a", "b.c", "b.d.e"]


def test_messages_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    """An author reads from the first line of the first file to the last of the last, in every run alike."""
    root = copy_minimal(tmp_path)
    for path in sorted(root.glob("quizzes/*.yaml")) + sorted(root.glob("docs/om/lagregister/*.yaml")):
        text = (
            path.read_text(encoding="utf-8").replace("2026-11-22", "i dag").replace("confidence: high", "confidence: 1")
        )
        path.write_text(text, encoding="utf-8")
    found = [(line.split(":")[0], int(line.split(":")[1])) for line in messages(root)]
    assert len(found) >= 10
    assert found == sorted(found)


SPOILABLE = (
    "quizzes/telefon.yaml", "docs/om/lagregister/fl.yaml", "docs/sla-upp/vaxelsamtal.md", "profiles/parameters.yaml",
    "profiles/exempelkommun.toml",
)  # fmt: skip


@pytest.mark.parametrize("name", SPOILABLE)
def test_no_line_that_is_lost_or_spoilt_ends_in_a_traceback(tmp_path: Path, name: str) -> None:
    """Whichever line is removed, or has a list of entries for its value, reading goes on and names lines that exist."""
    root = copy_minimal(tmp_path)
    path = root / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        key = re.match(r"[^:=]*[:=]?", line)
        assert key
        for spoilt in ("", f"{key[0].rstrip()} [1, {{a: b}}]\n"):
            path.write_text("".join([*lines[:number], spoilt, *lines[number + 1 :]]), encoding="utf-8")
            for item in load_content(root).diagnostics:
                assert item.path != path or 1 <= item.line <= len(lines) + 1
                assert "None" not in item.text


# --- The command -------------------------------------------------------------------------------------


def check(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m handbook check`` on *root*."""
    return subprocess.run(
        [sys.executable, "-m", "handbook", "check", "--root", str(root), *arguments],
        env={"PYTHONPATH": str(PROJECT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_check_passes_what_is_right() -> None:
    """Without slips the command counts what it has read and succeeds."""
    result = check(MINIMAL)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "6 provisions, 2 rules, 3 questions, 5 parameters; 0 slips.\n"


def test_check_lists_every_slip_and_fails(tmp_path: Path) -> None:
    """With slips the command prints them as the build does, and fails without a traceback."""
    root = copy_minimal(tmp_path)
    path = root / "quizzes" / "telefon.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("correct:", "corect:"), encoding="utf-8")
    result = check(root)
    assert result.returncode == 1
    assert result.stderr.splitlines() == messages(root)
    assert result.stdout.endswith("; 3 slips.\n")


def test_check_refuses_an_unknown_profile() -> None:
    """A misspelt edition gets the nearest name."""
    result = check(MINIMAL, "--profile", "exempelkomun")
    assert result.returncode == 1
    assert "Did you mean 'exempelkommun'?" in result.stderr
