"""The question types beyond choices, on the page that shows one of each: mouse, keyboard, paper, no scripts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.questions import Question, all_questions
from browser.test_accessibility import expect_no_violations
from browser.test_frame import wider_than_screen
from browser.watching import PHONE
from handbook import grader

if TYPE_CHECKING:
    from pathlib import Path

    from browser.watching import OpenPage

TYPES_PAGE = "om/fragetyper.html"

RIGHT: dict[str, dict[str, Any]] = {
    "choice": {"selected": ["a"]},
    "multiple_response": {"selected": ["a", "c"]},
    "order": {"order": ["vad", "offentligt", "vidare", "besked"]},
    "match": {"pairs": {"absolut": "utan", "stark": "sekretess", "svag": "offentlighet"}},
    "text_entry": {"text": "skaderekvisit"},
    "numeric": {"text": "0"},
    "hottext": {"selected": ["adress", "mobil", "anhorig"]},
    "branching": {"path": ["tid", "kollega"]},
    "dilemma": {"selected": ["b"]},
}
PARTLY: dict[str, dict[str, Any]] = {
    "multiple_response": {"selected": ["a"]},
    "order": {"order": ["vad", "offentligt", "besked", "vidare"]},
    "match": {"pairs": {"absolut": "utan", "stark": "offentlighet"}},
    "hottext": {"selected": ["adress", "mobil", "titel"]},
    "branching": {"path": ["inget", "kollega"]},
}
WRONG: dict[str, dict[str, Any]] = {
    "choice": {"selected": ["b"]},
    "multiple_response": {"selected": ["b", "d"]},
    "order": {"order": ["besked", "vidare", "offentligt", "vad"]},
    "match": {"pairs": {"absolut": "sekretess", "stark": "utan"}},
    "text_entry": {"text": "rekvisit"},
    "numeric": {"text": "0,5"},
    "hottext": {"selected": ["titel"]},
    "branching": {"path": ["sjuk"]},
}
ANSWERS = {"right": RIGHT, "partly": PARTLY, "wrong": WRONG}
NOTHING = {
    "match": "Välj minst ett par först.",
    "text_entry": "Skriv ett svar först.",
    "numeric": "Skriv ett svar först.",
    "hottext": "Markera minst ett ord först.",
    "branching": "Välj vad du säger.",
    "dilemma": "Välj ett svar först.",
}


def of_type(page: Page, question_type: str) -> Question:
    """Return the page's question of a type."""
    return next(found for found in all_questions(page) if found.definition["type"] == question_type)


def check_button(question: Question) -> Locator:
    """Return the button that grades, shows, or says what is chosen."""
    return question.form.locator(".question-check")


def steps(question: Question) -> list[str]:
    """Return the ids of the steps to order, as they lie."""
    found: list[str] = question.form.locator(".order-item").evaluate_all(
        "(items) => items.map((item) => item.dataset.choiceId)"
    )
    return found


def part(question: Question, part_id: str) -> Locator:
    """Return the step, item, field, word or choice with an id."""
    return question.form.locator(f'fieldset [data-choice-id="{part_id}"]')


def put_in_order(question: Question, order: list[str]) -> None:
    """Move steps up with the mouse until they lie in order."""
    for place, step in enumerate(order):
        while steps(question).index(step) > place:
            part(question, step).locator(".move-up").click()


def fill_in(question: Question, response: dict[str, Any]) -> None:
    """Fill in a response as the grader takes it; a call goes on to its last choice."""
    put_in_order(question, response.get("order", []))
    for item_id, target_id in response.get("pairs", {}).items():
        part(question, item_id).locator("select").select_option(target_id)
    if "text" in response:
        question.form.get_by_label("Ditt svar").fill(response["text"])
    for choice_id in response.get("selected", []):
        question.input(choice_id).check()
    for number, choice_id in enumerate(response.get("path", [])):
        if number:
            check_button(question).click()
        question.input(choice_id).check()


