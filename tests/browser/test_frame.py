"""The frame of the pages: narrow screens, the answer card, panels, search, light and dark, paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.questions import MODULE, RULE, answer_all, choosing_questions, first_question
from browser.watching import PHONE
from handbook.exercise_site import LITE
from handbook.short_links import SHORT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser.watching import OpenPage


def pages(site: Path) -> list[str]:
    """Return the paths of all pages but those of short links, which lead to the others, and of JupyterLite's own."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [path for path in found if not path.startswith((f"{SHORT_FOLDER}/", f"{LITE}/"))]


def rule_pages(site: Path) -> list[str]:
    """Return the paths of the pages with an answer card."""
    return [path for path in pages(site) if 'class="rule-card"' in (site / path).read_text(encoding="utf-8")]


def visit(page: Page, paths: list[str]) -> Iterator[str]:
    """Go to each path, starting from a page at the root, and yield it."""
    root = page.url.removesuffix("index.html")
    for path in paths:
        page.goto(root + path)
        yield path


def wider_than_screen(page: Page) -> list[str]:
    """Return what has to be scrolled sideways, the page itself or a part of it; wide tables and code may."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("html, body, body *:not(.table-wrapper, pre, .call-graph)")]
             .filter((element) => element.scrollWidth > element.clientWidth)
             .filter((element) => element.matches("html") || /auto|scroll/.test(getComputedStyle(element).overflowX))
             .map((element) => `${element.tagName} ${element.className}`)"""
    )
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_no_page_is_wider_than_a_phone(open_page: OpenPage, site: Path, *, scripts: bool) -> None:
    """No page of the handbook has to be scrolled sideways at 360 pixels, with or without JavaScript."""
    page = open_page(scripts=scripts, size=PHONE)
    paths = pages(site)
    assert len(paths) > 20
    assert {path: wider_than_screen(page) for path in visit(page, paths)} == {path: [] for path in paths}


