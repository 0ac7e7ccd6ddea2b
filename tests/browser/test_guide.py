"""The guide in a browser: one question at a time, the answers in the address, and complete without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from test_guide import PATHS

from browser.watching import PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from browser.watching import OpenPage

GUIDE = "sla-upp/guide.html"
STEPS = ".guide-step:visible"


def heading(page: Page) -> str:
    """Return the heading of the only step that is shown."""
    expect(page.locator(STEPS)).to_have_count(1)
    return page.locator(f"{STEPS} > h2").inner_text()


@pytest.mark.parametrize("place", ["server", "file"])
def test_every_path_can_be_walked(open_page: OpenPage, site: Path, place: str) -> None:
    """Clicking the answers of each path, one question at a time, leads to its verdict and gives an address to keep."""
    page = open_page(GUIDE, base=f"{site.as_uri()}/" if place == "file" else "")
    for answers, (verdict, outcome) in PATHS.items():
        for number, name in enumerate(answers.split(), 1):
            expect(page.locator(".guide-progress")).to_have_text(f"Fråga {number} av högst 6")
            page.locator(f"{STEPS} .guide-answers > li[id$='-{name}'] a").click()
        expect(page.locator(STEPS)).to_have_id(f"guide-{outcome}")
        expect(page.locator(f"{STEPS} .rule-verdict")).to_have_text(verdict.capitalize())
        assert page.url.endswith(f"{GUIDE}#/{answers.replace(' ', '/')}")
        page.locator(".guide").get_by_role("link", name="Börja om").click()


def test_back_and_forward_and_reload_keep_the_place(open_page: OpenPage) -> None:
    """The browser's own Back goes one question back, Forward goes on, and a reload stays."""
    page = open_page(GUIDE)
    first = heading(page)
    page.locator(".guide").get_by_role("link", name="En uppgift").click()
    second = heading(page)
    page.locator(".guide").get_by_role("link", name="Nej, eller jag är osäker").click()
    third = heading(page)
    assert len({first, second, third}) == 3
    page.go_back()
    assert heading(page) == second
    page.go_back()
    assert heading(page) == first
    page.go_forward()
    page.go_forward()
    assert heading(page) == third
    page.reload()
    assert heading(page) == third
    expect(page.locator(".guide-trail li")).to_have_count(2)


def test_a_bookmark_opens_the_outcome_with_the_answers(open_page: OpenPage) -> None:
    """A kept address shows where its answers lead, which answers they were, and each can be changed."""
    page = open_page(f"{GUIDE}#/uppgift/nej/nej/hem")
    expect(page.locator(STEPS)).to_have_id("guide-privat")
    expect(page.get_by_role("navigation", name="Dina svar").locator("li")).to_have_count(4)
    page.locator(".guide").get_by_role("link", name="Ändra svaret på Är uppgiften självklart offentlig?").click()
    assert heading(page) == "Är uppgiften självklart offentlig?"
    expect(page.locator(".guide-trail li")).to_have_count(1)


@pytest.mark.parametrize(
    ("address", "step"),
    [("#/", "vad"), ("#/finns-inte/ja", "vad"), ("#/uppgift/xyz/ja", "sjalvklar"), ("#guide-kanslig", "kanslig")],
)
def test_any_address_shows_one_step(open_page: OpenPage, address: str, step: str) -> None:
    """An address that is cut off, old or made without scripts shows the step that it does lead to."""
    page = open_page(GUIDE + address)
    expect(page.locator(STEPS)).to_have_count(1)
    expect(page.locator(STEPS)).to_have_id(f"guide-{step}")


def test_from_a_step_without_a_path_the_links_still_lead_on(open_page: OpenPage) -> None:
    """Whoever comes to the middle by a plain link is led on by plain links."""
    page = open_page(f"{GUIDE}#guide-kanslig")
    page.locator(".guide").get_by_role("link", name="Nej, inget av det").click()
    expect(page.locator(STEPS)).to_have_id("guide-slag")


def test_the_guide_is_walked_by_keyboard(open_page: OpenPage) -> None:
    """Tab reaches the answers in order, Enter takes one, and the focus then stands at the new question."""
    page = open_page(GUIDE, size=PHONE)
    page.locator(f"{STEPS} .guide-answers a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"{STEPS} > h2")).to_be_focused()
    assert heading(page) == "Är uppgiften självklart offentlig?"
    expect(page.locator(f"{STEPS} > h2")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"{STEPS} .rule-verdict")).to_have_text("Lämna ut")


@pytest.mark.parametrize("place", ["server", "file"])
def test_without_scripts_every_step_is_there(open_page: OpenPage, site: Path, place: str) -> None:
    """Without JavaScript all steps stand on the page, and the links lead from one to the next."""
    page = open_page(GUIDE, base=f"{site.as_uri()}/" if place == "file" else "", scripts=False)
    expect(page.locator(STEPS)).to_have_count(page.locator(".guide-step").count())
    assert page.locator(STEPS).count() > 20
    page.locator("#guide-vad-handling a").click()
    expect(page.locator("#guide-handling > h2")).to_be_in_viewport()
    page.locator("#guide-handling-publicerad a").click()
    expect(page.locator("#guide-handling-ut .rule-verdict")).to_be_in_viewport()


def test_an_outcome_is_read_without_scrolling_on_a_phone(open_page: OpenPage) -> None:
    """After the last answer, verdict and words to say stand on the first screen of a phone."""
    page = open_page(GUIDE, size=PHONE)
    for name in ("En uppgift", "Nej, eller jag är osäker", "Nej", "En kollegas eller förtroendevalds hemadress"):
        page.locator(f"{STEPS} .guide-answers").get_by_role("link", name=name).first.click()
    expect(page.locator(f"{STEPS} .rule-verdict")).to_be_in_viewport(ratio=1)
    expect(page.locator(f"{STEPS} .rule-say p").last).to_be_in_viewport(ratio=1)


def test_on_paper_the_outcome_stands_with_its_answers(open_page: OpenPage) -> None:
    """Printed, there is the outcome and the answers that led to it, and nothing to press."""
    page = open_page(f"{GUIDE}#/handling/lista")
    page.emulate_media(media="print")
    expect(page.locator(STEPS)).to_have_count(1)
    expect(page.locator(".guide-trail li")).to_have_count(2)
    expect(page.locator(".guide-trail a:visible, .copy:visible")).to_have_count(0)
