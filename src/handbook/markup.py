"""Markdown that stands in our YAML, parsed in the middle of a page, with warnings at the YAML's own file and line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from docutils import nodes
from myst_parser.mocking import MockState
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from myst_parser.mdit_to_docutils.base import DocutilsRenderer
    from sphinx.util.docutils import SphinxDirective

    from handbook.law_register import ProvisionEntry
    from handbook.rule_register import Rule
    from handbook.yaml_source import Text


def parse_text(directive: SphinxDirective, text: Text, path: Path) -> list[nodes.Node]:
    """Return *text*, which stands in *path*, as block nodes; its substitutions and roles are resolved as on a page."""
    holder = nodes.Element()
    state = directive.state
    if not isinstance(state, MockState):
        raise directive.error("The handbook's directives work on MyST pages (.md) only.")
    renderer = state._renderer
    with _source_at(renderer, path), renderer.current_node_context(holder):
        renderer.nested_render_text(str(text), text.line - 1)
    return list(holder.children)


@contextmanager
def _source_at(renderer: DocutilsRenderer, path: Path) -> Iterator[None]:
    """Let the nodes and warnings made inside say that they come from *path*, as MyST does for an included file."""
    before = renderer.document["source"]
    renderer.document["source"] = str(path)
    try:
        yield
    finally:
        renderer.document["source"] = before


def plain_paragraph(text: str, *classes: str) -> nodes.paragraph:
    """Return *text* as a paragraph with *classes*."""
    return nodes.paragraph(text, text, classes=list(classes))


def rule_link(rule: Rule, text: str = "") -> addnodes.pending_xref:
    """Return a link to the rule's page, with its question as the text unless *text* is given."""
    shown = text or rule.question
    link = addnodes.pending_xref(
        "", refdomain="std", reftype="doc", reftarget=f"/sla-upp/{rule.id}", refexplicit=True, refwarn=True
    )
    link += nodes.inline("", shown)
    return link


def law_link(entry: ProvisionEntry, text: str = "") -> nodes.inline:
    """Return a link to the provision in the register, with the house form as the text unless *text* is given."""
    link = addnodes.pending_xref(
        "", refdomain="std", reftype="ref", reftarget=f"law-{entry.anchor}", refexplicit=True, refwarn=True
    )
    link += nodes.inline("", text or entry.citation)
    return nodes.inline("", "", link, classes=["law"])


def joined(links: list[nodes.Node], separator: str = ", ") -> list[nodes.Node]:
    """Return *links* with *separator* between them."""
    found: list[nodes.Node] = []
    for link in links:
        if found:
            found.append(nodes.Text(separator))
        found.append(link)
    return found


def fact_list(facts: list[tuple[str, list[nodes.Node]]]) -> nodes.definition_list:
    """Return a description list of label and content, which every builder can write."""
    listed = nodes.definition_list(classes=["facts"])
    for label, content in facts:
        blocks = content if content and isinstance(content[0], nodes.Body) else [nodes.paragraph("", "", *content)]
        listed += nodes.definition_list_item("", nodes.term("", label), nodes.definition("", *blocks))
    return listed