def give(question: Question, response: dict[str, Any], headline: str) -> None:
    """Fill in a response, press the button, and expect the headline."""
    fill_in(question, response)
    check_button(question).click()
    expect(question.headline).to_have_text(headline)


def give_all(page: Page, answers: dict[str, dict[str, Any]]) -> dict[str, str | None]:
    """Answer one question of each type in *answers*, and return the outcomes."""
    outcomes = {}
    for question_type, response in answers.items():
        question = of_type(page, question_type)
        fill_in(question, response)
        check_button(question).click()
        expect(question.form).to_have_attribute("data-answered", "true")
        outcomes[question_type] = question.status.get_attribute("data-outcome")
    return outcomes


def try_again(question: Question) -> None:
    """Press the button that empties the question."""
    expect(check_button(question)).to_have_text("Försök igen")
    check_button(question).click()
    expect(question.status).to_be_empty()


def expect_reason(question: Question, part_id: str, *words: str) -> None:
    """Expect the feedback to give, for a part of the answer, these words and every paragraph that the key has."""
    item = question.status.locator(f'li[data-choice-id="{part_id}"]')
    left = item.get_attribute("data-status") in ("missed", "left")
    reasons = question.reasons(*[part_id] if left else [])[part_id]
    assert reasons
    for paragraph in [*words, *reasons]:
        expect(item).to_contain_text(paragraph)


def redefine(question: Question, **changes: object) -> None:
    """Give the question on the page another key, to try what the example's own cannot show."""
    question.form.locator(".question-definition").evaluate(
        "(element, text) => { element.textContent = text; }", json.dumps({**question.definition, **changes})
    )


def tab_until_focused(page: Page, element: Locator) -> None:
    """Press Tab until the focus is on the element."""
    for _ in range(30):
        if element.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there")


def test_the_page_has_every_type(open_page: OpenPage) -> None:
    """The page shows exactly one question of each type that the grader knows."""
    found = [question.definition["type"] for question in all_questions(open_page(TYPES_PAGE))]
    assert sorted(found) == sorted(grader.GRADERS) == sorted(RIGHT)


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS.keys())
def test_every_type_is_graded_as_in_cpython(open_page: OpenPage, answers: dict[str, dict[str, Any]]) -> None:
    """Every type, filled in by hand, gets the outcome that CPython gives, and a reason for each part of the answer."""
    page = open_page(TYPES_PAGE)
    outcomes = give_all(page, answers)
    for question_type, response in answers.items():
        question = of_type(page, question_type)
        expected = grader.grade(question.definition, response)
        assert outcomes[question_type] == expected["outcome"], question_type
        choices = expected["choices"]
        assert isinstance(choices, list)
        expect(question.status.locator("li")).to_have_count(len(choices))
        for choice in choices:
            expect_reason(question, choice["id"])
            expect(part(question, choice["id"])).to_have_attribute("data-status", choice["status"])


@pytest.mark.parametrize(("question_type", "sentence"), NOTHING.items(), ids=NOTHING.keys())
def test_no_answer_is_asked_for(open_page: OpenPage, question_type: str, sentence: str) -> None:
    """Without an answer the reader is told in one sentence what to do, sees no reason, and can still answer."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, question_type)
    check_button(question).click()
    expect(question.status).to_have_text(sentence)
    expect(question.key).to_be_hidden()
    assert give_all(page, {question_type: RIGHT[question_type]})[question_type] in {"correct", "considered"}


@pytest.mark.parametrize("question_type", RIGHT)
def test_a_graded_answer_is_locked_until_tried_again(open_page: OpenPage, question_type: str) -> None:
    """After grading nothing can be changed; trying again frees it, takes the marks away and moves the focus there."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, question_type)
    controls = question.form.locator("fieldset").locator("input, select, button")
    give_all(page, {question_type: RIGHT[question_type]})
    expect(controls.and_(page.locator(":enabled"))).to_have_count(0)
    try_again(question)
    expect(controls.and_(page.locator(":disabled"))).to_have_count(0)
    expect(controls.first).to_be_focused()
    expect(question.form.locator("input:checked, [data-status]")).to_have_count(0)
    assert set(question.form.locator("select, input[type=text]").evaluate_all("(all) => all.map((e) => e.value)")) <= {
        ""
    }


