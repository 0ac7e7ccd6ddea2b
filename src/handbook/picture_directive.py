"""The ``{picture}`` directive: a picture drawn from data, with all that it says in words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.diagnostics import Code, did_you_mean
from handbook.environment import content_of, warn
from handbook.markup import joined, law_link, plain_paragraph
from handbook.picture_data import dated
from handbook.picture_drawing import Box, box_of, draw
from handbook.swedish_text import plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from handbook.content import Content
    from handbook.picture_data import Part, Picture


class picture(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A picture; its children tell it in words. Attributes: form, title, name (id), boxes."""


class PictureDirective(SphinxDirective):
    """Show the picture whose id is the argument."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the picture, or nothing after a warning."""
        name, content = self.arguments[0], content_of(self.config)
        found = content.pictures.pictures.get(name)
        if found is None:
            if name not in content.pictures.refused:
                hint = did_you_mean(name, content.pictures.pictures)
                warn(f"There is no picture '{name}'. Hint: {hint}", Code.UNKNOWN_PICTURE, self.get_location())
            return []
        return [_picture(found, content)]


def _picture(found: Picture, content: Content) -> picture:
    """Return the picture as a node: its boxes for HTML, and a list that every builder can write."""
    values = content.profile.substitutions() if content.profile else {}
    named: list[tuple[str, Part]] = [("", part) for part in found.parts]
    if found.form == "timeline":
        named = [(f"{date.isoformat()}: {part.heading}", part) for date, part in dated(found, content.laws)]
    boxes = [
        box_of(part, lambda text: plain(text, values), lambda name: _cited(name, content), heading)
        for heading, part in named
    ]
    listed = nodes.bullet_list()
    for drawn, (_, part) in zip(boxes, named, strict=True):
        listed += _in_words(drawn, part, content)
    node = picture("", form=found.form, title=str(found.title), name=found.id, boxes=boxes)
    node += plain_paragraph(found.title, "picture-title")
    node += listed
    return node


def _cited(provision: str, content: Content) -> str:
    entry = content.laws.entries.get(provision)
    return entry.citation if entry else provision


def _in_words(drawn: Box, part: Part, content: Content) -> nodes.list_item:
    """Return what a box says as an item of a list, its ways out as a list below it."""
    label = f"{drawn.label}: " if drawn.label else ""
    said = nodes.paragraph("", "", nodes.strong("", label + drawn.heading))
    quote = f"”{drawn.quote}”" if drawn.quote else ""
    rest = ". ".join(text.rstrip(".") for text in (drawn.group, quote, drawn.text) if text)
    end = "" if drawn.heading.endswith(("?", ".")) else "."
    said += nodes.Text(f"{end} {rest}." if rest else end)
    entries = [content.laws.entries[name] for name in part.provisions if name in content.laws.entries]
    if entries:
        links: list[nodes.Node] = [law_link(entry) for entry in entries]
        said += [nodes.Text(" ("), *joined(links), nodes.Text(")")]
    item = nodes.list_item("", said)
    if part.exits:
        outs = zip(drawn.exits, part.exits, strict=True)
        item += nodes.bullet_list("", *(_in_words(box, out, content) for box, out in outs))
    return item


def _visit_picture(self: HTML5Translator, node: picture) -> None:
    label = f"bild-{node['name']}"
    self.body.append(
        f'<figure class="picture picture-{node["form"]}">\n{draw(node["form"], node["boxes"], label)}'
        f'<figcaption id="{label}">{self.encode(node["title"])}</figcaption>\n'
        f'<details class="picture-words"><summary>{ui_text.PICTURE_IN_WORDS}</summary>\n'
    )


def _depart_picture(self: HTML5Translator, _node: picture) -> None:
    self.body.append("</details>\n</figure>\n")


def _pass(_self: nodes.NodeVisitor, _node: nodes.Element) -> None:
    """Let the words speak for the picture."""


def setup_pictures(app: Sphinx) -> None:
    """Register the directive and the node."""
    others = dict.fromkeys(("latex", "text", "man", "texinfo"), (_pass, _pass))
    app.add_node(picture, html=(_visit_picture, _depart_picture), **others)  # type: ignore[arg-type]
    app.add_directive("picture", PictureDirective)