def test_an_answered_question_is_no_wider_than_a_phone(open_page: OpenPage) -> None:
    """Feedback does not make the page wider either, for any question of the module, nor at 320 pixels (400 % zoom)."""
    page = open_page(MODULE, size=PHONE)
    answer_all(page, {question.id: question.ids[:1] for question in choosing_questions(page)})
    assert wider_than_screen(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert wider_than_screen(page) == []


def first_line_bottom(element: Locator) -> float:
    """Return how far down the screen the first line of the element's text ends."""
    bottom: float = element.evaluate(
        """(element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          return range.getClientRects()[0].bottom;
        }"""
    )
    return bottom


def test_the_answer_stands_above_the_fold_on_a_phone(open_page: OpenPage, site: Path) -> None:
    """On every rule page the verdict, the short answer and "Säg så här" fit, whole, in the first 640 pixels."""
    page = open_page(size=PHONE)
    below: dict[str, int] = {}
    for path in visit(page, rule_pages(site)):
        card = page.locator(".rule-card")
        answer, say = (card.locator(f".rule-{part} > p").last.bounding_box() for part in ("short-answer", "say"))
        assert answer is not None
        assert say is not None
        ends = {
            "verdict": first_line_bottom(card.locator(".verdict strong")),
            "short answer": answer["y"] + answer["height"],
            "say": say["y"] + say["height"],
        }
        below |= {f"{path}: {part}": round(end) for part, end in ends.items() if end > PHONE[1]}
    assert below == {}


SEEN_IN_CARD = """
() => {
  const card = document.querySelector(".rule-card");
  const labels = [...card.querySelectorAll(".rule-label")].filter((label) => label.checkVisibility());
  return {
    verdict: card.querySelector(".verdict").innerText.trim(),
    shape: card.querySelector(".verdict svg").getBoundingClientRect().width,
    labels: labels.map((label) => label.innerText.trim()),
  };
}
"""
"""What an answer card shows: its verdict in words, the width of its shape in pixels, and the names of its fields."""


def test_a_rule_is_worded_not_only_coloured(open_page: OpenPage, site: Path) -> None:
    """Every answer card says its verdict in words beside a shape, and names who decides."""
    page = open_page()
    words = {"Lämna ut", "Lämna inte ut", "Pröva", "Hänvisa"}
    labels = {"Kort svar", "Säg så här", "Fråga inte", "Vem avgör"}
    for path in visit(page, rule_pages(site)):
        seen = page.evaluate(SEEN_IN_CARD)
        assert seen["verdict"] in words, path
        assert seen["shape"] > 10, path
        assert labels <= set(seen["labels"]), path


def luminance(page: Page, value: str) -> float:
    """Return how light (0 to 1) a colour of the page's text is: ``color`` or ``background-color``."""
    colour: str = page.locator("body").evaluate("(body, value) => getComputedStyle(body)[value]", value)
    red, green, blue = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_dark(page: Page) -> bool:
    """Return whether the page has light text on dark."""
    return luminance(page, "background-color") < 0.2 and luminance(page, "color") > 0.7


def is_light(page: Page) -> bool:
    """Return whether the page has dark text on light."""
    return luminance(page, "color") < 0.3 and luminance(page, "background-color") > 0.9


def test_the_look_follows_the_device(open_page: OpenPage) -> None:
    """The page is light on a light device and dark on a dark one, with and without JavaScript."""
    for scripts in (True, False):
        assert is_light(open_page(RULE, scripts=scripts))
        assert is_dark(open_page(RULE, scripts=scripts, dark=True))


def test_the_chosen_look_wins_and_stays(open_page: OpenPage) -> None:
    """A chosen look wins over the device's, holds on the next page, and can be given back to the device."""
    page = open_page(RULE)
    choice = page.get_by_label("Utseende")
    choice.select_option("Mörkt")
    assert is_dark(page)
    page.goto(page.url.replace(RULE, MODULE))
    assert is_dark(page)
    expect(choice).to_have_value("dark")
    choice.select_option("Ljust")
    page.emulate_media(color_scheme="dark")
    assert is_light(page)
    choice.select_option("Som enheten")
    assert is_dark(page)


@pytest.mark.parametrize(("button_name", "panel_name"), [("Meny", "Meny"), ("Sidan", "På den här sidan")])
def test_a_panel_opens_and_closes_by_keyboard(open_page: OpenPage, button_name: str, panel_name: str) -> None:
    """On a phone, Enter opens the panel, Tab leads into it, and Escape closes it and gives the focus back."""
    page = open_page(RULE, size=PHONE)
    button = page.get_by_role("button", name=button_name)
    panel = page.get_by_role("navigation", name=panel_name, exact=True)
    expect(panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(panel).to_be_visible()
    focused_in_panel = "(panel) => panel.contains(document.activeElement)"
    for _ in range(4):
        if panel.evaluate(focused_in_panel):
            break
        page.keyboard.press("Tab")
    assert panel.evaluate(focused_in_panel)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_only_one_panel_is_open(open_page: OpenPage) -> None:
    """Opening the contents closes the menu, and following a link of the contents closes them and goes there."""
    page = open_page(RULE, size=PHONE)
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("button", name="Sidan").click()
    expect(page.get_by_role("navigation", name="Meny")).to_be_hidden()
    contents = page.get_by_role("navigation", name="På den här sidan")
    contents.get_by_role("link", name="Varför", exact=True).click()
    expect(contents).to_be_hidden()
    expect(page.get_by_role("heading", name="Varför", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize("place", ["server", "file"])
def test_the_search_finds_the_rule(open_page: OpenPage, site: Path, place: str) -> None:
    """A word typed on the search page is answered, in Swedish, with how many hits there are."""
    page = open_page("search.html", base=f"{site.as_uri()}/" if place == "file" else "")
    field = page.get_by_role("searchbox", name="Vad vill du veta?")
    field.fill("hemadress")
    field.press("Enter")
    status = page.locator("#search-results").get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d+ sidor innehåller det du sökte\.$|^1 sida innehåller det du sökte\.$"))
    hits = page.locator("#search-results li a")
    expect(hits.filter(has_text="hemadress").first).to_be_visible()
    assert str(hits.count()) == status.inner_text().split()[0]
    hits.filter(has_text="hemadress").first.click()
    expect(page.locator(".rule-card")).to_be_visible()


@pytest.mark.parametrize("place", ["server", "file"])
def test_a_search_without_hits_says_so(open_page: OpenPage, site: Path, place: str) -> None:
    """A word that stands nowhere is answered in Swedish with what to try instead."""
    page = open_page("search.html?q=qqqzzz", base=f"{site.as_uri()}/" if place == "file" else "")
    expect(page.locator("#search-results").get_by_role("status")).to_contain_text("Inga träffar.")


def test_the_search_page_speaks_swedish(open_page: OpenPage) -> None:
    """No English word of Sphinx's search page is left on it."""
    page = open_page("search.html?q=sekretess")
    expect(page.locator("#search-results").get_by_role("status")).to_contain_text("sidor")
    assert not re.search(r"\b(search|results?|found|matching|page)\b", page.locator("body").inner_text(), re.IGNORECASE)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_paper_the_key_is_there_and_the_menu_is_not(open_page: OpenPage, *, scripts: bool) -> None:
    """Printed, a question has its key with every reason; menu, search and buttons are gone."""
    page = open_page(RULE, scripts=scripts)
    page.emulate_media(media="print")
    question = first_question(page)
    for paragraphs in question.reasons().values():
        expect(question.key.get_by_text(paragraphs[0])).to_be_visible()
    expect(page.locator("nav:visible, button:visible, header:visible, form[role=search]:visible")).to_have_count(0)
    expect(page.locator(".rule-card")).to_be_visible()


def test_on_paper_an_answered_question_is_printed_once(open_page: OpenPage) -> None:
    """Printed after answering, every reason stands there once: in the feedback or in the key."""
    page = open_page(RULE)
    question = first_question(page)
    question.answer(question.wrong[0])
    page.emulate_media(media="print")
    for paragraphs in question.reasons().values():
        expect(question.form.get_by_text(paragraphs[0]).locator("visible=true")).to_have_count(1)


def test_dark_pages_are_printed_dark_on_white(open_page: OpenPage) -> None:
    """Paper is white whatever look is chosen."""
    page = open_page(RULE, dark=True)
    page.emulate_media(media="print")
    assert luminance(page, "color") < 0.1
