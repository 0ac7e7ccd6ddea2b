"""Measure many answers on one page: forty questions in a row, and what ten thousand gradings leave in the memory.

Part of ``python3 scripts/dev.py bench``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bench_rows import compared, counted
from bench_site import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from bench_rows import Row
    from playwright.sync_api import Page

    NewReader = Callable[[], AbstractContextManager[Page]]

GRADINGS = 10_000
_STEP = 1000
LONGEST_TASK = 50
"""Milliseconds; a longer task is felt as a page that does not answer."""


def forty_rows(new_reader: NewReader, ours: str, theirs: str, rounds: int) -> list[Row]:
    """Answer the same questions on the handbook's page and on the hand-written one, in turn."""
    total: dict[str, list[float]] = {ours: [], theirs: []}
    longest = 0.0
    asked = 0
    for turn in range(rounds + 1):
        for url in sorted(total, reverse=turn % 2 == 1):
            with new_reader() as page:
                page.goto(url, wait_until="load")
                answers = _answers(page)
                page.focus(".choice input")
                page.evaluate("bench.ready()")
                page.wait_for_timeout(200)  # starting the interpreter is measured elsewhere
                found = page.evaluate("answers => bench.answerAll(answers)", answers)
            if turn:  # the first round warms up the browser and the server
                total[url].append(found["total"])
                longest = max(longest, found["longest"]) if url == ours else longest
                asked = len(answers)
    return [
        compared(f"{asked} svar i rad på en sida, mot bar sida", total[ours], total[theirs], " ms", 6),
        counted("– längsta uppgiften i webbläsaren (0: ingen över 50 ms)", longest, LONGEST_TASK, 0, " ms"),
    ]


def _answers(page: Page) -> list[tuple[str, list[str]]]:
    """Return the key of the first forty questions with choices on the page."""
    found = [json.loads(text) for text in page.locator(".question-definition").all_text_contents()]
    keyed = [(each["id"], each["correct"]) for each in found if each["type"] in ("choice", "multiple_response")]
    return keyed[:QUESTIONS]


def memory_rows(new_reader: NewReader, ours: str, requests: Sequence[str]) -> list[Row]:
    """Grade ten thousand times, and compare the memory then with that after the first thousand."""
    with new_reader() as page:
        page.goto(ours, wait_until="load")
        page.focus(".choice input")
        page.evaluate("bench.ready()")
        devtools = page.context.new_cdp_session(page)
        _grade(page, requests, _STEP)
        early = _memory(page, devtools)
        _grade(page, requests, GRADINGS - _STEP)
        late = _memory(page, devtools)
    return [compared("Minne efter 10 000 rättningar, mot efter 1 000", [late], [early], " MB", 1.1)]


def _grade(page: Page, requests: Sequence[str], times: int) -> None:
    for _ in range(times // _STEP):
        page.evaluate("requests => bench.gradeAll(requests).each", list(requests[:_STEP]))


def _memory(page: Page, devtools: Any) -> float:
    """Return MB in use after the garbage is collected: of JavaScript and of the interpreter."""
    devtools.send("HeapProfiler.collectGarbage")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"]
    return float(heap + page.evaluate("bench.memory()")) / 1e6
