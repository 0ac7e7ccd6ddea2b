"""How fast a group's results are graded again: files per second, and whether twice the files take twice the time.

Run with the project's Python: ``PYTHONPATH=src .venv/bin/python scripts/bench_results.py --files 1000 --answers 40``.
It measures and prints; it passes no judgement, since machines differ.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.catalogue import build_catalogue, content_version
from handbook.content import load_content
from handbook.papers import draw, new_seed, result
from handbook.regrading import Regrader
from handbook.results import collect

if TYPE_CHECKING:
    from handbook.content import Content

ROOT = Path(__file__).resolve().parents[1]
SEEDS = 20
"""So many papers are shared by the group, as when each course day has its own."""


@dataclass(frozen=True)
class Rate:
    """How many files of how many answers took how long, in seconds of processor time."""

    files: int
    answers: int
    seconds: float

    def __str__(self) -> str:
        """Return the rate in one line."""
        per_second = self.files / self.seconds
        return (
            f"{self.files} files of {self.answers} answers: {self.seconds:.2f} s, "
            f"{per_second:.0f} files/s, {per_second * self.answers:.0f} answers/s"
        )


def write_results(folder: Path, content: Content, files: int, answers: int) -> list[Path]:
    """Write *files* results, each with *answers* answers at random, and return their paths."""
    chance = random.Random(1)  # noqa: S311
    catalogue, version = build_catalogue(content), content_version(content)
    papers = [draw(catalogue, "final", "vaxel", new_seed(number), answers) for number in range(SEEDS)]
    paths = []
    for number in range(files):
        questions = papers[number % SEEDS]
        responses = []
        for name in questions:
            choices = content.bank.questions[name].definition().get("choices")
            ids = [choice["id"] for choice in choices] if isinstance(choices, list) else []
            response = {"selected": [chance.choice(ids)]} if ids else None
            responses.append({"question_id": name, "response": response})
        saved = result({
            "content_version": version, "profile": "exempelkommun", "role": "vaxel", "kind": "final",
            "seed": new_seed(number % SEEDS), "attempt": new_seed(number), "date": "2026-11-22",
            "questions": questions, "responses": responses,
        })  # fmt: skip
        paths.append(folder / f"{number:06}.json")
        paths[-1].write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
    return paths


def measure(paths: list[Path], content: Content, answers: int) -> Rate:
    """Return how long reading, grading and counting all of *paths* takes; raise when one is lost."""
    regrader = Regrader(content)
    begun = time.process_time()
    group = collect(paths, content, regrader, datetime.date(2026, 11, 22))
    seconds = time.process_time() - begun
    if group.used != len(paths):
        raise RuntimeError(f"{len(paths) - group.used} of {len(paths)} files were not counted")
    return Rate(len(paths), answers, seconds)


def main(arguments: list[str] | None = None) -> None:
    """Print the rate for half the files and for all of them, and the ratio of their times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--answers", type=int, default=40)
    options = parser.parse_args(arguments)
    content = load_content(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        paths = write_results(Path(folder), content, options.files, options.answers)
        half = measure(paths[: options.files // 2], content, options.answers)
        whole = measure(paths, content, options.answers)
    print(half)
    print(whole)
    print(f"Twice the files take {whole.seconds / half.seconds:.2f} times the time.")


if __name__ == "__main__":
    main()
