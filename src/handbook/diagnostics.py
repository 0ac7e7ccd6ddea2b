"""The catalogue of everything the handbook can say to an author, and one record for saying it.

A check never raises on an author's slip: it yields a :class:`Diagnostic` and goes on, so that one run shows all.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path  # noqa: TC003  (read at run time by dataclass users)
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Code(Enum):
    """What can be wrong, with one sentence for the editors' page.

    The value is the sentence; the name in lower case is the tag that Sphinx prints and can suppress
    (``suppress_warnings = ["handbook.unknown_key"]``).
    """

    FILE_MISSING = "A file that another file or a setting names is not there."
    FILE_EMPTY = "A source file holds nothing."
    FILE_ENCODING = "A source file is not written in UTF-8."
    YAML_SYNTAX = "The file is not the YAML that we read: a tab, a bad indent, an unclosed quote, an anchor or a tag."
    TOML_SYNTAX = "The profile is not valid TOML."
    REPEATED_KEY = "The same key stands twice in one entry; ordinary YAML would silently keep the last."
    WRONG_SHAPE = "A list, a text or an entry with keys stands where another kind belongs."
    UNKNOWN_KEY = "A key is misspelt or does not belong here."
    MISSING_KEY = "A key that must be there is not."
    EMPTY_VALUE = "A key has no value."
    INVALID_VALUE = "A value is not one of those allowed."
    INVALID_DATE = "A date is not written YYYY-MM-DD, or is not a date."
    INVALID_ID = "An id has other characters than a-z, 0-9 and hyphens."
    REPEATED_ID = "The same id is used twice."
    UNKNOWN_TYPE = "A question has a type that does not exist."
    UNKNOWN_RULE = "A rule that is cited has no page."
    UNKNOWN_PROVISION = "A provision that is cited is not in the law register."
    UNKNOWN_PARAMETER = "A local value ({{ … }}) or a profile's parameter does not exist."
    UNKNOWN_QUESTION = "A page asks for a question that is not in the bank."
    UNKNOWN_COURSE_QUESTION = "A rule answers a course question that is not in the list."
    UNKNOWN_POLICY_RULE = "A rule of the source policies is named that the policy register does not have."
    MISSING_POLICY_RULE = "A rule of a source policy is not accounted for: nobody says whether it still holds."
    UNKNOWN_PICTURE = "A page asks for a picture that is not there."
    UNKNOWN_SECTION = "A policy rule points to a page or a section that is not there."
    UNKNOWN_ROLE = "A role that decides is not among the profile's contacts."
    UNREADABLE_CITATION = "A citation of a provision cannot be read."
    ANSWER_KEY = "The answer key is missing, names a choice that is not there, or does not fit the type."
    SCENARIO = "A situation is shared by fewer than two questions, or by questions of another file."
    DEAD_END = "A simulated call has a turn that cannot be reached or left, or no way to a good ending."
    SEVERITY = "A wrong choice says nothing of its legal consequence, or a correct one says something."
    TEXT_LENGTH = "A text is longer than a caller or a reader has time for."
    RULE_PAGE = "A rule page lacks a part that every rule page has."
    UNCERTAINTY = "A rule whose confidence is medium or low does not say what is uncertain, or the reverse."
    UNUSED_QUESTION = "A question is embedded on no page."
    UNPRACTISED_RULE = "A rule is practised by no question."
    QUARANTINED = "A cited provision has changed since the question was last checked."
    OUTSIDE_LAW = "A profile's value is outside what the law allows."
    CONTENT_POLICY = "A built page holds something that the content policy in csp.txt would block."
    UNKNOWN_PROFILE = "There is no profile of that name."
    GUIDE_PATH = "A path of the guide does not end or is too long, or a step of it cannot be reached."
    GUIDE_ASKS = "The guide asks the caller for name or purpose before a secrecy ground has made it necessary."
    VERDICT_DIFFERS = "The guide and the rule that it rests on say different verdicts."
    SUBJECT = "A rule has no subject, or more than one."
    CHANGE_LOG = "An entry under Content in the change log lacks a part, or names a page that does not exist."
    COURSE_DATE = "A course day's date is past, or is a day off, or does not come after the last day to register."
    COURSE_TIME = "The times of a course day overlap, or the parts do not fit in the day or the questions in a part."
    UNKNOWN_MODULE = "A course day names a module that has no page."
    COMING_LAW = "A law that is told of as coming has come, or is told of as decided without its number."

    @property
    def tag(self) -> str:
        """Return the tag as Sphinx prints it, without the ``handbook.`` before it."""
        return self.name.lower()


@dataclass(frozen=True)
class Diagnostic:
    """One slip: where it stands, what is wrong and what to do about it."""

    path: Path
    line: int
    code: Code
    message: str
    hint: str

    @property
    def text(self) -> str:
        """Return message and hint as one sentence each."""
        return f"{self.message} Hint: {self.hint}"

    def render(self, root: Path | None = None) -> str:
        """Return ``file:line: WARNING: message Hint: hint [handbook.tag]``, the path relative to *root*."""
        return f"{display_path(self.path, root)}:{self.line}: WARNING: {self.text} [handbook.{self.code.tag}]"


class Diagnostics(list[Diagnostic]):
    """The slips found so far, in the order they were found."""

    def report(self, where: tuple[Path, int], code: Code, message: str, hint: str) -> None:
        """Add a slip at *where* (path, line)."""
        self.append(Diagnostic(where[0], where[1], code, message, hint))


def display_path(path: Path, root: Path | None) -> str:
    """Return *path* with forward slashes, relative to *root* when it lies below it."""
    if root is not None and path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_posix()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean …?`` with the nearest known words, or the list of them when none is near."""
    names = sorted(known) if isinstance(known, frozenset) else list(dict.fromkeys(known))
    near = difflib.get_close_matches(word, names, n=2, cutoff=0.6)
    if near:
        return "Did you mean " + " or ".join(f"'{name}'" for name in near) + "?"
    if not names:
        return "There is nothing to choose from yet."
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"It must be one of: {shown}."
