"""Measure what the handbook costs: bytes, waiting and building, side by side with the least that could do the same.

Run by ``python3 scripts/dev.py bench``. Every ratio is taken within one round, in which both sides are measured one
after the other, and the table tells the median of the rounds and the least and greatest. A slow number is marked and
never fails the run; a wrong grade does.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import platform
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench_exercises import exercise_rows
from bench_quiz import forty_rows, memory_rows
from bench_rows import Row, compared, counted, number
from bench_site import (
    ASSETS,
    ROOT,
    BuildError,
    Site,
    add_compared_pages,
    build,
    copy_handbook,
    copy_without_extension,
    leave_out_exercises,
)
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

from handbook.grader import call_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench_site import Fetch
    from playwright.sync_api import Browser, Page

CHAPTER = "kurs/vaxeln-och-personal.html"
RULE = "sla-upp/hemadress.html"
PAGES = {"ours": CHAPTER, "one": "bare/one.html", "all": "bare/all.html", "same": "kurs/hand-written.html"}
FORTY = ("kurs/forty.html", "bare/forty.html")
REPORT = ROOT / "docs" / "om" / "matningar.md"
FEWEST_ROUNDS = 7
GRADES = 1000
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip

Rounds = dict[str, list[float]]


# --- The browser -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quiz:
    """The question that is answered on every page that is timed."""

    id: str
    correct: list[str]

    def answer(self, page: Page) -> None:
        """Mark the right answers."""
        for choice in self.correct:
            page.check(f"#{self.id}-{choice}")


@contextlib.contextmanager
def new_reader(browser: Browser, script: str = "") -> Iterator[Page]:
    """Open a page with an empty cache, as somebody who has never been here; nothing outside can be reached."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    context.add_init_script((ASSETS / "probe.js").read_text(encoding="utf-8") + script)
    try:
        yield context.new_page()
    finally:
        context.close()


def definitions(page: Page) -> list[dict[str, Any]]:
    """Return the page's questions with choices as the grader gets them; the compared pages know no other type."""
    found = [json.loads(text) for text in page.locator(".question-definition").all_text_contents()]
    return [question for question in found if question["type"] in ("choice", "multiple_response")]


def first_quiz(browser: Browser, site: Site) -> Quiz:
    """Return the first question of the chapter."""
    with new_reader(browser) as page:
        page.goto(f"{site.base}/{CHAPTER}")
        first = definitions(page)[0]
    return Quiz(first["id"], first["correct"])


# --- Bytes and requests ------------------------------------------------------------------------------


