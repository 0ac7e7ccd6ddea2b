"""Catalogues to draw papers from, for the tests of papers and repetition."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from handbook import papers

if TYPE_CHECKING:
    from collections.abc import Iterable

Entry = dict[str, Any]
TODAY = "2026-11-22"


def entry(question_id: str, **keys: Any) -> Entry:
    """Return a question of a catalogue, for everybody and about nothing in particular unless *keys* say otherwise."""
    common = {"module": "m", "type": "choice", "difficulty": "easy", "severity": None, "rules": ["r"]}
    return {"id": question_id, **common, "roles": list(papers.ROLES), "quarantined": False, **keys}


def random_catalogue(number: int, size: int = 60, modules: int = 5) -> list[Entry]:
    """Return a catalogue with a bit of everything, the same for the same *number*."""
    chance = random.Random(number)
    return [
        entry(
            f"q{place}",
            module=f"m{chance.randrange(modules)}",
            type=chance.choice(["choice", "order", "dilemma"]),
            difficulty=chance.choice(["easy", "medium", "hard"]),
            severity=chance.choice(["leak", "leak", "delay", "unlawful_asking", None]),
            roles=chance.sample(papers.ROLES, chance.randint(1, 4)),
            quarantined=chance.random() < 0.1,
        )
        for place in range(size)
    ]


def by_id(catalogue: Iterable[Entry]) -> dict[str, Entry]:
    """Return the catalogue's entries by id."""
    return {item["id"]: item for item in catalogue}
