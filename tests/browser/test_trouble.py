"""When something is missing or broken: no JavaScript, no WebAssembly, no storage, a lost file, a damaged question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.questions import MODULE, RULE, Question, choosing_questions, first_question
from browser.serving import serve
from browser.watching import PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from browser.serving import SiteServer
    from browser.watching import OpenPage

NO_RUNTIME = "Rättningen kan inte starta i den här webbläsaren. Läs svar och förklaring nedan."
BAD_QUESTION = (
    "Frågan kunde inte rättas, eftersom något är fel i den. Ditt svar räknas inte. Läs svar och förklaring nedan."
)


def expect_open_key(question: Question, sentence: str) -> None:
    """Expect the sentence as the only feedback, and the written key open to read."""
    expect(question.status).to_have_text(sentence)
    for paragraphs in question.reasons().values():
        expect(question.key.get_by_text(paragraphs[0])).to_be_visible()
    expect(question.form.locator("[data-status]")).to_have_count(0)


def test_without_scripts_everything_is_there_to_read(open_page: OpenPage) -> None:
    """Without JavaScript the question and its choices are visible, and no button is that would do nothing."""
    page = open_page(MODULE, scripts=False)
    questions = choosing_questions(page)
    forms = page.locator("form:is([data-type=choice], [data-type=multiple_response])")
    expect(forms.locator("legend:visible")).to_have_count(len(questions))
    expect(forms.locator("label:visible")).to_have_count(sum(len(question.ids) for question in questions))
    expect(forms.locator(".question-key > summary:visible")).to_have_count(len(questions))
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator("form[role=search]:visible, nav select:visible")).to_have_count(0)


def test_without_scripts_the_key_opens_by_keyboard(open_page: OpenPage) -> None:
    """Without JavaScript the key is closed at first, and Enter on its summary shows every reason and the sources."""
    page = open_page(RULE, scripts=False)
    question = first_question(page)
    reasons = [paragraph for paragraphs in question.reasons().values() for paragraph in paragraphs]
    expect(question.key.get_by_text(reasons[0])).to_be_hidden()
    question.key.locator("summary").focus()
    page.keyboard.press("Enter")
    for paragraph in reasons:
        expect(question.key.get_by_text(paragraph)).to_be_visible()
    expect(question.key.locator(".key-sources a").first).to_be_visible()


def test_without_scripts_enter_does_not_send_the_answer(open_page: OpenPage) -> None:
    """Without JavaScript, Enter on a choice keeps the page and the choice: nothing is sent anywhere."""
    page = open_page(RULE, scripts=False)
    question = first_question(page)
    address = page.url
    question.inputs.first.check()
    question.inputs.first.press("Enter")
    page.keyboard.press("Tab")
    expect(question.key.locator("summary")).to_be_focused()
    expect(question.inputs.first).to_be_checked()
    assert page.url == address


def test_without_scripts_the_panels_open(open_page: OpenPage) -> None:
    """Without JavaScript the menu of a narrow screen opens with Space on its check box."""
    page = open_page(RULE, scripts=False, size=PHONE)
    menu = page.get_by_role("navigation", name="Meny")
    expect(menu).to_be_hidden()
    page.get_by_role("checkbox", name="Meny").press("Space")
    expect(menu).to_be_visible()


@pytest.mark.parametrize(("missing", "complaint"), [("WebAssembly", "wasm|WebAssembly"), ("DecompressionStream", "")])
def test_a_browser_without_what_grading_needs_opens_the_key(open_page: OpenPage, missing: str, complaint: str) -> None:
    """A browser that cannot run the interpreter gets a clear sentence and the written key."""
    question = first_question(open_page(RULE, before=f"delete globalThis.{missing};", complaint=complaint))
    question.answer(*question.correct)
    expect_open_key(question, NO_RUNTIME)


@pytest.mark.parametrize("name", ["runtime.js", "grader.js"])
def test_a_lost_file_opens_the_key(open_page: OpenPage, name: str) -> None:
    """When the interpreter or the grader is not where it should be, the reader gets a sentence and the written key."""
    page = open_page(RULE, complaint="404")
    page.route(f"**/{name}*", lambda route: route.fulfill(status=404, body="gone"))
    question = first_question(page)
    question.answer(*question.correct)
    expect_open_key(question, NO_RUNTIME)
    question.button.click()
    expect_open_key(question, NO_RUNTIME)


def test_a_policy_without_webassembly_opens_the_key(open_page: OpenPage, site: Path, server: SiteServer) -> None:
    """Where the web server's policy forbids WebAssembly, the reader gets a sentence and the written key."""
    with serve(site, server.policy.replace(" 'wasm-unsafe-eval'", "")) as stricter:
        question = first_question(open_page(RULE, base=stricter.address, complaint="wasm|WebAssembly"))
        question.answer(*question.correct)
        expect_open_key(question, NO_RUNTIME)


DAMAGE = {
    "cut off": "definition.slice(0, -9)",
    "empty": "''",
    "no key": "JSON.stringify({...JSON.parse(definition), correct: []})",
    "a key to nothing": "JSON.stringify({...JSON.parse(definition), correct: ['z']})",
    "another type": "JSON.stringify({...JSON.parse(definition), type: 'guess'})",
    "other choices": "JSON.stringify({...JSON.parse(definition), choices: [{id: 'q'}, {id: 'r'}]})",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_question_is_never_graded(open_page: OpenPage, damage: str) -> None:
    """A question whose definition is damaged says so and opens the key; nothing is called right or wrong."""
    page = open_page(RULE)
    question = first_question(page)
    question.form.locator(".question-definition").evaluate(
        f"(element) => {{ const definition = element.textContent; element.textContent = {damage}; }}"
    )
    question.answer("a")
    expect(question.status).to_have_attribute("data-outcome", "error")
    expect_open_key(question, BAD_QUESTION)


def test_one_damaged_question_leaves_the_others_whole(open_page: OpenPage) -> None:
    """After a damaged question, the next one is graded as usual."""
    page = open_page(RULE)
    first, second, *_ = choosing_questions(page)
    first.form.locator(".question-definition").evaluate("(element) => element.textContent = '{'")
    first.answer(*first.correct)
    expect_open_key(first, BAD_QUESTION)
    second.answer(*second.correct)
    expect(second.headline).to_contain_text("Rätt.")


REFUSE_STORAGE = """
for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
}
"""


def test_refused_storage_changes_nothing_for_the_quiz(open_page: OpenPage) -> None:
    """Where the browser refuses to store anything, questions are graded and the look can be chosen all the same."""
    page = open_page(RULE, before=REFUSE_STORAGE)
    question = first_question(page)
    question.answer(*question.correct)
    expect(question.headline).to_have_text("Rätt.")
    page.get_by_label("Utseende").select_option("Mörkt")
    expect(page.locator("body")).to_have_css("color-scheme", "dark")


def test_answers_leave_no_trace(open_page: OpenPage) -> None:
    """On a shared computer the next reader finds nothing: no storage, no cookie, no choice after a reload."""
    page = open_page(RULE)
    question = first_question(page)
    question.answer(question.wrong[0])
    stored = "Promise.all([indexedDB.databases(), caches.keys()]).then((found) => found.flat().length)"
    assert page.evaluate(f"{stored}.then((count) => count + localStorage.length + sessionStorage.length)") == 0
    assert page.context.cookies() == []
    page.reload()
    expect(question.form.locator("input:checked")).to_have_count(0)
    expect(question.status).to_be_empty()
