"""Tests in the page: drawn from a code, kept over a reload, handed in, graded, saved, verified and cleared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from support import PROJECT

from browser.filling import answer, answer_by_keyboard
from browser.keyboard import answer_rightly, press, tab_to
from browser.test_accessibility import expect_no_violations
from browser.watching import PHONE
from handbook import papers
from handbook.__main__ import main
from handbook.catalogue import build_catalogue
from handbook.content import load_content

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from browser.watching import OpenPage

FINAL = "kurs/slutprov.html"
SEED = "ABCD23"


def begin(page: Page, seed: str = SEED) -> None:
    """Start the test with a code."""
    page.get_by_label("Provkod, om du har fått en").fill(seed)
    page.get_by_role("button", name="Börja provet").click()
    expect(page.get_by_role("button", name="Lämna in provet")).to_be_visible()


def drawn(page: Page) -> list[str]:
    """Return the ids of the questions on the page, in the order in which they stand."""
    return [str(form.get_attribute("data-question-id")) for form in visible(page)]


def visible(page: Page) -> list[Locator]:
    """Return the forms of the questions that are asked."""
    return page.locator("form.question:visible").all()


def kept(page: Page) -> dict[str, str]:
    """Return what the handbook keeps in the browser."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(Object.entries({...localStorage, ...sessionStorage}))")
    return {name: value for name, value in found.items() if name.startswith("handbook.")}


def hand_in(page: Page) -> None:
    """Hand the test in and wait for the result."""
    page.get_by_role("button", name="Lämna in provet").click()
    expect(page.locator(".exam-result")).to_be_visible()


def test_the_same_code_gives_the_paper_that_python_draws(open_page: OpenPage) -> None:
    """The page draws, in MicroPython, exactly the paper that CPython draws for the code."""
    page = open_page(FINAL)
    begin(page)
    entries = build_catalogue(load_content(PROJECT))
    assert drawn(page) == papers.draw(entries, "final", "vaxel", SEED, 20)


def test_a_test_goes_on_after_a_reload(open_page: OpenPage) -> None:
    """What was answered is there again after a reload, and the page says so."""
    page = open_page(FINAL)
    begin(page)
    before = drawn(page)
    answer(visible(page)[0], rightly=True)
    page.reload()
    expect(page.locator(".exam-status")).to_have_text("Du fortsätter där du var.")
    assert drawn(page) == before
    kept_response = json.loads(kept(page)["handbook.exam.final"])["value"]["responses"][0]
    assert kept_response["question_id"] == before[0]
    assert (
        page.evaluate("(id) => handbookAnswers.responseOf(document.getElementById(id))", before[0])
        == (kept_response["response"])
    )