class Traffic:
    """What a reader who opens a chapter, answers two questions and goes on to a rule makes the browser fetch."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._site = site
        with new_reader(browser) as page:
            self.outside: list[str] = []
            page.on("request", self._note)
            self.chapter = self._fetched(lambda: page.goto(f"{site.base}/{CHAPTER}", wait_until="networkidle"))
            self.runtime = self._fetched(lambda: self._answer(page, 0))
            self.again = self._fetched(lambda: self._answer(page, 1))
            page.goto(f"{site.base}/{RULE}", wait_until="networkidle")
            self.again += self._fetched(lambda: self._answer(page, 0))
        with new_reader(browser) as page:
            page.on("request", self._note)
            self.rule = self._fetched(lambda: page.goto(f"{site.base}/{RULE}", wait_until="networkidle"))

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self._site.base, "data:", "blob:")):
            self.outside.append(request.url)

    def _fetched(self, act: Callable[[], object]) -> list[Fetch]:
        start = len(self._site.log)
        act()
        fetched = self._site.log[start:]
        missing = [fetch.path for fetch in fetched if fetch.status != 200]
        if missing:
            raise BuildError(f"the pages ask for what is not there: {', '.join(missing)}")
        return fetched

    def _answer(self, page: Page, index: int) -> None:
        question = definitions(page)[index]
        Quiz(question["id"], question["correct"]).answer(page)
        form = f'form[data-question-id="{question["id"]}"]'
        page.click(f"{form} .question-check")
        page.wait_for_selector(f'{form} [data-outcome="correct"]')
        page.wait_for_load_state("networkidle")

    def rows(self) -> list[Row]:
        """Return the lines of the table."""
        early = [fetch for fetch in (*self.chapter, *self.rule) if "/_static/handbook/" in fetch.path]
        return [
            counted("Kapitelsida med frågor före första svaret, gzip", size(self.chapter), 60, 1, " kB"),
            counted("– antal hämtningar", len(self.chapter), 14),
            counted("Regelsida före första svaret, gzip", size(self.rule), 60, 1, " kB"),
            counted("– antal hämtningar", len(self.rule), 14),
            counted("Rättningsprogrammet, gzip", size(self.runtime), 290, 1, " kB"),
            Row("– antal hämtningar när läsaren når en fråga", str(len(self.runtime))),
            counted("– hämtningar innan läsaren når en fråga", len(early), 0),
            counted("– nya hämtningar för nästa fråga och nästa sida", len(self.again), 0),
            counted("Hämtningar från andra webbplatser, alla steg", len(self.outside), 0),
        ]


def size(fetched: Sequence[Fetch]) -> float:
    """Return the size on the wire in kB (1,000 bytes), bodies only."""
    return sum(fetch.size for fetch in fetched) / 1000


# --- Time in the browser -----------------------------------------------------------------------------


def click_to_feedback(browser: Browser, url: str, quiz: Quiz) -> tuple[float, float, float]:
    """Return ms from the first click to feedback in the page, to feedback painted, and to painted later on."""
    button = f'form[data-question-id="{quiz.id}"] .question-check'
    with new_reader(browser) as page:
        page.goto(url, wait_until="load")
        page.focus(f"#{quiz.id}-{quiz.correct[0]}")
        page.evaluate("bench.ready()")
        page.wait_for_timeout(200)
        times = []
        for _ in range(6):
            quiz.answer(page)
            page.evaluate("id => bench.watch(id)", quiz.id)
            page.click(button)
            times.append(page.evaluate("bench.clicked()"))
            page.click(button)  # try again
    require_reasons(times)
    first, *later = times
    return first["handled"], first["painted"], median(each["painted"] for each in later)


def open_to_grade(browser: Browser, url: str, quiz: Quiz) -> float:
    """Return ms from the start of navigation to feedback, when the reader answers as soon as the form works."""
    press = f"bench.pressAtOnce({json.dumps(quiz.id)}, {json.dumps(quiz.correct)})"
    with new_reader(browser, press) as page:
        page.goto(url, wait_until="commit")
        page.wait_for_load_state("domcontentloaded")
        found = page.evaluate("bench.graded")
    require_reasons([found])
    return float(found["graded"])


def require_reasons(found: Sequence[dict[str, Any]]) -> None:
    """Refuse a time that was taken on anything but feedback with a reason for every choice."""
    if any(each["reasons"] < 2 for each in found):
        raise BuildError("a page showed feedback without its reasons")


def time_pages(browser: Browser, site: Site, rounds: int) -> list[Row]:
    """Time the chapter, the two bare pages, and the chapter with the bare pages' script, in turn."""
    quiz = first_quiz(browser, site)
    found: dict[str, Rounds] = {
        measure: {name: [] for name in PAGES} for measure in ("handled", "first", "later", "graded")
    }
    for turn in range(rounds + 1):
        for name in sorted(PAGES, reverse=turn % 2 == 1):
            url = f"{site.base}/{PAGES[name]}"
            times = (*click_to_feedback(browser, url, quiz), open_to_grade(browser, url, quiz))
            if turn:  # the first round warms up the browser and the server
                for measure, value in zip(found, times, strict=True):
                    found[measure][name].append(value)
        progress("pages", turn, rounds)

    def row(what: str, measure: str, other: str, most: float | None = None) -> Row:
        return compared(what, found[measure]["ours"], found[measure][other], " ms", most)

    return [
        row("Första klicket till synlig återkoppling, mot bar sida", "first", "one", 1.5),
        row("Senare klick till synlig återkoppling, mot bar sida", "later", "one", 1.5),
        row("Första klicket utan väntan på bildrutan, mot bar sida", "handled", "one"),
        row("– mot samma kapitel med handskriven rättning", "handled", "same"),
        row("Öppna sidan och svara genast, tom cache, mot bar sida", "graded", "one", 3),
        row("– mot bar sida med kapitlets alla frågor", "graded", "all"),
        row("– mot samma kapitel med handskriven rättning", "graded", "same"),
    ]


# --- Grading and building ----------------------------------------------------------------------------


def time_grading(browser: Browser, site: Site, rounds: int) -> list[Row]:
    """Grade the same requests in the page and in CPython; a disagreement ends the run."""
    in_page: list[float] = []
    in_python: list[float] = []
    with new_reader(browser) as page:
        page.goto(f"{site.base}/{CHAPTER}")
        requests = grading_requests(definitions(page))
        page.focus(".choice input")
        page.evaluate("bench.ready()")
        for turn in range(rounds):
            found = page.evaluate("requests => bench.gradeAll(requests)", requests)
            start = time.perf_counter()
            answers = [call_json(request) for request in requests]
            in_python.append((time.perf_counter() - start) * 1000 / len(requests))
            in_page.append(found["each"])
            if found["outcomes"] != [json.loads(answer)["outcome"] for answer in answers]:
                raise BuildError("the page and CPython grade differently: run the tests")
            progress("grades", turn + 1, rounds)
    return [compared("En rättning av tusen, Python i sidan mot Python på datorn", in_page, in_python, " ms")]


def answer_many(browser: Browser, site: Site, rounds: int) -> list[Row]:
    """Answer forty questions in a row, and grade ten thousand times."""
    ours = f"{site.base}/{CHAPTER}"
    with new_reader(browser) as page:
        page.goto(ours)
        requests = grading_requests(definitions(page))

    def reader() -> contextlib.AbstractContextManager[Page]:
        return new_reader(browser)

    return [
        *forty_rows(reader, f"{site.base}/{FORTY[0]}", f"{site.base}/{FORTY[1]}", rounds),
        *memory_rows(reader, ours, requests),
    ]


