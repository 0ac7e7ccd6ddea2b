"""What the tests below the browser share: a small handbook to change, its builds, and the cases in Markdown."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from handbook.content import Content, load_content
from handbook.profile import DEFAULT_PROFILE

PROJECT = Path(__file__).resolve().parents[1]
CASES = PROJECT / "tests" / "cases"
MINIMAL = PROJECT / "tests" / "roots" / "test-minimal"

_PART = re.compile(
    r"^## (?P<title>[^\n]+)$|^(?P<fence>`{3,})(?P<kind>\S+) ?(?P<path>\S*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block of a case: how it is to be read, the file it belongs to and what stands in it."""

    kind: str
    path: str
    text: str


@dataclass(frozen=True)
class Case:
    """What an author writes, and every message that the author then reads."""

    title: str
    line: int
    blocks: list[Block]

    @property
    def expected(self) -> list[str]:
        """Return the messages, one a line."""
        return [line for block in self.blocks if block.kind == "messages" for line in block.text.splitlines()]

    @property
    def profile(self) -> str:
        """Return the edition that is asked for."""
        return next((block.path for block in self.blocks if block.kind == "profile"), DEFAULT_PROFILE)

    def write(self, root: Path) -> None:
        """Write the case's files, and make its changes, in the copy *root* of the small handbook."""
        for block in self.blocks:
            path = root / block.path
            if block.kind == "diff":
                path.write_text(changed(path.read_text(encoding="utf-8"), block.text), encoding="utf-8")
            elif block.kind == "remove":
                path.unlink()
            elif block.kind in {"file", "latin-1"}:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8" if block.kind == "file" else "latin-1")


def read_cases(name: str) -> list[Case]:
    """Return the cases of ``tests/cases/<name>.md``; tests/cases/README.md says how one is written."""
    text = (CASES / f"{name}.md").read_text(encoding="utf-8")
    found: list[Case] = []
    for part in _PART.finditer(text):
        if part["title"]:
            found.append(Case(part["title"], text.count("\n", 0, part.start()) + 1, []))
        else:
            found[-1].blocks.append(Block(part["kind"], part["path"], part["text"]))
    return found


def changed(text: str, diff: str) -> str:
    """Return *text* after a diff without line numbers: each run of lines must stand in it exactly once."""
    for hunk in re.split(r"^@@\n", diff, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if not line.startswith("+"))
        after = "".join(line[1:] for line in lines if not line.startswith("-"))
        pattern = re.compile(f"^{re.escape(before)}", re.MULTILINE)
        found = [*pattern.finditer(text)]
        if len(found) != 1:
            raise AssertionError(f"These lines must stand in the file exactly once:\n{before}")
        text = text[: found[0].start()] + after + text[found[0].end() :]
    return text


def copy_minimal(folder: Path) -> Path:
    """Return a copy of the small handbook in *folder*, ready to be built."""
    root = folder / "minimal"
    shutil.copytree(MINIMAL, root)
    (root / "node_modules").symlink_to(PROJECT / "node_modules", target_is_directory=True)
    return root


def messages(root: Path, profile: str = DEFAULT_PROFILE) -> list[str]:
    """Return what an author reads about the content below *root*."""
    return [diagnostic.render(root) for diagnostic in load_content(root, profile).diagnostics]


@dataclass(frozen=True)
class Build:
    """How a build went: exit code, the warnings with paths below the root, and the folder written."""

    code: int
    warnings: list[str]
    folder: Path


class RunningBuild:
    """A ``sphinx-build -nW --keep-going`` under way."""

    def __init__(self, root: Path, builder: str, folder: Path, *options: str, profile: str = "") -> None:
        self._root, self._folder = root, folder
        environment = {key: value for key, value in os.environ.items() if key != "HANDBOOK_PROFILE"}
        command = [
            sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", builder, "-c", ".",
            "-d", str(folder.with_name(f"{folder.name}-doctrees")), "-D", f"templates_path={PROJECT}/docs/_templates",
            *options, "docs", str(folder),
        ]  # fmt: skip
        if profile:
            environment["HANDBOOK_PROFILE"] = profile
        self._process = subprocess.Popen(
            command,
            cwd=root,
            env={**environment, "PYTHONPATH": str(PROJECT / "src"), "PYTHONUTF8": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def wait(self) -> Build:
        """Return how the build went."""
        _, said = self._process.communicate()
        lines = said.replace(f"{self._root}{os.sep}", "").splitlines()
        return Build(self._process.returncode, [line for line in lines if line.strip()], self._folder)


def build(root: Path, builder: str, folder: Path, *options: str, profile: str = "") -> Build:
    """Return how a build of *root* went, every warning an error."""
    return RunningBuild(root, builder, folder, *options, profile=profile).wait()


def pages(folder: Path, suffix: str = ".html") -> dict[str, str]:
    """Return the text of every page below *folder*, by path."""
    found = sorted(folder.rglob(f"*{suffix}"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


@functools.cache
def real_content() -> Content:
    """Return the content of the real handbook, read once; nobody changes it."""
    return load_content(PROJECT)
