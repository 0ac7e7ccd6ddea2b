"""The grader's vectors in the built page: the shipped interpreter answers as CPython does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from vectors import ALL_CALLS, disagreements

from browser.questions import RULE

if TYPE_CHECKING:
    from browser.watching import OpenPage


def test_every_vector_is_answered_as_in_cpython(open_page: OpenPage) -> None:
    """Every vector, graded by what the page's own script would load, gives exactly CPython's answer."""
    page = open_page(RULE)
    script = page.locator("script[data-runtime]")
    source = script.evaluate("(script) => script.src")
    for path in (script.get_attribute("data-runtime") or "").split():
        page.add_script_tag(url=urljoin(source, path))
    answers: list[str] = page.evaluate(
        "(calls) => handbookRuntime.start(handbookGrader).then((callJson) => calls.map((call) => callJson(call)))",
        ALL_CALLS,
    )
    assert disagreements(answers) == []
