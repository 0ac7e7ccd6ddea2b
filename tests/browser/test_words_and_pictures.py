"""Marked words answer pointer, keyboard and touch, and pictures fit every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.test_accessibility import expect_no_violations
from browser.watching import PHONE, WIDE

if TYPE_CHECKING:
    from browser.watching import OpenPage

PAGE = "kurs/styrkorna.html"
PICTURES = {
    "styrkor": PAGE,
    "trettio-sekunder": "kurs/grunderna.html",
    "handlingens-liv": "kurs/allman-handling.html",
    "vem-avgor": "kurs/lamna-ut.html",
    "andringar": "policy/gallde-da-galler-nu.html",
}
FITS = """(figure) => {
  const svg = [...figure.querySelectorAll(":scope > svg")].find((found) => found.getBoundingClientRect().width > 0);
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const edges = [];
  for (const text of svg.querySelectorAll("text")) {
    const box = text.getBBox();
    const before = text.previousElementSibling;
    const around = before?.matches("rect") ? before.getBBox() : svg.viewBox.baseVal;
    const isIn = box.x >= around.x - 0.5 && box.x + box.width <= around.x + around.width + 0.5;
    if (!isIn || box.y + box.height > svg.viewBox.baseVal.height + 1) edges.push(text.textContent);
  }
  const sizes = [...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize));
  const smallest = Math.min(...sizes);
  return { kind: svg.getAttribute("class"), smallest: smallest * scale, edges };
}"""


def test_the_pointer_shows_a_meaning_and_may_rest_on_it(open_page: OpenPage) -> None:
    """A meaning comes with the pointer, stays while the pointer is on it, and goes when the pointer leaves."""
    page = open_page(PAGE)
    word = page.locator(".word").first
    meaning = word.get_by_role("tooltip")
    expect(meaning).to_be_hidden()
    word.locator("a").hover()
    expect(meaning).to_be_visible()
    meaning.hover()
    expect(meaning).to_be_visible()
    page.locator("h1").hover()
    expect(meaning).to_be_hidden()


def test_the_keyboard_shows_a_meaning_and_escape_hides_it(open_page: OpenPage) -> None:
    """Focus shows the meaning, Escape hides it without moving the focus, and Enter follows the link."""
    page = open_page(PAGE)
    link = page.locator(".word a").first
    meaning = page.locator(".word").first.locator(".word-meaning")
    link.focus()
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/om/ordlista.html#ord-*")
    expect(page.locator("dt:target")).to_be_in_viewport()


def test_one_meaning_at_a_time(open_page: OpenPage) -> None:
    """The meaning of the word before goes when the next one comes."""
    page = open_page(PAGE)
    for number in (0, 1, 2):
        page.locator(".word a").nth(number).focus()
        expect(page.locator(".word-meaning:visible")).to_have_count(1)


def test_the_first_touch_shows_and_the_second_follows(open_page: OpenPage) -> None:
    """A finger gets the meaning first, and the glossary when it asks again; a touch elsewhere hides it."""
    page = open_page(PAGE, size=PHONE)
    link, meaning = page.locator(".word a").first, page.locator(".word-meaning").first
    touch = "(link, kind) => link.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: 'touch' }))"

    def tap() -> None:
        link.evaluate("(link) => (" + touch + ")(link, 'pointerdown')")
        link.evaluate("(link) => link.click()")

    tap()
    expect(meaning).to_be_visible()
    page.locator("h1").evaluate("(place) => (" + touch + ")(place, 'pointerdown')")
    expect(meaning).to_be_hidden()
    tap()
    tap()
    page.wait_for_url("**/om/ordlista.html#ord-*")


def test_without_scripts_a_word_is_a_link(open_page: OpenPage) -> None:
    """A reader without JavaScript comes to the word in the glossary."""
    page = open_page(PAGE, scripts=False)
    expect(page.locator(".word-meaning:visible")).to_have_count(0)
    page.locator(".word a").first.click()
    expect(page.locator("dt:target")).to_be_in_viewport()


def test_a_meaning_stays_inside_a_narrow_window(open_page: OpenPage) -> None:
    """Whichever word is asked for, its meaning is wholly on the screen and pushes nothing sideways."""
    page = open_page(PAGE, size=PHONE)
    for link in page.locator(".word a").all():
        link.focus()
        box = page.locator(".word-meaning:visible").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_paper_has_the_word_alone(open_page: OpenPage) -> None:
    """In print a marked word looks like its neighbours, and its meaning is not there."""
    page = open_page(PAGE)
    page.locator(".word a").first.focus()
    page.emulate_media(media="print")
    expect(page.locator(".word-meaning:visible")).to_have_count(0)
    assert page.locator(".word a").first.evaluate("(link) => getComputedStyle(link).textDecorationLine") == "none"
    expect(page.locator(".picture-wide").first).to_be_visible()
    expect(page.locator(".picture-words:visible")).to_have_count(0)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("size", [WIDE, PHONE, (600, 800)], ids=["wide", "phone", "between"])
def test_a_picture_fits_and_can_be_read(open_page: OpenPage, name: str, size: tuple[int, int]) -> None:
    """The drawing for that width is shown, no text is below 12 pixels, and none runs out of its box."""
    page = open_page(PICTURES[name], size=size)
    found = page.locator(f"figure:has(#bild-{name})").evaluate(FITS)
    assert found["kind"] == ("picture-wide" if size == WIDE else "picture-narrow")
    assert found["smallest"] >= 12
    assert found["edges"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize(
    "path", [*PICTURES.values(), "om/ordlista.html", "om/tillganglighet.html", "om/lagring.html", "om/kallor.html"]
)
def test_words_and_pictures_have_no_violations(open_page: OpenPage, path: str) -> None:
    """With a meaning shown and the words of a picture open, no look of the page has a violation."""
    page = open_page(path)
    page.evaluate("document.querySelectorAll('.picture-words').forEach((words) => (words.open = true))")
    if page.locator(".word").count():
        page.locator(".word a").first.focus()
        expect(page.locator(".word-meaning:visible")).to_have_count(1)
    expect_no_violations(page)
