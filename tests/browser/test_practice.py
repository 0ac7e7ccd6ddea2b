"""Practice and repetition in the page: drawn from a code, graded one by one, kept for another day."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from support import real_content

from browser.filling import answer, check_by_keyboard, question_in
from browser.questions import MODULE, answer_all, first_question
from browser.test_accessibility import expect_no_violations
from browser.test_exam import SEED, kept
from browser.watching import PHONE
from handbook import papers
from handbook.catalogue import build_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from browser.watching import OpenPage

REPETITION = "kurs/repetition.html"
PRACTICE = "kurs/ovning.html"
TODAY, TOMORROW = "2026-11-22", "2026-11-23"
SURE = "Jag är säker på svaret"


def on(page: Page, day: str) -> None:
    """Let the page believe that it is noon on a day."""
    page.clock.set_fixed_time(f"{day}T12:00:00")


def begin(page: Page) -> list[Locator]:
    """Fetch the questions of the day, and return their forms."""
    page.get_by_role("button", name="Hämta veckans fem").click()
    expect(page.locator(".exam-actions")).to_be_visible()
    return page.locator("form.question").all()


def asks_if_sure(forms: list[Locator]) -> int:
    """Return the place of the first question that asks how sure the reader is, which a simulated call does not."""
    return next(place for place, form in enumerate(forms) if form.get_by_label(SURE).count())


def ids(page: Page) -> list[str]:
    """Return the ids of the questions on the page, in order."""
    found: list[str] = page.locator("form.question").evaluate_all("(forms) => forms.map((form) => form.id)")
    return found


def give(form: Locator, *, rightly: bool, surely: bool = False) -> None:
    """Answer a question by its key, or with a wrong choice, and wait until the page has counted it."""
    answer(form, rightly=rightly)
    if surely:
        form.get_by_label(SURE).check()
    form.locator(".question-check").click()
    expect(form.locator(".question-feedback")).to_have_attribute("data-outcome", "correct" if rightly else "wrong")


def history(page: Page) -> dict[str, Any]:
    """Return what is kept of each question, by id."""
    value = json.loads(kept(page)["handbook.repetition"])["value"]["history"]
    return {entry["question_id"]: entry for entry in value["questions"]}


def test_what_was_wrong_and_sure_comes_back_first(open_page: OpenPage) -> None:
    """Of five new questions the one that was sure and wrong leads the next day, then the wrong one, each with why."""
    page = open_page(REPETITION)
    on(page, TODAY)
    forms, names = begin(page), ids(page)
    third = asks_if_sure(forms)
    first, second, *_ = [place for place in range(5) if place != third]
    expect(forms[first].locator(".question-why")).to_have_text("Ny fråga.")
    give(forms[first], rightly=True)
    give(forms[second], rightly=False)
    give(forms[third], rightly=False, surely=True)
    expect(forms[third].locator(".surely-wrong")).to_have_text("Du var säker på svaret. Läs skälet en gång till.")
    expect(forms[second].locator(".surely-wrong")).to_have_count(0)
    expect(page.locator(".exam-progress")).to_have_text("3 av 5 frågor besvarade.")
    on(page, TOMORROW)
    page.reload()
    forms = begin(page)
    assert ids(page)[:3] == [names[third], names[second], names[first]]
    whys = [
        "Du var säker förra gången, men det blev fel.",
        "Det blev fel förra gången.",
        "Du kunde den. Nu är det dags",
    ]
    for form, why in zip(forms, whys, strict=False):
        expect(form.locator(".question-why")).to_contain_text(why)


def test_the_spacing_is_that_of_python(open_page: OpenPage) -> None:
    """What the page keeps after an answer is what CPython keeps, and the second try changes nothing."""
    page = open_page(REPETITION)
    on(page, TODAY)
    forms = begin(page)
    place = asks_if_sure(forms)
    form, name = forms[place], ids(page)[place]
    give(form, rightly=False, surely=True)
    expected = papers.record(None, name, "wrong", True, TODAY)
    expect(page.locator(".exam-progress")).to_have_text("1 av 5 frågor besvarade.")
    assert history(page) == {name: expected["questions"][0]}  # type: ignore[index]
    form.get_by_role("button", name="Försök igen").click()
    give(form, rightly=True)
    assert history(page) == {name: expected["questions"][0]}  # type: ignore[index]
    expect(page.locator(".exam-progress")).to_have_text("1 av 5 frågor besvarade.")


def test_a_round_ends_with_the_next_day_and_a_calendar(open_page: OpenPage, tmp_path: Path) -> None:
    """After five the page says when the next ones come; the calendar has those days and nothing about the questions."""
    page = open_page(REPETITION)
    on(page, TODAY)
    for form in begin(page):
        give(form, rightly=True)
    progress = page.locator(".exam-progress")
    expect(progress).to_have_text(f"Klart. 5 av 5 blev rätt på första försöket. Nästa frågor kommer {TOMORROW}.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara dagarna i din kalender").click()
    path = tmp_path / "veckans-fem.ics"
    download.value.save_as(path)
    lines = path.read_bytes().decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert [line for line in lines if line.startswith("DTSTART")] == ["DTSTART;VALUE=DATE:20261123"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert any(re.fullmatch(r"UID:\S+", line) for line in lines)
    assert any(re.fullmatch(r"DTSTAMP:\d{8}T\d{6}Z", line) for line in lines)
    assert max(map(len, lines)) <= 75
    assert not [name for name in ids(page) if name in path.read_text(encoding="utf-8")]
    page.get_by_role("button", name="Fler frågor").click()
    assert len(begin(page)) == 5
    assert len(history(page)) == 5


def test_a_round_goes_on_after_a_reload(open_page: OpenPage) -> None:
    """After a reload the same day the answered questions are done and the others are still there."""
    page = open_page(REPETITION)
    on(page, TODAY)
    give(begin(page)[0], rightly=True)
    before = ids(page)
    expect(page.locator(".exam-progress")).to_have_text("1 av 5 frågor besvarade.")
    page.reload()
    expect(page.locator(".exam-progress")).to_have_text("1 av 5 frågor besvarade.")
    assert ids(page) == before[1:]


def test_modules_are_kept_only_for_those_who_repeat(open_page: OpenPage) -> None:
    """A module's answers leave no trace until the reader has begun repeating; then a wrong one comes back."""
    page = open_page(MODULE)
    on(page, TODAY)
    question = first_question(page)
    question.answer(question.wrong[0])
    assert kept(page) == {}
    page.goto(page.url.replace(MODULE, REPETITION))
    begin(page)
    page.goto(page.url.replace(REPETITION, MODULE))
    question = first_question(page)
    question.form.get_by_label(SURE).check()
    question.answer(question.wrong[0])
    page.wait_for_function("(id) => localStorage['handbook.repetition'].includes(id)", arg=question.id)
    assert history(page)[question.id]["sure"] is True
    on(page, TOMORROW)
    page.goto(page.url.partition("#")[0].replace(MODULE, REPETITION))
    begin(page)
    assert ids(page)[0] == question.id


