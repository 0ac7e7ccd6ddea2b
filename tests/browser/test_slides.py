"""The slides of a course day: opened from a folder, led by keyboard, a round played, nothing for axe-core to find."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conftest import PROJECT
from playwright.sync_api import expect

from browser.test_accessibility import AXE, TAGS
from handbook.courseday_slides import OWN_FILES, THEIRS

if TYPE_CHECKING:
    from pathlib import Path

    from browser.watching import OpenPage

QUESTION = "absolut-stark-svag-vems-men"
KIND = """(slide) => {
  const parts = [...slide.querySelectorAll("*")].map((part) => `${part.localName}.${part.className}`);
  return [...new Set(parts)].sort().join(" ");
}"""
"""Slides that are made of the same elements and classes are of one kind."""


def go_to(page: Any, question: str) -> None:
    """Go with the right arrow to the slide where the question is first voted on."""
    field = page.locator(f'section.present input[data-question="{question}"][data-when="before"]')
    for _ in range(60):
        if field.count():
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no slide has {question}")


def test_a_round_is_played_by_keyboard(open_page: OpenPage, course_day: Path) -> None:
    """Hands are typed in, the pairs talk, hands are typed in again, and the bars show before and after."""
    page = open_page("index.html", base=f"{(course_day / 'bilder').as_uri()}/")
    expect(page.locator("section.present h1")).to_be_visible()
    go_to(page, QUESTION)
    page.keyboard.press("Tab")
    for count in ("9", "3", "0"):
        page.keyboard.type(count)
        page.keyboard.press("Enter")
    expect(page.locator("section.present h1")).to_have_text("Diskutera")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    for count in ("2", "10"):
        page.keyboard.type(count)
        page.keyboard.press("Enter")
    counts = page.locator("section.present [data-count]")
    expect(counts).to_have_text(["9 (75 %)", "2 (17 %)", "3 (25 %)", "10 (83 %)", "0 (0 %)", "–"])
    widths = page.locator("section.present .bar").evaluate_all("bars => bars.map(bar => bar.style.width)")
    assert widths == ["75%", "17%", "25%", "83%", "0%", "0%"]
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(page.locator("section.present h1")).to_have_text("Skälen")
    expect(page.locator("section.present .right")).to_have_count(1)


def test_the_slides_keep_nothing(open_page: OpenPage, course_day: Path) -> None:
    """What is typed stays on the page: nothing is stored, and a fresh page has no counts."""
    page = open_page("index.html", base=f"{(course_day / 'bilder').as_uri()}/")
    go_to(page, QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.type("9")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    expect(page.locator("input[data-question]").first).to_have_value("")


def test_every_slide_fits_in_a_bright_room_and_a_dark(open_page: OpenPage, course_day: Path) -> None:
    """No slide is higher than the screen; axe-core finds nothing on the first of each kind, bright or dark."""
    page = open_page("index.html", base=f"{(course_day / 'bilder').as_uri()}/")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    total = page.locator(".slides > section").count()
    found: list[object] = []
    kinds: set[str] = set()
    for number in range(total):
        page.evaluate("(number) => Reveal.slide(number)", number)
        height = page.locator("section.present").evaluate("slide => slide.scrollHeight")
        if height > 720:
            found.append([number, "too high", height])
        kind = page.locator("section.present").evaluate(KIND)
        if kind in kinds:
            continue
        kinds.add(kind)
        found += violations(page, number)
        page.keyboard.press("l")
        expect(page.locator("html.dark")).to_have_count(1)
        found += violations(page, number)
        page.keyboard.press("l")
    assert total > 40
    assert len(kinds) > 5
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


def violations(page: Any, number: int) -> list[object]:
    """Return what axe-core finds on the slide that is shown."""
    result = page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false })", TAGS
    )
    assert result["passes"]
    return [[number, hit["id"], hit["nodes"][0]["html"][:150]] for hit in result["violations"]]


def test_the_folder_holds_all_it_needs(course_day: Path) -> None:
    """The slides' folder has reveal.js, its licence and our own files, and no address outside it."""
    names = {path.name for path in (course_day / "bilder").iterdir()}
    assert names == {"index.html", *OWN_FILES, *(name.rpartition("/")[2] for name in THEIRS)}
    text = (course_day / "bilder/index.html").read_text(encoding="utf-8")
    assert "http" not in text
    assert (PROJECT / "node_modules/reveal.js/LICENSE").read_bytes() == (course_day / "bilder/LICENSE").read_bytes()
