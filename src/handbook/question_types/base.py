"""What every question has, whatever its type."""

from __future__ import annotations

import datetime  # noqa: TC003
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

from handbook.papers import ROLES
from handbook.yaml_source import Text  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.entry import Entry

COMMON_KEYS = (
    "id", "type", "module", "roles", "rules", "difficulty", "last_checked", "scenario", "prompt", "explanation",
)  # fmt: skip
DIFFICULTIES = ("easy", "medium", "hard")


@dataclass(frozen=True)
class Scenario:
    """A situation that several questions share, told once before the first of them."""

    id: str
    text: Text


@dataclass(frozen=True)
class Common:
    """The part of a question that does not depend on its type. Texts know the line they stand on.

    *roles* are those whose papers may have the question; all of them unless the bank says otherwise. *scenario* is the
    situation that the question shares with others, if any.
    """

    id: str
    type: str
    module: str
    rules: tuple[Text, ...]
    difficulty: str
    last_checked: datetime.date
    prompt: Text
    explanation: Text | None
    path: Path
    line: int
    roles: tuple[str, ...] = ROLES
    scenario: Scenario | None = None

    @property
    def is_example(self) -> bool:
        """Return whether the question only shows its type to editors: its file's name begins with ``_``."""
        return self.path.name.startswith("_")


@dataclass(frozen=True)
class Question:
    """A question of the bank. Each type has its own subclass."""

    common: Common

    @property
    def id(self) -> str:
        """Return the question's id, unique in the bank."""
        return self.common.id

    def definition(self) -> dict[str, object]:
        """Return what :func:`handbook.grader.grade` takes, as plain JSON values."""
        raise NotImplementedError

    def key(self) -> dict[str, object]:
        """Return a response that earns every point; a dilemma has none to earn."""
        raise NotImplementedError


@dataclass(frozen=True)
class QuestionType:
    """A type: the keys that it has besides COMMON_KEYS, and what makes a question of an entry, or reports why not."""

    keys: tuple[str, ...]
    read: Callable[[Entry, Common], Question | None]
