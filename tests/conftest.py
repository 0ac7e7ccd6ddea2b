"""What all tests share: the project's folder, and the handbook built once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


def build_handbook(folder: Path, builder: str = "html") -> subprocess.CompletedProcess[str]:
    """Build the real handbook from nothing into *folder*, with every warning an error, and return how it went."""
    strict = ["-q", "-nW", "--keep-going", "-E", "-a", "-d", str(folder.with_name(f"{folder.name} doctrees"))]
    environment = {key: value for key, value in os.environ.items() if key != "HANDBOOK_PROFILE"}
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *strict, "-b", builder, "-c", ".", "docs", str(folder)],
        cwd=PROJECT,
        env={**environment, "PYTHONPATH": str(PROJECT / "src"), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the handbook as HTML, built once; its name is one that breaks careless addresses."""
    folder = tmp_path_factory.mktemp("site") / "Handbok å ä ö"
    built = build_handbook(folder)
    if built.returncode:
        pytest.fail(f"The handbook does not build:\n{built.stderr}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def course_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the example course day, made once with the command that trainers use."""
    folder = tmp_path_factory.mktemp("course") / "dag"
    command = [sys.executable, "-m", "handbook", "courseday", "courses/heldag.toml", "--out", str(folder)]
    made = subprocess.run(
        [*command, "--today", "2026-11-28"],
        cwd=PROJECT,
        env={**os.environ, "HANDBOOK_PROFILE": "", "PYTHONPATH": str(PROJECT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        pytest.fail(f"The course day cannot be made:\n{made.stderr}", pytrace=False)
    return folder
