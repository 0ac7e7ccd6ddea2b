"""Reports from a question, situations on the page, and calls as drawings, as a reader meets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.questions import RULE, first_question
from browser.watching import PHONE

if TYPE_CHECKING:
    from browser.watching import OpenPage

GRAPHS = "om/fragebanken.html"
TYPES = "om/fragetyper.html"
_COLOURS = "(element) => [getComputedStyle(element).stroke, getComputedStyle(element).fill]"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_question_is_reported_by_mail(open_page: OpenPage, *, scripts: bool) -> None:
    """The link is there with and without JavaScript, under the strict policy, before an answer and after it."""
    page = open_page(RULE, scripts=scripts)
    form = page.locator("form.question").first
    link = form.get_by_role("link", name="Rapportera frågan")
    expect(link).to_be_visible()
    name = str(form.get_attribute("id"))
    assert name in str(link.get_attribute("href"))
    link.focus()
    expect(link).to_be_focused()
    if scripts:
        question = first_question(page)
        question.answer(question.correct[0])
        expect(link).to_be_visible()
        link.click()  # the policy does not block it, or the watch over the page would say so
        expect(question.headline).to_have_text("Rätt.")


def test_a_situation_is_open_once_and_at_hand_again(open_page: OpenPage) -> None:
    """On the page of types two questions share a situation: the second has it closed, and the keyboard opens it."""
    page = open_page(TYPES, size=PHONE)
    situations = page.locator(".question-scenario")
    expect(situations).to_have_count(2)
    expect(situations.first.locator("p")).to_be_visible()
    expect(situations.last.locator("p")).to_be_hidden()
    situations.last.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(situations.last.locator("p")).to_be_visible()
    page.emulate_media(media="print")
    expect(situations.last).to_be_hidden()


def test_calls_are_drawn_in_the_colours_of_the_page(open_page: OpenPage) -> None:
    """The drawing follows light and dark and prints in black; what is not well said is dashed, whatever the colour."""
    seen = {}
    for name, dark in (("light", False), ("dark", True)):
        page = open_page(GRAPHS, dark=dark)
        expect(page.get_by_role("img").first).to_be_visible()
        seen[name] = page.locator(".graph-good rect").first.evaluate(_COLOURS)
    assert seen["light"] != seen["dark"]
    dashes = "(line) => getComputedStyle(line).strokeDasharray"
    assert page.locator(".graph-line.graph-bad").first.evaluate(dashes) != "none"
    assert page.locator(".graph-line.graph-good").first.evaluate(dashes) == "none"
    page.emulate_media(media="print")
    assert page.locator(".graph-good rect").first.evaluate(_COLOURS)[0] == "rgb(0, 0, 0)"


def test_a_wide_drawing_is_scrolled_by_keyboard_on_a_phone(open_page: OpenPage) -> None:
    """At 360 px the page is no wider than the screen; a drawing that is can be reached with Tab and has a name."""
    page = open_page(GRAPHS, size=PHONE)
    for drawing in page.locator(".call-graph").all():
        width, shown = drawing.evaluate("(element) => [element.scrollWidth, element.clientWidth]")
        assert shown <= PHONE[0]
        assert drawing.get_attribute("tabindex") == ("0" if width > shown else None)
    page.locator(".call-graph .graph").first.evaluate("(graph) => graph.setAttribute('width', 900)")
    page.evaluate("window.dispatchEvent(new Event('resize'))")
    first = page.locator(".call-graph").first
    expect(first).to_have_attribute("aria-label", re.compile(r"^Bild \d+, går att rulla i sidled$"))
    expect(first).to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_drawing_is_told_in_words(open_page: OpenPage, *, scripts: bool) -> None:
    """Below each drawing a list says where every choice leads, with as many lines as there are boxes."""
    page = open_page(GRAPHS, scripts=scripts)
    for drawing in page.locator(".call-graph").all():
        listed = drawing.locator("xpath=following-sibling::ul[1]/li")
        assert listed.count() == drawing.locator("rect").count()
        expect(listed.first).to_contain_text("Replik 1: A → ")


def test_the_bank_page_counts_what_tests_draw_from(open_page: OpenPage) -> None:
    """The table has a row for each module and a column for each role."""
    page = open_page(GRAPHS)
    heads = page.locator("table th").all_text_contents()
    assert heads == ["Modul", "Växel", "Reception", "Registratur", "Kansli"]
    expect(page.locator("table tbody tr").first).to_contain_text("(")
