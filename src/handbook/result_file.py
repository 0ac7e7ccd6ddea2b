"""A learner's result file, read by somebody who trusts nothing in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.papers import PaperError, as_code, check_result, fingerprint

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000
"""A result of 100 questions is some 20 kB; what is over 1 MB is something else."""

_REASONS = {
    "bad_version": "den är sparad av en nyare version av handboken",
    "bad_date": "datumet går inte att läsa",
    "bad_seed": "provkoden går inte att läsa",
    "too_deep": "innehållet är nästlat i för många nivåer",
}
_DAMAGED = "den är skadad eller ändrad: något saknas eller har fel form"
_UNPRINTABLE = "?"


class ResultFileError(ValueError):
    """A file that cannot be used; the text says why, in Swedish, as the end of a sentence."""


@dataclass(frozen=True)
class SavedResult:
    """What a result file says was asked and answered.

    *saved_code* is the check code in the file, "" when there is none; *code* the one that the content gives; *identity*
    is the same for two files that say the same.
    """

    content_version: str
    profile: str
    role: str
    kind: str
    seed: str
    date: str
    questions: tuple[str, ...]
    responses: tuple[object, ...]
    saved_code: str
    code: str
    identity: str

    @property
    def is_intact(self) -> bool:
        """Return whether the saved code is the one that the content gives."""
        return self.saved_code == self.code


def read_result(path: Path) -> SavedResult:
    """Return the result in the file *path*. Raises ResultFileError on everything that is none."""
    return parse_result(_read(path))


def parse_result(data: bytes) -> SavedResult:
    """Return the result in *data*. Raises ResultFileError."""
    value = _parse(_decode(data))
    if not isinstance(value, dict) or not {"schema_version", "content_version"} <= value.keys():
        raise ResultFileError("den är ingen resultatfil från handboken")
    try:
        found = check_result(value)
        digest = fingerprint(value)
    except PaperError as error:
        raise ResultFileError(_REASONS.get(error.code, _DAMAGED)) from error
    texts = {key: str(found[key]) for key in ("content_version", "profile", "role", "kind", "seed", "date")}
    questions, responses = found["questions"], found["responses"]
    if not isinstance(questions, list) or not isinstance(responses, list):
        raise ResultFileError(_DAMAGED)
    saved = value.get("check_code")
    return SavedResult(
        **texts, questions=tuple(questions), responses=tuple(responses),
        saved_code=saved if isinstance(saved, str) else "", code=as_code(digest), identity=digest.hex(),
    )  # fmt: skip


def shown(text: str, most: int = 60) -> str:
    """Return *text* as it can be printed anywhere: one line, without control and direction marks, not too long."""
    letters = "".join(letter if letter.isprintable() else _UNPRINTABLE for letter in text)
    return letters if len(letters) <= most else letters[: most - 1] + "…"


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ResultFileError("den är en mapp")
        if not path.is_file():
            raise ResultFileError("den finns inte")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, ResultFileError):
            raise
        raise ResultFileError("den går inte att öppna") from error
    if len(data) > MOST_BYTES:
        raise ResultFileError("den är större än 1 MB")
    if not data.strip():
        raise ResultFileError("den är tom")
    return data


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ResultFileError("den är inte sparad som UTF-8") from error


def _parse(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ResultFileError(_REASONS["too_deep"]) from error
    except json.JSONDecodeError as error:
        raise ResultFileError(f"den är inte giltig JSON (rad {error.lineno})") from error
    except ResultFileError:
        raise
    except ValueError as error:
        raise ResultFileError("den är inte giltig JSON") from error


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the pairs as a dict; of a key that stands twice, the reader would see one and the grader the other."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ResultFileError("samma nyckel står två gånger")
    return found


def _refuse_constant(name: str) -> object:
    raise ResultFileError(f"den innehåller {name}, som inte är ett tal")
