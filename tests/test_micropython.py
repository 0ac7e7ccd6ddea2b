"""The grader under MicroPython, in Node: the scripts that the site ships answer as CPython does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vectors import ALL_CALLS, disagreements
from vectors.in_node import run_in_node

if TYPE_CHECKING:
    from pathlib import Path

NONSENSE = ["", "{", "[]", "null", '"grade"', '{"call": "guess"}', '{"call": null}', "[" * 1000, "1" * 1000]


def test_every_vector_is_answered_as_in_cpython(tmp_path: Path) -> None:
    """Every vector gives exactly CPython's answer."""
    assert disagreements(run_in_node(tmp_path, ALL_CALLS)) == []


def test_nonsense_is_answered_with_an_error(tmp_path: Path) -> None:
    """A call that is no call gets an error object, and the interpreter goes on to the next."""
    answers = run_in_node(tmp_path, [*NONSENSE, *ALL_CALLS])
    refusals, rest = answers[: len(NONSENSE)], answers[len(NONSENSE) :]
    assert [json.loads(answer)["error"]["code"] for answer in refusals] == ["bad_call"] * len(NONSENSE)
    assert disagreements(rest) == []
