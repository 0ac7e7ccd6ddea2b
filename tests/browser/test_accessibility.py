"""axe-core finds nothing: WCAG 2.2 A and AA and best practice, every kind of page, light and dark, wide and narrow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import PROJECT
from playwright.sync_api import Page, expect

from browser.questions import MODULE, RULE, answer_all, choosing_questions, first_question
from browser.watching import PHONE
from handbook.rule_register import VERDICTS

if TYPE_CHECKING:
    from pathlib import Path

    from browser.watching import OpenPage

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The page hears of a new size in the next frame, and only then are wide tables made scrollable by keyboard."""
LOOKS = [(dark, width) for dark in (False, True) for width in (1280, 360)]

KINDS = {
    "start": "index.html",
    "rule index": "sla-upp/index.html",
    "courses": "kurs/index.html",
    "module": MODULE,
    "law register": "om/lagregister/index.html",
    "about": "om/index.html",
    "sources": "om/kallor.html",
    "course leader": "kursledare/index.html",
    "search": "search.html",
    "search with hits": "search.html?q=hemadress",
    "search without hits": "search.html?q=qqqzzz",
    "editors": "om/for-redaktorer.html",
    "question bank": "om/fragebanken.html",
    "practice": "kurs/ovning.html",
    "measurements": "om/matningar.html",
    "decision": "om/beslut/csp.html",
    "guide": "sla-upp/guide.html",
    "guide, a question": "sla-upp/guide.html#/uppgift/nej/nej",
    "guide, an outcome": "sla-upp/guide.html#/handling/annan/ja/ja",
    "index by letter": "sla-upp/a-o.html",
    "index by paragraph": "sla-upp/paragrafer.html",
    "index by policy": "sla-upp/policyregler.html",
    "changes": "sla-upp/nyss-andrat.html",
    "coming law": "sla-upp/kommer-att-andras.html",
    "quick guide": "sla-upp/snabbguide.html",
    "cards": "sla-upp/kort.html",
}


def expect_no_violations(page: Page) -> None:
    """Run axe-core in each look, and fail with rule, help and element for whatever it finds."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for dark, width in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.evaluate(SETTLED)
        result: dict[str, Any] = page.evaluate(
            "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", TAGS
        )
        assert result["passes"], "axe-core has not looked at anything"
        for violation in result["violations"]:
            nodes = [node["html"][:200] for node in violation["nodes"][:3]]
            found.append([f"{'dark' if dark else 'light'} {width}", violation["id"], violation["help"], nodes])
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_pages_have_no_violations(open_page: OpenPage, path: str) -> None:
    """A page of each kind has no violation in any look."""
    page = open_page(path)
    if "?q=" in path:
        expect(page.locator("#search-results").get_by_role("status")).not_to_be_empty()
    expect_no_violations(page)


@pytest.mark.parametrize("verdict", VERDICTS.values())
def test_rules_have_no_violations(open_page: OpenPage, site: Path, verdict: str) -> None:
    """A rule with each verdict has no violation in any look."""
    mark = f'class="rule-card" data-verdict="{verdict}"'
    found = [path for path in sorted(site.glob("sla-upp/*.html")) if mark in path.read_text(encoding="utf-8")]
    assert found, f"no rule has the verdict {verdict}"
    expect_no_violations(open_page(f"sla-upp/{found[0].name}"))


def test_feedback_has_no_violations(open_page: OpenPage) -> None:
    """The module has no violation in any look when questions are answered right, partly right, wrong and not at all."""
    page = open_page(MODULE)
    partly = first_question(page, "multiple_response")
    correct, wrong, unanswered = [question for question in choosing_questions(page) if question.id != partly.id][:3]
    answers = {
        correct.id: correct.correct,
        partly.id: partly.correct[:1],
        wrong.id: wrong.wrong[:1],
        unanswered.id: [],
    }
    assert list(answer_all(page, answers).values()) == ["correct", "partly", "wrong", "unanswered"]
    expect_no_violations(page)


def test_a_key_opened_by_trouble_has_no_violations(open_page: OpenPage) -> None:
    """The sentence and the open key of a browser that cannot grade have no violation in any look."""
    page = open_page(RULE, before="delete globalThis.DecompressionStream;")
    question = first_question(page)
    question.answer(question.ids[0])
    expect(question.key).to_have_attribute("open", "")
    expect_no_violations(page)


@pytest.mark.parametrize("button_name", ["Meny", "Sidan"])
def test_open_panels_have_no_violations(open_page: OpenPage, button_name: str) -> None:
    """An open panel of a narrow screen has no violation in any look."""
    page = open_page(RULE, size=PHONE)
    page.get_by_role("button", name=button_name).click()
    expect_no_violations(page)
