"""A question as document nodes: a native form in HTML, ordinary paragraphs and lists everywhere else.

The children are ordinary paragraphs, so that gettext finds their texts. Builders that do not write HTML get the
question rewritten into standard nodes before they see it, so no builder needs visitors of ours.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook import ui_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

LETTERS = "ABCDEFGHIJ"


class question_node(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A question. Attributes: question_id, definition, many (several may be chosen), number and total on the page."""


class question_prompt(nodes.Part, nodes.Element):  # noqa: N801
    """The situation and what is asked; paragraphs."""


class question_choice(nodes.Part, nodes.Element):  # noqa: N801
    """One choice. Attributes: choice_id, letter. Paragraphs."""


class question_key(nodes.Part, nodes.Element):  # noqa: N801
    """Everything that is shown after answering: a key_choice for each choice, the explanation and the sources."""


class key_choice(nodes.Part, nodes.Element):  # noqa: N801
    """The reason behind one choice. Attributes: choice_id, letter, correct, severity. Paragraphs."""


class key_explanation(nodes.Part, nodes.Element):  # noqa: N801
    """The one thing to remember; paragraphs."""


class key_sources(nodes.Part, nodes.Element):  # noqa: N801
    """The rule and its provisions; a paragraph."""


class phrase(nodes.paragraph):  # noqa: N801
    """A paragraph where HTML allows only a phrase, such as a label: written as a span."""


def as_phrases(found: list[nodes.Node]) -> list[nodes.Node]:
    """Return *found* with its paragraphs turned into phrases that keep source and line."""
    return [_remade(phrase, node) if isinstance(node, nodes.paragraph) else node for node in found]


def _remade(kind: type[nodes.paragraph], node: nodes.paragraph) -> nodes.paragraph:
    """Return *node* as another kind, with its source, line and Sphinx's uid, without which gettext passes over it."""
    made = kind(node.rawsource, "", *node.children)
    for name in ("source", "line", "uid"):
        if hasattr(node, name):
            setattr(made, name, getattr(node, name))
    return made


def key_label(node: key_choice) -> str:
    """Return ``A: rätt svar.`` or ``B: fel svar – röjer …``, with a full stop."""
    word = ui_text.CORRECT_CHOICE if node["correct"] else ui_text.WRONG_CHOICE
    severity = node.get("severity")
    meaning = f" – {ui_text.SEVERITIES[severity]}" if severity else ""
    return f"{node['letter']}: {word}{meaning}."


def number_questions(app: Sphinx, doctree: nodes.document) -> None:
    """Give every question its number on the page; handles the event ``doctree-read``."""
    questions = list(doctree.findall(question_node))
    for number, node in enumerate(questions, 1):
        node["number"], node["total"] = number, len(questions)
    app.env.metadata[app.env.current_document.docname]["questions"] = len(questions)


