"""What can be wrong with a course day that can be read: its day, its times, and what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion
from handbook.swedish_calendar import day_off

if TYPE_CHECKING:
    import datetime

    from handbook.content import Content
    from handbook.courseday_model import CourseDay, Part
    from handbook.toml_source import TomlSource

ROUND_MINUTES = 6
"""Half a minute to read, half a minute to vote, three to talk, half a minute to vote again, the rest for reasons."""

DILEMMA_MINUTES = 10
TEXT_MINUTES = 5
"""The least time for what the module says, before its questions."""


def check_dates(day: CourseDay, source: TomlSource, today: datetime.date) -> bool:
    """Report what is wrong with the dates; return whether it is more than a date in the past."""
    why = day_off(day.date)
    if why is not None:
        message = f"{day.date} is a day off: {why}."
        source.report("date", Code.COURSE_DATE, message, "Choose a working day.", "course")
    late = day.last_day >= day.date
    if late:
        message = f"The last day to register, {day.last_day}, is not before the course, {day.date}."
        source.report("last_day", Code.COURSE_DATE, message, "Choose an earlier day.", "registration")
    if day.date < today:
        message = f"{day.date} is in the past."
        source.report("date", Code.COURSE_DATE, message, "The files are made anyway; is the year right?", "course")
    return why is not None or late


def check_times(day: CourseDay, source: TomlSource, content: Content) -> None:
    """Report parts that overlap, a day that cannot hold its parts, and a part that cannot hold its questions."""
    for before, part in zip(day.parts, day.parts[1:], strict=False):
        if part.fixed and part.start < before.end:
            message = f"'{part.title}' begins {part.start:%H:%M}, before '{before.title}' ends {before.end:%H:%M}."
            hint = "Move it, or shorten the part before it."
            source.report_at(source.line_after("start", part.line), Code.COURSE_TIME, message, hint)
    last = day.parts[-1]
    if last.end > day.end:
        message = f"The day ends {day.end:%H:%M}, but its parts go on to {last.end:%H:%M}."
        source.report("end", Code.COURSE_TIME, message, "Cut minutes from a part, or end later.", "course")
    if day.parts[0].start < day.start:
        message = f"'{day.parts[0].title}' begins before the day does."
        hint = "Move it, or begin the day earlier."
        source.report_at(source.line_after("start", day.parts[0].line), Code.COURSE_TIME, message, hint)
    for part in day.parts:
        needed = needed_minutes(part, content)
        if needed > part.minutes:
            message = f"'{part.title}' has {part.minutes} minutes, but its questions need {needed}."
            hint = "Take away a question, or give it more time."
            source.report_at(source.line_after("minutes", part.line), Code.COURSE_TIME, message, hint)


def needed_minutes(part: Part, content: Content) -> int:
    """Return the least time that the part's text and questions take."""
    found = [content.bank.questions.get(name) for name in part.questions]
    rounds = sum(DILEMMA_MINUTES if isinstance(question, DilemmaQuestion) else ROUND_MINUTES for question in found)
    return rounds + (TEXT_MINUTES if part.module else 0)


def check_names(day: CourseDay, source: TomlSource, content: Content) -> None:
    """Report modules, questions, provisions and rules that the handbook does not have."""
    modules = module_ids(content)
    for part in day.parts:
        if part.module and part.module not in modules:
            message = f"There is no module '{part.module}'."
            hint = did_you_mean(part.module, modules)
            source.report_at(source.line_after("module", part.line), Code.UNKNOWN_MODULE, message, hint)
        for name in part.questions:
            _check_question(source, content, name, source.line_after("questions", part.line))
    for key, register, code in (
        ("law", content.laws.entries, Code.UNKNOWN_PROVISION),
        ("cards", content.rules.rules, Code.UNKNOWN_RULE),
    ):
        for name in day.lists[key]:
            if name not in register:
                what = "provision" if key == "law" else "rule"
                source.report(key, code, f"There is no {what} '{name}'.", did_you_mean(name, register), "handouts")
    line = source.line_of_table("handouts")
    for name in day.lists["dilemmas"]:
        _check_question(source, content, name, source.line_after("dilemmas", line), dilemma=True)


def _check_question(source: TomlSource, content: Content, name: str, line: int, *, dilemma: bool = False) -> None:
    question = content.bank.questions.get(name)
    if question is None:
        source.report_at(line, Code.UNKNOWN_QUESTION, f"There is no question '{name}'.", content.bank.suggestion(name))
    elif dilemma and not isinstance(question, DilemmaQuestion):
        message = f"'{name}' has a key, and is no dilemma."
        source.report_at(line, Code.INVALID_VALUE, message, "Take a question of the type dilemma.")
    elif not dilemma and not isinstance(question, ChoiceQuestion | DilemmaQuestion):
        message = f"'{name}' cannot be voted on: it is of the type {question.common.type}."
        source.report_at(line, Code.INVALID_VALUE, message, "Take a question of the type choice.")


def module_ids(content: Content) -> list[str]:
    """Return the ids of the modules: the pages of the courses that the bank has questions for."""
    asked = {str(question.common.module) for question in content.bank.questions.values()}
    return [path.stem for path in sorted((content.root / "docs/kurs").glob("*.md")) if path.stem in asked]


def module_title(module: str, content: Content) -> str:
    """Return the heading of the module's page."""
    text = (content.root / "docs/kurs" / f"{module}.md").read_text(encoding="utf-8")
    return next((line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")), module)
