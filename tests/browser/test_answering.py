"""Answering a question: right, partly right, wrong, not at all, again, and with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.questions import MODULE, RULE, Question, answer_all, choosing_questions, first_question
from browser.serving import PREFIX

if TYPE_CHECKING:
    from pathlib import Path

    from browser.serving import SiteServer
    from browser.watching import OpenPage

RUNTIME = ["_static/handbook/grader.js", "_static/handbook/runtime.js"]


def expect_reasons(question: Question) -> None:
    """Expect the feedback to hold every paragraph of the key for every choice, in the order of the choices."""
    items = question.status.locator("li")
    expect(items).to_have_count(len(question.ids))
    reasons = question.reasons()
    for number, choice_id in enumerate(question.ids):
        assert reasons[choice_id]
        for paragraph in reasons[choice_id]:
            expect(items.nth(number).get_by_text(paragraph)).to_be_visible()


def expect_sources(question: Question, page: Page, site: Path) -> None:
    """Expect the feedback to link to a page with a rule, and to a provision in the law register."""
    links = question.status.locator(".key-sources a")
    addresses = [urlsplit(urljoin(page.url, link.get_attribute("href"))) for link in links.all()]
    files = [unquote(address.path).removeprefix(PREFIX) for address in addresses]
    assert "rule-card" in (site / files[0]).read_text(encoding="utf-8")
    assert files[-1].startswith("om/lagregister/")
    assert f'id="{addresses[-1].fragment}"' in (site / files[-1]).read_text(encoding="utf-8")
    expect(links.last).to_contain_text("§")


def is_focused(page: Page, selector: str) -> bool:
    """Return whether the focus is on an element that matches."""
    found: bool = page.evaluate("(selector) => document.activeElement.matches(selector)", selector)
    return found


def tab_to(page: Page, selector: str) -> int:
    """Press Tab until the focus is on an element that matches, and return how many times it took."""
    for count in range(1, 200):
        page.keyboard.press("Tab")
        if is_focused(page, selector):
            return count
    raise AssertionError(f"Tab does not lead to {selector}")


def test_the_right_answer_is_met_with_every_reason(open_page: OpenPage, site: Path) -> None:
    """A right answer is called right, with the reason for every choice, the rule and the paragraph."""
    page = open_page(RULE)
    question = first_question(page)
    expect(question.status).to_be_empty()
    question.answer(*question.correct)
    expect(question.headline).to_have_text("Rätt.")
    expect(question.status.locator("li").nth(question.ids.index(question.correct[0]))).to_contain_text("Du valde det.")
    expect_reasons(question)
    expect_sources(question, page, site)


def test_a_wrong_answer_is_met_with_every_reason(open_page: OpenPage, site: Path) -> None:
    """A wrong answer is met with "Inte än.", what it would mean, and the same reasons, rule and paragraph."""
    page = open_page(RULE)
    question = first_question(page)
    question.answer(question.wrong[0])
    expect(question.headline).to_have_text("Inte än.")
    chosen = question.status.locator("li").nth(question.ids.index(question.wrong[0]))
    expect(chosen).to_contain_text("fel svar – ")
    expect(chosen).to_contain_text("Du valde det.")
    missed = question.status.locator("li").nth(question.ids.index(question.correct[0]))
    expect(missed).to_contain_text("rätt svar. Du valde det inte.")
    expect_reasons(question)
    expect_sources(question, page, site)


@pytest.mark.parametrize("question_type", ["choice", "multiple_response"])
def test_no_answer_is_asked_for_and_gives_nothing_away(open_page: OpenPage, question_type: str) -> None:
    """Without a choice the reader is asked for one; no reason is shown, and the question can still be answered."""
    question = first_question(open_page(MODULE), question_type)
    question.answer()
    expect(question.status).to_have_text("Välj ett svar först.")
    expect(question.key).to_be_hidden()
    question.answer(*question.correct)
    expect(question.headline).to_contain_text("Rätt.")


def test_several_right_choices_give_all_points(open_page: OpenPage, site: Path) -> None:
    """A question with several right choices is right when all of them are chosen, and says the points."""
    page = open_page(MODULE)
    question = first_question(page, "multiple_response")
    question.answer(*question.correct)
    count = len(question.correct)
    expect(question.headline).to_have_text(f"Rätt. {count} av {count} poäng.")
    expect_reasons(question)
    expect_sources(question, page, site)


def test_some_right_choices_give_some_points(open_page: OpenPage) -> None:
    """A question with several right choices is partly right when one of them is chosen, and says what was missed."""
    question = first_question(open_page(MODULE), "multiple_response")
    question.answer(question.correct[0])
    expect(question.headline).to_have_text(f"Delvis rätt. 1 av {len(question.correct)} poäng.")
    expect(question.status.get_by_text("Du valde det inte.")).to_have_count(len(question.correct) - 1)
    expect_reasons(question)


def test_only_wrong_choices_give_no_points(open_page: OpenPage) -> None:
    """A question with several right choices is not right when only wrong ones are chosen."""
    question = first_question(open_page(MODULE), "multiple_response")
    question.answer(*question.wrong)
    expect(question.headline).to_have_text(f"Inte än. 0 av {len(question.correct)} poäng.")
    expect_reasons(question)


def test_every_question_of_the_module_is_graded_as_in_cpython(open_page: OpenPage) -> None:
    """Every question of the module gets, for its right choices and for its first choice, CPython's outcome."""
    page = open_page(MODULE)
    found = choosing_questions(page)
    assert len(found) >= 24
    rights = {question.id: question.correct for question in found}
    assert answer_all(page, rights) == dict.fromkeys(rights, "correct")
    page.reload()
    firsts = {question.id: question.grade(question.ids[0])["outcome"] for question in found}
    assert answer_all(page, {question.id: question.ids[:1] for question in found}) == firsts
    assert {"correct", "wrong"} <= set(firsts.values())