# --- Order ---


def test_steps_move_by_keyboard(open_page: OpenPage) -> None:
    """Enter and Space on a step's button move it, the focus stays on the button, and at the end nothing happens."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "order")
    assert steps(question) == ["besked", "vad", "offentligt", "vidare"]
    down = part(question, "besked").get_by_role("button", name="Flytta ner: Berätta vem som tar över")
    up = part(question, "besked").get_by_role("button", name="Flytta upp: Berätta vem som tar över")
    down.focus()
    for key, place in [("Enter", 1), ("Space", 2), ("Enter", 3), ("Space", 3)]:
        page.keyboard.press(key)
        assert steps(question).index("besked") == place
        expect(down).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(up).to_be_focused()
    for place in (2, 1, 0, 0):
        page.keyboard.press("Enter")
        assert steps(question).index("besked") == place
        expect(up).to_be_focused()
    expect(question.status).to_be_empty()


def test_the_right_order_by_keyboard_is_right(open_page: OpenPage) -> None:
    """Steps put right with the keyboard alone are graded right, each on its place, in the order of the key."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "order")
    part(question, "besked").locator(".move-down").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    tab_until_focused(page, check_button(question))
    page.keyboard.press("Enter")
    expect(question.headline).to_have_text("Rätt. 3 av 3 poäng.")
    expect(check_button(question)).to_be_focused()
    shown = question.status.locator("li").evaluate_all("(items) => items.map((item) => item.dataset.choiceId)")
    assert shown == RIGHT["order"]["order"]
    for step in shown:
        expect_reason(question, step, "Du har det på rätt plats.")


def test_steps_move_by_mouse_and_a_wrong_order_is_partly_right(open_page: OpenPage) -> None:
    """Steps in part of the right order give part of the points; trying again lets the reader put the rest right."""
    question = of_type(open_page(TYPES_PAGE), "order")
    part(question, "besked").locator(".move-down").click()
    expect(part(question, "besked").locator(".move-down")).to_be_focused()
    assert steps(question) == ["vad", "besked", "offentligt", "vidare"]
    give(question, {}, "Delvis rätt. 1 av 3 poäng.")
    expect_reason(question, "vad", "Du har det på rätt plats.")
    expect_reason(question, "besked", "Steg 4:", "Du har det på en annan plats.")
    try_again(question)
    give(question, RIGHT["order"], "Rätt. 3 av 3 poäng.")


def test_steps_can_be_dragged(open_page: OpenPage) -> None:
    """A step dragged down lands below the one it is dropped on, dragged up above it; a graded one stays."""
    question = of_type(open_page(TYPES_PAGE), "order")

    def drag(step: str, onto: str) -> None:
        part(question, step).locator(".item-text").drag_to(part(question, onto).locator(".item-text"))

    drag("besked", "vidare")
    assert steps(question) == ["vad", "offentligt", "vidare", "besked"]
    drag("besked", "vad")
    assert steps(question) == ["besked", "vad", "offentligt", "vidare"]
    drag("besked", "besked")
    assert steps(question) == ["besked", "vad", "offentligt", "vidare"]
    drag("besked", "vidare")
    give(question, {}, "Rätt. 3 av 3 poäng.")
    drag("besked", "vad")
    assert steps(question) == RIGHT["order"]["order"]


# --- Match ---


