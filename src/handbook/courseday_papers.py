"""Question papers for the table: the paper of the seed, in versions A and B, each with and without its key.

The paper is the one that the test page draws for the same role and code, so that a class can do either.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, TypeVar

from handbook.catalogue import build_catalogue
from handbook.courseday_text import LETTERS, page, said
from handbook.papers import draw, read_seed
from handbook.question_types.branching import BranchingQuestion
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion
from handbook.question_types.hottext import WORD, HottextQuestion
from handbook.question_types.match import MatchQuestion
from handbook.question_types.order import OrderQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.content import Content
    from handbook.courseday_model import CourseDay
    from handbook.question_types.base import Question

_T = TypeVar("_T")
VERSIONS = ("A", "B")
LENGTH = "kurs.antal_fragor"
_LINES = {OrderQuestion: '<span class="fill"></span> {}', MatchQuestion: '{} <span class="fill long"></span>'}
"""Where a number or a name is written by hand, by the kind of question."""
Row = tuple[str, str, bool]
"""What a row says, its reason, and whether it is right."""


def paper_questions(day: CourseDay, content: Content) -> list[Question]:
    """Return the questions that the final test draws for the day's role and code."""
    values = content.profile.values if content.profile else {}
    count = int(values.get(LENGTH) or 20)
    drawn = draw(build_catalogue(content), "final", day.text("handouts.role"), day.text("handouts.seed"), count)
    return [content.bank.questions[name] for name in drawn]


def question_paper(day: CourseDay, content: Content, version: str, *, key: bool) -> str:
    """Return the paper in a version; B asks the same in another order, with the answers in another order too."""
    salt = f"{read_seed(day.text('handouts.seed'))}/{version}"
    questions = paper_questions(day, content)
    if version != VERSIONS[0]:
        questions = shuffled(questions, [question.id for question in questions], salt)
    values = content.profile.substitutions() if content.profile else {}
    listed = "\n".join(
        _question(number, question, salt, values, key=key) for number, question in enumerate(questions, 1)
    )
    title = f"Prov, version {version}" + (", med facit" if key else "")
    who = (
        "" if key else "<p>Skriv inte ditt namn. På intranätet finns samma prov med koden <strong>{seed}</strong>.</p>"
    )
    head = f'<h1>{title}</h1>\n<p class="meta">{escape(day.text("course.title"))}, {day.date}</p>'
    body = "\n".join([head, who.format(seed=read_seed(day.text("handouts.seed"))), listed])
    return page(title, body, content.profile.municipality if content.profile else "")


def shuffled(items: Sequence[_T], names: Sequence[str], salt: str) -> list[_T]:
    """Return *items* in an order that the salt decides."""
    ranked = sorted(zip(names, items, strict=True), key=lambda pair: sha256(f"{salt}/{pair[0]}".encode()).hexdigest())
    return [item for _, item in ranked]


def _question(number: int, question: Question, salt: str, values: Mapping[str, object], *, key: bool) -> str:
    common = question.common
    scenario = f"<p>{said(common.scenario.text, values)}</p>\n" if common.scenario else ""
    answer = _answer(question, salt, values, key=key)
    explained = said(common.explanation, values) if key and common.explanation else ""
    tail = f'\n<p class="reason">{explained}</p>' if explained else ""
    return f"""\
<section class="question{" call" if isinstance(question, BranchingQuestion) else ""}">
<h2>{number}. {said(instruction(question), values)}</h2>
{scenario}<p>{said(common.prompt, values)}</p>{_beside(question, values)}
{answer}{tail}
</section>"""


def _answer(question: Question, salt: str, values: Mapping[str, object], *, key: bool) -> str:
    if isinstance(question, BranchingQuestion):
        return _call(question, values, key=key)
    rows = rows_of(question)
    if not rows:
        return _written(question, values, key=key)
    rows = shuffled(rows, [f"{question.id}/{row[0]}" for row in rows], salt)
    return _rows(rows, values, key=key, line=_LINES.get(type(question), "{}"))


def _call(question: BranchingQuestion, values: Mapping[str, object], *, key: bool) -> str:
    """Return a call for paper: numbered turns, where each thing to say leads on to another number."""
    numbers = {turn.id: number for number, turn in enumerate(question.turns, 1)}
    parts = []
    for turn in question.turns:
        rows = [
            (f"{say.part.text} (gå till {numbers[say.next]})", str(say.part.feedback), say.correct)
            for say in turn.choices
        ]
        answers = _rows(rows, values, key=key) if rows else '<p class="meta">Samtalet är slut.</p>'
        parts.append(
            f'<div class="keep"><p><strong>{numbers[turn.id]}.</strong> {said(turn.says, values)}</p>{answers}</div>'
        )
    return "\n".join(parts)


def _beside(question: Question, values: Mapping[str, object]) -> str:
    """Return the document whose words are marked, or what the items are paired with."""
    if isinstance(question, HottextQuestion):
        document = WORD.sub(r"\2", question.document)
        return f"\n<blockquote>{said(document, values)}</blockquote>"
    if isinstance(question, MatchQuestion):
        listed = "".join(f"<li>{said(text, values)}</li>" for _, text in question.targets)
        return f"\n<ul>{listed}</ul>"
    return ""


def instruction(question: Question) -> str:
    """Return what to do with the question on paper."""
    told = {
        "choice": "Välj ett svar", "multiple_response": "Välj alla som stämmer", "order": "Skriv ordningen, 1 först",
        "match": "Para ihop", "text_entry": "Skriv svaret", "numeric": "Skriv talet eller dagen",
        "hottext": "Kryssa för det som ska döljas", "branching": "Ett samtal: börja med 1 och ringa in det du säger",
    }  # fmt: skip
    return told.get(question.common.type, "Diskutera")


def rows_of(question: Question) -> list[Row]:
    """Return what can be chosen; nothing where something is written instead, or said turn by turn."""
    if isinstance(question, ChoiceQuestion | DilemmaQuestion):
        right = question.correct if isinstance(question, ChoiceQuestion) else ()
        return [(str(choice.text), str(choice.feedback), choice.id in right) for choice in question.choices]
    if isinstance(question, HottextQuestion):
        return [(word.text, str(word.feedback), word.mask) for word in question.words]
    if isinstance(question, OrderQuestion):
        return [
            (str(item.text), f"Nummer {place}. {item.feedback}", True) for place, item in enumerate(question.items, 1)
        ]
    if isinstance(question, MatchQuestion):
        targets = dict(question.targets)
        return [
            (str(item.text), f"{targets[question.correct[item.id]]}. {item.feedback}", True) for item in question.items
        ]
    return []


def _rows(rows: Sequence[Row], values: Mapping[str, object], *, key: bool, line: str = "{}") -> str:
    found = []
    for number, (text, reason, right) in enumerate(rows):
        letter = chr(ord("A") + number) if len(rows) > len(LETTERS) else LETTERS[number]
        shown = line.format(said(text, values)) if not key else said(text, values)
        shown = f'<span class="right">{shown}</span>' if key and right else shown
        mark = "" if not key else f'\n<span class="reason">{"Rätt. " if right else ""}{said(reason, values)}</span>'
        found.append(f'<li><span class="letter">{letter}</span> {shown}{mark}</li>')
    return '<ol class="choices">\n' + "\n".join(found) + "\n</ol>"


def _written(question: Question, values: Mapping[str, object], *, key: bool) -> str:
    if not key:
        return '<div class="line"></div>'
    right, reason = str(question.key().get("text", "")), str(getattr(question, "feedback", ""))
    return f'<p class="right">{said(right, values)}</p>\n<p class="reason">{said(reason, values)}</p>'
