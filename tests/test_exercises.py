"""The exercises: notebooks without outputs, a solution for each, and the wheel that carries them to the browser."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from saved_results import all_right, paper, result_of
from support import PROJECT

from handbook import exercise, exercise_tools
from handbook.content import Content, load_content
from handbook.exercise_answers import AnswerError, read_answer
from handbook.exercise_wheel import EXERCISE_QUESTIONS, lock_entry, wheel
from handbook.question_bank import load_question_bank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.question_types.base import Question

NOTEBOOKS = sorted((PROJECT / "exercises").glob("*.ipynb"))
LEARNERS = [path for path in NOTEBOOKS if path.stem not in {"bygg-ett-eget-fall", "gruppens-resultat"}]
SOLUTIONS: dict[str, str] = json.loads((PROJECT / "tests" / "exercise_solutions.json").read_text(encoding="utf-8"))
ASKED = re.compile(r'ratta\("([a-z0-9-]+)"')


@pytest.fixture(scope="module")
def content() -> Content:
    """Return the real content."""
    return load_content(PROJECT)


@pytest.fixture(scope="module")
def edition(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the edition's folder as the browser gets it: unpacked from the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(io.BytesIO(wheel(content))) as archive:
        archive.extractall(folder)
    return folder / "handbook" / "edition"


@pytest.fixture(autouse=True)
def _in_the_edition(edition: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the exercises read what the wheel carries, with nothing graded yet."""
    caches = (exercise.edition, exercise._questions, exercise_tools._rules, exercise_tools._content)
    monkeypatch.setattr(exercise, "EDITION", edition)
    monkeypatch.setattr(exercise, "graded", {})
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def cells(path: Path, kind: str = "code") -> list[str]:
    """Return the sources of a notebook's cells of a kind."""
    return [
        "".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind
    ]


def run(path: Path, answers: dict[str, str]) -> list[str]:
    """Run the notebook's cells as Jupyter does, with *answers* for the question marks; return what they show."""
    names: dict[str, Any] = {}
    shown = []
    for source in cells(path):
        asked = ASKED.search(source)
        filled = source.replace('"?"', answers.get(asked.group(1), '"?"')) if asked else source
        *before, last = filled.rstrip().rsplit("\n", 1)
        exec("\n".join(before), names)  # noqa: S102  (the notebooks are ours)
        if last.startswith(("from ", "print(")):
            exec(last, names)  # noqa: S102
        else:
            shown.append(str(eval(last, names)))  # noqa: S307
    return shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs(path: Path) -> None:
    """A notebook holds no output, no count and no address, and is written in one form."""
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * len(code)
    assert text == json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert "http" not in text


def test_every_question_is_asked_once(content: Content) -> None:
    """Each question of the exercises is asked by one notebook, shown before it is asked, and has a solution."""
    known = [q.id for q in content.bank.questions.values() if q.common.path.name == EXERCISE_QUESTIONS]
    asked = [name for path in NOTEBOOKS for source in cells(path) for name in ASKED.findall(source)]
    shown = [name for path in NOTEBOOKS for source in cells(path) for name in re.findall(r'visa\("([^"]+)"', source)]
    assert sorted(asked) == sorted(known) == sorted(SOLUTIONS)
    assert asked == shown


@pytest.mark.parametrize("path", LEARNERS, ids=lambda path: path.stem)
def test_the_notebook_as_handed_out_is_unsolved(path: Path) -> None:
    """A notebook as it is handed out has no right answer, and says kindly what to do."""
    shown = run(path, {})
    assert set(exercise.graded.values()) == {"unanswered"}
    assert shown[1] == "Du har inte svarat än. Byt ut frågetecknet mot ditt svar och kör rutan igen."
    assert shown[-1].startswith(f"0 av {len(exercise.graded)} rätt. Kvar: ")


@pytest.mark.parametrize("path", LEARNERS, ids=lambda path: path.stem)
def test_the_solution_passes(path: Path) -> None:
    """With the solutions every answer is right and the last cell says that the exercise is done."""
    shown = run(path, SOLUTIONS)
    assert set(exercise.graded.values()) == {"correct"}, exercise.graded
    assert shown[-1] == f"{len(exercise.graded)} av {len(exercise.graded)} rätt. Hela övningen är klar."