def test_a_test_feeds_repetition_too(open_page: OpenPage) -> None:
    """What was wrong in a test comes back, for those who repeat; a dilemma and a question left out do not."""
    page = open_page(REPETITION)
    on(page, TODAY)
    begin(page)
    page.goto(page.url.replace(REPETITION, "kurs/forprov.html"))
    page.get_by_label("Provkod, om du har fått en").fill(SEED)
    page.get_by_role("button", name="Börja provet").click()
    expect(page.get_by_role("button", name="Lämna in provet")).to_be_visible()
    form = page.locator("form.question").first
    definition = question_in(form).definition
    answer(form, rightly=False)
    page.get_by_role("button", name="Lämna in provet").click()
    page.get_by_role("button", name="Lämna in provet").click()
    expect(page.locator(".exam-result")).to_be_visible()
    page.wait_for_function("(id) => localStorage['handbook.repetition'].includes(id)", arg=definition["id"])
    assert {name: entry["outcome"] for name, entry in history(page).items()} == {definition["id"]: "wrong"}


def test_clearing_leaves_nothing(open_page: OpenPage) -> None:
    """“Avsluta och rensa” takes the history and the round."""
    page = open_page(REPETITION)
    give(begin(page)[0], rightly=True)
    expect(page.locator(".exam-progress")).to_contain_text("1 av 5")
    assert set(kept(page)) == {"handbook.repetition", "handbook.repetition.round"}
    page.get_by_role("button", name="Avsluta och rensa").click()
    expect(page.get_by_role("button", name="Hämta veckans fem")).to_be_visible()
    assert kept(page) == {}