class PlainQuestions(SphinxPostTransform):
    """Rewrites questions into standard nodes for text, LaTeX and every other builder that does not write HTML."""

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Rewrite the questions of the page."""
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(question_node)):
            node.replace_self(_plain_question(node, self.app.builder.format))


def _plain_question(node: question_node, output_format: str) -> list[nodes.Node]:
    heading = ui_text.QUESTION.format(number=node["number"], total=node["total"])
    found: list[nodes.Node] = [nodes.paragraph("", "", nodes.strong("", heading))]
    choices = [child for child in node.children if isinstance(child, question_choice)]
    for child in node.children:
        if isinstance(child, question_key):
            found += _lettered(choices) if output_format == "text" else [_listed(choices)]
            found += _plain_key(child)
        elif isinstance(child, question_prompt):
            found += _paragraphs(child)
        elif not isinstance(child, question_choice):
            found.append(child)
    return found


def _listed(choices: list[question_choice]) -> nodes.enumerated_list:
    items = [nodes.list_item("", *_paragraphs(choice)) for choice in choices]
    return nodes.enumerated_list("", *items, enumtype="upperalpha", prefix="", suffix=".")


def _lettered(choices: list[question_choice]) -> list[nodes.Node]:
    """Return the choices as paragraphs that begin with their letters: Sphinx writes every list in text with numbers."""
    found: list[nodes.Node] = []
    for choice in choices:
        first, *rest = _paragraphs(choice)
        first.insert(0, nodes.Text(f"{choice['letter']}. "))
        found += [first, *rest]
    return found


def _plain_key(node: question_key) -> list[nodes.Node]:
    reasons = nodes.bullet_list()
    rest: list[nodes.Node] = []
    for child in node.children:
        if isinstance(child, key_choice):
            label = nodes.paragraph("", "", nodes.strong("", key_label(child)))
            reasons += nodes.list_item("", label, *_paragraphs(child))
        elif isinstance(child, nodes.Element):
            rest += child.children
    return [nodes.paragraph("", "", nodes.emphasis("", ui_text.KEY)), reasons, *rest]


def _paragraphs(node: nodes.Element) -> list[nodes.Element]:
    children = [child for child in node.children if isinstance(child, nodes.Element)]
    return [_remade(nodes.paragraph, child) if isinstance(child, phrase) else child for child in children]


def _visit_question(self: HTML5Translator, node: question_node) -> None:
    question_id = self.attval(node["question_id"])
    self.body.append(f'<form class="question" id="{question_id}" data-question-id="{question_id}">\n')
    data = json.dumps(node["definition"], ensure_ascii=True).replace("<", "\\u003c")
    self.body.append(f'<script type="application/json" class="question-definition">{data}</script>\n<fieldset>\n')


def _depart_question(self: HTML5Translator, _node: question_node) -> None:
    self.body.append("</form>\n")


def _visit_prompt(self: HTML5Translator, node: question_prompt) -> None:
    parent = node.parent
    number = ui_text.QUESTION.format(number=parent["number"], total=parent["total"])
    self.body.append(f'<legend><span class="question-number">{number}</span>\n')


def _depart_prompt(self: HTML5Translator, node: question_prompt) -> None:
    hint = ui_text.CHOOSE_MANY if node.parent["many"] else ui_text.CHOOSE_ONE
    self.body.append(f'<span class="question-hint">{hint}</span></legend>\n')


def _visit_choice(self: HTML5Translator, node: question_choice) -> None:
    parent = node.parent
    kind = "checkbox" if parent["many"] else "radio"
    choice_id = self.attval(node["choice_id"])
    name = self.attval(parent["question_id"])
    self.body.append(
        f'<div class="choice" data-choice-id="{choice_id}"><input type="{kind}" id="{name}-{choice_id}" name="{name}" '
        f'value="{choice_id}" autocomplete="off"><label for="{name}-{choice_id}">'
        f'<span class="choice-letter">{node["letter"]}</span>\n'
    )


def _depart_choice(self: HTML5Translator, _node: question_choice) -> None:
    self.body.append("</label></div>\n")


def _visit_key(self: HTML5Translator, _node: question_key) -> None:
    self.body.append(
        # Disabled too: without JavaScript, Enter on a choice would otherwise send the form.
        '</fieldset>\n<p class="question-actions"><button type="submit" class="question-check" hidden disabled>'
        f'{ui_text.CHECK}</button></p>\n<div class="question-feedback" role="status"></div>\n'
        f'<details class="question-key"><summary>{ui_text.KEY}</summary>\n<ul class="key-choices">\n'
    )


def _depart_key(self: HTML5Translator, _node: question_key) -> None:
    self.body.append("</details>\n")


def _visit_key_choice(self: HTML5Translator, node: key_choice) -> None:
    state = "key-correct" if node["correct"] else "key-wrong"
    choice_id = self.attval(node["choice_id"])
    self.body.append(f'<li class="{state}" data-choice-id="{choice_id}"><p class="key-status">{key_label(node)}</p>\n')


def _depart_key_choice(self: HTML5Translator, node: key_choice) -> None:
    self.body.append("</li>\n")
    following = node.parent[node.parent.index(node) + 1 :]
    if not any(isinstance(child, key_choice) for child in following):
        self.body.append("</ul>\n")


def _visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<div class="{type(node).__name__.replace("_", "-")}">\n')


def _depart_block(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_phrase(self: HTML5Translator, _node: phrase) -> None:
    self.body.append('<span class="phrase">')


def _depart_phrase(self: HTML5Translator, _node: phrase) -> None:
    self.body.append("</span>\n")


def setup_quiz_nodes(app: Sphinx) -> None:
    """Register the nodes, their HTML and their rewriting for other builders."""
    app.add_node(question_node, html=(_visit_question, _depart_question))
    app.add_node(question_prompt, html=(_visit_prompt, _depart_prompt))
    app.add_node(question_choice, html=(_visit_choice, _depart_choice))
    app.add_node(question_key, html=(_visit_key, _depart_key))
    app.add_node(key_choice, html=(_visit_key_choice, _depart_key_choice))
    app.add_node(key_explanation, html=(_visit_block, _depart_block))
    app.add_node(key_sources, html=(_visit_block, _depart_block))
    app.add_node(phrase, html=(_visit_phrase, _depart_phrase))
    app.add_post_transform(PlainQuestions)
    app.connect("doctree-read", number_questions)
