"""What the trainers' notebooks call: ``granska`` reads a question that they wrote, ``analysera`` a group's results.

Both use what the command line uses: the bank's reader, the linter, the grader and the item analysis. Names are
Swedish because trainers type them.
"""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import exercise
from handbook.content import load_content
from handbook.diagnostics import Diagnostics
from handbook.exercise import Chart, Shown
from handbook.exercise_texts import describe
from handbook.question_bank import QuestionBank, check_questions, load_question_bank
from handbook.question_linter import lint
from handbook.regrading import Regrader
from handbook.results import GroupResults, collect
from handbook.rule_register import load_rule_register

if TYPE_CHECKING:
    import datetime

    from handbook.content import Content
    from handbook.item_analysis import ItemStatistics
    from handbook.rule_register import RuleRegister

OWN_FILE = "eget-fall.yaml"


def granska(text: str) -> Shown:
    """Return what is wrong with the questions in *text*, what would make them better, and how they read."""
    if not text.strip():
        return Shown(("Här finns ingen fråga än. Klistra in en mellan citattecknen.",))
    bank, slips, advice = read_own(text)
    lines = [*slips, *advice]
    if lines:
        return Shown((f"Att se över: {len(lines)}.", *lines))
    shown = [line for question in bank.questions.values() for line in describe(question)]
    return Shown(("Inget att anmärka. Så här ser frågan ut:", *shown))


def prova(text: str, answer: object = None) -> Shown:
    """Return what the grader says of *answer* to the first question in *text*."""
    bank, _, _ = read_own(text)
    question = next(iter(bank.questions.values()), None)
    if question is None:
        return Shown(("Frågan går inte att läsa än. Kör granska först.",))
    return exercise.grade_answer(question, answer)


def read_own(text: str) -> tuple[QuestionBank, list[str], list[str]]:
    """Return the bank in *text*, the slips that stop it and the linter's advice, each as ``line: what. Hint: …``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / OWN_FILE).write_text(text, encoding="utf-8", errors="replace")
        diagnostics = Diagnostics()
        bank = load_question_bank(folder, diagnostics)
        check_questions(bank, _rules(), diagnostics)
        slips = [found.render(folder) for found in diagnostics if found.path.name == OWN_FILE]
        advice = [told for told in lint(bank, _rules(), None) if told.finding.path.name == OWN_FILE]
        return bank, slips, [told.render(folder) for told in advice]


def analysera(text: str, day: datetime.date) -> Shown:
    """Return what the results in *text* say: how many passed, and each question's share of points, hardest first.

    *text* holds the content of result files, one after the other; *day* is today's date.
    """
    parts, rest = split_results(text)
    if not parts:
        return Shown(("Här finns inget resultat än. Klistra in innehållet i en eller flera resultatfiler.",))
    with tempfile.TemporaryDirectory() as name:
        paths = []
        for number, part in enumerate(parts, 1):
            path = Path(name) / f"{number:04}.json"
            path.write_text(json.dumps(part), encoding="utf-8")
            paths.append(path)
        group = collect(paths, _content(), Regrader(_content()), day)
    lines = [f"{group.used} resultat räknade, {len(group.skipped)} överhoppade."]
    lines += [f"Resultat {item.number} räknas inte: {item.reason}." for item in group.skipped]
    if rest:
        lines.append("Sist i texten står något som inte är ett resultat. Kontrollera att allt kom med.")
    return Chart((*lines, *_summary(group)), tuple(_bars(group)))


def split_results(text: str) -> tuple[list[object], str]:
    """Return the JSON values that stand one after the other in *text*, and what could not be read."""
    decoder, found, rest = json.JSONDecoder(), [], text.strip().lstrip("\ufeff")
    while rest:
        try:
            value, end = decoder.raw_decode(rest)
        except (ValueError, RecursionError):
            break
        found.append(value)
        rest = rest[end:].lstrip(" \t\r\n,;\ufeff")
    return found, rest


def _summary(group: GroupResults) -> list[str]:
    summary = group.summaries.get(group.kind())
    if summary is None:
        return []
    return [
        f"Medel {summary.mean} %, median {summary.median} %.",
        f"Godkända: {summary.passed}. Gav minst ett svar som röjer något: {summary.with_leak}.",
        "Frågorna med svårast först. Stapeln visar hur stor del av poängen gruppen fick:",
    ]


def _bars(group: GroupResults) -> list[tuple[str, float]]:
    """Return a bar for each question that gives points, the hardest first."""
    analysis = group.analyses.get(group.kind())
    scored = [item for item in analysis.items() if item.facility is not None] if analysis else []
    return [(_label(item), item.facility or 0.0) for item in sorted(scored, key=lambda item: item.facility or 0.0)]


def _label(item: ItemStatistics) -> str:
    leaks = item.severities["leak"]
    note = f", röjde: {leaks}" if leaks else ""
    return f"{item.question.id} ({item.answers} svar{note})"


@cache
def _rules() -> RuleRegister:
    return load_rule_register(exercise.EDITION / "content" / "docs" / "sla-upp", Diagnostics())


@cache
def _content() -> Content:
    return load_content(exercise.EDITION / "content", str(exercise.edition()["profile"]))
