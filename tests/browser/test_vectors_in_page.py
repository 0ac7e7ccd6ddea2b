"""The grader's vectors in the built page: the shipped interpreter answers as CPython does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vectors import ALL_CALLS

from browser.questions import RULE
from handbook import grader

if TYPE_CHECKING:
    from browser.watching import OpenPage


def canonical(text: str) -> str:
    """Return JSON in one form, whatever the order of its keys."""
    return json.dumps(json.loads(text), sort_keys=True)


def test_every_vector_is_answered_as_in_cpython(open_page: OpenPage) -> None:
    """Every vector, graded by what the page's own script would load, gives exactly CPython's answer."""
    page = open_page(RULE)
    script = page.locator("script[data-runtime]")
    for address in script.evaluate("(script) => script.dataset.runtime.split(' ').map((p) => new URL(p, script.src).href)"):
        page.add_script_tag(url=address)
    answers: list[str] = page.evaluate(
        """(calls) => handbookRuntime.start(handbookGrader).then((callJson) => calls.map((call) => callJson(call)))""",
        ALL_CALLS,
    )
    disagreements = [
        (call, answer)
        for call, answer in zip(ALL_CALLS, answers, strict=True)
        if canonical(answer) != canonical(grader.call_json(call))
    ]
    assert disagreements == []
