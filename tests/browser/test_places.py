"""Where the folder is put: below a sub-path under the content policy, and opened as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.conftest import browser_program
from browser.questions import MODULE, RULE, first_question
from browser.serving import PREFIX
from browser.watching import ARGUMENTS, Watch

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from browser.serving import SiteServer
    from browser.watching import OpenPage


def test_the_policy_is_one_strict_line(site: Path) -> None:
    """The policy that the tests run under is the one in csp.txt: one line, no unsafe-inline, no unsafe-eval."""
    text = (site / "csp.txt").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    assert text.startswith("default-src 'none';")
    assert "unsafe-inline" not in text
    assert "unsafe-eval" not in text.replace("wasm-unsafe-eval", "")


def test_the_policy_reaches_the_browser(open_page: OpenPage) -> None:
    """The pages of these tests really are under the policy: an inline script is refused, and the watch sees it."""
    page = open_page(complaint="content policy: script-src|Content Security Policy")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'globalThis.ran = 1'}))")
    assert page.evaluate("globalThis.ran") is None


def test_the_way_from_start_to_paragraph_below_a_sub_path(open_page: OpenPage, server: SiteServer) -> None:
    """From the start page to a rule, a graded question and its provision, all below the sub-path."""
    page = open_page()
    page.locator("#main-content").get_by_role("link", name="Slå upp", exact=True).first.click()
    page.locator("#main-content a[href='hemadress.html']").click()
    page.wait_for_url(f"**/{RULE}")
    question = first_question(page)
    question.answer(*question.correct)
    expect(question.headline).to_have_text("Rätt.")
    question.status.locator(".key-sources a").last.click()
    expect(page.locator(":target")).to_be_in_viewport()
    assert PREFIX + "om/lagregister/" in page.url
    assert {answer.status for answer in server.served} == {200}


@pytest.mark.parametrize("path", [RULE, MODULE])
@pytest.mark.parametrize("question_type", ["choice", "multiple_response"])
def test_a_quiz_works_from_a_file(open_page: OpenPage, site: Path, path: str, question_type: str) -> None:
    """Opened from a folder, without any server, a question is graded."""
    page = open_page(path, base=f"{site.as_uri()}/")
    question = first_question(page, question_type)
    question.answer(*question.correct)
    expect(question.headline).to_contain_text("Rätt.")


def test_links_work_from_a_file(open_page: OpenPage, site: Path) -> None:
    """Opened from a folder, the start page leads to a rule and the rule to its provision."""
    page = open_page("index.html", base=f"{site.as_uri()}/")
    page.locator("#main-content").get_by_role("link", name="Slå upp", exact=True).first.click()
    page.locator("#main-content a[href='hemadress.html']").click()
    page.locator("#main-content a[href*='lagregister/']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("named", ["", "no-such-browser"])
def test_a_missing_browser_is_one_sentence(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    """Without a browser, or with a wrong name for one, the tests fail with one sentence that says what to do."""
    monkeypatch.setenv("HANDBOOK_CHROMIUM", named)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match=r"set HANDBOOK_CHROMIUM to the path of a browser\.$"):
        browser_program()


@pytest.mark.parametrize("address", ["http://handbook.example/x.png", "http://192.0.2.1/x.png"])
def test_the_watch_blocks_and_sees_requests_to_elsewhere(chromium: Browser, site: Path, address: str) -> None:
    """A page that asks for something outside does not get it, and the tests would fail for it."""
    with chromium.new_context() as context:
        watch = Watch(context)
        page = context.new_page()
        page.goto(f"{site.as_uri()}/csp.txt")
        with page.expect_event("requestfailed") as failed:
            page.evaluate("(address) => { new Image().src = address; }", address)
        assert failed.value.failure == "net::ERR_NAME_NOT_RESOLVED"
        assert any("resolver" in argument for argument in ARGUMENTS)
        assert f"a request to elsewhere: {address}" in watch.problems


def test_the_watch_sees_errors(chromium: Browser) -> None:
    """An error in the console and an uncaught error are seen, and a complaint that does not come is missed."""
    with chromium.new_context() as context:
        watch = Watch(context)
        page = context.new_page()
        with page.expect_console_message(), page.expect_event("pageerror"):
            page.evaluate("console.error('broken'); setTimeout(() => { throw new Error('lost'); })")
    assert [problem.split(" (")[0] for problem in watch.remaining()] == ["broken", "uncaught: lost"]
    with chromium.new_context() as context:
        assert Watch(context, "never said").remaining() == ["the console did not say never said"]
