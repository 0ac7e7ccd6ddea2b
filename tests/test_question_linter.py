"""The linter: every rule finds what it should, leaves alone what it should, and is silent about the real bank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handbook.__main__ import main
from handbook.content import load_content
from handbook.diagnostics import Diagnostics
from handbook.lint_view import see
from handbook.question_bank import load_question_bank
from handbook.question_linter import LINT_RULES, fails, lint
from handbook.question_types import QUESTION_TYPES
from handbook.rule_register import load_rule_register

PROJECT = Path(__file__).resolve().parents[1]
_PART = re.compile(
    r"^## (?P<title>[^\n]+)$|^```(?P<kind>yaml|say|page|messages)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_DEFAULTS = {
    "type": "choice",
    "module": "prov",
    "rules": "[hemadress]",
    "difficulty": "easy",
    "last_checked": "2026-11-22",
}
_PAGE = """# Får jag lämna ut en hemadress?

```{{rule}}
id: hemadress
verdict: lämna inte ut
say: {say}
short_answer: Nej.
do_not_ask: Fråga inte efter legitimation.
who_decides: [hr]
who_decides_note: Lämna över.
strength: [stark]
provisions: [OSL-39-3-st3]
search_words: [hemadress]
answers: [S3]
in_force: 2025-07-02
last_checked: 2026-11-22
owner: registrator
confidence: high
```

## Gör så här

{page}

## Varför

