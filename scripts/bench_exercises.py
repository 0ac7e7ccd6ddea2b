"""What an exercise in the notebook costs, beside the same question on the page: time, bytes, requests and disk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench_rows import Row, compared, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench_site import Fetch, Site
    from playwright.sync_api import Browser, BrowserContext, Page

NOTEBOOK = "lite/notebooks/index.html?path=sekretessprovning.ipynb"
PAGE = "kurs/ovningar/sekretessprovning.html"
START_ROUNDS = 3
"""Starting a notebook takes seconds; a few rounds tell what there is to tell."""

PATIENCE = 180_000


def exercise_rows(browser: Browser, site: Site) -> list[Row]:
    """Return the lines on exercises. Each round opens the notebook cold and warm, and answers on the page."""
    cold, warm, page = [], [], []
    fetched: list[Fetch] = []
    for _ in range(START_ROUNDS):
        context = browser.new_context(locale="sv-SE")
        start = len(site.log)
        cold.append(_timed(context, lambda tab: _run_notebook(tab, site)))
        fetched = site.log[start:]
        warm.append(_timed(context, lambda tab: _run_notebook(tab, site)))
        context.close()
        context = browser.new_context(locale="sv-SE")
        page.append(_timed(context, lambda tab: _answer_on_page(tab, site)))
        context.close()
    own = [fetch for fetch in fetched if fetch.status == 200]
    lite = site.folder / "lite"
    return [
        compared("Övning i program, första gången, mot samma fråga på sidan", cold, page, " ms"),
        compared("– öppnad igen i samma webbläsare", warm, page, " ms"),
        Row("– hämtat första gången, gzip", f"{number(sum(fetch.size for fetch in own) / 1e6, 1)} MB"),
        Row("– antal hämtningar", str(len(own))),
        Row("– plats på disk", f"{number(_size(lite) / 1e6)} MB i {sum(1 for _ in lite.rglob('*'))} filer"),
    ]


def _timed(context: BrowserContext, act: Callable[[Page], None]) -> float:
    """Return ms that *act* takes in a new tab."""
    tab = context.new_page()
    begun = time.perf_counter()
    act(tab)
    taken = (time.perf_counter() - begun) * 1000
    tab.close()
    return taken


def _run_notebook(tab: Page, site: Site) -> None:
    """Open the notebook and run its first two cells, until the first question is shown."""
    tab.goto(f"{site.base}/{NOTEBOOK}")
    tab.locator(".jp-CodeCell .cm-content").first.click(timeout=PATIENCE)
    for _ in range(3):
        tab.keyboard.press("Shift+Enter")
    shown = tab.locator(".jp-OutputArea-output", has_text="Fall 1.")
    shown.first.wait_for(timeout=PATIENCE)


def _answer_on_page(tab: Page, site: Site) -> None:
    """Open the exercise's page and answer its first question, until the feedback is shown."""
    tab.goto(f"{site.base}/{PAGE}")
    form = tab.locator("form[data-question-id]").first
    form.locator("input").first.check()
    form.locator(".question-check").click()
    form.locator("[data-outcome]").first.wait_for(timeout=PATIENCE)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