def test_pairs_are_made_by_keyboard(open_page: OpenPage) -> None:
    """With Tab, arrows and Enter every item gets its target, and the right pairs are right."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "match")
    question.form.get_by_label("absolut sekretess").focus()
    for label, presses in [("absolut sekretess", 1), ("stark sekretess", 2), ("svag sekretess", 3)]:
        expect(question.form.get_by_label(label)).to_be_focused()
        for _ in range(presses):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    expect(question.form.get_by_label("Jag är säker på svaret")).to_be_focused()
    page.keyboard.press("Tab")
    expect(check_button(question)).to_be_focused()
    page.keyboard.press("Enter")
    expect(question.headline).to_have_text("Rätt. 3 av 3 poäng.")
    for item_id in RIGHT["match"]["pairs"]:
        expect_reason(question, item_id, "Du valde rätt.")


def test_some_pairs_are_partly_right(open_page: OpenPage) -> None:
    """A right pair, a wrong one and one not made are told apart, each with the right pair and its reason."""
    question = of_type(open_page(TYPES_PAGE), "match")
    give(question, PARTLY["match"], "Delvis rätt. 1 av 3 poäng.")
    expect_reason(question, "absolut", "absolut sekretess → ingen prövning av skada.", "Du valde rätt.")
    expect_reason(question, "stark", "stark sekretess → presumtion för sekretess.", "Du valde något annat.")
    expect_reason(question, "svag", "svag sekretess → presumtion för offentlighet.", "Du valde inget.")


# --- Text entry and numeric ---


def test_an_accepted_word_is_right_however_it_is_written(open_page: OpenPage) -> None:
    """Case, spaces, a full stop and a soft hyphen do not count, and Enter in the field grades."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "text_entry")
    for text in ["skaderekvisit", "SKADEREKVISITET", "  Skaderekvisit. ", "skade\u00adrekvisit"]:
        question.form.get_by_label("Ditt svar").fill(text)
        page.keyboard.press("Enter")
        expect(question.headline).to_have_text("Rätt.")
        expect(check_button(question)).to_be_focused()
        expect_reason(question, "answer", "Rätt svar: skaderekvisit / skaderekvisitet.")
        try_again(question)
        expect(question.form.get_by_label("Ditt svar")).to_be_focused()


def test_swedish_letters_are_read_in_every_form(open_page: OpenPage) -> None:
    """Å and ä are the same in capitals and put together of two signs; without their ring and dots they are near."""
    question = of_type(open_page(TYPES_PAGE), "text_entry")
    redefine(question, accepted=["på väg"], near_miss=["pa vag"])
    for text in ["PÅ VÄG", "pa\u030a  va\u0308g", "”På\u00a0väg”"]:
        give(question, {"text": text}, "Rätt.")
        try_again(question)
    give(question, {"text": "pa vag"}, "Inte än.")
    expect_reason(question, "answer", "Ditt svar är nära, men inte riktigt.")


@pytest.mark.parametrize("text", ["rekvisit", "skaderekvsit", "Skade rekvisit"])
def test_a_near_miss_is_said_to_be_near(open_page: OpenPage, text: str) -> None:
    """A word nearly right gets no point, and is told to be near, with the right word and the reason."""
    question = of_type(open_page(TYPES_PAGE), "text_entry")
    give(question, {"text": text}, "Inte än.")
    expect_reason(question, "answer", "Rätt svar:", "Ditt svar är nära, men inte riktigt. Läs noga hur det skrivs.")


def test_a_wrong_word_is_wrong(open_page: OpenPage) -> None:
    """Another word is not called near; only spaces are no answer."""
    question = of_type(open_page(TYPES_PAGE), "text_entry")
    give(question, {"text": "   "}, "Skriv ett svar först.")
    give(question, {"text": "samtycke"}, "Inte än.")
    expect_reason(question, "answer", "Du skrev något annat.")
    expect(question.status).not_to_contain_text("nära")


