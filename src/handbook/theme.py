"""The look of the pages: what a page loads, and what Sphinx and Furo write that a strict content policy forbids.

Furo supplies the typography; the templates in ``docs/_templates`` the frame; ``static/handbook.css`` and
``static/theme.js`` the rest. Everything here concerns HTML pages only: other builders never reach it.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STATIC_DIR = Path(__file__).parent / "static"

#: The shape of each verdict, by its slug: what goes inside ``<svg viewBox="0 0 24 24">``. The symbols are holes in
#: the shapes, so that one colour (the text's) is enough on screen, in dark mode and on paper.
VERDICT_SHAPES: dict[str, str] = {
    # A circle with a tick.
    "lamna-ut": (
        '<path fill="currentColor" fill-rule="evenodd" d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22z'
        'M16.9 6.9l2.1 2.1-8.7 8.7-5.2-5.2 2.1-2.1 3.1 3.1z"/>'
    ),
    # An octagon with a bar.
    "lamna-inte-ut": (
        '<path fill="currentColor" fill-rule="evenodd" d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z'
        'M5 10v4h14v-4z"/>'
    ),
    # A diamond with a question mark.
    "prova": (
        '<path fill="currentColor" fill-rule="evenodd" d="M12 0l12 12-12 12L0 12z'
        "M12 5.2a4.1 4.1 0 0 0-4.1 4.1h2.5a1.6 1.6 0 1 1 2.6 1.2c-1.3 1-2.3 1.8-2.3 3.7h2.5c0-1 .5-1.4 1.5-2.2"
        'A4.1 4.1 0 0 0 12 5.2zM10.6 15.6v2.7h2.7v-2.7z"/>'
    ),
    # An arrow.
    "hanvisa": '<path fill="currentColor" d="M13 2.5L22.5 12 13 21.5v-6H1.5v-7H13z"/>',
}

#: Scripts of Sphinx and Furo that no page needs: theme.js and theme-search.js do their work without ``new Function``,
#: without storage that may be refused and without one-letter shortcuts (WCAG 2.1.4).
_NEVER_LOADED = frozenset({"furo.js", "sphinx_highlight.js", "translations.js", "furo-extensions.css"})
_SEARCH_PAGE_ONLY = frozenset({"documentation_options.js", "doctools.js", "theme-search.js"})
#: Style sheets and scripts that a page loads only when its text matches.
_LOADED_ON_DEMAND = {
    "pygments.css": re.compile(r'class="[^"]*\bhighlight\b'),
    "sphinx-design.min.css": re.compile(r'class="[^"]*\bsd-'),
    "design-tabs.js": re.compile(r'class="[^"]*\bsd-tab-set\b'),
    "card.js": re.compile(r'class="[^"]*\b(?:rule-say|short-link|result-files)\b'),
    "guide.js": re.compile(r'class="guide\b'),
    "result-files.js": re.compile(r'class="result-files\b'),
}
_CURRENT_PAGE_LINK = '<a class="current reference internal" aria-current="page" href="#"'
#: Files that Sphinx and Furo copy and that nothing asks for.
_UNUSED_FILES = (
    "debug.css",
    "file.png",
    "minus.png",
    "plus.png",
    "skeleton.css",
    "sphinx_highlight.js",
    "translations.js",
    "base-stemmer.js",
    "basic.css",
    "lookup-citations.js",  # lookup_site.py has made one script of these and the index
    "lookup-engine.js",
    "lookup-vocabulary.js",
    "lookup-words.js",
    "swedish-stemmer.js",
    "scripts",
    "styles/furo-extensions.css",
    "styles/furo-extensions.css.map",
    "styles/furo.css.map",
)


def setup_theme(app: Sphinx) -> None:
    """Register the style sheet, the scripts and the corrections of what Sphinx and Furo write."""
    app.connect("builder-inited", add_static_files)
    app.add_post_transform(SizesWithoutStyle)
    # Late: Furo and our own directives have then added what they want to the page.
    app.connect("html-page-context", prepare_page, priority=950)
    app.connect("build-finished", tidy_static_files, priority=950)


def add_static_files(app: Sphinx) -> None:
    """Let every page load the style sheet and the theme's scripts."""
    if app.builder.format != "html":
        return
    if str(STATIC_DIR) not in app.config.html_static_path:
        app.config.html_static_path.append(str(STATIC_DIR))
    app.add_css_file("handbook.css", priority=700)
    app.add_js_file("theme.js", priority=50)  # below 100: the template runs it before anything is drawn
    app.add_js_file("theme-search.js", priority=300)
    for name in ("card.js", "guide.js", "result-files.js"):
        app.add_js_file(name, loading_method="defer", priority=400)