def test_all_right_passes_and_python_agrees(open_page: OpenPage, tmp_path: Path) -> None:
    """A test answered by the key passes, and the saved file gives the same verdict and code with the command."""
    page = open_page(FINAL)
    begin(page)
    for form in visible(page):
        answer(form, rightly=True)
    hand_in(page)
    expect(page.locator(".exam-verdict")).to_have_text("Godkänt")
    expect(page.locator(".exam-percent")).to_have_text("100 % rätt. Gränsen är 75 %.")
    expect(page.get_by_role("heading", name="Intyg")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara resultatet som en fil").click()
    path = tmp_path / "resultat.json"
    download.value.save_as(path)
    result = json.loads(path.read_text(encoding="utf-8"))
    assert result["check_code"] == papers.check_code(result)
    expect(page.locator("[data-certificate=check_code]")).to_have_text(result["check_code"])
    assert main(["verify", str(path), "--root", str(PROJECT)]) == 0


def test_the_certificate_is_printed_alone(open_page: OpenPage) -> None:
    """On paper stand verdict, certificate and the name that was typed, which is kept nowhere, and nothing else."""
    page = open_page(FINAL)
    begin(page)
    for form in visible(page):
        answer(form, rightly=True)
    hand_in(page)
    page.get_by_label("Namn på intyget").fill("Rollen Testläsare")
    page.emulate_media(media="print")
    for gone in (
        "h1",
        "form.question",
        ".exam-start",
        ".exam-actions",
        ".exam-severities",
        ".exam-save",
        ".exam-print",
    ):
        expect(page.locator(f"{gone}:visible")).to_have_count(0)
    expect(page.get_by_label("Namn på intyget")).to_have_value("Rollen Testläsare")
    certificate = page.locator(".exam-certificate")
    for words in ("Intyg", "Slutprov i Handbok i offentlighet och sekretess", "Växel", "100 %", "Kontrollkod"):
        expect(certificate).to_contain_text(words)
    expect(page.locator(".exam-verdict")).to_be_visible()
    assert "Testläsare" not in json.dumps(kept(page))
    page.emulate_media(media="screen")
    page.reload()
    expect(page.get_by_label("Namn på intyget")).to_have_value("")


def test_moved_steps_are_kept(open_page: OpenPage) -> None:
    """Steps that are put in order in a test are an answer, which is there again after a reload."""
    page = open_page(FINAL)
    order = next(entry for entry in build_catalogue(load_content(PROJECT)) if entry["type"] == "order")
    state = {"kind": "final", "role": "vaxel", "seed": SEED, "attempt": "", "questions": [order["id"]], "responses": []}
    text = json.dumps({"version": 1, "value": {**state, "done": False}})
    page.evaluate("(text) => localStorage.setItem('handbook.exam.final', text)", text)
    page.reload()
    (form,) = visible(page)
    form.locator(".order-item").nth(1).locator(".move-up").click()
    steps = "(form) => [...form.querySelectorAll('.order-item')].map((step) => step.dataset.choiceId)"
    moved = form.evaluate(steps)
    page.reload()
    expect(page.locator(".exam-status")).to_have_text("Du fortsätter där du var.")
    assert visible(page)[0].evaluate(steps) == moved


def test_one_leak_fails_however_much_is_right(open_page: OpenPage) -> None:
    """A test with everything else right is not passed when one answer gives a secret away."""
    page = open_page(FINAL)
    begin(page)
    leaked = False
    for form in visible(page):
        definition = json.loads(form.locator(".question-definition").text_content() or "")
        leaks = [choice["id"] for choice in definition.get("choices", []) if choice.get("severity") == "leak"]
        if leaks and not leaked and definition["type"] == "choice":
            form.locator(f"input[value='{leaks[0]}']").check()
            leaked = True
        else:
            answer(form, rightly=True)
    assert leaked
    hand_in(page)
    expect(page.locator(".exam-verdict")).to_have_text("Inte godkänt än")
    expect(page.locator(".exam-leak")).to_contain_text("röjer")
    expect(page.locator(".exam-certificate")).to_be_hidden()


def test_missing_answers_are_said_once(open_page: OpenPage) -> None:
    """Handing in with answers missing asks first, and takes it the second time."""
    page = open_page(FINAL)
    begin(page)
    answer(visible(page)[0], rightly=True)
    page.get_by_role("button", name="Lämna in provet").click()
    expect(page.locator(".exam-status")).to_contain_text("19 frågor saknar svar.")
    expect(page.locator(".exam-result")).to_be_hidden()
    hand_in(page)
    expect(visible(page)[1].get_by_role("status")).to_contain_text("Du svarade inte.")


def test_nothing_is_shown_before_the_test_is_handed_in(open_page: OpenPage) -> None:
    """While the test goes on no question can be checked and no key opened."""
    page = open_page(FINAL)
    begin(page)
    expect(page.locator("form.question .question-check:visible")).to_have_count(0)
    expect(page.locator("form.question .question-key:visible")).to_have_count(0)


def test_clearing_leaves_nothing(open_page: OpenPage) -> None:
    """“Avsluta och rensa” leaves nothing in the browser and an unanswered page."""
    page = open_page(FINAL)
    begin(page)
    answer(visible(page)[0], rightly=True)
    assert kept(page)
    page.get_by_role("button", name="Avsluta och rensa").click()
    expect(page.get_by_role("button", name="Börja provet")).to_be_visible()
    assert kept(page) == {}
    assert page.locator("form.question input:checked").count() == 0


@pytest.mark.parametrize(
    "text", ["{", "null", '{"version": 99, "value": {}}', '{"version": 1, "value": {"questions": 3}}']
)
def test_damaged_storage_never_breaks_the_page(open_page: OpenPage, text: str) -> None:
    """A kept value that cannot be read is set aside, and a new test can be begun."""
    page = open_page(
        FINAL, before=f"try {{ localStorage.setItem('handbook.exam.final', {json.dumps(text)}) }} catch {{}}"
    )
    begin(page)
    assert len(visible(page)) == 20


def test_refused_storage_still_gives_a_test(open_page: OpenPage) -> None:
    """Where the browser keeps nothing the test works, and the page says that it is not kept."""
    getter = "{ get() { throw new Error('refused'); } }"
    refuse = f"for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {getter})"
    page = open_page(FINAL, before=refuse)
    expect(page.locator(".exam-status")).to_contain_text("Webbläsaren sparar inget här.")
    begin(page)
    for form in visible(page):
        answer(form, rightly=True)
    hand_in(page)
    expect(page.locator(".exam-verdict")).to_have_text("Godkänt")


def test_a_code_that_is_none_is_said(open_page: OpenPage) -> None:
    """A code with other signs gets a sentence, and the start is still there."""
    page = open_page(FINAL)
    page.get_by_label("Provkod, om du har fått en").fill("å?!")
    page.get_by_role("button", name="Börja provet").click()
    expect(page.locator(".exam-status")).to_contain_text("Provkoden går inte att läsa.")
    expect(page.get_by_role("button", name="Börja provet")).to_be_visible()


def test_a_test_by_keyboard_alone(open_page: OpenPage) -> None:
    """Start, answers, handing in and certificate are reached with Tab, arrows, Space and Enter at 360 px."""
    page = open_page("kurs/forprov.html", size=PHONE)
    page.get_by_label("Provkod, om du har fått en").focus()
    page.keyboard.type(SEED)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lämna in provet")).to_be_visible()
    expect(visible(page)[0].locator("input, select, button").first).to_be_focused()
    total = len(visible(page))
    answered: set[str] = set()
    while len(answered) < total:
        form = page.locator("form.question").filter(has=page.locator("fieldset :focus"))
        name = str(form.get_attribute("id")) if form.count() else ""
        if name and name not in answered:
            answer_by_keyboard(page, form)
            answered.add(name)
        page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != "Lämna in provet":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".exam-result")).to_be_focused()