def test_a_wrong_answer_is_met_with_its_meaning_and_reason() -> None:
    """A wrong answer shows what acting on it would mean, the reason, and where to read more with the paragraph."""
    shown = str(exercise.ratta("prova-3-svar", "b"))
    assert shown.splitlines()[:2] == [
        "Inte än. Det här röjer en uppgift som kan vara hemlig.",
        "✗ B: Då har du berättat att han ringde, och det räcker för att röja.",
    ]
    assert "40\N{NO-BREAK SPACE}kap.\N{NO-BREAK SPACE}4\N{NO-BREAK SPACE}§\N{NO-BREAK SPACE}OSL" in shown


def test_masking_shows_both_kinds_of_error() -> None:
    """Too little and too much masking are both named, each with its reason."""
    shown = str(exercise.ratta("maskera-personallista", [6, 5]))
    assert "röjer en uppgift som kan vara hemlig; nekar något som ska lämnas ut eller prövas" in shown
    assert "✗ 5 ”4 12”: Anknytningen är en uppgift i tjänsten." in shown
    assert "✗ saknas: 7 ”070-174 06 35”: Det privata numret skyddas lika starkt som bostaden." in shown


@pytest.mark.parametrize(
    ("question_id", "answer", "message"),
    [
        ("prova-1-svar", "D", "Svara med en bokstav, till exempel ”A”. Här finns A, B, C."),
        ("prova-1-svar", 7, "Svara med en bokstav, till exempel ”A”. Här finns A, B, C."),
        ("maskera-personallista", [0], "Svara med siffror mellan 1 och 9, till exempel [1, 2]."),
        ("maskera-personallista", "alla", "Svara med siffror mellan 1 och 9, till exempel [1, 2]."),
        ("signalord-ett", "A B", "Skriv 4 bokstäver, en för varje rad, till exempel ”A, A …”."),
        ("signalord-ett", {"a": 1}, "Skriv 4 bokstäver, en för varje rad, till exempel ”A, A …”."),
        ("prova-9", "A", "Det finns ingen fråga som heter ”prova-9”. Kontrollera stavningen i rutan."),
    ],
)
def test_an_unreadable_answer_is_met_with_a_sentence(question_id: str, answer: object, message: str) -> None:
    """An answer that cannot be read gets a sentence that says how to write it, and is not graded."""
    assert str(exercise.ratta(question_id, answer)) == message
    assert exercise.graded == {}


def test_steps_are_answered_with_all_their_numbers(content: Content) -> None:
    """Steps are answered by their numbers as shown; some of them are not enough."""
    question: Question = content.bank.questions["exempel-order"]
    key = question.key()["order"]
    shown = [item["id"] for item in question.definition()["items"]]  # type: ignore[attr-defined]
    assert read_answer(question, [shown.index(name) + 1 for name in key]) == question.key()  # type: ignore[attr-defined]
    with pytest.raises(AnswerError, match=r"^Skriv alla 4 siffrorna, i den ordning du väljer"):
        read_answer(question, [1, 2])


def test_what_learners_write_is_never_markup() -> None:
    """Text that looks like HTML is shown as text."""
    shown = exercise.ratta("<script>alert(1)</script>", "A")
    assert "<script>" not in shown._repr_html_()
    assert "&lt;script&gt;" in shown._repr_html_()