class SizesWithoutStyle(SphinxPostTransform):
    """Write widths so that docutils needs no ``style="…"``, which the content policy forbids.

    A width in per cent becomes a class of the style sheet, rounded to tens; one in pixels an attribute. The columns
    of a table get the width their text needs. Any other unit stays as it is, and the build reports it (csp.py).
    """

    formats = ("html",)
    default_priority = 400  # before Furo wraps the tables

    def run(self, **_kwargs: Any) -> None:
        """Change the tables, images and figures of one document."""
        for table in self.document.findall(nodes.table):
            table["classes"] = [name for name in table["classes"] if name != "colwidths-given"]
            table["classes"].append("colwidths-auto")
        sized: tuple[type[nodes.Element], ...] = (nodes.table, nodes.image, nodes.figure)
        for kind in sized:
            for node in self.document.findall(kind):
                _set_width_without_style(node)


def _set_width_without_style(node: nodes.Element) -> None:
    """Replace the width of one node: per cent by a class, pixels by a plain number."""
    width = str(node.get("width", ""))
    if width.endswith("%"):
        del node["width"]
        tens = min(max(round(float(width.removesuffix("%")) / 10), 1), 10)
        node["classes"].append(f"width-{tens}0")
    elif width.endswith("px") and isinstance(node, nodes.image):
        node["width"] = width.removesuffix("px").strip()


def prepare_page(
    _app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give the templates a clean menu and body, and the page only the files it needs."""
    if "furo_navigation_tree" not in context:  # another theme: slides, a book
        return
    body = without_heading_role(str(context.get("body") or ""))
    context["body"] = body
    context["handbook_menu"] = swedish_menu(str(context["furo_navigation_tree"]))
    on_search_page = pagename == "search"
    for kind in ("css_files", "script_files"):
        context[kind] = [asset for asset in context[kind] if is_needed(str(asset.filename), body, on_search_page)]


def is_needed(filename: str, body: str, on_search_page: bool) -> bool:
    """Return whether a page with this body has any use for a style sheet or script."""
    name = filename.rpartition("/")[2]
    if name in _NEVER_LOADED:
        return False
    if name in _SEARCH_PAGE_ONLY:
        return on_search_page
    pattern = _LOADED_ON_DEMAND.get(name)
    return pattern is None or pattern.search(body) is not None


def without_heading_role(html: str) -> str:
    """Return *html* where the caption of a list of pages is no heading: it has no level, and heads no section."""
    return html.replace('<p class="caption" role="heading">', '<p class="caption">')


_RULE_PAGES = re.compile(
    r'(<li class="toctree-l1) has-children("><a [^>]*href="[^"]*sla-upp/index\.html"[^>]*>[^<]*</a>)<input.*?</ul>',
    re.DOTALL,
)
"""All pages of *Slå upp* below it in the menu, on a page that is not one of them."""


def swedish_menu(html: str) -> str:
    """Return Furo's menu in Swedish, without headings that have no level, and saying which page is this one.

    The rules stand in it on their own pages only: elsewhere the look-up finds them, and sixty lines weigh on each page.
    """
    return (
        _RULE_PAGES.sub(r"\1\2", without_heading_role(html))
        .replace('aria-label="Toggle navigation of ', 'aria-label="Visa undersidor till ')
        .replace('<a class="current reference internal" href="#"', _CURRENT_PAGE_LINK)
        .replace("<svg><use", '<svg aria-hidden="true" focusable="false"><use')
    )


def swedish_key(text: str) -> str:
    """Return what to sort *text* by: å, ä and ö come after z, other accents count for nothing."""
    folded = text.casefold().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}"})
    return "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))


def tidy_static_files(app: Sphinx, exception: Exception | None) -> None:
    """Delete the copied files that no page asks for, and what only editors need of the style sheets."""
    if exception is not None or app.builder.name not in {"html", "dirhtml", "singlehtml"}:
        return
    static = Path(app.outdir) / "_static"
    for name in _UNUSED_FILES:
        path = static / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    _rewrite(static / "styles" / "furo.css", r"\s*/\*# sourceMappingURL=.*?\*/")
    for name in ("handbook.css", "lookup.css"):
        _rewrite(static / name, r"/\*.*?\*/|^\s+")


def _rewrite(path: Path, unwanted: str) -> None:
    """Take the text that matches *unwanted* out of a file, if the file is there."""
    if path.is_file():
        text = re.sub(unwanted, "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        path.write_text(text, encoding="utf-8", newline="\n")