## Undantag och fällor
"""


@dataclass(frozen=True)
class Case:
    """What an author writes, and every message that the author then reads."""

    title: str
    blocks: dict[str, str]

    @property
    def rule(self) -> str:
        """Return the id of the rule that the case is about."""
        return self.title.partition(":")[0]

    @property
    def expected(self) -> list[str]:
        """Return the messages, one a line."""
        return self.blocks.get("messages", "").splitlines()


def _read_cases() -> list[Case]:
    text = (PROJECT / "tests" / "cases" / "lint.md").read_text(encoding="utf-8")
    found: list[Case] = []
    for part in _PART.finditer(text):
        if part["title"]:
            found.append(Case(part["title"], {}))
        else:
            found[-1].blocks[part["kind"]] = part["text"]
    return found


CASES = _read_cases()


def _complete(questions: str) -> str:
    """Return the questions of a case as a file, each with the keys that it does not give."""
    parts = []
    for number, question in enumerate(re.split(r"^(?=- )", questions, flags=re.MULTILINE)[1:], 1):
        given = set(re.findall(r"^(?:- |  )(\w+):", question, re.MULTILINE))
        given |= set(re.findall(r"# without: (\w+)", question))
        added = {"id": f"fraga-{number}", **_DEFAULTS}
        parts.append(question + "".join(f"  {key}: {value}\n" for key, value in added.items() if key not in given))
    return "questions:\n" + "".join(parts) if parts else "questions: []\n"


def _write(root: Path, blocks: dict[str, str]) -> None:
    for folder in ("quizzes", "docs/sla-upp"):
        (root / folder).mkdir(parents=True)
    say = blocks.get("say", "Det lämnar jag inte ut.").strip()
    page = _PAGE.format(say=say, page=blocks.get("page", ""))
    (root / "docs" / "sla-upp" / "hemadress.md").write_text(page, encoding="utf-8")
    if "yaml" in blocks:
        (root / "quizzes" / "fragor.yaml").write_text(_complete(blocks["yaml"]), encoding="utf-8")


def _messages(root: Path) -> list[str]:
    """Return what the author of the files below *root* reads: slips, then findings."""
    diagnostics = Diagnostics()
    rules = load_rule_register(root / "docs" / "sla-upp", diagnostics)
    bank = load_question_bank(root / "quizzes", diagnostics)
    return [found.render(root) for found in [*diagnostics, *lint(bank, rules, None)]]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title.replace(" ", "-")) for case in CASES])
def test_messages_are_what_the_case_says(case: Case, tmp_path: Path) -> None:
    """A finding is told in full, at its file and line, and what is well written is left alone."""
    _write(tmp_path, case.blocks)
    assert _messages(tmp_path) == case.expected


@pytest.mark.parametrize("rule", [rule.id for rule in LINT_RULES if not rule.id.startswith("key-")])
def test_every_rule_has_cases(rule: str) -> None:
    """Every rule has a case that it finds and, unless reading the bank tells it, one that looks alike and passes."""
    rules = {found.id: found for found in LINT_RULES}
    about = [case for case in CASES if case.rule == rule]
    told = rules[rule].told_as
    tag = told.tag if told else rules[rule].tag
    assert any(f"[handbook.{tag}]" in line for case in about for line in case.expected)
    assert told or any(not case.expected for case in about)


_SUBJECTS = ("klocka", "brygga", "fågel", "lampa", "spade", "kudde", "fönster", "äpple")


def _prompt(number: int) -> str:
    return f"Någon frågar om en {_SUBJECTS[number]}. Hur svarar du?"


def _file(keys: str, long: str = "", filling: str = "och en hel del till") -> str:
    """Return questions whose keys are the choices that *keys* says (``aabc``); those in *long* are longer."""
    parts = []
    for number, key in enumerate(keys):
        subject, other = _SUBJECTS[number], _SUBJECTS[number - 1]
        lines = [f"- prompt: {_prompt(number)}", "  choices:"]
        for choice in "abc":
            severity = "" if choice == key else ", severity: delay"
            text = f"{subject} {choice}{other} {filling if choice in long else ''}".strip()
            lines.append(f"    - {{id: {choice}, text: {text}, feedback: {subject} nära {other}{severity}}}")
        parts.append("\n".join([*lines, f"  correct: [{key}]", ""]))
    return "".join(parts)


@pytest.mark.parametrize(
    ("key", "wrong", "found"), [(60, 50, 1), (59, 50, 0), (115, 100, 0), (30, 20, 1), (29, 20, 0), (20, 60, 0)]
)
def test_key_may_be_longer_up_to_the_margin(key: int, wrong: int, found: int, tmp_path: Path) -> None:
    """A fifth and ten characters are too much; less of either is not."""
    texts = "".join(f"    - {{id: {name}, text: {name * length}}}\n" for name, length in (("a", key), ("b", wrong)))
    texts = texts.replace("}", ", feedback: Bostaden har stark sekretess.}").replace("bb,", "bb, severity: leak,")
    _write(tmp_path, {"yaml": f"- prompt: Vad gör du?\n  choices:\n{texts}  correct: [a]\n"})
    assert len(_messages(tmp_path)) == found


POSITIONS = [
    ("aaaabc", "the key is choice number 1 in 4 of 6 questions."),
    ("bababa", "the key is never choice number 3 in 6 questions."),
    ("aabbcc", ""),
    ("aaabbc", ""),
    ("aaaab", ""),
]


@pytest.mark.parametrize(("keys", "message"), POSITIONS)
def test_key_position_is_balanced_over_a_file(keys: str, message: str, tmp_path: Path) -> None:
    """One place may hold half of the keys and none may be left out; few questions are no pattern."""
    _write(tmp_path, {"yaml": _file(keys)})
    found = [line for line in _messages(tmp_path) if "key-position" in line]
    assert [line.partition("WARNING: ")[2].partition(" Hint")[0] for line in found] == ([message] if message else [])
    assert all(line.startswith("quizzes/fragor.yaml:1: ") for line in found)


LENGTHS = [
    ("aabbac", "a", []),
    ("aabbaac", "a", ["the key is the longest choice in 4 of 7 questions."]),
    ("aabbaac", "bc", ["the key is the shortest choice in 4 of 7 questions."]),
    ("aabbaac", "", []),
    ("aabba", "a", []),
]


@pytest.mark.parametrize(("keys", "long", "expected"), LENGTHS)
def test_key_length_tells_nothing_over_a_file(keys: str, long: str, expected: list[str], tmp_path: Path) -> None:
    """The key may be longest, or shortest, in half of a file's questions and in no more; few are no pattern."""
    _write(tmp_path, {"yaml": _file(keys, long)})
    found = [line for line in _messages(tmp_path) if "key-length" in line]
    assert [line.partition("WARNING: ")[2].partition(" Hint")[0] for line in found] == expected


def test_real_bank_has_no_findings() -> None:
    """Every question that we publish, and every rule's words to say, follow the rules."""
    content = load_content(PROJECT)
    assert len(content.bank.questions) >= 61
    assert [found.render(PROJECT) for found in lint(content.bank, content.rules, content.profile)] == []


def test_every_type_is_linted() -> None:
    """A question of every type has feedback to lint, and every type with choices shows them to the rules."""
    content = load_content(PROJECT)
    shown = {found.common.type: see(found) for found in content.bank.questions.values() if found.common.is_example}
    assert set(shown) == set(QUESTION_TYPES)
    assert [name for name, seen in shown.items() if not seen.feedback] == []
    without = {"text_entry", "numeric", "hottext"}
    assert {name for name, seen in shown.items() if not seen.groups} == without