def test_numbers_are_read_with_a_decimal_comma(open_page: OpenPage) -> None:
    """Comma and point are the same, as are extra zeros; the keyboard of a phone offers digits."""
    question = of_type(open_page(TYPES_PAGE), "numeric")
    expect(question.form.get_by_label("Ditt svar")).to_have_attribute("inputmode", "decimal")
    for text in ["0", "0,0", "0.00", " 0 "]:
        give(question, {"text": text}, "Rätt.")
        expect_reason(question, "answer", "Rätt svar: 0 st.")
        try_again(question)
    redefine(question, value="2,5")
    for text, headline in [("2,5", "Rätt."), ("2.50", "Rätt."), ("2,6", "Inte än."), ("25", "Inte än.")]:
        give(question, {"text": text}, headline)
        try_again(question)


@pytest.mark.parametrize("text", ["1", "0,5", "noll", "-1"])
def test_a_wrong_number_is_wrong(open_page: OpenPage, text: str) -> None:
    """Another number, or what is no number, is wrong, with the right one and the reason."""
    question = of_type(open_page(TYPES_PAGE), "numeric")
    give(question, {"text": text}, "Inte än.")
    expect_reason(question, "answer", "Rätt svar: 0 st.", "Du skrev något annat.")


# --- Hottext ---


def test_masking_too_much_and_too_little_are_both_named(open_page: OpenPage) -> None:
    """A word masked that must stay and one left that must go are each named, with the reason; points weigh both."""
    question = of_type(open_page(TYPES_PAGE), "hottext")
    give(question, PARTLY["hottext"], "Delvis rätt. 1 av 3 poäng.")
    expect_reason(
        question,
        "titel",
        "Låt stå: ”Byggnadsinspektör”.",
        "Du maskerade det, men det ska vara kvar.",
        "Titeln hör till",
    )
    expect_reason(question, "anhorig", "Maskera: ”sambon, samma adress”.", "Du lät det stå, men det ska bort.")
    expect_reason(question, "adress", "Du maskerade det.")
    expect_reason(question, "enhet", "Du lät det stå.")


def test_masking_everything_gives_nothing(open_page: OpenPage) -> None:
    """Whoever masks all words gets no point, and each public word is named."""
    question = of_type(open_page(TYPES_PAGE), "hottext")
    give(question, {"selected": question.ids}, "Inte än. 0 av 3 poäng.")
    expect(question.status.get_by_text("Du maskerade det, men det ska vara kvar.")).to_have_count(3)


