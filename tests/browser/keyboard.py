"""Questions of any type answered by their key with the keyboard alone: Tab, arrows, Space, Enter and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support import real_content

from browser.filling import question_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_FARTHEST = 400
"""How many presses of Tab a page may take from one end to the other."""


def tab_to(page: Page, control: Locator) -> None:
    """Press Tab, or Shift and Tab, until the control has the focus, or the choice that stands for its group."""
    for _ in range(_FARTHEST):
        where = control.evaluate(
            """(control) => {
              const focused = document.activeElement;
              if (focused === control) return "here";
              if (control.type === "radio" && focused.type === "radio" && focused.name === control.name) return "here";
              return control.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING ? "before" : "after";
            }"""
        )
        if where == "here":
            return
        page.keyboard.press("Shift+Tab" if where == "before" else "Tab")
    raise AssertionError("Tab does not lead there")


def answer_rightly(page: Page, form: Locator) -> None:
    """Give the answer of the key to a question of the real bank."""
    question = question_in(form)
    key: dict[str, Any] = real_content().bank.questions[question.id].key()
    for place, step in enumerate(key.get("order", [])):
        _move(page, form, step, place)
    for item, target in key.get("pairs", {}).items():
        _select(page, form.locator(f'fieldset [data-choice-id="{item}"] select'), target)
    if "text" in key:
        tab_to(page, form.get_by_label("Ditt svar"))
        page.keyboard.type(str(key["text"]))
    for choice in key.get("selected", []):
        _choose(page, question.input(choice))
    for number, choice in enumerate(key.get("path", [])):
        if number:
            press(page, form.locator(".question-check"))
        _choose(page, question.input(choice))


def press(page: Page, button: Locator) -> None:
    """Go to a button and press it."""
    tab_to(page, button)
    page.keyboard.press("Enter")


def _choose(page: Page, box: Locator) -> None:
    tab_to(page, box)
    if box.get_attribute("type") == "checkbox":
        page.keyboard.press("Space")
        return
    if not page.evaluate("document.activeElement.checked"):
        page.keyboard.press("Space")
    for _ in range(10):
        if box.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError("the arrow does not lead there")


def _select(page: Page, field: Locator, value: str) -> None:
    tab_to(page, field)
    for _ in range(20):
        if field.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError("the arrow does not lead there")


def _move(page: Page, form: Locator, step: str, place: int) -> None:
    """Move a step up until it stands at its place."""
    ids = "(items) => items.map((item) => item.dataset.choiceId)"
    for _ in range(20):
        if form.locator(".order-item").evaluate_all(ids).index(step) <= place:
            return
        press(page, form.locator(f'.order-item[data-choice-id="{step}"] .move-up'))
    raise AssertionError("the step does not move")
