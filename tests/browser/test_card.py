"""The answer card beyond the screen: copied, linked to by a short address, and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from browser.questions import RULE
from handbook.short_links import SHORT_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from browser.watching import OpenPage

CARDS = "sla-upp/kort.html"
QUICK = "sla-upp/snabbguide.html"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
NO_COPYING = NO_CLIPBOARD + "document.execCommand = () => false;"


def said(page: Page) -> str:
    """Return the words to say as they stand on the page."""
    paragraphs = page.locator(".rule-say > p:not(.rule-label)").all_inner_texts()
    return "\n".join(" ".join(text.split()) for text in paragraphs)


def clipboard(page: Page) -> str:
    """Return what is on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("place", ["server", "file"])
def test_the_words_to_say_are_copied(open_page: OpenPage, site: Path, place: str) -> None:
    """One press copies the words, without label and button, and says so where a screen reader hears it."""
    page = open_page(RULE, base=f"{site.as_uri()}/" if place == "file" else "")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera ”Säg så här”").press("Enter")
    expect(page.locator(".rule-say").get_by_role("status")).to_have_text("Kopierat")
    assert clipboard(page) == said(page)


def test_the_words_are_copied_without_a_clipboard_of_the_page(open_page: OpenPage) -> None:
    """Over plain http the page has no clipboard, and the older way takes its place; the focus stays on the button."""
    page = open_page(RULE, before=NO_CLIPBOARD)
    button = page.get_by_role("button", name="Kopiera ”Säg så här”")
    button.press("Enter")
    expect(page.locator(".rule-say").get_by_role("status")).to_have_text("Kopierat")
    expect(button).to_be_focused()


def test_words_that_cannot_be_copied_are_marked(open_page: OpenPage) -> None:
    """Where the browser refuses, the words are selected and the reader is told which keys copy them."""
    page = open_page(RULE, before=NO_COPYING)
    page.get_by_role("button", name="Kopiera ”Säg så här”").click()
    expect(page.locator(".rule-say").get_by_role("status")).to_have_text("Markerat: kopiera med Ctrl och C")
    assert said(page).split("\n")[0][:20] in page.evaluate("getSelection().toString()")


def test_without_scripts_there_is_no_button(open_page: OpenPage) -> None:
    """A button that could do nothing is not there."""
    expect(open_page(RULE, scripts=False).locator(".copy")).to_have_count(0)


def test_the_short_link_is_copied_whole(open_page: OpenPage) -> None:
    """The copied short link is an address that can be pasted anywhere and opens the rule."""
    page = open_page(RULE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera kortlänken").click()
    expect(page.locator(".short-link + .copy").get_by_role("status")).to_have_text("Kopierat")
    address = clipboard(page)
    assert address.endswith(f"/{SHORT_FOLDER}/hemadress/index.html")
    page.goto(address)
    page.wait_for_url(f"**/{RULE}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("place", ["server", "file"])
def test_a_short_link_opens_the_rule(open_page: OpenPage, site: Path, place: str, *, scripts: bool) -> None:
    """A short link leads to the rule's page below a sub-path and from a folder, with and without JavaScript."""
    base = f"{site.as_uri()}/" if place == "file" else ""
    page = open_page(f"{SHORT_FOLDER}/hemadress/index.html", base=base, scripts=scripts)
    page.wait_for_url(f"**/{RULE}")
    expect(page.locator(".rule-card")).to_be_visible()


def pages_on_paper(page: Page) -> int:
    """Return how many sheets' sides the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_cards_are_four_to_a_side(open_page: OpenPage) -> None:
    """On paper a card is A6, four stand on each side of A4, nothing is cut off, and nothing else is printed."""
    page = open_page(CARDS)
    count = page.locator(".print-card").count()
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".print-card")]
             .filter((card) => card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1)
             .map((card) => card.id)"""
    )
    assert cut == []
    box = page.locator(".print-card").first.bounding_box()
    assert box is not None
    assert (round(box["width"] / 96 * 25.4), round(box["height"] / 96 * 25.4)) == (105, 148)
    expect(page.locator("h1:visible, .site-footer:visible, button:visible")).to_have_count(0)
    page.emulate_media(media="null")
    assert pages_on_paper(page) == -(-count // 4)


def test_one_card_is_printed_alone(open_page: OpenPage) -> None:
    """From a rule's page the link leads to its card, and then only that card goes on paper."""
    page = open_page(RULE)
    page.get_by_role("link", name="Skriv ut som kort").click()
    page.wait_for_url("**#kort-hemadress")
    page.emulate_media(media="print")
    expect(page.locator(".print-card:visible")).to_have_count(1)
    page.emulate_media(media="null")
    assert pages_on_paper(page) == 1


def test_the_quick_guide_prints_well(open_page: OpenPage) -> None:
    """On paper no entry is cut, each has its number to call, and an entry takes no more than a sixth of a side."""
    page = open_page(QUICK)
    count = page.locator(".quick-rule").count()
    assert pages_on_paper(page) <= count / 6 + 1
    page.emulate_media(media="print")
    expect(page.locator(".quick-rule:visible")).to_have_count(count)
    expect(page.locator(".quick-rule a[href^='tel:']").first).to_be_visible()
    expect(page.locator("nav:visible, button:visible")).to_have_count(0)