def test_words_are_masked_by_keyboard_and_by_mouse(open_page: OpenPage) -> None:
    """Space on a word and a click on it mask it, and a second time frees it; the right words are right."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "hottext")
    titel = question.form.get_by_role("checkbox", name="Byggnadsinspektör")
    titel.focus()
    for checked in (True, False):
        page.keyboard.press("Space")
        expect(titel).to_be_checked(checked=checked)
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(question.form.get_by_role("checkbox", name="Exempelgatan 1")).to_be_focused()
    page.keyboard.press("Space")
    for word in ("070-174 06 05", "sambon, samma adress", "4 05", "4 05"):
        question.form.get_by_text(word, exact=True).first.click()
    give(question, {}, "Rätt. 3 av 3 poäng.")


# --- Branching ---


def turn(question: Question, turn_id: str) -> Locator:
    """Return a turn of the call."""
    return question.form.locator(f'[data-turn-id="{turn_id}"]')


def visible_turns(question: Question) -> list[str]:
    """Return the ids of the turns that can be seen, from top to bottom."""
    found: list[str] = question.form.locator(".call-turn:visible").evaluate_all(
        "(turns) => turns.map((turn) => turn.dataset.turnId)"
    )
    return found


def test_a_good_call_by_keyboard(open_page: OpenPage) -> None:
    """With the keyboard alone the turns come one by one, each gets the focus, and every turn's reason is given."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "branching")
    assert visible_turns(question) == ["start"]
    question.input("tid").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(turn(question, "varfor")).to_be_focused()
    assert visible_turns(question) == ["start", "varfor"]
    expect(question.status).to_be_empty()
    page.keyboard.press("Tab")
    expect(question.input("kollega")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    tab_until_focused(page, check_button(question))
    expect(check_button(question)).to_have_text("Säg det")
    page.keyboard.press("Enter")
    expect(question.headline).to_have_text("Rätt. 2 av 2 poäng.")
    assert visible_turns(question) == ["start", "varfor", "bra"]
    expect(turn(question, "bra")).to_be_focused()
    expect_reason(question, "start/tid", "Replik 1. ”Hon är åter på måndag. Kan någon annan hjälpa dig?”", "bra sagt")
    expect_reason(question, "varfor/kollega", "Replik 2. ”Det kan jag inte svara på.", "bra sagt")
    expect(question.status.locator("li")).to_have_count(2)
    page.keyboard.press("Tab")
    expect(check_button(question)).to_be_focused()
    expect(check_button(question)).to_have_text("Försök igen")


def test_a_call_ended_with_enter_on_a_choice_keeps_the_focus(open_page: OpenPage) -> None:
    """Enter on the last choice ends the call, and the focus is on the caller's last words, not lost with the choice."""
    page = open_page(TYPES_PAGE)
    question = of_type(page, "branching")
    question.input("sjuk").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(question.headline).to_have_text("Inte än.")
    expect(turn(question, "rojt")).to_be_focused()


def test_a_bad_call_ends_with_the_reason(open_page: OpenPage) -> None:
    """Bad words end the call in harm, with what they mean and why; turns that were not reached stay unseen."""
    question = of_type(open_page(TYPES_PAGE), "branching")
    give(question, WRONG["branching"], "Inte än.")
    assert visible_turns(question) == ["start", "rojt"]
    expect_reason(
        question, "start/sjuk", "Replik 1. ”Ja, tyvärr, men hon kommer på måndag.”", "röjer en uppgift", "om hälsa"
    )
    expect(question.status.locator("li")).to_have_count(1)


def test_what_was_said_stays_readable_and_locked(open_page: OpenPage) -> None:
    """After each turn the words chosen stand there, the others go, and none of them can be changed."""
    question = of_type(open_page(TYPES_PAGE), "branching")
    question.input("inget").check()
    check_button(question).click()
    expect(turn(question, "varfor")).to_be_focused()
    for choice_id, turn_id in [("inget", "start"), ("kollega", "varfor")]:
        if turn_id == "varfor":
            give(question, {"selected": [choice_id]}, "Delvis rätt. 1 av 2 poäng.")
        said = turn(question, turn_id)
        expect(said.locator(".call-choice:visible")).to_have_count(1)
        expect(part(question, f"{turn_id}/{choice_id}")).to_be_visible()
        expect(question.input(choice_id)).to_be_checked()
        expect(said.locator("input:enabled")).to_have_count(0)
        expect(said.locator(".caller")).to_be_visible()
    expect_reason(question, "start/inget", "inte bra sagt – ger sämre hjälp")
    expect_reason(question, "varfor/kollega", "bra sagt")


def test_a_turn_without_a_choice_asks_for_one(open_page: OpenPage) -> None:
    """Pressed without a choice, the call waits and says so at every turn; the sentence goes when the call goes on."""
    question = of_type(open_page(TYPES_PAGE), "branching")
    give(question, {}, "Välj vad du säger.")
    assert visible_turns(question) == ["start"]
    question.input("tid").check()
    check_button(question).click()
    expect(turn(question, "varfor")).to_be_focused()
    expect(question.status).to_be_empty()
    give(question, {}, "Välj vad du säger.")
    assert visible_turns(question) == ["start", "varfor"]
    give(question, {"selected": ["kollega"]}, "Rätt. 2 av 2 poäng.")


def test_a_call_is_replayed_from_its_beginning(open_page: OpenPage) -> None:
    """Tried again, the call has its first turn with all its words and nothing chosen, and can go another way."""
    question = of_type(open_page(TYPES_PAGE), "branching")
    for answers, headline in [(RIGHT, "Rätt. 2 av 2 poäng."), (WRONG, "Inte än."), (RIGHT, "Rätt. 2 av 2 poäng.")]:
        give(question, answers["branching"], headline)
        try_again(question)
        assert visible_turns(question) == ["start"]
        expect(turn(question, "start").locator(".call-choice:visible")).to_have_count(3)
        expect(question.form.locator("input:checked, input:disabled")).to_have_count(0)
        expect(question.input("tid")).to_be_focused()
        expect(check_button(question)).to_have_text("Säg det")


def test_turn_links_are_only_for_readers_without_scripts(open_page: OpenPage) -> None:
    """Where the script leads the call, its links and numbers are not shown."""
    question = of_type(open_page(TYPES_PAGE), "branching")
    expect(question.form.locator(".turn-link:visible, .turn-number:visible")).to_have_count(0)


# --- Dilemma ---


@pytest.mark.parametrize("choice_id", ["a", "b", "c"])
def test_a_dilemma_has_reasons_and_no_verdict(open_page: OpenPage, choice_id: str) -> None:
    """Whatever is chosen, all reasons are shown; nothing is called right or wrong, and there are no points."""
    question = of_type(open_page(TYPES_PAGE), "dilemma")
    expect(check_button(question)).to_have_text("Visa resonemangen")
    give(question, {"selected": [choice_id]}, "Det finns inget facit. Så här kan man resonera:")
    expect(question.status.locator("li")).to_have_count(3)
    for shown in question.ids:
        expect_reason(question, shown)
    expect(question.status.get_by_text("Du valde det.")).to_have_count(1)
    expect_reason(question, choice_id, "Du valde det.")
    assert not re.search(r"\b(rätt|fel|poäng|inte än)\b", question.form.inner_text(), re.IGNORECASE)


# --- Every type: look, paper, no scripts, files ---


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS.keys())
def test_every_symbol_is_drawn(open_page: OpenPage, answers: dict[str, dict[str, Any]]) -> None:
    """No symbol of the feedback is a plain square, as one without a picture would be."""
    page = open_page(TYPES_PAGE)
    give_all(page, answers)
    squares = page.evaluate(
        """() => [[".question-feedback > .outcome", "::before"], [".question-feedback li", "::before"],
                  [".choice[data-status]", "::after"]].flatMap(([selector, part]) =>
             [...document.querySelectorAll(selector)].filter((element) => {
               const style = getComputedStyle(element, part);
               return style.content !== "none" && style.maskImage === "none";
             }).map((element) => element.textContent.trim()))"""
    )
    assert squares == []


