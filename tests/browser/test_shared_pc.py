"""A shared PC, as a profile says, and a bank with hostile texts: a small handbook of its own, built once for both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from support import build, copy_minimal

from browser.questions import all_questions, first_question
from browser.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from browser.serving import SiteServer
    from browser.watching import OpenPage

EXAM = "kurs/slutprov.html"
HOSTILE = (
    "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'> \u202egnp\u2066 &amp; \u2028"
)
"""What an author could paste: markup that closes a script, marks that turn the text round, and a line separator."""
PARAMETER = """\
  - name: kurs.delad_dator
    description: Om datorn delas
    kind: yes_no
    default: nej
    reason: Provas här.
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Serve a small handbook whose profile says that PCs are shared, and whose questions hold hostile texts."""
    folder = tmp_path_factory.mktemp("shared")
    root = copy_minimal(folder)
    with (root / "profiles" / "parameters.yaml").open("a", encoding="utf-8") as file:
        file.write(PARAMETER)
    with (root / "profiles" / "exempelkommun.toml").open("a", encoding="utf-8") as file:
        file.write('"kurs.delad_dator" = "ja"\n')
    (root / "docs" / "kurs" / "slutprov.md").write_text(
        "# Slutprov\n\n```{exam} final\n:count: 3\n```\n", encoding="utf-8"
    )
    (root / "docs" / "kurs" / "repetition.md").write_text(
        "# Repetition\n\n```{exam} repetition\n```\n", encoding="utf-8"
    )
    bank = root / "quizzes" / "telefon.yaml"
    text = bank.read_text(encoding="utf-8")
    quoted = json.dumps("`` " + HOSTILE + " ``", ensure_ascii=False)
    for old in ("Ger adressen.", "Adressen är hemlig.", "Vilka uppgifter lämnar du inte ut?"):
        assert old in text
        text = text.replace(old, quoted)
    bank.write_text(text, encoding="utf-8")
    built = build(root, "html", folder / "site")
    assert (built.code, built.warnings) == (0, [])
    with serve(built.folder, (built.folder / "csp.txt").read_text(encoding="utf-8").strip()) as server:
        yield server


def begin(page: Page) -> None:
    """Start the test, and answer its first question."""
    page.get_by_role("button", name="Börja provet").click()
    expect(page.get_by_role("button", name="Lämna in provet")).to_be_visible()
    page.locator("form.question").first.locator("fieldset input").first.check()


def handbook_keys(page: Page, storage: str) -> list[str]:
    """Return what the handbook keeps in a storage of the browser."""
    found: list[str] = page.evaluate(f"Object.keys({storage}).filter((name) => name.startsWith('handbook.'))")
    return found


def test_on_a_shared_pc_nothing_outlives_the_tab(chromium: Browser, shared: SiteServer) -> None:
    """A reload keeps the test, a closed tab does not: the next person at the PC meets a new one."""
    with chromium.new_context(locale="sv-SE") as context:
        page = context.new_page()
        page.goto(shared.address + EXAM)
        begin(page)
        assert handbook_keys(page, "localStorage") == []
        page.reload()
        expect(page.locator(".exam-status")).to_have_text("Du fortsätter där du var.")
        assert page.locator("fieldset input:checked").count() == 1
        page.close()
        following = context.new_page()
        following.goto(shared.address + EXAM)
        expect(following.get_by_role("button", name="Börja provet")).to_be_visible()
        assert handbook_keys(following, "localStorage") + handbook_keys(following, "sessionStorage") == []


def test_on_a_shared_pc_repetition_ends_with_the_tab_too(chromium: Browser, shared: SiteServer) -> None:
    """Answers on a module's page follow the tab where repetition has begun, and go with it."""
    with chromium.new_context(locale="sv-SE") as context:
        page = context.new_page()
        page.goto(shared.address + "kurs/repetition.html")
        page.get_by_role("button", name="Hämta veckans fem").click()
        expect(page.locator(".exam-actions")).to_be_visible()
        page.goto(shared.address + "kurs/telefon.html")
        question = first_question(page)
        question.answer(question.wrong[0])
        page.wait_for_function("(id) => sessionStorage['handbook.repetition'].includes(id)", arg=question.id)
        assert handbook_keys(page, "localStorage") == []
        page.close()
        following = context.new_page()
        following.goto(shared.address + EXAM)
        assert handbook_keys(following, "sessionStorage") == []


def test_on_a_shared_pc_the_reader_can_end_and_clear(open_page: OpenPage, shared: SiteServer) -> None:
    """“Avsluta och rensa” is in sight during a test, and leaves nothing in the tab either."""
    page = open_page(EXAM, base=shared.address)
    begin(page)
    button = page.get_by_role("button", name="Avsluta och rensa")
    expect(button).to_be_visible()
    assert handbook_keys(page, "sessionStorage") == ["handbook.exam.final"]
    button.click()
    expect(page.get_by_role("button", name="Börja provet")).to_be_visible()
    assert handbook_keys(page, "sessionStorage") == []


@pytest.mark.parametrize("path", ["kurs/telefon.html", EXAM])
def test_hostile_texts_are_shown_and_never_run(open_page: OpenPage, shared: SiteServer, path: str) -> None:
    """Markup, bidi marks and line separators in a question are letters on the page and in a test, before and after."""
    page = open_page(path, base=shared.address)
    if path == EXAM:
        begin(page)
        page.get_by_role("button", name="Lämna in provet").click()
        page.get_by_role("button", name="Lämna in provet").click()
        expect(page.locator(".exam-result")).to_be_visible()
    else:
        for question in all_questions(page):
            question.answer(question.correct[0])
    assert page.evaluate("window.hacked === undefined && !document.querySelector('form.question img')")
    assert page.locator("form.question").filter(has_text="window.hacked = 1").count() == 2


_HOSTILE_ANSWERS = {
    "markup": "\"<img src=x onerror='window.hacked = 1'>\"",
    "bidi marks": "'\\u202e\\u2066 skada'",
    "half a letter": "String.fromCharCode(0xd83d)",
    "a megabyte": "'x'.repeat(1e6)",
}
"""As JavaScript writes them, since half a letter cannot be sent."""


@pytest.mark.parametrize("written", _HOSTILE_ANSWERS.values(), ids=_HOSTILE_ANSWERS.keys())
def test_hostile_answers_are_graded_and_never_run(open_page: OpenPage, written: str) -> None:
    """Markup, marks, half a letter and a megabyte that are put into the field for a word get a verdict."""
    page = open_page("om/fragetyper.html")
    form = page.locator("form[data-type=text_entry]")
    form.locator("fieldset input").evaluate(f"(field) => {{ field.value = {written}; }}")
    form.get_by_role("button", name="Rätta").click()
    expect(form.locator(".outcome")).to_have_text("Inte än.")
    assert page.evaluate("window.hacked === undefined")