def test_the_linter_advises_in_the_notebook() -> None:
    """The question that trainers begin with gets two pieces of advice; mended, it is shown as it reads."""
    source = next(cell for cell in cells(PROJECT / "exercises" / "bygg-ett-eget-fall.ipynb") if "granska(text)" in cell)
    names: dict[str, Any] = {"granska": exercise_tools.granska}
    exec(source.rsplit("\n", 1)[0], names)  # noqa: S102
    text = names["text"]
    lines = str(exercise_tools.granska(text)).splitlines()
    assert lines[0] == "Att se över: 2."
    assert [re.findall(r"\[handbook\.lint\.([a-z-]+)\]", line) for line in lines[1:]] == [
        ["longest-is-key"],
        ["bare-feedback"],
    ]
    mended = text.replace(
        "Tar emot paketet och meddelar kollegan, som sedan själv får välja hur det ska hämtas.", "Tar emot det."
    )
    mended = mended.replace("feedback: Rätt.", "feedback: Paketet kommer fram och adressen stannar här.")
    assert str(exercise_tools.granska(mended)).splitlines()[0] == "Inget att anmärka. Så här ser frågan ut:"
    assert str(exercise_tools.prova(mended, "A")).startswith("Rätt.")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", "Här finns ingen fråga än. Klistra in en mellan citattecknen."),
        ("questions:\n\t- id: a", "Att se över: 1."),
        ("questions:\n  - id: a\n    typ: choice\n", "Att se över: 6."),
    ],
)
def test_a_broken_question_of_ones_own_is_told_by_line(text: str, first: str) -> None:
    """What cannot be read is told by line, never with a traceback; and it cannot be tried yet."""
    lines = str(exercise_tools.granska(text)).splitlines()
    assert lines[0] == first
    assert [line.split(":")[0] for line in lines[1:]] == ["eget-fall.yaml"] * (len(lines) - 1)
    assert str(exercise_tools.prova(text, "A")) == "Frågan går inte att läsa än. Kör granska först."


def test_the_wheel_is_the_package_and_the_edition(content: Content) -> None:
    """The wheel has the grader byte for byte, sums that hold, and the same bytes twice."""
    data = wheel(content)
    assert data == wheel(load_content(PROJECT))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        assert archive.read("handbook/grader.py") == (PROJECT / "src/handbook/grader.py").read_bytes()
        record = archive.read(next(name for name in names if name.endswith("RECORD"))).decode("utf-8")
    assert {line.rsplit(",", 2)[0] for line in record.splitlines()} == names
    entry = lock_entry(data)
    assert entry["sha256"] == hashlib.sha256(data).hexdigest()


def test_local_values_reach_the_exercises(tmp_path: Path) -> None:
    """A local value in an exercise's question is the edition's own in the browser."""
    values = load_content(PROJECT, "laholm")
    folder = tmp_path / "laholm"
    with zipfile.ZipFile(io.BytesIO(wheel(values))) as archive:
        archive.extractall(folder)
        facts = json.loads(archive.read("handbook/edition/edition.json"))
    assert facts["profile"] == "laholm"
    assert facts["values"]["municipality.name"] == "Laholms kommun"
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("handbook/edition/questions/*.yaml")]
    assert len(texts) == 1
    assert "{{" not in texts[0]
    bank = load_question_bank(folder / "handbook/edition/questions", values.diagnostics)
    assert set(bank.questions) == set(SOLUTIONS)


def test_a_groups_results_are_read_from_pasted_text(content: Content) -> None:
    """Results that stand one after the other are graded again; a repeated one and what is no result are told."""
    questions = paper(content)
    right = all_right(content, questions)
    first = result_of(content, questions, right)
    second = result_of(content, questions, dict(list(right.items())[1:]), attempt="EFGH")
    text = "\n".join(json.dumps(item) for item in (first, second, first)) + "\n{"
    shown = exercise_tools.analysera(text, datetime.date(2026, 11, 28))
    lines = str(shown).splitlines()
    assert lines[:3] == [
        "2 resultat räknade, 1 överhoppade.",
        "Resultat 3 räknas inte: den är samma resultat som fil 1.",
        "Sist i texten står något som inte är ett resultat. Kontrollera att allt kom med.",
    ]
    assert lines[3:5] == ["Medel 98 %, median 98 %.", "Godkända: 2. Gav minst ett svar som röjer något: 0."]
    assert lines[6] == f"██████████··········  50% {questions[0]} (2 svar)"
    assert len(lines) == 6 + len(questions)
    assert shown._repr_html_().count("<rect") == 2 * len(questions)


@pytest.mark.parametrize("text", ["", "   ", "hej", "[1"])
def test_no_results_are_told_in_a_sentence(text: str) -> None:
    """Text without a result gets a sentence, never a traceback."""
    said = str(exercise_tools.analysera(text, datetime.date(2026, 11, 28)))
    assert said == "Här finns inget resultat än. Klistra in innehållet i en eller flera resultatfiler."