def grading_requests(questions: Sequence[dict[str, Any]]) -> list[str]:
    """Return calls that answer the questions in turn, each time with the next choice."""
    requests = []
    for index in range(GRADES):
        question = questions[index % len(questions)]
        choices = question["choices"]
        selected = [choices[index // len(questions) % len(choices)]["id"]]
        requests.append(json.dumps({"call": "grade", "question": question, "response": {"selected": selected}}))
    return requests


def time_builds(folder: Path, rounds: int) -> list[Row]:
    """Build the handbook and the plain pages in turn, from nothing."""
    wall: Rounds = {"handbook": [], "plain": []}
    processor: Rounds = {"handbook": [], "plain": []}
    for turn in range(rounds):
        for name in sorted(wall, reverse=turn % 2 == 1):
            taken = build(folder / name, folder / f"timed-{name}")
            wall[name].append(taken.wall)
            processor[name].append(taken.processor)
        progress("builds", turn + 1, rounds)
    what, knows_processor = "Bygga alla sidor från noll, mot utan vårt tillägg", min(processor["plain"]) > 0
    clock = compared(f"{what}, enligt klockan", wall["handbook"], wall["plain"], " s", None if knows_processor else 1.5)
    if not knows_processor:  # on Windows
        return [clock]
    return [compared(f"{what}, processortid", processor["handbook"], processor["plain"], " s", 1.5), clock]


# --- The report --------------------------------------------------------------------------------------


def progress(what: str, done: int, of: int) -> None:
    """Show how far a long measurement has come."""
    print(f"\r{what}: {done}/{of} ", end="\n" if done == of else "", file=sys.stderr, flush=True)


def machine(browser_version: str, rounds: int, date: datetime.date) -> str:
    """Return one sentence on where, with what and when it was measured."""
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, AttributeError):
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
        cpu = found.group(1) if found else cpu
    load = ""
    if hasattr(os, "getloadavg"):
        load = f", belastning {number(os.getloadavg()[2], 1)} (medel över en kvart, även andra program)"
    return (
        f"Mätt {date.isoformat()} på en dator med {os.cpu_count()} kärnor (`{cpu}`), {platform.system()}, "
        f"Chromium {browser_version} utan fönster och Python {platform.python_version()}. "
        f"{rounds} omgångar{load}. Tider och kvoter är medianer, med lägsta och högsta inom parentes."
    )


def table(rows: Sequence[Row]) -> str:
    """Return the lines as a Markdown table."""
    head = ("Vad", "Handboken", "Jämförs med", "Kvot", "Mål", "Utfall")
    lines = [head, ("---",) * len(head), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write_report(text: str, part: str = "bench") -> None:
    """Put the text between the markers of a part of the report page."""
    page = REPORT.read_text(encoding="utf-8")
    start, end = f"% {part}: start", f"% {part}: end"
    before, found, rest = page.partition(start)
    after = rest.partition(end)[2]
    if not found or not after:
        raise BuildError(f"{REPORT} lacks the lines '{start}' and '{end}'")
    REPORT.write_text(f"{before}{start}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def measure(folder: Path, rounds: int, date: datetime.date) -> str:
    """Build in *folder*, measure everything, and return the report."""
    copy_handbook(folder / "handbook")
    copy_without_extension(folder / "handbook", folder / "plain")
    build(folder / "handbook", folder / "html")
    add_compared_pages(folder / "html", CHAPTER)
    with Site(folder / "html") as site, sync_playwright() as playwright:
        program = os.environ.get("HANDBOOK_CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        rows = Traffic(browser, site).rows()
        rows += time_pages(browser, site, rounds)
        rows += time_grading(browser, site, rounds)
        rows += answer_many(browser, site, rounds)
        rows += exercise_rows(browser, site)
        version = browser.version
        browser.close()
    leave_out_exercises(folder / "handbook")
    rows += time_builds(folder, rounds)
    return f"{machine(version, rounds, date)}\n\n{table(rows)}"


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, and write it into the handbook when asked to."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure the handbook in a browser.")
    parser.add_argument("--rounds", type=int, default=9, help=f"how many times, at least {FEWEST_ROUNDS} (%(default)s)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/om/matningar.md")
    options = parser.parse_args(arguments)
    if options.rounds < FEWEST_ROUNDS:
        parser.error(f"fewer than {FEWEST_ROUNDS} rounds say too little")
    today = datetime.datetime.now().astimezone().date()
    try:
        with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
            report = measure(Path(folder), options.rounds, today)
        if options.write:
            write_report(report)
    except (BuildError, BrowserError) as error:
        print(f"\nThe measurement could not be made: {error}", file=sys.stderr)
        return 1
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