def test_trying_again_starts_afresh(open_page: OpenPage) -> None:
    """Trying again empties feedback and choices, puts the focus on the first input, and grades the next answer."""
    page = open_page(RULE)
    question = first_question(page)
    question.answer(question.wrong[0])
    expect(question.button).to_have_text("Försök igen")
    question.button.click()
    expect(question.status).to_be_empty()
    expect(question.inputs.first).to_be_focused()
    expect(question.form.locator("input:checked, [data-status]")).to_have_count(0)
    expect(question.button).to_have_text("Rätta")
    question.answer(*question.correct)
    expect(question.headline).to_have_text("Rätt.")


def test_a_graded_answer_cannot_be_changed(open_page: OpenPage) -> None:
    """After grading, the choices are locked until the reader tries again, so that the feedback fits what is chosen."""
    question = first_question(open_page(RULE))
    question.answer(question.wrong[0])
    expect(question.form.locator("input:enabled")).to_have_count(0)


def test_a_double_click_grades_once(open_page: OpenPage) -> None:
    """Whoever double-clicks the button sees the feedback, not a question that has been emptied again."""
    page = open_page(RULE)
    question = first_question(page)
    question.answer(question.wrong[0])
    question.button.hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    expect(question.headline).to_have_text("Inte än.")
    expect(question.button).to_have_text("Försök igen")


def test_questions_do_not_disturb_each_other(open_page: OpenPage) -> None:
    """Answering one question leaves the others as they were."""
    page = open_page(RULE)
    first, second, *_ = choosing_questions(page)
    second.input(second.ids[0]).check()
    first.answer(*first.correct)
    expect(second.status).to_be_empty()
    expect(second.input(second.ids[0])).to_be_checked()
    expect(second.button).to_have_text("Rätta")


def test_feedback_lands_in_the_live_region_that_was_there(open_page: OpenPage) -> None:
    """The status element is in the page from the start and stays the same, so that screen readers hear it change."""
    question = first_question(open_page(RULE))
    area = question.status.element_handle()
    question.answer(*question.correct)
    assert area.evaluate("(area) => area.isConnected && area.getAttribute('role') === 'status' && area.innerText")


