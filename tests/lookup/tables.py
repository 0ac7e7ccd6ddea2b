"""Tables of queries, and what the look-up that the site ships answers to them, run in Node."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
QUERIES = FOLDER / "queries.txt"
HELD_OUT = FOLDER / "held-out.txt"
BUILT = Path("_static/handbook/lookup-index.js")
"""Where the built site has engine and index."""


@dataclass(frozen=True)
class Query:
    """What somebody types, what that tries, and the rules of which one must be among the first three hits."""

    kind: str
    text: str
    wanted: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Answer:
    """The rules found, in order (with ``?`` for what is no rule), the note, and the subjects when there are none."""

    rules: list[str]
    note: str
    subjects: list[str]

    def finds(self, query: Query, most: int = 3) -> bool:
        """Return whether a wanted rule is among the first *most* hits."""
        return bool(set(query.wanted) & set(self.rules[:most]))


def read_table(path: Path) -> list[Query]:
    """Return the queries in *path*: ``[kind]`` heads, and ``what is typed > rule, rule`` below. Raises ValueError."""
    found: list[Query] = []
    kind = ""
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if heading := re.fullmatch(r"\[(.+)\]", text):
            kind = heading[1]
        elif text and not text.startswith("#"):
            typed, _, wanted = text.rpartition(" > ")
            if not (typed and wanted and kind):
                raise ValueError(f"{path.name}:{line}: write 'what is typed > rule' below a [kind]")
            found.append(Query(kind, typed, tuple(wanted.split(", ")), line))
    return found


def look_up(node: str, script: Path, typed: list[str], more: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what ``run_lookup.mjs`` says of *typed* with the built *script*; *more* are its other settings."""
    result = subprocess.run(
        [node, str(FOLDER / "run_lookup.mjs"), str(script)],
        input=json.dumps({"queries": typed, **(more or {})}),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    if (result.returncode, result.stderr) != (0, ""):
        raise RuntimeError(f"Node complains (exit {result.returncode}):\n{result.stderr}")
    answers: dict[str, Any] = json.loads(result.stdout)
    return answers


def answers_to(node: str, script: Path, queries: list[Query]) -> list[Answer]:
    """Return what the look-up answers to each query."""
    said = look_up(node, script, [query.text for query in queries])["answers"]
    return [Answer(answer["rules"], answer["note"], answer["subjects"]) for answer in said]
