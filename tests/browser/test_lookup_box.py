"""The look-up box in a browser: typing, keyboard, screen reader, narrow, dark, file://, without scripts, in time."""

from __future__ import annotations

import math
import re
import statistics
from typing import TYPE_CHECKING

import pytest
from lookup.tables import BUILT, QUERIES, read_table
from playwright.sync_api import Locator, Page, expect

from browser.questions import RULE
from browser.test_accessibility import expect_no_violations
from browser.test_frame import is_dark, wider_than_screen
from browser.watching import PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from browser.serving import SiteServer
    from browser.watching import OpenPage

KEY_DELAY = 150
"""Milliseconds from key to key, as a person types who listens at the same time."""


def box(page: Page) -> Locator:
    """Return the box."""
    return page.locator("#lookup")


def hits(page: Page) -> Locator:
    """Return the hits."""
    return page.locator("#lookup-results > li")


def status(page: Page) -> Locator:
    """Return what a screen reader is told."""
    return page.locator("#lookup-status")


@pytest.mark.parametrize("path", ["index.html", RULE, "search.html", "kurs/index.html"])
def test_every_page_has_one_box(open_page: OpenPage, path: str) -> None:
    """The box has a name, stands once on each page, and nothing has been fetched for it where nobody reached for it."""
    page = open_page(path, size=PHONE)
    expect(page.get_by_role("searchbox", name="Slå upp")).to_have_count(1)
    expect(box(page)).to_be_visible()
    expect(page.get_by_role("search", name="Slå upp")).to_be_visible()


def test_the_index_is_fetched_when_somebody_reaches_for_the_box(open_page: OpenPage, server: SiteServer) -> None:
    """A page without a look-up costs no index; the first focus fetches engine and index, once."""
    page = open_page(RULE)
    page.wait_for_load_state("networkidle")
    assert BUILT.as_posix() not in server.paths()
    box(page).focus()
    box(page).press_sequentially("hem")
    expect(hits(page).first).to_be_visible()
    box(page).blur()
    box(page).focus()
    assert server.paths().count(BUILT.as_posix()) == 1


@pytest.mark.parametrize("place", ["server", "file"])
def test_a_hit_answers_without_a_click(open_page: OpenPage, site: Path, place: str) -> None:
    """Verdict in words and shape, question, short answer and paragraph stand in the hit, also from a folder."""
    page = open_page(RULE, base=f"{site.as_uri()}/" if place == "file" else "")
    box(page).press_sequentially("hemadres")
    first = hits(page).first
    expect(first.locator(".verdict strong")).to_have_text("Lämna inte ut")
    expect(first.locator(".verdict svg path")).to_have_attribute("d", re.compile(r"^M\d"))
    expect(first.get_by_role("link")).to_have_text("Får jag lämna ut en kollegas hemadress eller privata nummer?")
    expect(first.locator(".lookup-answer")).to_contain_text("stark sekretess")
    expect(first.locator(".lookup-source")).to_have_text("39\u00a0kap.\u00a03\u00a0§ tredje stycket\u00a0OSL")


@pytest.mark.parametrize("place", ["server", "file"])
def test_enter_opens_the_card(open_page: OpenPage, site: Path, place: str) -> None:
    """Enter opens the first hit, from the start page and from a page in a folder."""
    for path in ("index.html", "kurs/index.html"):
        page = open_page(path, base=f"{site.as_uri()}/" if place == "file" else "")
        box(page).press_sequentially("varför borta")
        expect(hits(page).first).to_contain_text("varför en kollega är borta")
        box(page).press("Enter")
        expect(page.locator(".rule-card")).to_be_visible()
        assert page.url.endswith("sla-upp/franvaroorsak.html")


def test_enter_before_the_index_is_there_waits_for_it(open_page: OpenPage) -> None:
    """Who types and presses Enter at once gets to the card, not to nothing."""
    page = open_page(RULE)
    page.evaluate(
        """() => { const field = document.getElementById("lookup"); field.focus(); field.value = "vab";
                   field.dispatchEvent(new Event("input", { bubbles: true }));
                   field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })); }"""
    )
    page.wait_for_url("**/sla-upp/franvaroorsak.html")
    expect(page.locator(".rule-card")).to_be_visible()


