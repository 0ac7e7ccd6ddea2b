"""A question on a page, as a reader meets it. What it should say is read from the page's own key and definition."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from handbook import grader

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

RULE = "sla-upp/hemadress.html"
MODULE = "kurs/vaxeln-och-personal.html"


@dataclass(frozen=True)
class Question:
    """The form of one question, with its definition."""

    form: Locator
    definition: dict[str, Any]

    @property
    def id(self) -> str:
        """Return the id of the question."""
        return str(self.definition["id"])

    @property
    def ids(self) -> list[str]:
        """Return the ids of the choices."""
        return [choice["id"] for choice in self.definition["choices"]]

    @property
    def correct(self) -> list[str]:
        """Return the ids of the correct choices."""
        return list(self.definition["correct"])

    @property
    def wrong(self) -> list[str]:
        """Return the ids of the wrong choices."""
        return [choice_id for choice_id in self.ids if choice_id not in self.correct]

    @property
    def inputs(self) -> Locator:
        """Return the radio buttons or check boxes."""
        return self.form.locator("fieldset input")

    @property
    def button(self) -> Locator:
        """Return the one button."""
        return self.form.locator("button")

    @property
    def status(self) -> Locator:
        """Return the feedback area."""
        return self.form.get_by_role("status")

    @property
    def headline(self) -> Locator:
        """Return the first line of the feedback."""
        return self.status.locator(".outcome")

    @property
    def key(self) -> Locator:
        """Return the written key."""
        return self.form.locator("details.question-key")

    def input(self, choice_id: str) -> Locator:
        """Return the input of one choice."""
        return self.form.locator(f'input[value="{choice_id}"]')

    def answer(self, *choice_ids: str) -> None:
        """Choose and press the button, as a reader with a mouse does, and wait for the feedback."""
        for choice_id in choice_ids:
            self.form.locator(f'label[for="{self.input(choice_id).get_attribute("id")}"]').click()
        self.button.click()
        expect(self.headline).to_be_visible()

    def reasons(self, *not_chosen: str) -> dict[str, list[str]]:
        """Return the paragraphs that the written key has for each choice, without the line that says right or wrong.

        Those *not_chosen* have what is said of that instead, where anything is.
        """
        found: dict[str, list[str]] = self.key.evaluate(
            """(key, notChosen) => Object.fromEntries([...key.querySelectorAll("li[data-choice-id]")].map((item) => {
              const otherwise = item.querySelector(".key-otherwise");
              const wanted = otherwise && notChosen.includes(item.dataset.choiceId)
                ? otherwise.querySelectorAll("p:not(.key-condition)")
                : [...item.querySelectorAll("p:not(.key-status)")].filter((one) => !otherwise?.contains(one));
              return [item.dataset.choiceId, [...wanted].map((paragraph) => paragraph.textContent)];
            }))""",
            not_chosen,
        )
        return found

    def grade(self, *choice_ids: str) -> dict[str, Any]:
        """Return what the grader gives for these choices in CPython."""
        return grader.grade(self.definition, {"selected": list(choice_ids)})


_DEFINITIONS = "(scripts) => scripts.map((script) => [script.closest('form').dataset.questionId, script.textContent])"

CHOOSING = ("choice", "multiple_response")
"""The types whose answers are ticks with a key of ids; what holds for the others is in test_types.py."""

_ANSWER_ALL = """
async (answers) => {
  const outcomes = {};
  for (const [id, chosen] of Object.entries(answers)) {
    const form = document.getElementById(id);
    for (const input of form.elements) if (chosen.includes(input.value)) input.checked = true;
    const area = form.querySelector("[role=status]");
    const graded = new Promise((resolve) =>
      new MutationObserver(() => "outcome" in area.dataset && resolve()).observe(area, { attributes: true }));
    form.requestSubmit();
    await graded;
    outcomes[id] = area.dataset.outcome;
  }
  return outcomes;
}
"""


def all_questions(page: Page) -> list[Question]:
    """Return every question of the page."""
    scripts = page.locator('form[data-question-id] script[type="application/json"]')
    return [
        Question(page.locator(f'form[data-question-id="{question_id}"]'), json.loads(text))
        for question_id, text in scripts.evaluate_all(_DEFINITIONS)
    ]


def choosing_questions(page: Page) -> list[Question]:
    """Return every question of the page that is answered by ticking choices."""
    return [question for question in all_questions(page) if question.definition["type"] in CHOOSING]


def answer_all(page: Page, answers: dict[str, list[str]]) -> dict[str, str]:
    """Give many answers, by the ids of questions and choices, faster than a reader could, and return the outcomes."""
    outcomes: dict[str, str] = page.evaluate(_ANSWER_ALL, answers)
    return outcomes


def first_question(page: Page, question_type: str = "choice") -> Question:
    """Return the page's first question of a type; of multiple responses, one with something to get partly right."""
    for question in all_questions(page):
        if question.definition["type"] == question_type and (question_type == "choice" or len(question.correct) > 1):
            return question
    raise AssertionError(f"the page has no question of the type {question_type}")