def test_no_type_is_wider_than_a_phone(open_page: OpenPage) -> None:
    """Before and after answering every type, nothing has to be scrolled sideways at 360 or at 320 pixels."""
    page = open_page(TYPES_PAGE, size=PHONE)
    for answers in (None, RIGHT, WRONG):
        if answers:
            give_all(page, answers)
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 640})
            assert wider_than_screen(page) == []
        if answers is RIGHT:
            for question in all_questions(page):
                try_again(question)


def test_every_type_has_no_violations_before_answering(open_page: OpenPage) -> None:
    """The page with every type has no violation in any look before anything is answered, nor in a call's middle."""
    page = open_page(TYPES_PAGE)
    expect_no_violations(page)
    for question_type, sentence in NOTHING.items():
        question = of_type(page, question_type)
        if question_type == "branching":
            fill_in(question, RIGHT["branching"])
            expect(turn(question, "varfor")).to_be_visible()
        else:
            give(question, {}, sentence)
    expect_no_violations(page)


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answered_type_has_no_violations(open_page: OpenPage, answers: dict[str, dict[str, Any]]) -> None:
    """The page with every type answered right, partly right or wrong has no violation in any look."""
    page = open_page(TYPES_PAGE)
    give_all(page, answers)
    expect_no_violations(page)