def test_arrows_move_and_escape_clears(open_page: OpenPage) -> None:
    """Arrow down goes into the hits and stops at the last, up returns to the box, Escape clears and hides."""
    page = open_page(RULE)
    box(page).press_sequentially("39:3")
    expect(hits(page).nth(1)).to_be_visible()
    count = hits(page).count()
    page.keyboard.press("ArrowDown")
    expect(hits(page).nth(0).get_by_role("link")).to_be_focused()
    for _ in range(count + 2):
        page.keyboard.press("ArrowDown")
    expect(hits(page).nth(count - 1).get_by_role("link")).to_be_focused()
    for _ in range(count):
        page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    expect(page.locator("#lookup-panel")).to_be_hidden()


def test_typing_goes_on_from_the_hits(open_page: OpenPage) -> None:
    """A letter typed on a hit lands in the box."""
    page = open_page(RULE)
    box(page).press_sequentially("hem")
    expect(hits(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("a")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("hema")


def test_slash_in_the_empty_box_is_no_letter(open_page: OpenPage) -> None:
    """On the start page, where the box has the focus, "/" is not written; later in a word it is."""
    page = open_page()
    expect(box(page)).to_be_focused()
    page.keyboard.type("/och/eller")
    expect(box(page)).to_have_value("och/eller")


def test_slash_reaches_the_box_and_can_be_turned_off(open_page: OpenPage) -> None:
    """The key / goes to the box from anywhere but from a field, and not at all when the reader has turned it off."""
    page = open_page(RULE)
    page.locator("#main-content").focus()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.type("39/3")
    expect(box(page)).to_have_value("39/3")
    page.get_by_label("Tangenten / går till Slå upp").uncheck()
    page.reload()
    expect(page.get_by_label("Tangenten / går till Slå upp")).not_to_be_checked()
    page.locator("#main-content").focus()
    page.keyboard.press("/")
    expect(box(page)).not_to_be_focused()


def test_the_start_page_is_ready_to_type(open_page: OpenPage) -> None:
    """At a desk the start page has the focus in the box, so that opening and typing is all."""
    page = open_page()
    expect(box(page)).to_be_focused()
    page.keyboard.type("hemadress")
    expect(hits(page).first).to_contain_text("hemadress")


def test_a_screen_reader_is_told_once(open_page: OpenPage) -> None:
    """The number of hits is said when typing pauses: 1 träff, several träffar, none; and a hit reads its answer."""
    page = open_page(RULE)
    expect(status(page)).to_have_role("status")
    box(page).press_sequentially("39:3")
    expect(status(page)).to_have_text(re.compile(r"^[2-6] träffar$"))
    assert int(status(page).inner_text().split()[0]) == hits(page).count()
    link = hits(page).first.get_by_role("link")
    expect(link).to_have_accessible_description(re.compile(r"^(Lämna|Pröva|Hänvisa).+\."))
    box(page).fill("tystnadsförbindelse skriva under")
    expect(status(page)).to_have_text("1 träff")
    box(page).fill("qqqzzz")
    expect(status(page)).to_have_text("Inga träffar.")


def test_no_hit_tells_whom_to_ask_and_leads_on(open_page: OpenPage) -> None:
    """Without a hit there is whom to ask, with the number as a link, and the search in the whole text."""
    page = open_page(RULE)
    box(page).press_sequentially("fotbollsresultat")
    nothing = page.locator(".lookup-nothing")
    expect(nothing).to_contain_text("Inget kort svar passar. Fråga registrator, 08-465\u00a0004\u00a010.")
    expect(nothing.get_by_role("link", name="08-465")).to_have_attribute("href", "tel:0846500410")
    expect(hits(page)).to_have_count(0)
    box(page).press("Enter")
    expect(page.locator("#search-results").get_by_role("status")).to_contain_text("Inga träffar.")


def test_the_whole_text_is_one_step_away(open_page: OpenPage) -> None:
    """Under the hits a link leads to the search in the whole text for the same words, which answers in Swedish."""
    page = open_page(RULE)
    box(page).press_sequentially("delgivning")
    page.get_by_role("link", name="Sök i hela texten").click()
    found = page.locator("#search-results").get_by_role("status")
    expect(found).to_have_text(re.compile(r"^\d+ sid(a|or) innehåller det du sökte\.$"))
    assert page.url.endswith("?q=delgivning")


def test_renumbered_sections_are_explained(open_page: OpenPage) -> None:
    """2:14 is answered with the rules and the note that the law has new numbers."""
    page = open_page(RULE)
    box(page).press_sequentially("2:14")
    expect(page.locator(".lookup-note")).to_contain_text("är nu 2\u00a0kap. 17 och 18")
    box(page).fill("hemadress")
    expect(page.locator(".lookup-note")).to_be_hidden()


def test_hits_leave_with_the_focus_and_come_back(open_page: OpenPage) -> None:
    """In the header the hits lie over the page: a click outside hides them, and the box shows them again."""
    page = open_page(RULE)
    box(page).press_sequentially("vab")
    expect(hits(page).first).to_be_visible()
    page.locator("footer").click()
    expect(hits(page).first).to_be_hidden()
    box(page).focus()
    expect(hits(page).first).to_be_visible()


def test_an_index_that_does_not_come_is_told(open_page: OpenPage) -> None:
    """When the index cannot be fetched the box says so, and the search in the whole text is still there."""
    page = open_page(RULE, complaint="Failed to load resource")
    page.route(f"**/{BUILT.name}*", lambda route: route.fulfill(status=404))
    box(page).press_sequentially("vab")
    expect(page.locator(".lookup-nothing")).to_contain_text("gick inte att läsa in")
    expect(page.get_by_role("link", name="Sök i hela texten")).to_be_visible()


@pytest.mark.parametrize("path", ["index.html", RULE])
def test_without_scripts_there_is_the_index(open_page: OpenPage, path: str) -> None:
    """Without JavaScript the box is not there, and a link to all answers is."""
    page = open_page(path, scripts=False, size=PHONE)
    expect(box(page)).to_be_hidden()
    page.get_by_role("link", name="Alla svar").locator("visible=true").first.click()
    expect(page).to_have_url(re.compile(r"sla-upp/index\.html$"))


@pytest.mark.parametrize("typed", ["39:3", "2:14", "qqqzzz"])
@pytest.mark.parametrize("path", ["index.html", RULE])
def test_hits_have_no_violations(open_page: OpenPage, path: str, typed: str) -> None:
    """Hits, the note and no hits have no violation in any look, and are no wider than a phone."""
    page = open_page(path)
    box(page).press_sequentially(typed)
    expect(status(page)).not_to_be_empty()
    expect_no_violations(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert wider_than_screen(page) == []


def test_on_a_phone_the_first_answer_is_on_the_screen(open_page: OpenPage) -> None:
    """At 360 pixels, in the dark, the whole first hit fits above the fold and the box has the whole row."""
    page = open_page(RULE, size=PHONE, dark=True)
    assert is_dark(page)
    box(page).click()
    page.keyboard.type("varför borta")
    first = hits(page).first
    expect(first).to_be_visible()
    place, field = first.bounding_box(), box(page).bounding_box()
    assert place
    assert field
    assert place["y"] + place["height"] < 320
    assert field["width"] > 320


WATCH_FOR = """
(selector) => {
  const list = document.getElementById("lookup-results");
  globalThis.answeredAfter = Infinity;
  new MutationObserver(() => {
    const isThere = [...list.children].slice(0, 3).some((hit) => hit.querySelector(selector));
    if (isThere) globalThis.answeredAfter = Math.min(globalThis.answeredAfter, performance.now());
  }).observe(list, { childList: true });
}
"""
"""Notes when a hit with one of the links is first among the first three, in milliseconds from opening the page."""


def seconds_to_answer(page: Page, typed: str, wanted: tuple[str, ...]) -> float:
    """Return how long after opening the page the short answer of a wanted rule is there, when *typed* is typed."""
    page.reload()
    page.evaluate(WATCH_FOR, ", ".join(f"a[href$='/{name}.html']" for name in wanted))
    box(page).focus()
    taken = math.inf
    for letter in typed:
        page.keyboard.type(letter, delay=KEY_DELAY)
        taken = page.evaluate("globalThis.answeredAfter")
        if taken < math.inf:  # the reader stops there
            break
    return taken / 1000


def test_an_answer_takes_less_than_three_seconds(open_page: OpenPage, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty queries typed at 150 ms a key, from opening the page: the right short answer in a median under 3 s."""
    table = read_table(QUERIES)
    queries = table[:: len(table) // 20][:20]
    page = open_page()
    taken = [seconds_to_answer(page, query.text, query.wanted) for query in queries]
    with capsys.disabled():
        print(f"\nlook-up: a right short answer after {statistics.median(taken):.1f} s (median of {len(taken)})")
    assert len(taken) == 20
    assert statistics.median(taken) < 3
