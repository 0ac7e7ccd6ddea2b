"""What each question type looks like as document nodes: the part that is answered, and the key.

A form is a function from directive and question to the nodes of the answer and the nodes of the key. The nodes are in
:mod:`handbook.quiz_nodes`, their HTML in :mod:`handbook.question_html`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from handbook import ui_text
from handbook.markup import parse_text
from handbook.question_types.hottext import WORD, HottextQuestion
from handbook.quiz_nodes import (
    LETTERS,
    answer_field,
    as_phrases,
    call_choice,
    call_turn,
    hot_word,
    hottext_document,
    key_choice,
    key_otherwise,
    match_item,
    match_target,
    order_item,
    order_list,
    question_choice,
)
from handbook.yaml_source import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.util.docutils import SphinxDirective

    from handbook.question_types.base import Question
    from handbook.question_types.branching import BranchingQuestion
    from handbook.question_types.choice import Choice, ChoiceQuestion
    from handbook.question_types.dilemma import DilemmaQuestion
    from handbook.question_types.match import MatchQuestion
    from handbook.question_types.numeric import NumericQuestion
    from handbook.question_types.order import OrderQuestion
    from handbook.question_types.text_entry import TextEntryQuestion

Form = tuple[list[nodes.Node], list[nodes.Node]]
"""The nodes to answer in, and the nodes of the key."""


def form_of(directive: SphinxDirective, question: Question) -> Form:
    """Return the form of *question*."""
    return _FORMS[question.common.type](directive, question)


def _parse(directive: SphinxDirective, question: Question, text: Text) -> list[nodes.Node]:
    return parse_text(directive, text, question.common.path)


def _phrases(directive: SphinxDirective, question: Question, text: Text) -> list[nodes.Node]:
    return as_phrases(_parse(directive, question, text))


def _key(
    directive: SphinxDirective, question: Question, part_id: str, label: str, feedback: Text, state: str
) -> key_choice:
    return key_choice("", *_parse(directive, question, feedback), choice_id=part_id, label=label, state=f"key-{state}")


def _meaning(severity: str | None) -> str:
    return f" – {ui_text.SEVERITIES[severity]}" if severity else ""


def _choice(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("ChoiceQuestion", question)
    answer: list[nodes.Node] = []
    key: list[nodes.Node] = []
    for letter, choice in zip(LETTERS, asked.choices, strict=False):
        answer.append(question_choice("", *_phrases(directive, asked, choice.text), choice_id=choice.id, letter=letter))
        state = "correct" if choice.id in asked.correct else "wrong"
        reason = _key(directive, asked, choice.id, f"{letter}: {_verdict(asked, choice)}", choice.feedback, state)
        if choice.feedback_not_chosen is not None:
            reason += key_otherwise("", *_parse(directive, asked, choice.feedback_not_chosen))
        key.append(reason)
    return answer, key


def _verdict(question: ChoiceQuestion, choice: Choice) -> str:
    """Return in words whether the choice is right, and what getting it wrong means."""
    if choice.id not in question.correct:
        return f"{ui_text.WRONG_CHOICE}{_meaning(choice.severity)}."
    missing = ui_text.MISSING_IT.format(meaning=ui_text.SEVERITIES[choice.severity]) if choice.severity else ""
    return f"{ui_text.CORRECT_CHOICE}.{missing}"


def _dilemma(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("DilemmaQuestion", question)
    answer: list[nodes.Node] = []
    key: list[nodes.Node] = []
    for letter, choice in zip(LETTERS, asked.choices, strict=False):
        answer.append(question_choice("", *_phrases(directive, asked, choice.text), choice_id=choice.id, letter=letter))
        key.append(_key(directive, asked, choice.id, f"{letter}.", choice.feedback, "open"))
    return answer, key


def _order(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("OrderQuestion", question)
    listed = order_list("")
    for item in asked.shown:
        listed += order_item("", *_phrases(directive, asked, item.text), item_id=item.id)
    key: list[nodes.Node] = []
    for number, item in enumerate(asked.items, 1):
        node = _key(directive, asked, item.id, ui_text.STEP.format(number=number), item.feedback, "correct")
        node.insert(0, _parse(directive, asked, item.text))
        key.append(node)
    return [listed], key


def _match(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("MatchQuestion", question)
    targets = {name: _plain(directive, asked, text) for name, text in asked.targets}
    answer: list[nodes.Node] = []
    key: list[nodes.Node] = []
    for item in asked.items:
        answer.append(
            match_item("", *_phrases(directive, asked, item.text), item_id=item.id, targets=list(targets.items()))
        )
        label = f"{_plain(directive, asked, item.text)} → {targets[asked.correct[item.id]]}."
        key.append(_key(directive, asked, item.id, label, item.feedback, "correct"))
    for name, text in asked.targets:
        answer.append(match_target("", *_phrases(directive, asked, text), target_id=name))
    return answer, key


def _plain(directive: SphinxDirective, question: Question, text: Text) -> str:
    """Return *text* with its markup resolved and taken away, for places that hold letters only."""
    return " ".join(node.astext() for node in _parse(directive, question, text))


def _text_entry(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("TextEntryQuestion", question)
    label = ui_text.RIGHT_ANSWER.format(answer=" / ".join(asked.accepted))
    return [answer_field("", kind="text", unit="")], [
        _key(directive, asked, "answer", label, asked.feedback, "correct")
    ]


def _numeric(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("NumericQuestion", question)
    unit = str(asked.unit or "")
    label = ui_text.RIGHT_ANSWER.format(answer=f"{asked.answer} {unit}".strip())
    kind = "date" if asked.date else "number"
    return [answer_field("", kind=kind, unit=unit)], [
        _key(directive, asked, "answer", label, asked.feedback, "correct")
    ]


_OPEN, _BETWEEN, _CLOSE = "\ue000", "\ue001", "\ue002"


def _hottext(directive: SphinxDirective, question: Question) -> Form:
    """Return the document with its words as boxes to tick; while parsing, signs that nobody writes stand for them."""
    asked = cast("HottextQuestion", question)
    marked = WORD.sub(rf"{_OPEN}\1{_BETWEEN}\2{_CLOSE}", asked.document)
    document = hottext_document("", *_parse(directive, asked, Text(marked, asked.document.line)))
    for text in list(document.findall(nodes.Text)):
        if _OPEN in text:
            text.parent.replace(text, _split_words(text))
    key = []
    for word in asked.words:
        what = ui_text.MASK if word.mask else ui_text.LEAVE
        label = f"{what}: ”{word.text}”{'' if word.text.endswith(('.', '!', '?')) else '.'}"
        key.append(_key(directive, asked, word.id, label, word.feedback, "correct" if word.mask else "wrong"))
    return [document], list(key)


def _split_words(text: str) -> list[nodes.Node]:
    """Return *text* with every marked word as a node of its own."""
    before, *rest = text.split(_OPEN)
    found: list[nodes.Node] = [nodes.Text(before)] if before else []
    for part in rest:
        word_id, _, following = part.partition(_BETWEEN)
        word, _, after = following.partition(_CLOSE)
        found.append(hot_word("", word, word_id=word_id))
        if after:
            found.append(nodes.Text(after))
    return found


def _branching(directive: SphinxDirective, question: Question) -> Form:
    asked = cast("BranchingQuestion", question)
    answer: list[nodes.Node] = []
    key: list[nodes.Node] = []
    for number, turn in enumerate(asked.turns, 1):
        node = call_turn("", turn_id=turn.id, number=number, ending=turn.ending)
        node += _parse(directive, asked, turn.says)
        places = {other.id: place for place, other in enumerate(asked.turns, 1)}
        for letter, say in zip(LETTERS, turn.choices, strict=False):
            text = _phrases(directive, asked, say.part.text)
            node += call_choice(
                "", *text, choice_id=say.part.id, letter=letter, next=say.next, next_number=places[say.next]
            )
            word = ui_text.WELL_SAID if say.correct else ui_text.BADLY_SAID
            label = f"{number}{letter}: {word}{_meaning(say.part.severity)}."
            state = "correct" if say.correct else "wrong"
            key.append(_key(directive, asked, f"{turn.id}/{say.part.id}", label, say.part.feedback, state))
        answer.append(node)
    return answer, key


_FORMS: dict[str, Callable[[SphinxDirective, Question], Form]] = {
    "choice": _choice,
    "multiple_response": _choice,
    "order": _order,
    "match": _match,
    "text_entry": _text_entry,
    "numeric": _numeric,
    "hottext": _hottext,
    "branching": _branching,
    "dilemma": _dilemma,
}