_DEEP = "[" * 3000 + "]" * 3000
HOSTILE = {
    "cut off": "{",
    "another version": '{"version": 99, "value": {}}',
    "a number for a history": '{"version": 1, "value": {"history": 7}}',
    "a script": '{"version": 1, "value": {"history": {"schema_version": 1, "questions": [{"question_id": '
    '"<img src=x onerror=alert(1)>", "outcome": "wrong", "sure": false, "stage": 0, "due": "2026-01-01"}]}}}',
    "a lone surrogate": '{"version": 1, "value": {"history": {"schema_version": 1, "questions": [{"question_id": '
    '"\\ud83d", "outcome": "wrong", "sure": false, "stage": 0, "due": "2026-01-01"}]}}}',
    "bidi marks": '{"version": 1, "value": {"history": {"schema_version": 1, "questions": "\u202e\u2066"}}}',
    "deep nesting": f'{{"version": 1, "value": {{"history": {_DEEP}}}}}',
    "a megabyte": json.dumps(
        {"version": 1, "value": {"history": {"schema_version": 1, "questions": ["x" * 1_000_000]}}}
    ),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_storage_never_breaks_the_page(open_page: OpenPage, text: str) -> None:
    """Whatever stands in the storage, five questions come, are graded and kept, and nothing of it is run."""
    page = open_page(REPETITION)
    page.evaluate("(text) => localStorage.setItem('handbook.repetition', text)", text)
    page.reload()
    forms = begin(page)
    assert len(forms) == 5
    give(forms[0], rightly=True)
    expect(page.locator(".exam-progress")).to_contain_text("1 av 5")
    assert ids(page)[0] in history(page)


@pytest.mark.parametrize("name", ["repetition.round", "practice.round", "exam.final"])
@pytest.mark.parametrize("value", ['{"questions": 3}', '{"questions": ["<b>"], "reasons": [], "answered": {}}', _DEEP])
def test_a_hostile_round_never_breaks_the_page(open_page: OpenPage, name: str, value: str) -> None:
    """A kept round or paper that cannot be shown is set aside, and another can be begun."""
    path = {"repetition.round": REPETITION, "practice.round": PRACTICE, "exam.final": "kurs/slutprov.html"}[name]
    page = open_page(path)
    text = f'{{"version": 1, "value": {value}}}'.replace('{"questions"', f'{{"day": "{TODAY}", "questions"')
    page.evaluate("([name, text]) => localStorage.setItem(`handbook.${name}`, text)", [name, text])
    on(page, TODAY)
    page.reload()
    expect(page.locator(".exam-status")).to_contain_text("lagts åt sidan")
    page.locator(".exam-start button").click()
    expect(page.locator("form.question").first).to_be_visible()


def test_refused_storage_still_gives_repetition(open_page: OpenPage) -> None:
    """Where the browser keeps nothing the round works as long as the page is open, and the page says so."""
    getter = "{ get() { throw new Error('refused'); } }"
    refuse = f"for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {getter})"
    page = open_page(REPETITION, before=refuse)
    expect(page.locator(".exam-status")).to_contain_text("Webbläsaren sparar inget här.")
    for form in begin(page):
        give(form, rightly=True)
    expect(page.locator(".exam-progress")).to_contain_text("Nästa frågor kommer")


def test_practice_draws_what_python_draws(open_page: OpenPage) -> None:
    """With a code, a role and a module the page asks exactly the questions that CPython draws."""
    page = open_page(PRACTICE)
    page.get_by_label("Modul").select_option("vaxeln-och-personal")
    page.get_by_label("Din roll").select_option("reception")
    page.get_by_label("Provkod, om du har fått en").fill(SEED)
    page.get_by_role("button", name="Börja öva").click()
    expect(page.locator("form.question").first).to_be_visible()
    catalogue = build_catalogue(real_content())
    assert ids(page) == papers.draw(catalogue, "practice", "reception", SEED, 10, "vaxeln-och-personal")
    expect(page.locator(".exam-seed")).to_have_text(SEED)


def test_every_module_can_be_practised(open_page: OpenPage) -> None:
    """Each module with questions can be chosen by the title of its page, and all of them together."""
    page = open_page(PRACTICE)
    modules = list(dict.fromkeys(str(entry["module"]) for entry in build_catalogue(real_content())))
    options = page.get_by_label("Modul").locator("option")
    assert options.evaluate_all("(all) => all.map((one) => one.value)") == [*modules, ""]
    assert not set(options.all_text_contents()) & set(modules)


def test_practice_by_keyboard_alone_on_a_phone(open_page: OpenPage, site: Path) -> None:
    """From file://, at 360 px, a module is practised with Tab, arrows, Space and Enter to its end."""
    page = open_page(PRACTICE, size=PHONE, base=site.as_uri() + "/")
    page.get_by_label("Provkod, om du har fått en").focus()
    page.keyboard.type(SEED)
    page.keyboard.press("Enter")
    expect(page.locator("form.question fieldset").locator("input, select, button").first).to_be_focused()
    total = page.locator("form.question").count()
    for number in range(1, total + 1):
        form = page.locator("form.question").nth(number - 1)
        while not form.evaluate("(form) => form.querySelector('fieldset').contains(document.activeElement)"):
            page.keyboard.press("Tab")
        check_by_keyboard(page, form)
        expect(page.locator(".exam-progress")).to_contain_text(f"{number} av {total}" if number < total else "Klart.")
    while page.evaluate("document.activeElement.textContent") != "Fler frågor":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Börja öva")).to_be_visible()


def test_a_wrong_code_and_an_empty_module_are_said(open_page: OpenPage) -> None:
    """A code that is none, and a module without a question for the role, get a sentence each."""
    page = open_page(PRACTICE)
    page.get_by_label("Provkod, om du har fått en").fill("å?!")
    page.get_by_role("button", name="Börja öva").click()
    expect(page.locator(".exam-status")).to_have_text(
        "Koden går inte att läsa. Den har 4 till 12 bokstäver och siffror."
    )
    page.get_by_label("Provkod, om du har fått en").fill("")
    page.get_by_label("Modul").evaluate("(select) => { select.options[0].value = 'tom'; }")
    page.get_by_role("button", name="Börja öva").click()
    expect(page.locator(".exam-status")).to_have_text("Det finns inga frågor för den rollen i den modulen än.")


def test_the_bank_is_fetched_once_for_all_pages(open_page: OpenPage, server: Any) -> None:
    """The questions come when the reader begins, not before, and the next page uses the same file."""
    page = open_page(PRACTICE)
    bank = "_static/handbook/questions-kurs.js"
    assert bank not in server.paths()
    assert sum(answer.size for answer in server.served) <= 60_000
    page.get_by_role("button", name="Börja öva").click()
    expect(page.locator("form.question").first).to_be_visible()
    assert server.paths().count(bank) == 1
    addresses = {
        page.locator(".exam").get_attribute("data-questions"),
        open_page(REPETITION).locator(".exam").get_attribute("data-questions"),
        open_page("kurs/slutprov.html").locator(".exam").get_attribute("data-questions"),
    }
    assert len(addresses) == 1


def test_repetition_has_no_violations(open_page: OpenPage) -> None:
    """Axe finds nothing while repeating, after a sure mistake, in either scheme and width."""
    page = open_page(REPETITION)
    forms = begin(page)
    give(forms[asks_if_sure(forms)], rightly=False, surely=True)
    expect(page.locator(".exam-progress")).to_contain_text("1 av 5")
    expect_no_violations(page)


def test_sureness_is_no_part_of_the_answer(open_page: OpenPage) -> None:
    """A question whose only tick is that the reader is sure is not answered."""
    page = open_page(MODULE)
    question = first_question(page)
    question.form.get_by_label(SURE).check()
    question.button.click()
    expect(question.headline).to_have_text("Välj ett svar först.")
    outcomes = answer_all(page, {question.id: question.correct})
    assert outcomes == {question.id: "correct"}
