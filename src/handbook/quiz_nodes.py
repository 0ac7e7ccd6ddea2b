"""A question as document nodes: a native form in HTML, ordinary paragraphs and lists everywhere else.

The children are ordinary paragraphs, so that gettext finds their texts. HTML is written by
:mod:`handbook.question_html`; for every other builder :mod:`handbook.question_plain` rewrites a question into standard
nodes, so that no builder needs visitors of ours.
"""

from __future__ import annotations

from docutils import nodes

LETTERS = "ABCDEFGHIJ"


class question_node(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A question. Attributes: question_id, question_type, definition, report, number and total on the page."""


class question_scenario(nodes.Part, nodes.Element):  # noqa: N801
    """The situation that the question shares. Attributes: scenario_id, repeated (told already). Paragraphs."""


class question_prompt(nodes.Part, nodes.Element):  # noqa: N801
    """The situation and what is asked; paragraphs."""


class question_choice(nodes.Part, nodes.Element):  # noqa: N801
    """One choice. Attributes: choice_id, letter. Paragraphs."""


class order_list(nodes.Part, nodes.Element):  # noqa: N801
    """Steps to put in order."""


class order_item(nodes.Part, nodes.Element):  # noqa: N801
    """One step. Attribute: item_id. Paragraphs."""


class match_item(nodes.Part, nodes.Element):  # noqa: N801
    """One item to match. Attributes: item_id, targets (pairs of id and plain text). Paragraphs."""


class match_target(nodes.Part, nodes.Element):  # noqa: N801
    """One target, for builders that cannot let the reader choose. Attribute: target_id. Paragraphs."""


class answer_field(nodes.Part, nodes.Element):  # noqa: N801
    """A place to write. Attributes: kind (text, number or date), unit."""


class hottext_document(nodes.Part, nodes.Element):  # noqa: N801
    """A document with words to mark; blocks."""


class hot_word(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A word that can be marked. Attribute: word_id."""


class call_turn(nodes.Part, nodes.Element):  # noqa: N801
    """A turn of a call: what the caller says, then call_choices. Attributes: turn_id, number, ending."""


class call_choice(nodes.Part, nodes.Element):  # noqa: N801
    """Words to say. Attributes: choice_id, letter, next, next_number. Paragraphs."""


class question_key(nodes.Part, nodes.Element):  # noqa: N801
    """Everything that is shown after answering: key_choices, the explanation and the sources."""


class key_choice(nodes.Part, nodes.Element):  # noqa: N801
    """The reason behind one part of the answer. Attributes: choice_id, label, state (a class). Paragraphs."""


class key_otherwise(nodes.Part, nodes.Element):  # noqa: N801
    """What is said in place of the reason to whoever did not take the choice; paragraphs in a key_choice."""


class key_explanation(nodes.Part, nodes.Element):  # noqa: N801
    """The one thing to remember; paragraphs."""


class key_sources(nodes.Part, nodes.Element):  # noqa: N801
    """The rule and its provisions; a paragraph."""


class phrase(nodes.paragraph):  # noqa: N801
    """A paragraph where HTML allows only a phrase, such as a label: written as a span."""


def as_phrases(found: list[nodes.Node]) -> list[nodes.Node]:
    """Return *found* with its paragraphs turned into phrases that keep source and line."""
    return [remade(phrase, node) if isinstance(node, nodes.paragraph) else node for node in found]


def remade(kind: type[nodes.paragraph], node: nodes.paragraph) -> nodes.paragraph:
    """Return *node* as another kind, with its source, line and Sphinx's uid, without which gettext passes over it."""
    made = kind(node.rawsource, "", *node.children)
    for name in ("source", "line", "uid"):
        if hasattr(node, name):
            setattr(made, name, getattr(node, name))
    return made
