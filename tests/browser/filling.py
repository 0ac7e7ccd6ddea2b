"""Answers to questions of any type, as a reader gives them: rightly, wrongly, and with the keyboard alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from support import real_content

from browser.questions import Question
from browser.test_types import fill_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Json = dict[str, Any]
_ACT = {"radio": "Space", "checkbox": "Space", "select-one": "ArrowDown", "button": "Enter"}
"""What answers with the keyboard, by the kind of control."""


def question_in(form: Locator) -> Question:
    """Return the question of a form."""
    return Question(form, json.loads(form.locator(".question-definition").text_content() or ""))


def wrong_response(definition: Json) -> Json:
    """Return a response without a point."""
    kind = definition["type"]
    if kind == "order":
        return {"order": definition["correct"][::-1]}
    if kind == "match":
        targets = [target["id"] for target in definition["targets"]]
        right = definition["correct"]
        return {"pairs": {name: next(other for other in targets if other != right[name]) for name in right}}
    if kind in ("text_entry", "numeric"):
        return {"text": "-7" if "value" in definition else "1 januari 1999" if kind == "numeric" else "xyzzy"}
    if kind == "branching":
        return {"path": _bad_path(definition)}
    wrong = [choice["id"] for choice in definition["choices"] if choice["id"] not in definition.get("correct", [])]
    return {"selected": wrong[:1]}


def _bad_path(definition: Json) -> list[str]:
    """Return a call in which everything is badly said, as far as one can."""
    turns = {turn["id"]: turn for turn in definition["turns"]}
    turn, path = definition["turns"][0], []
    while "choices" in turn:
        said = next((choice for choice in turn["choices"] if not choice.get("correct")), turn["choices"][0])
        path.append(said["id"])
        turn = turns[said["next"]]
    return path


def answer(form: Locator, *, rightly: bool) -> None:
    """Fill in a question of the real bank by its key, or so that it gets no point."""
    question = question_in(form)
    right = real_content().bank.questions[question.id].key()
    fill_in(question, right if rightly else wrong_response(question.definition))


def answer_by_keyboard(page: Page, form: Locator) -> None:
    """Give some answer to the question whose control has the focus, and leave the focus there."""
    kind = str(page.evaluate("document.activeElement.type"))
    if kind == "text":
        page.keyboard.type("1")
    else:
        page.keyboard.press(_ACT[kind])
    expect(form).to_be_attached()


def check_by_keyboard(page: Page, form: Locator) -> None:
    """From the focus in a question, answer it and press its button; a call is gone through to its end."""
    while True:
        turns = form.locator(".call-turn:visible").count()
        answer_by_keyboard(page, form)
        while not page.evaluate("document.activeElement.matches('.question-check')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        if turns:
            expect(form.locator(".call-turn:visible")).to_have_count(turns + 1)
        if not turns or form.locator(".call-turn:visible").last.get_attribute("data-ending"):
            break
        page.keyboard.press("Tab")
    expect(form).to_have_attribute("data-answered", "true")
