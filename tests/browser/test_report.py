"""The trainer's report in a browser: every table open, light and dark, wide and narrow."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from saved_results import all_right, paper, real_content, result_of, save

from browser.test_accessibility import expect_no_violations
from handbook import papers
from handbook.course_commands import write_report
from handbook.regrading import Regrader
from handbook.results import collect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


def test_axe_finds_nothing_in_the_report(chromium: Browser, tmp_path: Path) -> None:
    """The report of twelve papers, with more and more answers missing, has no violation and no sideways scroll."""
    content = real_content()
    files = []
    for number in range(12):
        names = paper(content)
        answers = dict(list(all_right(content, names).items())[number:])
        result = result_of(content, names, answers, attempt=papers.new_seed(number))
        files.append(save(tmp_path, f"{number}.json", result))
    group = collect(files, content, Regrader(content), datetime.date(2026, 11, 22))
    report = write_report(group, "final", tmp_path / "report")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    expect_no_violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
