"""Questions in HTML: native forms that can be read, and whose key can be opened, without any script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docutils import nodes

from handbook import ui_text
from handbook.question_plain import PlainQuestions
from handbook.quiz_nodes import (
    answer_field,
    call_choice,
    call_turn,
    hot_word,
    hottext_document,
    key_choice,
    key_explanation,
    key_otherwise,
    key_sources,
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
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def number_questions(app: Sphinx, doctree: nodes.document) -> None:
    """Give every question its number on the page, and tell a shared situation once; handles ``doctree-read``."""
    questions = list(doctree.findall(question_node))
    told = None
    for number, node in enumerate(questions, 1):
        node["number"], node["total"] = number, len(questions)
        situation = next(iter(node.findall(question_scenario)), None)
        if situation is not None:
            situation["repeated"] = situation["scenario_id"] == told
        told = situation["scenario_id"] if situation is not None else None
    app.env.metadata[app.env.current_document.docname]["questions"] = len(questions)


def _question_of(node: nodes.Node) -> nodes.Element:
    """Return the question that *node* is part of."""
    while not isinstance(node, question_node):
        node = node.parent
    return node


def _visit_question(self: HTML5Translator, node: question_node) -> None:
    question_id = self.attval(node["question_id"])
    self.body.append(
        f'<form class="question" id="{question_id}" data-question-id="{question_id}" '
        f'data-type="{node["question_type"]}" autocomplete="off">\n'
    )
    data = json.dumps(node["definition"], ensure_ascii=True).replace("<", "\\u003c")
    self.body.append(f'<script type="application/json" class="question-definition">{data}</script>\n')


def _depart_question(self: HTML5Translator, node: question_node) -> None:
    address = self.attval(node["report"])
    self.body.append(f'<p class="question-report"><a href="{address}">{ui_text.REPORT}</a></p>\n</form>\n')


def _visit_scenario(self: HTML5Translator, node: question_scenario) -> None:
    state = " data-repeated" if node["repeated"] else " open"
    self.body.append(
        f'<details class="question-scenario" data-scenario="{self.attval(node["scenario_id"])}"{state}>'
        f"<summary>{ui_text.SCENARIO}</summary>\n"
    )


def _depart_scenario(self: HTML5Translator, _node: question_scenario) -> None:
    self.body.append("</details>\n")


def _visit_prompt(self: HTML5Translator, node: question_prompt) -> None:
    parent = _question_of(node)
    number = ui_text.QUESTION.format(number=parent["number"], total=parent["total"])
    self.body.append(f'<fieldset>\n<legend><span class="question-number">{number}</span>\n')


def _depart_prompt(self: HTML5Translator, node: question_prompt) -> None:
    hint = ui_text.HINTS[_question_of(node)["question_type"]]
    self.body.append(f'<span class="question-hint">{hint}</span></legend>\n')


def _visit_choice(self: HTML5Translator, node: question_choice) -> None:
    parent = _question_of(node)
    kind = "checkbox" if parent["question_type"] == "multiple_response" else "radio"
    choice_id, name = self.attval(node["choice_id"]), self.attval(parent["question_id"])
    self.body.append(
        f'<div class="choice" data-choice-id="{choice_id}"><input type="{kind}" id="{name}-{choice_id}" name="{name}" '
        f'value="{choice_id}"><label for="{name}-{choice_id}">'
        f'<span class="choice-letter">{node["letter"]}</span>\n'
    )


def _depart_choice(self: HTML5Translator, _node: question_choice) -> None:
    self.body.append("</label></div>\n")


def _visit_order_list(self: HTML5Translator, _node: order_list) -> None:
    self.body.append('<ol class="order-items">\n')


def _depart_order_list(self: HTML5Translator, _node: order_list) -> None:
    self.body.append("</ol>\n")


def _visit_order_item(self: HTML5Translator, node: order_item) -> None:
    item_id = self.attval(node["item_id"])
    self.body.append(f'<li class="answer-part order-item" data-choice-id="{item_id}"><span class="item-text">\n')


def _depart_order_item(self: HTML5Translator, node: order_item) -> None:
    step = self.attval(node.astext())
    self.body.append(
        '</span><span class="item-moves" hidden>'
        f'<button type="button" class="move-up" aria-label="{ui_text.MOVE_UP}: {step}">↑</button>'
        f'<button type="button" class="move-down" aria-label="{ui_text.MOVE_DOWN}: {step}">↓</button></span></li>\n'
    )


def _visit_match_item(self: HTML5Translator, node: match_item) -> None:
    item_id, name = self.attval(node["item_id"]), self.attval(_question_of(node)["question_id"])
    self.body.append(f'<div class="answer-part match-item" data-choice-id="{item_id}"><label for="{name}-{item_id}">\n')


def _depart_match_item(self: HTML5Translator, node: match_item) -> None:
    item_id, name = self.attval(node["item_id"]), self.attval(_question_of(node)["question_id"])
    options = "".join(
        f'<option value="{self.attval(target)}">{self.encode(text)}</option>' for target, text in node["targets"]
    )
    self.body.append(
        f'</label><select id="{name}-{item_id}" name="{item_id}"><option value="">{ui_text.SELECT}</option>'
        f"{options}</select></div>\n"
    )


def _visit_match_target(_self: HTML5Translator, _node: match_target) -> None:
    raise nodes.SkipNode


def _visit_answer_field(self: HTML5Translator, node: answer_field) -> None:
    name = self.attval(_question_of(node)["question_id"])
    mode = ' inputmode="decimal"' if node["kind"] == "number" else ""
    unit = f' <span class="unit">{self.encode(node["unit"])}</span>' if node["unit"] else ""
    self.body.append(
        f'<p class="answer-part answer-field" data-choice-id="answer"><label for="{name}-answer">{ui_text.YOUR_ANSWER}'
        f'</label><input type="text" id="{name}-answer" name="answer" maxlength="200" spellcheck="false"{mode}>'
        f"{unit}</p>\n"
    )
    raise nodes.SkipNode


def _visit_document(self: HTML5Translator, _node: hottext_document) -> None:
    self.body.append('<div class="hottext-document">\n')


def _visit_hot_word(self: HTML5Translator, node: hot_word) -> None:
    word_id = self.attval(node["word_id"])
    self.body.append(
        f'<label class="answer-part hot-word" data-choice-id="{word_id}">'
        f'<input type="checkbox" value="{word_id}"><span>'
    )


def _depart_hot_word(self: HTML5Translator, _node: hot_word) -> None:
    self.body.append("</span></label>")


def _visit_turn(self: HTML5Translator, node: call_turn) -> None:
    name = self.attval(_question_of(node)["question_id"])
    turn_id = self.attval(node["turn_id"])
    ending = f' data-ending="{node["ending"]}"' if node["ending"] else ""
    self.body.append(
        f'<div class="call-turn" id="{name}-{turn_id}" data-turn-id="{turn_id}"{ending}>'
        f'<p class="turn-number">{node["number"]}</p><div class="caller">\n'
    )


def _depart_turn(self: HTML5Translator, node: call_turn) -> None:
    if not any(isinstance(child, call_choice) for child in node.children):
        self.body.append("</div>\n")
    self.body.append("</div>\n")


def _visit_call_choice(self: HTML5Translator, node: call_choice) -> None:
    parent = node.parent
    siblings = [child for child in parent.children if isinstance(child, call_choice)]
    if siblings[0] is node:
        self.body.append("</div>\n")
    name = f"{self.attval(_question_of(node)['question_id'])}-{self.attval(parent['turn_id'])}"
    choice_id = self.attval(node["choice_id"])
    self.body.append(
        f'<div class="choice call-choice" data-choice-id="{self.attval(parent["turn_id"])}/{choice_id}" '
        f'data-next="{self.attval(node["next"])}"><input type="radio" id="{name}-{choice_id}" name="{name}" '
        f'value="{choice_id}"><label for="{name}-{choice_id}"><span class="choice-letter">{node["letter"]}</span>\n'
    )


def _depart_call_choice(self: HTML5Translator, node: call_choice) -> None:
    name = self.attval(_question_of(node)["question_id"])
    going = ui_text.GO_TO.format(number=node["next_number"])
    self.body.append(f'</label> <a class="turn-link" href="#{name}-{self.attval(node["next"])}">{going}</a></div>\n')


def _visit_key(self: HTML5Translator, node: question_key) -> None:
    check = ui_text.CHECKS.get(_question_of(node)["question_type"], ui_text.CHECK)
    self.body.append(
        # Disabled too: without JavaScript, Enter on a choice would otherwise send the form.
        '</fieldset>\n<p class="question-actions"><button type="submit" class="question-check" hidden disabled>'
        f'{check}</button></p>\n<div class="question-feedback" role="status"></div>\n'
        f'<details class="question-key"><summary>{ui_text.KEY}</summary>\n<ul class="key-choices">\n'
    )


def _depart_key(self: HTML5Translator, _node: question_key) -> None:
    self.body.append("</details>\n")


def _visit_key_choice(self: HTML5Translator, node: key_choice) -> None:
    choice_id = self.attval(node["choice_id"])
    label = self.encode(node["label"])
    self.body.append(f'<li class="{node["state"]}" data-choice-id="{choice_id}"><p class="key-status">{label}</p>\n')


def _depart_key_choice(self: HTML5Translator, node: key_choice) -> None:
    self.body.append("</li>\n")
    following = node.parent[node.parent.index(node) + 1 :]
    if not any(isinstance(child, key_choice) for child in following):
        self.body.append("</ul>\n")


def _visit_otherwise(self: HTML5Translator, _node: key_otherwise) -> None:
    self.body.append(f'<div class="key-otherwise"><p class="key-condition">{ui_text.NOT_CHOSEN}</p>\n')


def _visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<div class="{type(node).__name__.replace("_", "-")}">\n')


def _depart_div(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_phrase(self: HTML5Translator, _node: phrase) -> None:
    self.body.append('<span class="phrase">')


def _depart_phrase(self: HTML5Translator, _node: phrase) -> None:
    self.body.append("</span>\n")


_VISITORS: dict[type[nodes.Element], tuple[object, object]] = {
    question_node: (_visit_question, _depart_question),
    question_scenario: (_visit_scenario, _depart_scenario),
    question_prompt: (_visit_prompt, _depart_prompt),
    question_choice: (_visit_choice, _depart_choice),
    order_list: (_visit_order_list, _depart_order_list),
    order_item: (_visit_order_item, _depart_order_item),
    match_item: (_visit_match_item, _depart_match_item),
    match_target: (_visit_match_target, _depart_div),
    answer_field: (_visit_answer_field, _depart_div),
    hottext_document: (_visit_document, _depart_div),
    hot_word: (_visit_hot_word, _depart_hot_word),
    call_turn: (_visit_turn, _depart_turn),
    call_choice: (_visit_call_choice, _depart_call_choice),
    question_key: (_visit_key, _depart_key),
    key_choice: (_visit_key_choice, _depart_key_choice),
    key_otherwise: (_visit_otherwise, _depart_div),
    key_explanation: (_visit_block, _depart_div),
    key_sources: (_visit_block, _depart_div),
    phrase: (_visit_phrase, _depart_phrase),
}


def setup_questions(app: Sphinx) -> None:
    """Register the nodes, their HTML and their rewriting for other builders."""
    for node, visitors in _VISITORS.items():
        app.add_node(node, html=visitors)  # type: ignore[arg-type]
    app.add_post_transform(PlainQuestions)
    app.connect("doctree-read", number_questions)
