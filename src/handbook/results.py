"""``python -m handbook results FILES… --out FOLDER``: a group's results, graded again, as CSV and a page to read.

Every file is read, graded and let go in turn, so that the work grows with their number alone. Whoever answered is
never part of a result; the names of files, which may be names of people, are said on the terminal and written nowhere.
"""

from __future__ import annotations

import datetime  # noqa: TC003
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.item_analysis import ItemAnalysis
from handbook.papers import KINDS
from handbook.result_file import ResultFileError, read_result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from handbook.content import Content
    from handbook.regrading import Regraded, Regrader

PREFERRED = ("final", "pre", "practice")
"""Which kind of paper the questions are judged by when there are several; an attempt after practice is no first one."""

OTHER_CONTENT = "gjordes med en annan innehållsversion och är rättade mot frågorna här"
OTHER_PROFILE = "gjordes med en annan profil"
UNREADABLE = "har svar som inte går att läsa och som räknas som obesvarade"


@dataclass(frozen=True)
class Skipped:
    """A file that is not counted: its place among the files and the reason, as the end of a sentence.

    *like* is the place of the file that it repeats, or 0.
    """

    number: int
    reason: str
    like: int = 0


class RepeatedResultError(ResultFileError):
    """A result that has been counted already, from the file at the place *like*."""

    def __init__(self, like: int) -> None:
        super().__init__(f"den är samma resultat som fil {like}")
        self.like = like


@dataclass
class KindSummary:
    """What the results of one kind of paper come to."""

    percents: list[int] = field(default_factory=list)
    passed: int = 0
    with_leak: int = 0

    @property
    def mean(self) -> int:
        """Return the mean percentage, rounded to a whole number."""
        return round(statistics.fmean(self.percents))

    @property
    def median(self) -> int:
        """Return the median percentage, rounded to a whole number."""
        return round(statistics.median(self.percents))


@dataclass
class GroupResults:
    """What a group's files come to. *notes* counts, by what is to be said of them, files that are counted with care."""

    content: Content
    date: datetime.date
    version: str
    pass_percent: int
    files: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    summaries: dict[str, KindSummary] = field(default_factory=dict)
    analyses: dict[str, ItemAnalysis] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """Return how many files are counted."""
        return self.files - len(self.skipped)

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of paper that there are results of."""
        return [kind for kind in KINDS if kind in self.summaries]

    def kind(self, wanted: str = "") -> str:
        """Return the kind of paper that the questions are judged by: *wanted*, or the first preferred one there is."""
        found = [kind for kind in ([wanted] if wanted else PREFERRED) if kind in self.summaries]
        return found[0] if found else ""

    def add(self, found: Regraded) -> None:
        """Count one result."""
        kind = found.result.kind
        summary = self.summaries.setdefault(kind, KindSummary())
        summary.percents.append(found.decision["percent"])
        summary.passed += found.is_passed
        summary.with_leak += found.leaks > 0
        self.analyses.setdefault(kind, ItemAnalysis(self.content.bank)).add(found)
        for note, applies in (
            (OTHER_CONTENT, not found.is_same_content),
            (OTHER_PROFILE, not found.is_same_profile),
            (UNREADABLE, bool(found.unreadable)),
        ):
            if applies:
                self.notes[note] = self.notes.get(note, 0) + 1


def collect(
    paths: Sequence[Path],
    content: Content,
    regrader: Regrader,
    date: datetime.date,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> GroupResults:
    """Return what the result files *paths* come to. *progress* is told how many are done, of how many, after each."""
    group = GroupResults(content, date, regrader.version, regrader.pass_percent, len(paths))
    seen: dict[str, int] = {}
    for number, path in enumerate(paths, 1):
        try:
            found = _use(path, regrader, seen)
            group.add(found)
            seen[found.result.identity] = number
        except RepeatedResultError as error:
            group.skipped.append(Skipped(number, str(error), error.like))
        except ResultFileError as error:
            group.skipped.append(Skipped(number, str(error)))
        progress(number, len(paths))
    return group


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return *paths* with every folder replaced by the JSON files in it, by name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob("*.json")) if path.is_dir() else [path]
    return found


def _use(path: Path, regrader: Regrader, seen: dict[str, int]) -> Regraded:
    """Return the result in *path* graded again. Raises ResultFileError when it is not to be counted."""
    result = read_result(path)
    if result.identity in seen:
        raise RepeatedResultError(seen[result.identity])
    if not result.is_intact:
        raise ResultFileError("kontrollkoden stämmer inte: den är ändrad sedan den sparades")
    found = regrader.regrade(result)
    if not found.grades:
        raise ResultFileError("ingen av frågorna finns i frågebanken")
    if found.is_same_content and found.paper == "other":
        raise ResultFileError("frågorna är inte de som provkoden ger")
    return found
