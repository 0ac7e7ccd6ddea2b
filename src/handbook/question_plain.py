"""Questions for text, LaTeX and every other builder that does not write HTML: standard nodes, answer key included."""

from __future__ import annotations

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
    match_item,
    match_target,
    order_item,
    order_list,
    phrase,
    question_choice,
    question_key,
    question_node,
    question_prompt,
)


def _plain_question(node: question_node) -> list[nodes.Node]:
    heading = ui_text.QUESTION.format(number=node["number"], total=node["total"])
    found: list[nodes.Node] = [nodes.paragraph("", "", nodes.strong("", heading))]
    lists: dict[type, nodes.Element] = {}
    for child in node.children:
        if isinstance(child, question_choice | order_item | match_item | match_target):
            _add_to_list(child, lists, found)
        else:
            found += _plain_part(child)
    return found


def _add_to_list(child: nodes.Element, lists: dict[type, nodes.Element], found: list[nodes.Node]) -> None:
    """Add *child* to the list of its kind, begun where the first of them stands."""
    listed = lists.get(type(child))
    if listed is None:
        lettered = isinstance(child, question_choice)
        listed = (
            nodes.enumerated_list(enumtype="upperalpha", prefix="", suffix=".") if lettered else nodes.bullet_list()
        )
        lists[type(child)] = listed
        found.append(listed)
    listed += nodes.list_item("", *_paragraphs(child))


def _plain_part(child: nodes.Node) -> list[nodes.Node]:
    """Return one part of a question in standard nodes."""
    if isinstance(child, question_key):
        return _plain_key(child)
    if isinstance(child, answer_field):
        return [nodes.paragraph("", f"{ui_text.YOUR_ANSWER}: ____________ {child['unit']}")]
    if isinstance(child, call_turn):
        return _plain_turn(child)
    if isinstance(child, order_list):
        return [nodes.bullet_list("", *[nodes.list_item("", *_paragraphs(item)) for item in child.findall(order_item)])]
    if isinstance(child, hottext_document):
        for word in list(child.findall(hot_word)):
            word.replace_self(nodes.strong("", f"[{word.astext()}]"))
        return [nodes.block_quote("", *child.children)]
    return _paragraphs(child) if isinstance(child, question_prompt) else [child]


def _plain_turn(node: call_turn) -> list[nodes.Node]:
    """Return a turn with its number, so that a choice can say where the call goes on."""
    said = [child for child in node.children if not isinstance(child, call_choice)]
    found: list[nodes.Node] = [nodes.paragraph("", "", nodes.strong("", str(node["number"]))), *said]
    choices = nodes.enumerated_list(enumtype="upperalpha", prefix="", suffix=".")
    for choice in node.findall(call_choice):
        going = nodes.paragraph("", ui_text.GO_TO.format(number=choice["next_number"]))
        choices += nodes.list_item("", *_paragraphs(choice), going)
    return [*found, choices] if len(choices) else found


def _plain_key(node: question_key) -> list[nodes.Node]:
    reasons = nodes.bullet_list()
    rest: list[nodes.Node] = []
    for child in node.children:
        if isinstance(child, key_choice):
            label = nodes.paragraph("", "", nodes.strong("", child["label"]))
            reasons += nodes.list_item("", label, *_paragraphs(child))
        elif isinstance(child, nodes.Element):
            rest += child.children
    return [nodes.paragraph("", "", nodes.emphasis("", ui_text.KEY)), reasons, *rest]


def _paragraphs(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.paragraph("", "", *child.children) if isinstance(child, phrase) else child for child in node.children]


class PlainQuestions(SphinxPostTransform):
    """Rewrites questions into standard nodes for text, LaTeX and every other builder that does not write HTML."""

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Rewrite the questions of the page."""
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(question_node)):
            node.replace_self(_plain_question(node))
