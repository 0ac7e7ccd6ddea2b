"""``python -m handbook verify RESULT.json``: what a certificate is worth, in words for whoever received it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook import ui_text
from handbook.result_file import ResultFileError, read_result, shown

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.regrading import Regraded, Regrader

PASSED, NOT_PASSED, UNREADABLE = 0, 1, 2
"""Exit codes: passed and everything fits; not passed, or not certain; no result file."""

KINDS = {"practice": "övning", "pre": "förtest", "final": "slutprov"}
ROLES = {"vaxel": "växel", "reception": "reception", "registratur": "registratur", "kansli": "kansli"}
_WIDTH = 18


@dataclass(frozen=True)
class Verdict:
    """What to print, and the exit code."""

    text: str
    code: int


def verify(path: Path, regrader: Regrader, printed_code: str = "") -> Verdict:
    """Return the verdict on the result file *path*; *printed_code* is the code on a certificate to compare with."""
    try:
        result = read_result(path)
    except ResultFileError as error:
        return Verdict(f"Filen {shown(path.name)} kan inte användas: {error}.", UNREADABLE)
    found = regrader.regrade(result)
    same_code = not printed_code or _bare(printed_code) == _bare(result.code)
    headline, code = _headline(found, is_certain=found.is_sound and same_code)
    rows = [*_score(found, regrader.pass_percent), *_origin(found, regrader)]
    if printed_code:
        rows.append(("Kod på intyget", f"{shown(printed_code)}, {'stämmer' if same_code else 'STÄMMER INTE'}"))
    lines = [headline, *(f"  {label:<{_WIDTH}}{text}" for label, text in rows)]
    return Verdict("\n".join(lines), code)


def _headline(found: Regraded, *, is_certain: bool) -> tuple[str, int]:
    what = f"{KINDS[found.result.kind].capitalize()} för {ROLES[found.result.role]}, {found.result.date}"
    if found.result.kind != "final":
        return f"INGET SLUTPROV. {what}. Bara ett slutprov kan bli godkänt.", NOT_PASSED
    if not found.is_passed and not found.is_same_content and (found.missing or found.unreadable):
        return f"KAN INTE BEKRÄFTAS. {what}. Frågorna har ändrats sedan provet gjordes.", NOT_PASSED
    if not found.is_passed:
        return f"INTE GODKÄNT. {what}.", NOT_PASSED
    if not is_certain:
        return f"KAN INTE BEKRÄFTAS. {what}. Svaren räcker, men något stämmer inte.", NOT_PASSED
    return f"GODKÄNT. {what}.", PASSED


def _score(found: Regraded, pass_percent: int) -> list[tuple[str, str]]:
    decision = found.decision
    questions = _count(len(found.result.questions), "fråga", "frågor")
    rows = [
        ("Poäng", f"{decision['percent']} procent av {questions} (gräns {pass_percent} procent)"),
        ("Röjningar", _count(found.leaks, "svar", "svar") + " som röjer något" if found.leaks else "inga"),
    ]
    made = [(count, name) for name, count in decision["severities"].items() if count and name != "leak"]
    for place, (count, name) in enumerate(made):
        rows.append(("" if place else "Andra följder", f"{count} × {ui_text.SEVERITIES[name]}"))
    if decision["unanswered"]:
        rows.append(("Obesvarade", _count(decision["unanswered"], "fråga", "frågor")))
    if found.unreadable:
        rows.append(("Oläsliga svar", f"{len(found.unreadable)}, räknas som obesvarade"))
    if found.missing:
        rows.append(("Okända frågor", f"{len(found.missing)} finns inte i frågebanken och räknas som obesvarade"))
    return rows


def _origin(found: Regraded, regrader: Regrader) -> list[tuple[str, str]]:
    result = found.result
    code = f"{result.code}, stämmer" if result.is_intact else "STÄMMER INTE: filen är ändrad sedan den sparades"
    same_content = f"{result.content_version}, lika"
    other_content = f"olika: {shown(result.content_version)} i filen, {regrader.version} här. Rättat mot frågorna här."
    same_profile = f"{regrader.profile}, lika"
    other_profile = f"OLIKA: {shown(result.profile)} i filen, {regrader.profile} här. Välj rätt med --profile."
    return [
        ("Kontrollkod", code),
        ("Provkod", f"{result.seed}, {_PAPERS[found.paper].format(length=regrader.test_length)}"),
        ("Innehållsversion", same_content if found.is_same_content else other_content),
        ("Profil", same_profile if found.is_same_profile else other_profile),
    ]


_PAPERS = {
    "same": "ger samma frågor",
    "length": "GER FLER ELLER FÄRRE FRÅGOR: kommunens slutprov har {length}",
    "other": "GER ANDRA FRÅGOR",
    "free": "övning, där frågorna är fria",
}


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _bare(code: str) -> str:
    """Return a code as it is compared: capitals, without hyphens and spaces."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