def test_a_certificate_by_keyboard_alone(open_page: OpenPage, site: Path) -> None:
    """From file://, at 360 px: a final test is answered rightly, the certificate gets its name and is printed."""
    printing = "window.printed = 0; window.print = () => { window.printed += 1; };"  # a window of the system opens else
    page = open_page(FINAL, size=PHONE, base=site.as_uri() + "/", before=printing)
    tab_to(page, page.get_by_label("Provkod, om du har fått en"))
    page.keyboard.type(SEED)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lämna in provet")).to_be_visible()
    for form in visible(page):
        answer_rightly(page, form)
    press(page, page.get_by_role("button", name="Lämna in provet"))
    expect(page.locator(".exam-verdict")).to_have_text("Godkänt")
    tab_to(page, page.get_by_label("Namn på intyget"))
    page.keyboard.type("Rollen Testläsare")
    press(page, page.get_by_role("button", name="Skriv ut intyget"))
    assert page.evaluate("window.printed") == 1
    expect(page.get_by_label("Namn på intyget")).to_have_value("Rollen Testläsare")


def test_a_test_from_a_file_share(open_page: OpenPage, site: Path) -> None:
    """The whole test works from file://."""
    page = open_page(FINAL, base=site.as_uri() + "/")
    begin(page)
    for form in visible(page):
        answer(form, rightly=True)
    hand_in(page)
    expect(page.locator(".exam-verdict")).to_have_text("Godkänt")


def test_without_scripts_the_page_says_what_to_do(open_page: OpenPage) -> None:
    """Without JavaScript there is a sentence that leads to the questions on other pages, and no dead button."""
    page = open_page(FINAL, scripts=False)
    expect(page.get_by_text("Utan JavaScript kan inga frågor dras.")).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)


def test_a_test_has_no_violations(open_page: OpenPage) -> None:
    """Axe finds nothing before, during and after a test, in either scheme and width."""
    page = open_page(FINAL)
    expect_no_violations(page)
    begin(page)
    for form in visible(page):
        answer(form, rightly=True)
    hand_in(page)
    expect_no_violations(page)
