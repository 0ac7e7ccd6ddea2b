"""Measure the look-up against Sphinx's own search and Pagefind, on the same pages in one run.

Run by ``python3 scripts/dev.py bench --lookup``. All three get the tables of queries in ``tests/lookup``. A hit is a
right rule's page among the first three; both others also get the kinder count of the first three rule pages.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bench import CHROMIUM, machine, write_report
from bench_site import ASSETS, ROOT, BuildError, Site, build
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(ROOT / "tests"))
from lookup.tables import BUILT, HELD_OUT, QUERIES, Query, answers_to, look_up, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

KEY_DELAY = 150
TYPED = 20
"""So many queries are typed at the speed of a person, in each of the three."""
SIZES = (100, 1000, 10000)
RULE_PAGE = re.compile(r"sla-upp/([a-z0-9-]+)\.html")
LISTED = "(list) => [...document.querySelectorAll(list)].map((link) => link.getAttribute('href'))"
WATCH = """
([list, selector]) => {
  globalThis.answeredAfter = null;
  const look = () => {
    const first = [...document.querySelectorAll(list)].slice(0, 3);
    if (globalThis.answeredAfter === null && first.some((hit) => hit.querySelector(selector))) {
      globalThis.answeredAfter = performance.now();
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
"""


@dataclass
class Measured:
    """What was measured of one search: hits among the first three, the kinder count, bytes and seconds."""

    name: str
    hits: dict[str, list[bool]] = field(default_factory=dict)
    kinder: dict[str, list[bool]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def share(self, table: str, *, kinder: bool = False) -> str:
        """Return the share of hits as Swedes write it."""
        found = (self.kinder if kinder else self.hits)[table]
        return f"{number(100 * sum(found) / len(found), 1)} %"


class Search(Protocol):
    """One search: finds addresses for a query, and is typed into by a person."""

    name: str
    files: re.Pattern[str]

    def find(self, page: Page, site: Site, query: Query) -> list[str]:
        """Return the addresses of the hits, best first."""

    def answer(self, page: Page, site: Site, query: Query) -> None:
        """Type the query and return when the short answer of a wanted rule is on the screen."""


def number(value: float, digits: int = 0) -> str:
    """Return a number as Swedes write it."""
    return f"{value:.{digits}f}".replace(".", ",")


def middle(values: Sequence[float], unit: float = 1) -> str:
    """Return the median in units, with one decimal."""
    return number(statistics.median(values) / unit, 1)


def selector(query: Query) -> str:
    """Return what links to a wanted rule."""
    return ", ".join(f"a[href*='sla-upp/{rule}.html']" for rule in query.wanted)


def open_card(page: Page, hits: str, query: Query) -> None:
    """Open the first right one of the first three hits, and wait for its short answer."""
    first = ", ".join(
        f"{hits}:nth-child({place}) {part}" for place in (1, 2, 3) for part in selector(query).split(", ")
    )
    page.locator(first).first.click()
    page.locator(".rule-short-answer").wait_for()


class LookUp:
    """The look-up of the handbook: the answer stands in the hit."""

    name = "Handboken"
    files = re.compile(r"/lookup(-index)?\.(js|css)")

    def find(self, page: Page, site: Site, query: Query) -> list[str]:
        """Not used: the look-up is asked in Node, all at once."""
        raise NotImplementedError

    def answer(self, page: Page, site: Site, query: Query) -> None:
        """Type; the answer is in the list."""
        page.goto(f"{site.base}/index.html", wait_until="networkidle")
        page.evaluate(WATCH, ["#lookup-results > li", selector(query)])
        page.evaluate("globalThis.begun = performance.now()")
        page.locator("#lookup").press_sequentially(query.text, delay=KEY_DELAY)
        page.wait_for_function("globalThis.answeredAfter !== null")
        page.evaluate("globalThis.taken = globalThis.answeredAfter - globalThis.begun")


class SphinxSearch:
    """The search page that Sphinx makes; its list has titles, so the answer is on the page."""

    name = "Sphinx"
    files = re.compile(
        r"/(search\.html|searchindex\.js|searchtools\.js|language_data\.js|doctools\.js|theme-search\.js)"
    )

    def find(self, page: Page, site: Site, query: Query) -> list[str]:
        """Ask as a link would."""
        page.goto(f"{site.base}/search.html")
        page.locator("#site-search-text").fill(query.text)
        page.locator("#site-search-text").press("Enter")
        page.locator("#search-results [role=status]", has_text=re.compile("innehåller|Inga träffar")).wait_for()
        found: list[str] = page.evaluate(LISTED, "#search-results ul.search li > a")
        return found

    def answer(self, page: Page, site: Site, query: Query) -> None:
        """Type, press Enter and open the right page."""
        page.goto(f"{site.base}/search.html", wait_until="networkidle")
        page.locator("#site-search-text").focus()
        page.locator("#site-search-text").press_sequentially(query.text, delay=KEY_DELAY)
        page.keyboard.press("Enter")
        open_card(page, "#search-results ul.search li", query)


class Pagefind:
    """Pagefind on a page of its own; its list has a piece of the text, seldom the short answer."""

    name = "Pagefind"
    files = re.compile(r"/pagefind/")

    def find(self, page: Page, site: Site, query: Query) -> list[str]:
        """Ask for the first thirty."""
        if not page.url.endswith("/pagefind.html"):
            page.goto(f"{site.base}/pagefind.html")
            page.wait_for_function("globalThis.ask !== undefined")
        found: list[list[str]] = page.evaluate("(text) => globalThis.ask(text, 30)", query.text)
        return [address for address, *_ in found]

    def answer(self, page: Page, site: Site, query: Query) -> None:
        """Type and open the right page."""
        page.goto(f"{site.base}/pagefind.html", wait_until="networkidle")
        page.locator("#field").press_sequentially(query.text, delay=KEY_DELAY)
        open_card(page, "#hits > li", query)


def finds(addresses: Sequence[str], query: Query, *, only_rules: bool = False) -> bool:
    """Return whether one of the first three pages is right; with *only_rules* of the first three rule pages."""
    pages = dict.fromkeys(address.partition("#")[0] for address in addresses)
    names = ["".join(RULE_PAGE.findall(address)) for address in pages]
    names = [name for name in names if name not in {"", "index"}] if only_rules else names
    return bool(set(names[:3]) & set(query.wanted))


def new_page(browser: Browser) -> Page:
    """Return a page of a reader who has never been here."""
    return browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE").new_page()


def count_hits(browser: Browser, site: Site, search: Search, tables: dict[str, list[Query]]) -> Measured:
    """Return how many queries of each table a search finds."""
    measured, page = Measured(search.name), new_page(browser)
    for name, queries in tables.items():
        if isinstance(search, LookUp):
            node = shutil.which("node") or "node"
            found = [answer.finds(query) for query, answer in
                     zip(queries, answers_to(node, site.folder / BUILT, queries), strict=True)]  # fmt: skip
            measured.hits[name] = measured.kinder[name] = found
            continue
        listed = [search.find(page, site, query) for query in queries]
        pairs = list(zip(listed, queries, strict=True))
        measured.hits[name] = [finds(addresses, query) for addresses, query in pairs]
        measured.kinder[name] = [finds(addresses, query, only_rules=True) for addresses, query in pairs]
    page.context.close()
    return measured


def type_queries(browser: Browser, site: Site, search: Search, queries: list[Query], measured: Measured) -> None:
    """Type each query as a new reader, and note seconds from the first key and bytes that the search fetched."""
    for query in queries:
        page = new_page(browser)
        del site.log[:]
        begun = datetime.datetime.now().astimezone()
        search.answer(page, site, query)
        ended = datetime.datetime.now().astimezone()
        opened = page.evaluate("globalThis.taken")
        measured.seconds.append(opened / 1000 if opened else (ended - begun).total_seconds())
        measured.sizes.append(sum(item.size for item in site.log if search.files.search(item.path)))
        page.context.close()


def index_with_pagefind(html: Path) -> None:
    """Let Pagefind read the pages' articles, and add the page that it is tried on."""
    program = ROOT / "node_modules" / "pagefind" / "lib" / "runner" / "bin.cjs"
    pages = "{index.html,{sla-upp,kurs,policy,kursledare,om}/**/*.html}"
    command = [shutil.which("node") or "node", str(program), "--site", str(html), "--glob", pages]
    done = subprocess.run([*command, "--root-selector", "article"], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise BuildError(f"Pagefind could not read the pages:\n{done.stdout}{done.stderr}")
    for name in ("pagefind.html", "pagefind-page.js"):
        shutil.copy(ASSETS / name, html)


def keystrokes(script: Path, queries: list[Query]) -> list[str]:
    """Return a line for each size of handbook: how long a keystroke takes."""
    lines = []
    for size in SIZES:
        typed = [query.text for query in queries]
        times = look_up(shutil.which("node") or "node", script, typed, {"rules": size, "typed": True})["times"]
        late = statistics.quantiles(times, n=100)
        cells = [f"{size}", *(f"{number(value, 1)} ms" for value in (statistics.median(times), late[94], late[98]))]
        lines.append(f"| {' | '.join([*cells, f'{number(max(times))} ms'])} |")
    return lines


def report(all_measured: list[Measured], lines: list[str], size: int) -> str:
    """Return the tables in Markdown."""
    names = " | ".join(item.name for item in all_measured)
    rows = [
        ("Rätt svar bland tre, frågorna som vi har trimmat mot", [item.share("tuned") for item in all_measured]),
        ("– om bara regelsidor räknas", [item.share("tuned", kinder=True) for item in all_measured]),
        ("Rätt svar bland tre, 40 frågor skrivna efteråt", [item.share("held out") for item in all_measured]),
        ("– om bara regelsidor räknas", [item.share("held out", kinder=True) for item in all_measured]),
        ("Hämtat för första träffen, gzip", [f"{middle(item.sizes, 1000)} kB" for item in all_measured]),
        ("Från första tangenten till rätt svar i bild", [f"{middle(item.seconds)} s" for item in all_measured]),
    ]
    told = [f"| {what} | {' | '.join(cells)} |" for what, cells in rows]
    first = [f"| Vad | {names} |", f"| --- |{' --- |' * len(all_measured)}", *told]
    second = ["| Antal regler | Median | 95 av 100 | 99 av 100 | Längst |", "| --- | --- | --- | --- | --- |", *lines]
    total = f"Index och kod för uppslaget: {number(size / 1000, 1)} kB, packat med gzip."
    return "\n\n".join(["\n".join(first), total, "\n".join(second)])


def measure(folder: Path, typed: int) -> str:
    """Build in *folder*, measure all three, and return the report."""
    html = folder / "html"
    build(ROOT, html)
    index_with_pagefind(html)
    tables = {"tuned": read_table(QUERIES), "held out": read_table(HELD_OUT)}
    searches: list[Search] = [LookUp(), SphinxSearch(), Pagefind()]
    with Site(html) as site, sync_playwright() as playwright:
        program = os.environ.get("HANDBOOK_CHROMIUM") or shutil.which("chromium") or None
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        measured = [count_hits(browser, site, search, tables) for search in searches]
        found_by_all = [
            query
            for name, queries in tables.items()
            for place, query in enumerate(queries)
            if all(item.hits[name][place] for item in measured)
        ]
        step = max(1, len(found_by_all) // typed)
        for search, item in zip(searches, measured, strict=True):
            type_queries(browser, site, search, found_by_all[::step][:typed], item)
        told = machine(browser.version, 1, datetime.datetime.now().astimezone().date()).partition(" 1 omgångar")[0]
        size = sum(len(site.packed(name)) for name in (f"/{BUILT}", "/_static/lookup.js"))
        browser.close()
    lines = keystrokes(html / BUILT, tables["tuned"])
    return f"{told}\n\n{report(measured, lines, size)}"


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write it into the handbook when asked to."""
    parser = argparse.ArgumentParser(prog="dev.py bench --lookup", description="Measure the look-up.")
    parser.add_argument("--typed", type=int, default=TYPED, help="how many queries are typed (%(default)s)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/om/matningar.md")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="handbook-lookup-") as folder:
            text = measure(Path(folder), options.typed)
        if options.write:
            write_report(text, "lookup")
    except (BuildError, BrowserError) as error:
        print(f"\nThe measurement could not be made: {error}", file=sys.stderr)
        return 1
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
