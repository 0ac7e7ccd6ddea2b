"""The exercises in a browser: nothing is fetched before a reader asks, and a notebook then grades on its own."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as BrowserTimeout
from saved_results import all_right, paper, result_of
from support import real_content

from browser.questions import all_questions, first_question
from browser.test_accessibility import expect_no_violations
from browser.watching import PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from browser.serving import SiteServer
    from browser.watching import OpenPage

EXERCISE = "kurs/ovningar/sekretessprovning.html"
GROUP = "kurs/ovningar/gruppens-resultat.html"
START = 90_000
"""Milliseconds for a notebook to start on a busy machine: it is megabytes of Python."""

LOOKED_FOR: set[str] = set()
"""What the program asks for and can do without."""

NO_WASM = (
    "Övningen kan inte starta i den här webbläsaren, för WebAssembly saknas eller är avstängt. "
    "Du kan svara på alla frågor här nedanför i stället."
)
NO_STORAGE = (
    "Övningen kan inte starta, för webbläsaren låter inte sidan lagra något. "
    "Du kan svara på alla frågor här nedanför i stället."
)
FROM_A_FILE = (
    "Övningen kan inte öppnas härifrån, för sidan är öppnad som en fil. "
    "Du kan svara på alla frågor här nedanför i stället."
)


def enter(page: Page) -> None:
    """Open the notebook with the keyboard and wait for its first cell."""
    link = page.get_by_role("link", name="Öppna övningen")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".jp-CodeCell").first).to_be_visible(timeout=START)


def import_names(page: Page) -> None:
    """Run the first cell, which brings the names; a kernel that is still starting may drop the keys."""
    cell = page.locator(".jp-CodeCell").first
    done = cell.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]"))
    for _ in range(6):
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        with contextlib.suppress(BrowserTimeout):
            done.wait_for(timeout=START / 6)
            return
    expect(done).to_be_visible()


def run_cell(page: Page, number: int, source: str = "") -> str:
    """Run the code cell at *number*, with *source* in place of its own when given; return what it shows."""
    cell = page.locator(".jp-CodeCell").nth(number)
    cell.locator(".cm-content").click()
    if source:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    shown = cell.locator(".jp-OutputArea-output").first
    expect(shown).to_be_visible(timeout=START)
    return shown.inner_text()


def test_an_exercise_runs_to_a_graded_result(open_page: OpenPage, server: SiteServer) -> None:
    """Below a sub-path, with all else blocked: nothing is fetched before the reader asks, then the notebook grades."""
    page = open_page(EXERCISE)
    expect(page.get_by_role("link", name="Öppna övningen (cirka")).to_be_visible()
    assert [path for path in server.paths() if path.startswith("lite/")] == []
    enter(page)
    assert {answer.path for answer in server.served if answer.status != 200} <= LOOKED_FOR
    import_names(page)
    assert "Fall 1. En florist ringer" in run_cell(page, 1)
    answered = run_cell(page, 2, 'ratta("prova-1-styrka", "B")')
    assert answered.startswith("Rätt.")
    assert "39\N{NO-BREAK SPACE}kap. 3" in answered.replace("kap.\N{NO-BREAK SPACE}3", "kap. 3")
    wrong = run_cell(page, 4, 'ratta("prova-1-svar", "B")')
    assert wrong.startswith("Inte än. Det här röjer en uppgift som kan vara hemlig.")


def test_a_trainer_gets_advice_in_the_browser(open_page: OpenPage) -> None:
    """The trainers' notebook reads YAML and lints it in the browser, with the handbook's own reader and linter."""
    page = open_page("kurs/ovningar/bygg-ett-eget-fall.html")
    enter(page)
    import_names(page)
    advice = run_cell(page, 1)
    assert advice.startswith("Att se över: 2.")
    assert "[handbook.lint.longest-is-key]" in advice


def result_files(folder: Path) -> list[Path]:
    """Write two learners' results and a file that is none, and return them."""
    content = real_content()
    questions = paper(content)
    right = all_right(content, questions)
    some = dict(list(right.items())[1:])
    results = [result_of(content, questions, right), result_of(content, questions, some, attempt="EFGH")]
    texts = [*(json.dumps(result, indent=2) for result in results), "{"]
    paths = [folder / f"resultat-{number}.json" for number in range(1, 4)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_groups_files_become_bars(open_page: OpenPage, tmp_path: Path) -> None:
    """Result files chosen on the page become one text, which the notebook grades and draws."""
    page = open_page(GROUP)
    page.get_by_label("Välj deltagarnas resultatfiler").set_input_files(result_files(tmp_path))
    told = page.locator(".result-files > [role=status]")
    expect(told).to_have_text("2 resultat är klara att kopiera. Det här är inte sparade resultat: resultat-3.json.")
    page.get_by_role("button", name="Kopiera resultaten").click()
    expect(page.locator(".copy-status")).to_have_text(re.compile("Kopierat|Markerat"))
    joined = page.get_by_label("Alla resultat i en text").input_value()
    assert joined.count("\n") == 1
    expect_no_violations(page)
    enter(page)
    import_names(page)
    shown = run_cell(page, 1, f'resultat = r"""\n{joined}\n"""\nanalysera(resultat, date.today())')
    assert shown.startswith("2 resultat räknade, 0 överhoppade.")
    assert page.locator(".jp-OutputArea-output svg rect, .jp-OutputArea-output img").count() > 0


def test_dropped_files_are_read_from_file_too(open_page: OpenPage, site: Path, tmp_path: Path) -> None:
    """Files that are dropped on the box are read, also where the page is opened as a file; other files are told."""
    page = open_page(GROUP, base=f"{site.as_uri()}/", size=PHONE)
    good, _, bad = (path.read_text(encoding="utf-8") for path in result_files(tmp_path))
    drop = """(texts) => {
      const carried = new DataTransfer();
      texts.forEach((text, number) => carried.items.add(new File([text], `${number}.json`)));
      const event = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
      document.querySelector(".result-files").dispatchEvent(event);
      return event.defaultPrevented;
    }"""
    told = page.locator(".result-files > [role=status]")
    assert page.evaluate(drop, [bad])
    expect(told).to_have_text("Ingen av filerna är ett sparat resultat.")
    expect(page.get_by_label("Alla resultat i en text")).to_be_hidden()
    assert page.evaluate(drop, [good])
    expect(told).to_have_text("1 resultat är klart att kopiera.")
    joined = page.get_by_label("Alla resultat i en text").input_value()
    assert json.loads(joined) == json.loads(good)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("delete globalThis.WebAssembly;", NO_WASM),
        (
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });",
            NO_STORAGE,
        ),
    ],
    ids=["webassembly", "storage"],
)
def test_where_it_cannot_start_the_page_says_so(open_page: OpenPage, before: str, sentence: str) -> None:
    """Where the notebook cannot run, one sentence says so, the link leads nowhere and the questions are all there."""
    page = open_page(EXERCISE, before=before)
    expect(page.locator(".exercise-door").get_by_role("status")).to_have_text(sentence)
    expect(page.locator(".exercise-open")).not_to_have_attribute("href", "")
    assert page.locator(".exercise-open").get_attribute("href") is None
    assert len(all_questions(page)) == 12


