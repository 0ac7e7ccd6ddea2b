"""The glossary on pages: the list of all words, and each word explained where it first stands on a page.

A marked word is a link to the list. With JavaScript its definition shows beside it by pointer, keyboard and touch;
paper shows the word alone. Only HTML has marks, and the other builders never hear of them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.content import RULE_FOLDER
from handbook.environment import content_of
from handbook.markup import law_link, plain_paragraph, rule_link
from handbook.theme import swedish_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from handbook.content import Content
    from handbook.glossary import Glossary, Word

PAGE = "om/ordlista"
MARKED_FOLDERS = ("kurs", "sla-upp")
_BLOCKS = (nodes.document, nodes.section, nodes.bullet_list, nodes.enumerated_list, nodes.list_item, nodes.block_quote)
"""What running text stands in. Cards, quizzes, tables and lists of facts have no room for an explanation."""


class word_mark(nodes.inline):  # noqa: N801  (docutils names nodes in lower case)
    """A word of the glossary in running text. Attributes: word (id), number (of the mark on its page)."""


class WordListDirective(SphinxDirective):
    """Show every word with its definition, provision and rule, in Swedish alphabetical order."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a description list in which every word has an anchor."""
        content = content_of(self.config)
        listed = nodes.definition_list(classes=["entry-list"])
        for word in sorted(content.glossary, key=lambda word: swedish_key(word.term)):
            term = nodes.term("", word.term, ids=[word.anchor])
            listed += nodes.definition_list_item(
                "", term, nodes.definition("", plain_paragraph(word.definition), *_more(word, content))
            )
        return [listed]


def _more(word: Word, content: Content) -> list[nodes.Node]:
    """Return a line with the word's provision and rule, or nothing when it has neither."""
    entry = content.laws.entries.get(word.provision or "")
    rule = content.rules.rules.get(word.rule or "")
    links: list[nodes.Node] = [law_link(entry)] if entry else []
    if rule:
        links += [nodes.Text(ui_text.BETWEEN_LINKS)] if links else []
        links.append(rule_link(rule))
    return [nodes.paragraph("", "", *links, classes=["word-more"])] if links else []


class MarkWords(SphinxPostTransform):
    """Mark each word of the glossary where it first stands in the running text of a module or a rule page."""

    formats = ("html",)
    default_priority = 800

    def run(self, **_kwargs: Any) -> None:
        """Mark the words of one page."""
        folder, _, name = self.env.current_document.docname.rpartition("/")
        has_pages = self.app.builder.name in {"html", "dirhtml"} and PAGE in self.env.found_docs
        content = content_of(self.config)
        is_list = folder == RULE_FOLDER.name and name not in content.rules.rules
        if has_pages and folder in MARKED_FOLDERS and name != "index" and not is_list:
            mark_words(self.document, content.glossary)


def mark_words(document: nodes.document, glossary: Glossary) -> None:
    """Put a mark around the first place of each word in the running text of *document*."""
    pattern, by_form = glossary.pattern(), glossary.by_form()
    seen: set[str] = set()
    for text, is_emphasised in list(_running_text(document)):
        parts: list[nodes.Node] = []
        end = 0
        for match in pattern.finditer(text.astext()):
            word = by_form[match.group().lower()]
            if word.id in seen or (word.mark == "emphasised" and not is_emphasised):
                continue
            seen.add(word.id)
            parts += [nodes.Text(text.astext()[end : match.start()])] if match.start() > end else []
            parts.append(word_mark("", match.group(), word=word.id, number=len(seen)))
            end = match.end()
        if parts:
            rest = text.astext()[end:]
            text.parent.replace(text, [*parts, *([nodes.Text(rest)] if rest else [])])


def _running_text(document: nodes.document) -> Iterator[tuple[nodes.Text, bool]]:
    """Yield the texts of paragraphs in sections and lists, each with whether it is emphasised; links are left out."""
    for paragraph in document.findall(nodes.paragraph):
        if not all(isinstance(node, _BLOCKS) for node in _ancestors(paragraph)):
            continue
        for text in paragraph.findall(nodes.Text):
            if isinstance(text.parent, nodes.emphasis | nodes.strong) and text.parent.parent is paragraph:
                yield text, isinstance(text.parent, nodes.emphasis)
            elif text.parent is paragraph:
                yield text, False


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    found = node.parent
    while found is not None:
        yield found
        found = found.parent


def _visit_mark(self: HTML5Translator, node: word_mark) -> None:
    page = self.builder.get_relative_uri(self.builder.current_docname, PAGE)
    word = content_of(self.config).glossary.words[node["word"]]
    self.body.append(f'<span class="word"><a href="{page}#{word.anchor}" aria-describedby="ord-{node["number"]}">')


def _depart_mark(self: HTML5Translator, node: word_mark) -> None:
    word = content_of(self.config).glossary.words[node["word"]]
    self.body.append(
        f'</a><span class="word-meaning" id="ord-{node["number"]}" role="tooltip" hidden> '
        f"{escape(word.definition)}</span></span>"
    )


def _add_script(
    app: Sphinx, _pagename: str, _template: str, _context: dict[str, object], doctree: nodes.document | None
) -> None:
    """Add the script to pages that have a marked word."""
    if doctree is not None and next(iter(doctree.findall(word_mark)), None) is not None:
        app.add_js_file("words.js", loading_method="defer")


def _pass(_self: nodes.NodeVisitor, _node: nodes.Element) -> None:
    """Let the word speak for itself."""


def setup_glossary(app: Sphinx) -> None:
    """Register the directive, the mark and what places it."""
    app.add_directive("word-list", WordListDirective)
    app.add_node(word_mark, html=(_visit_mark, _depart_mark), latex=(_pass, _pass), text=(_pass, _pass))
    app.add_post_transform(MarkWords)
    app.connect("html-page-context", _add_script)
