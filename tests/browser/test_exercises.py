"""The exercises in a browser: nothing is fetched before a reader asks, and a notebook then grades on its own."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as BrowserTimeout

from browser.questions import all_questions, first_question
from browser.test_accessibility import expect_no_violations
from browser.watching import PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from browser.serving import SiteServer
    from browser.watching import OpenPage

EXERCISE = "kurs/ovningar/sekretessprovning.html"
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


@pytest.mark.parametrize("path", [EXERCISE, "kurs/ovningar/inkorgen.html", "kurs/ovningar/index.html"])
def test_exercise_pages_have_no_violations(open_page: OpenPage, path: str) -> None:
    """The pages of exercises have no violation in any look."""
    expect_no_violations(open_page(path, size=PHONE))
