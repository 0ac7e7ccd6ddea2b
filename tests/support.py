"""What the tests below the browser share: a small handbook to change, its builds, and the cases in Markdown."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content import Content, load_content
from handbook.profile import DEFAULT_PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT = Path(__file__).resolve().parents[1]
CASES = PROJECT / "tests" / "cases"
MINIMAL = PROJECT / "tests" / "roots" / "test-minimal"

_PART = re.compile(
    r"^## (?P<title>[^\n]+)$|^(?P<fence>`{3,})(?P<kind>\S+) ?(?P<path>\S*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


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


def change(path: Path, diff: str) -> None:
    """Change a file by a diff without line numbers."""
    path.write_text(changed(path.read_text(encoding="utf-8"), diff), encoding="utf-8")


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


def build(root: Path, builder: str, folder: Path, *options: str, **environment: str) -> Build:
    """Return how ``sphinx-build -nW --keep-going`` of *root* went, in a process of its own."""
    command = [
        sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", builder, "-c", ".",
        "-d", str(folder.with_name(f"{folder.name} doctrees")), "-D", f"templates_path={PROJECT}/docs/_templates",
        *options, "docs", str(folder),
    ]  # fmt: skip
    inherited = {key: value for key, value in os.environ.items() if key != "HANDBOOK_PROFILE"}
    result = subprocess.run(
        command,
        cwd=root,
        env={**inherited, "PYTHONPATH": str(PROJECT / "src"), "PYTHONUTF8": "1", "NO_COLOR": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = result.stderr.replace(f"{root}{os.sep}", "").splitlines()
    return Build(result.returncode, [line for line in lines if line.strip()], folder)


def build_many(jobs: Iterable[tuple[Path, str, Path]], *options: str) -> list[Build]:
    """Return how several builds went, two at a time."""
    with ThreadPoolExecutor(2) as workers:
        return list(workers.map(lambda job: build(*job, *options), jobs))


def files(folder: Path) -> dict[str, bytes]:
    """Return what stands in every file below *folder*, by path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Tag:
    """An element of a page, with its attributes, its children in order and the element around it."""

    def __init__(self, name: str, attributes: dict[str, str], parent: Tag | None = None) -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Tag | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def all(self, name: str = "", **wanted: str) -> list[Tag]:
        """Return the elements below this one of that name, with those attributes (``class_`` holds a class)."""
        found: list[Tag] = []
        for child in self.children:
            if isinstance(child, Tag):
                found += [child] if child.fits(name, wanted) else []
                found += child.all(name, **wanted)
        return found

    def one(self, name: str = "", **wanted: str) -> Tag:
        """Return the only such element below this one."""
        (found,) = self.all(name, **wanted)
        return found

    def fits(self, name: str, wanted: dict[str, str]) -> bool:
        """Return whether this element has the name and the attributes."""
        mine = self.attributes
        return name in {"", self.name} and all(
            value in mine.get("class", "").split() if key == "class_" else mine.get(key.replace("_", "-")) == value
            for key, value in wanted.items()
        )

    @property
    def raw_text(self) -> str:
        """Return the text in the element as it is written."""
        return "".join(child if isinstance(child, str) else child.raw_text for child in self.children)

    @property
    def text(self) -> str:
        """Return the text in the element, with single spaces, no-break ones included."""
        return " ".join(self.raw_text.split())


class _TreeBuilder(HTMLParser):
    """Builds the tree of a page; an element that is not closed, or closed twice, is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.current = Tag("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            raise AssertionError(f"<{tag}> has an attribute twice: {names}")
        element = Tag(tag, {name: value or "" for name, value in attrs}, self.current)
        self.current.children.append(element)
        if tag not in _VOID:
            self.current = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element that closes itself, as in SVG."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.current = self.current.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag != self.current.name:
            raise AssertionError(f"</{tag}> on line {self.getpos()[0]} does not close <{self.current.name}>")
        self.current = self.current.parent or self.root

    def handle_data(self, data: str) -> None:
        """Add text."""
        self.current.children.append(data)


def page_tree(html: str) -> Tag:
    """Return the elements of a page; raises AssertionError when they are not nested properly."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    if builder.current is not builder.root:
        raise AssertionError(f"<{builder.current.name}> is not closed")
    return builder.root


@functools.cache
def real_content() -> Content:
    """Return the content of the real handbook, read once; nobody changes it."""
    return load_content(PROJECT)


def page(built: Build, path: str) -> Tag:
    """Return the elements of a page."""
    return page_tree((built.folder / path).read_text(encoding="utf-8"))
