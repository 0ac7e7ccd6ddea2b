"""Without a server: a browser that has kept a copy, and the zip unpacked on a file share."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from support import build, copy_minimal
from test_offline import PARAMETER_ENTRY

from browser.conftest import PATIENCE
from browser.questions import RULE, first_question
from browser.serving import serve
from browser.watching import Watch
from handbook.offline import PARAMETER, write_offline, write_zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from browser.serving import SiteServer
    from browser.watching import OpenPage

READY = "navigator.serviceWorker.ready.then((registration) => registration.active.state)"
UPDATED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  const isDone = () => ["activated", "redundant"].includes(worker.state);
  await new Promise((done) => (isDone() ? done() : (worker.onstatechange = () => isDone() && done())));
}"""
CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"


@pytest.fixture(scope="module")
def installable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small handbook, built for a profile that has opted in."""
    folder = tmp_path_factory.mktemp("installable")
    root = copy_minimal(folder)
    for path, text in (("parameters.yaml", PARAMETER_ENTRY), ("exempelkommun.toml", f'"{PARAMETER}" = "ja"\n')):
        with (root / "profiles" / path).open("a", encoding="utf-8") as file:
            file.write(text)
    built = build(root, "html", folder / "webb å")
    assert (built.code, built.warnings) == (0, [])
    return built.folder


@pytest.fixture
def running(installable: Path) -> Iterator[SiteServer]:
    """Serve it, with the policy that its build wrote."""
    with serve(installable, (installable / "csp.txt").read_text(encoding="utf-8").strip()) as server:
        yield server


@pytest.fixture
def reader(chromium: Browser, running: SiteServer) -> Iterator[Page]:
    """Return the start page in a browser that has then kept its copy; fail for what the policy blocks."""
    with chromium.new_context() as context:
        watch = Watch(context, "favicon.ico")  # the small handbook has no icon
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{running.address}index.html")
        assert page.evaluate(READY) in {"activating", "activated"}
        page.wait_for_function(CONTROLLED)
        assert watch.problems == []
        yield page


def test_the_handbook_is_read_with_the_server_gone(reader: Page, running: SiteServer) -> None:
    """After one visit, pages never opened before work without the server, a question is graded, and a note says so."""
    running.is_dead = True
    reader.goto(f"{running.address}sla-upp/hemadress.html")
    expect(reader.get_by_role("status").filter(has_text="Du läser en sparad kopia")).to_be_visible()
    expect(reader.locator(".rule-card .verdict")).to_have_text("Lämna inte ut")
    question = first_question(reader)
    question.answer(*question.correct)
    expect(question.headline).to_contain_text("Rätt.")
    reader.goto(f"{running.address}r/vaxelsamtal")
    reader.wait_for_url("**/sla-upp/vaxelsamtal.html")
    reader.goto(running.address)
    expect(reader.locator("h1")).to_have_text("Minsta handboken")


def test_the_server_goes_before_the_copy(reader: Page, running: SiteServer, installable: Path) -> None:
    """While the server answers, what it says is shown, and not what was kept."""
    path = installable / "kurs" / "telefon.html"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("<h1>I telefon", "<h1>I ny telefon"), encoding="utf-8")
    try:
        reader.goto(f"{running.address}kurs/telefon.html?ny")
        expect(reader.locator("h1")).to_have_text("I ny telefon")
        expect(reader.locator(".saved-copy")).to_have_count(0)
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_new_build_takes_the_place_of_the_old_copy(reader: Page, running: SiteServer, installable: Path) -> None:
    """When the content changes the old copy is removed, and a copy of somebody else's is left alone."""
    names = "caches.keys().then((names) => names.sort())"
    reader.evaluate("caches.open('någon annans')")
    before = reader.evaluate(names)
    assert len(before) == 2
    page = installable / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Minsta handboken", "Nya handboken"), encoding="utf-8")
    write_offline(installable, "Handbok", "Handbok", installable=True)
    reader.evaluate(UPDATED)
    after = reader.evaluate(names)
    assert len(after) == 2
    assert set(before) & set(after) == {"någon annans"}
    running.is_dead = True
    reader.goto(f"{running.address}index.html")
    expect(reader.locator("h1")).to_have_text("Nya handboken")


def test_an_edition_that_opts_out_leaves_nothing(reader: Page, running: SiteServer, installable: Path) -> None:
    """The next edition at the address, without the choice, takes both worker and copy out of the browser."""
    write_offline(installable, "Handbok", "Handbok", installable=False)
    assert len(reader.evaluate("caches.keys()")) == 1
    reader.evaluate(UPDATED)
    assert reader.evaluate("caches.keys()") == []
    reader.goto("about:blank")
    reader.goto(f"{running.address}csp.txt")
    assert reader.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0


def test_the_zip_opens_from_a_folder(open_page: OpenPage, site: Path, tmp_path: Path) -> None:
    """Unpacked anywhere, the zip opens with index.html: links lead on, the guide runs and a question is graded."""
    write_zip(site, tmp_path / "handbok-prov.zip")
    with zipfile.ZipFile(tmp_path / "handbok-prov.zip") as packed:
        packed.extractall(tmp_path / "delad mapp å")
    base = f"{(tmp_path / 'delad mapp å' / 'handbok-prov').as_uri()}/"
    page = open_page("index.html", base=base)
    page.locator("#main-content").get_by_role("link", name="Slå upp", exact=True).first.click()
    page.locator("#main-content a[href='guide.html']").first.click()
    page.locator(".guide").get_by_role("link", name="En handling, en lista").click()
    expect(page.locator(".guide-step:visible")).to_have_id("guide-handling")
    page.goto(base + RULE)
    question = first_question(page)
    question.answer(*question.correct)
    expect(question.headline).to_contain_text("Rätt.")