def test_without_scripts_every_type_can_be_read(open_page: OpenPage) -> None:
    """Without JavaScript every part of every type is visible, no button is that would do nothing, and keys open."""
    page = open_page(TYPES_PAGE, scripts=False)
    expect(page.locator("button:visible")).to_have_count(0)
    parts = "legend, .choice, .choice label, .order-item, .match-item, select, .answer-field, .hot-word, .caller"
    for question in all_questions(page):
        wanted = question.form.locator("fieldset").locator(f"{parts}, .turn-number, .turn-link, input")
        assert wanted.count() > 1
        expect(wanted.locator("visible=true")).to_have_count(wanted.count())
        paragraphs = question.key.locator(".key-choices p")
        expect(paragraphs.first).to_be_hidden()
        question.key.locator("summary").click()
        assert paragraphs.count() >= 2
        expect(paragraphs.locator("visible=true")).to_have_count(paragraphs.count())


def test_without_scripts_the_call_is_followed_by_its_links(open_page: OpenPage) -> None:
    """Without JavaScript each link of the call leads to the turn it names, which is the one its words lead to."""
    page = open_page(TYPES_PAGE, scripts=False)
    question = of_type(page, "branching")
    choices = question.form.locator(".call-choice")
    assert choices.count() == 5
    for choice in choices.all():
        choice.locator(".turn-link").click()
        target = page.locator(":target")
        expect(target).to_be_in_viewport()
        expect(target).to_have_attribute("data-turn-id", choice.get_attribute("data-next") or "")
        number = target.locator(".turn-number").inner_text()
        expect(choice.locator(".turn-link")).to_have_text(f"Gå till {number}.")


@pytest.mark.parametrize("question_type", ["text_entry", "branching"])
def test_without_scripts_enter_sends_nothing(open_page: OpenPage, question_type: str) -> None:
    """Without JavaScript, Enter in a field or on a choice keeps the page and what was filled in."""
    page = open_page(TYPES_PAGE, scripts=False)
    question = of_type(page, question_type)
    address = page.url
    fill_in(question, {"text": "svar"} if question_type == "text_entry" else {"selected": ["tid"]})
    question.inputs.first.press("Enter")
    page.keyboard.press("Tab")
    assert page.url == address
    filled = question.form.locator("input").evaluate_all("(all) => all.some((e) => e.checked || e.value === 'svar')")
    assert filled


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_paper_every_type_has_its_key(open_page: OpenPage, *, scripts: bool) -> None:
    """Printed, every type has its key with every reason, a call has all its numbered turns, and no button is left."""
    page = open_page(TYPES_PAGE, scripts=scripts)
    page.emulate_media(media="print")
    for question in all_questions(page):
        paragraphs = question.key.locator(".key-choices p")
        assert paragraphs.count() >= 2
        expect(paragraphs.locator("visible=true")).to_have_count(paragraphs.count())
    call = of_type(page, "branching")
    expect(call.form.locator(".caller:visible")).to_have_count(4)
    assert [number.inner_text() for number in call.form.locator(".turn-number").all()] == ["1", "2", "3", "4"]
    expect(call.form.locator(".turn-link:visible")).to_have_count(5)
    expect(page.locator("button:visible")).to_have_count(0)


def test_on_paper_an_answered_type_is_printed_once(open_page: OpenPage) -> None:
    """Printed after answering, every type has its reasons in the feedback and not once more in the key."""
    page = open_page(TYPES_PAGE)
    give_all(page, RIGHT)
    page.emulate_media(media="print")
    expect(page.locator(".question-key:visible, button:visible")).to_have_count(0)
    expect(page.locator(".question-feedback:visible")).to_have_count(len(RIGHT))
    assert visible_turns(of_type(page, "branching")) == ["start", "varfor", "bra"]


@pytest.mark.parametrize("question_type", ["text_entry", "branching"])
def test_types_are_graded_from_a_file(open_page: OpenPage, site: Path, question_type: str) -> None:
    """Opened from a folder, without any server, a word and a call are graded."""
    page = open_page(TYPES_PAGE, base=f"{site.as_uri()}/")
    assert give_all(page, {question_type: RIGHT[question_type]}) == {question_type: "correct"}
