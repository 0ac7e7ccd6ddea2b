"""One browser and one server for all tests, a new reader for each page, and nothing unseen."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.serving import SiteServer, serve
from browser.watching import ARGUMENTS, WIDE, OpenPage, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PATIENCE = 20_000
"""Milliseconds to wait for what should come at once: a busy machine is slow, not wrong."""


def browser_program() -> str:
    """Return the path of the browser that the tests use, or fail in one sentence."""
    named = os.environ.get("HANDBOOK_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.fail(
            f"The browser tests found no {named or 'Chromium or Google Chrome'}: "
            "run them with 'python3 scripts/dev.py test', or set HANDBOOK_CHROMIUM to the path of a browser.",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser that all tests share."""
    program = browser_program()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_server(site: Path) -> Iterator[SiteServer]:
    """Serve the handbook below a sub-path, with the policy that the build wrote."""
    with serve(site, (site / "csp.txt").read_text(encoding="utf-8").strip()) as server:
        yield server


@pytest.fixture
def server(site_server: SiteServer) -> SiteServer:
    """Return the server with nothing asked of it yet."""
    site_server.served.clear()
    return site_server


@pytest.fixture
def open_page(chromium: Browser, server: SiteServer) -> Iterator[OpenPage]:
    """Open pages; afterwards, fail for whatever the console, the network or the content policy had to say."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(
        path: str = "index.html",
        *,
        base: str = "",
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        scripts: bool = True,
        before: str = "",
        complaint: str = "",
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="sv-SE",
        )
        context.set_default_timeout(PATIENCE)
        opened.append((context, Watch(context, complaint)))
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto((base or server.address) + path)
        return page

    yield open_one
    for context, _ in opened:
        context.close()
    assert [problem for _, watch in opened for problem in watch.remaining()] == []