def test_local_values_are_read_as_readers_read_them(tmp_path: Path) -> None:
    """Words that the profile fills in count as copied, and a role counts as its text."""
    content = load_content(PROJECT)
    assert content.profile is not None
    name = content.profile.contacts["hr"].name
    page = "Ta emot begäran om uppgiften och {law}`lämna den <x>` till {{ contact.hr.name }} redan i dag."
    prompt = f"Du ska ta emot begäran om uppgiften och lämna den till {name}. Vad gör du?"
    _write(tmp_path, {"page": page, "yaml": _file("a").replace(_prompt(0), prompt)})
    diagnostics = Diagnostics()
    rules = load_rule_register(tmp_path / "docs" / "sla-upp", diagnostics)
    bank = load_question_bank(tmp_path / "quizzes", diagnostics)
    found = lint(bank, rules, content.profile)
    assert [told.rule.id for told in found] == ["copied-scenario"]
    assert f"till {name.lower()}" in found[0].finding.message


def _copy_project(root: Path, questions: str) -> Path:
    """Return a project in *root* with the real laws, rules and profiles, and *questions* in place of the bank."""
    for folder in ("docs", "profiles"):
        (root / folder).symlink_to(PROJECT / folder, target_is_directory=True)
    (root / "quizzes").mkdir()
    (root / "quizzes" / "fragor.yaml").write_text(_complete(questions), encoding="utf-8")
    return root


def _case(title: str) -> str:
    return next(case.blocks["yaml"] for case in CASES if case.title.startswith(title))


def _run(capsys: pytest.CaptureFixture[str], *arguments: Any) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_command_passes_on_the_real_bank(capsys: pytest.CaptureFixture[str]) -> None:
    """Linting what we publish says so in one line and exits with 0."""
    code, out, err = _run(capsys, "lint", "--root", PROJECT)
    assert (code, err) == (0, "")
    assert re.fullmatch(rf"Questions: \d+\. Rules: {len(LINT_RULES)}\. Findings: 0\.\n", out)


def test_command_fails_on_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is printed with file and line, and the exit code is 1."""
    root = _copy_project(tmp_path, _case("negated-stem: the question is negated"))
    code, out, err = _run(capsys, "lint", "--root", root)
    assert code == 1
    assert "Questions: 1." in out
    assert re.fullmatch(r"quizzes/fragor\.yaml:2: WARNING: .+ \[handbook\.lint\.negated-stem\]\n", err)


def test_command_fails_on_a_question_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A question that is left out of the bank has not been linted, so the command does not pass."""
    code, _, err = _run(capsys, "lint", "--root", _copy_project(tmp_path, _case("missing-feedback")))
    assert code == 1
    assert "[handbook.missing_key]" in err


def test_advice_is_printed_and_does_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hard words are told and do not stop anyone."""
    code, out, err = _run(capsys, "lint", "--root", _copy_project(tmp_path, _case("hard-to-read: officialese")))
    assert code == 0
    assert "Findings: 1." in out
    assert "[handbook.lint.hard-to-read]" in err
    assert not fails([])


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """``--explain`` gives the sentence, the measure, the reason and the remedy, without a link."""
    code, out, _ = _run(capsys, "lint", "--explain", rule.id)
    assert code == 0
    assert out.startswith(f"{rule.id}\n  {rule.sentence}")
    assert all(label in out for label in ("Measured: ", "Why: ", "Mend it: "))
    assert "://" not in out
    assert rule.check or f"[handbook.{rule.told_as.tag}]" in out
    assert max(map(len, out.splitlines())) <= 100


def test_explain_without_a_name_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """``--explain`` alone shows one line for each rule."""
    _, out, _ = _run(capsys, "lint", "--explain")
    assert [line.split()[0] for line in out.splitlines()] == [rule.id for rule in LINT_RULES]


def test_explain_suggests_the_nearest_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt id is answered with the nearest one, not with a traceback."""
    code, _, err = _run(capsys, "lint", "--explain", "longest-is-kye")
    assert code == 1
    assert re.fullmatch(r"There is no lint rule 'longest-is-kye'\. Hint: Did you mean 'longest-is-key'.*\?\n", err)


def test_ids_and_reasons_are_complete() -> None:
    """Ids are unique and every rule is either checked here or told when the bank is read."""
    assert len({rule.id for rule in LINT_RULES}) == len(LINT_RULES)
    assert [rule.id for rule in LINT_RULES if (rule.check is None) == (rule.told_as is None)] == []
    assert all(rule.sentence.endswith(".") and rule.reason.endswith(".") for rule in LINT_RULES)


@pytest.mark.parametrize("line", [line for case in CASES for line in case.expected])
def test_a_message_is_two_sentences(line: str) -> None:
    """A message says where, what and how to mend it, as whole sentences."""
    assert re.fullmatch(r"[\w./-]+:\d+: WARNING: .+\. Hint: .+[.…]'?\.? \[handbook\.[\w.-]+\]", line)
