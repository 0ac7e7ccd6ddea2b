"""Questions for text, LaTeX and every other builder that does not write HTML: standard nodes, answer key included."""

from __future__ import annotations

import itertools

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook import ui_text
from handbook.quiz_nodes import (
    answer_field,
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
    phrase,
    question_choice,
    question_key,
    question_node,
    question_prompt,
    question_scenario,
    remade,
)


def _plain_question(node: question_node, output_format: str) -> list[nodes.Node]:
    heading = ui_text.QUESTION.format(number=node["number"], total=node["total"])
    found: list[nodes.Node] = [nodes.paragraph("", "", nodes.strong("", heading))]
    for kind, group in itertools.groupby(node.children, type):
        children = [child for child in group if isinstance(child, nodes.Element)]
        if kind is question_choice:
            found += _lettered(children, output_format)
        elif kind is question_scenario:
            found += _plain_scenario(children[0])
        elif kind in (match_item, match_target):
            found.append(_bulleted(children))
        else:
            found += [made for child in children for made in _plain_part(child, output_format)]
    return found


def _bulleted(items: list[nodes.Element]) -> nodes.bullet_list:
    return nodes.bullet_list("", *[nodes.list_item("", *_paragraphs(item)) for item in items])


def _plain_part(child: nodes.Element, output_format: str) -> list[nodes.Node]:
    """Return one part of a question in standard nodes."""
    if isinstance(child, question_key):
        return _plain_key(child)
    if isinstance(child, answer_field):
        return [nodes.paragraph("", f"{ui_text.YOUR_ANSWER}: ____________ {child['unit']}")]
    if isinstance(child, call_turn):
        return _plain_turn(child, output_format)
    if isinstance(child, order_list):
        return [_bulleted(list(child.findall(order_item)))]
    if isinstance(child, hottext_document):
        for word in list(child.findall(hot_word)):
            word.replace_self(nodes.strong("", f"[{word.astext()}]"))
        return [nodes.block_quote("", *child.children)]
    return [*_paragraphs(child)] if isinstance(child, question_prompt) else [child]


def _plain_scenario(node: nodes.Element) -> list[nodes.Node]:
    """Return the situation under its heading, or a sentence when it has just been told."""
    if node["repeated"]:
        return [nodes.paragraph("", "", nodes.emphasis("", ui_text.SCENARIO_AGAIN))]
    return [nodes.paragraph("", "", nodes.emphasis("", f"{ui_text.SCENARIO}:")), nodes.block_quote("", *node.children)]


def _plain_turn(node: call_turn, output_format: str) -> list[nodes.Node]:
    """Return a turn with its number, so that a choice can say where the call goes on."""
    said = [child for child in node.children if not isinstance(child, call_choice)]
    found: list[nodes.Node] = [nodes.paragraph("", "", nodes.strong("", str(node["number"]))), *said]
    choices = list(node.findall(call_choice))
    for choice in choices:
        choice.append(nodes.paragraph("", ui_text.GO_TO.format(number=choice["next_number"])))
    return [*found, *_lettered(list(choices), output_format)] if choices else found


def _plain_key(node: question_key) -> list[nodes.Node]:
    reasons = nodes.bullet_list()
    rest: list[nodes.Node] = []
    for child in node.children:
        if isinstance(child, key_choice):
            label = nodes.paragraph("", "", nodes.strong("", child["label"]))
            for other in list(child.findall(key_otherwise)):
                said = nodes.paragraph("", "", nodes.emphasis("", ui_text.NOT_CHOSEN))
                other.replace_self([said, *_paragraphs(other)])
            reasons += nodes.list_item("", label, *_paragraphs(child))
        elif isinstance(child, nodes.Element):
            rest += child.children
    return [nodes.paragraph("", "", nodes.emphasis("", ui_text.KEY)), reasons, *rest]


def _paragraphs(node: nodes.Element) -> list[nodes.Element]:
    children = [child for child in node.children if isinstance(child, nodes.Element)]
    return [remade(nodes.paragraph, child) if isinstance(child, phrase) else child for child in children]


def _lettered(choices: list[nodes.Element], output_format: str) -> list[nodes.Node]:
    """Return choices with their letters; as paragraphs in text, where Sphinx writes every list with numbers."""
    if output_format != "text":
        items = [nodes.list_item("", *_paragraphs(choice)) for choice in choices]
        return [nodes.enumerated_list("", *items, enumtype="upperalpha", prefix="", suffix=".")]
    found: list[nodes.Node] = []
    for choice in choices:
        first, *rest = _paragraphs(choice)
        first.insert(0, nodes.Text(f"{choice['letter']}. "))
        found += [first, *rest]
    return found


class PlainQuestions(SphinxPostTransform):
    """Rewrites questions into standard nodes for text, LaTeX and every other builder that does not write HTML."""

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Rewrite the questions of the page."""
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(question_node)):
            node.replace_self(_plain_question(node, self.app.builder.format))
