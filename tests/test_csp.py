"""What the content policy would block is found on the built page and said to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.csp import POLICY, blocked, write_policy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>alert(1)</script>", "an inline script"),
        ('<script type="module">import "./x.js"</script>', "an inline script"),
        ("<style>p {color: red}</style>", "an inline style on <style>"),
        ('<p style="color: red">x</p>', "an inline style on <p>"),
        ('<button onclick="go()">x</button>', "the event attribute onclick on <button>"),
        ('<script src="https://cdn.example/x.js"></script>', "<script> loads https://cdn.example/x.js"),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "<link> loads //cdn.example/x.css"),
        ('<img src="http://tracker.example/1.png">', "<img> loads http://tracker.example/1.png"),
    ],
)
def test_what_the_policy_blocks_is_found(tmp_path: Path, markup: str, what: str) -> None:
    """Inline scripts and styles, event attributes and outside addresses are found, with page and line."""
    page = tmp_path / "sida.html"
    page.write_text(f"<html>\n<body>\n{markup}\n</body></html>", encoding="utf-8")
    assert list(blocked(tmp_path)) == [(page, 3, what)]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="quiz.js"></script>',
        '<script type="application/json">{"a": 1}</script>',
        '<link rel="next" href="https://kommun.example/">',
        '<a href="https://www.riksdagen.se/">lagen</a>',
    ],
)
def test_what_the_policy_allows_is_left_alone(tmp_path: Path, markup: str) -> None:
    """Files of the site, data and links that are only followed are no findings."""
    (tmp_path / "sida.html").write_text(markup, encoding="utf-8")
    assert list(blocked(tmp_path)) == []


def test_the_policy_is_one_strict_line(tmp_path: Path) -> None:
    """csp.txt holds one line that allows neither inline scripts or styles nor evaluation of text."""
    write_policy(tmp_path)
    lines = (tmp_path / "csp.txt").read_text(encoding="utf-8").splitlines()
    assert lines == [POLICY]
    assert "unsafe-inline" not in POLICY
    assert "'unsafe-eval'" not in POLICY
    assert POLICY.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