def test_keyboard_alone_is_enough_for_one_choice(open_page: OpenPage) -> None:
    """From page load: skip link, to the choices, an arrow to choose, Enter to grade, Enter to try again, Space."""
    page = open_page(RULE)
    question = first_question(page)
    page.keyboard.press("Tab")
    assert is_focused(page, "a[href='#main-content']")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    tab_to(page, f"input[name='{question.id}']")
    page.keyboard.press("ArrowDown")
    expect(question.input(question.ids[1])).to_be_checked()
    expect(question.input(question.ids[1])).to_be_focused()
    assert tab_to(page, ".question-sure input") == 1
    assert tab_to(page, "button") == 1
    page.keyboard.press("Enter")
    expect(question.status).to_have_attribute("data-outcome", question.grade(question.ids[1])["outcome"])
    expect(question.button).to_be_focused()
    page.keyboard.press("Enter")
    expect(question.inputs.first).to_be_focused()
    page.keyboard.press("Space")
    expect(question.inputs.first).to_be_checked()


def test_keyboard_alone_is_enough_for_several_choices(open_page: OpenPage) -> None:
    """Check boxes are reached one by one with Tab and chosen with Space, and Space presses the button."""
    page = open_page(MODULE)
    question = first_question(page, "multiple_response")
    question.inputs.first.focus()
    for choice_id in question.ids:
        expect(question.input(choice_id)).to_be_focused()
        if choice_id in question.correct:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    expect(question.form.get_by_label("Jag är säker på svaret")).to_be_focused()
    page.keyboard.press("Tab")
    expect(question.button).to_be_focused()
    page.keyboard.press("Space")
    expect(question.headline).to_contain_text("Rätt.")
    expect(question.button).to_be_focused()


def test_enter_on_a_choice_grades_and_keeps_the_focus(open_page: OpenPage) -> None:
    """Enter on a choice grades too, and the focus moves to the button, since the choices are locked."""
    page = open_page(RULE)
    question = first_question(page)
    question.inputs.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(question.headline).to_be_visible()
    expect(question.button).to_be_focused()


def test_the_interpreter_is_fetched_once_and_only_when_needed(open_page: OpenPage, server: SiteServer) -> None:
    """The page loads no interpreter; reaching for a quiz fetches it, and further questions fetch nothing."""
    page = open_page(MODULE)
    page.wait_for_load_state("networkidle")
    assert set(RUNTIME).isdisjoint(server.paths())
    first, second, *_ = choosing_questions(page)
    with page.expect_response("**/runtime.js*"), page.expect_response("**/grader.js*"):
        first.inputs.first.focus()
    before_answering = len(server.paths())
    first.answer(*first.correct)
    second.answer(*second.correct)
    assert sorted(path for path in server.paths() if path in RUNTIME) == RUNTIME
    assert len(server.paths()) == before_answering


def test_the_pointer_alone_makes_the_interpreter_come(open_page: OpenPage) -> None:
    """Moving the pointer onto a question fetches the interpreter, so that the first answer need not wait."""
    page = open_page(RULE)
    with page.expect_response("**/runtime.js*"):
        first_question(page).form.locator("legend").hover()


@pytest.mark.parametrize("path", ["index.html", "om/index.html", "sla-upp/index.html"])
def test_pages_without_questions_load_nothing_for_them(open_page: OpenPage, server: SiteServer, path: str) -> None:
    """A page without a question loads neither the quiz script nor the interpreter."""
    open_page(path).wait_for_load_state("networkidle")
    assert {"_static/quiz.js", *RUNTIME}.isdisjoint(server.paths())


def test_the_module_page_is_light(open_page: OpenPage, server: SiteServer) -> None:
    """The module page with its quizzes comes in at most 14 requests and 60 kB, gzipped, before anybody answers."""
    open_page(MODULE).wait_for_load_state("networkidle")
    assert len(server.served) <= 14
    assert sum(answer.size for answer in server.served) <= 60_000