def test_a_lost_file_is_told(open_page: OpenPage) -> None:
    """When a file cannot be fetched the reader is told, stays on the page and can try again."""
    page = open_page(EXERCISE, complaint="404")
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404, body="gone"))
    page.get_by_role("link", name="Öppna övningen").click()
    told = page.locator(".exercise-door").get_by_role("status")
    expect(told).to_have_text("Övningen kunde inte hämtas. Försök igen, eller svara på frågorna här nedanför.")
    expect(page.locator("progress")).to_have_count(0)


def test_from_a_file_the_questions_are_graded_on_the_page(open_page: OpenPage, site: Path) -> None:
    """From file:// the page says why the notebook stays shut, and its questions are graded there."""
    page = open_page(EXERCISE, base=f"{site.as_uri()}/")
    expect(page.locator(".exercise-door").get_by_role("status")).to_have_text(FROM_A_FILE)
    question = first_question(page)
    question.answer(*question.correct)
    expect(question.status).to_contain_text("Rätt.")


@pytest.mark.parametrize("path", [EXERCISE, GROUP, "kurs/ovningar/inkorgen.html", "kurs/ovningar/index.html"])
def test_exercise_pages_have_no_violations(open_page: OpenPage, path: str) -> None:
    """The pages of exercises have no violation in any look."""
    expect_no_violations(open_page(path, size=PHONE))
