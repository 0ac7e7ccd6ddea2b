"""The look-up on the Sphinx side: its files in the site, and what the index takes from the pages."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from handbook.content import LAW_FOLDER, RULE_FOLDER
from handbook.diagnostics import Diagnostics
from handbook.environment import content_of, warn
from handbook.lookup_index import (
    LOOKUP_FILE,
    SOURCES,
    Known,
    Place,
    Places,
    build_index,
    first_sentence,
    lookup_script,
    without_comments,
)
from handbook.lookup_renumbering import load_renumberings
from handbook.lookup_synonyms import load_synonyms
from handbook.theme import STATIC_DIR, VERDICT_SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

RENUMBERING_FOLDER = LAW_FOLDER / "omnumrering"
SYNONYM_FILE = RULE_FOLDER / "likaord.yaml"
GLOSSARY = "om/ordlista"
MODULES = "kurs/"
_REGISTER = "om/lagregister/index"


def setup_lookup(app: Sphinx) -> None:
    """Register the script of the box, and the writing of the index once all pages are read."""
    app.connect("builder-inited", _add_files)
    app.connect("env-check-consistency", _write_index)
    # Before the theme's own handler, which chooses the files of the page.
    app.connect("html-page-context", _tell_page)
    app.connect("build-finished", _shorten)


def _add_files(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.add_css_file("lookup.css", priority=710)
        app.add_js_file("lookup.js", priority=310, loading_method="defer")


def _index_path(app: Sphinx) -> Path:
    return Path(app.outdir) / "_static" / "handbook" / LOOKUP_FILE


def _write_index(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the index, and report slips in the lists of new section numbers and of synonyms."""
    diagnostics, root = Diagnostics(), Path(app.confdir)
    known = Known(
        load_renumberings(root / RENUMBERING_FOLDER, diagnostics), load_synonyms(root / SYNONYM_FILE, diagnostics)
    )
    for item in diagnostics:
        warn(item.text, item.code, f"{item.path}:{item.line}")
    if app.builder.format != "html":
        return
    index = build_index(content_of(app.config), _places(app, env), known, VERDICT_SHAPES)
    path = _index_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    sources = [(STATIC_DIR / name).read_text(encoding="utf-8") for name in SOURCES]
    path.write_text(lookup_script(index, sources), encoding="utf-8", newline="\n")


def _tell_page(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Tell the template where engine and index are, with a mark of their content so that no old ones are kept."""
    path = _index_path(app)
    if path.is_file():
        context["handbook_lookup"] = f"handbook/{LOOKUP_FILE}?v={zlib.crc32(path.read_bytes()):08x}"


def _shorten(app: Sphinx, exception: Exception | None) -> None:
    """Take the comments out of our scripts in the site: they are a third of what readers would fetch."""
    own = [Path(app.outdir) / "_static" / source.name for source in STATIC_DIR.glob("*.js")]
    for path in own if exception is None else ():
        if path.is_file():
            path.write_text(without_comments(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def _places(app: Sphinx, env: BuildEnvironment) -> Places:
    """Return what can be found on the pages that have been read."""
    address = app.builder.get_target_uri
    rules = {name: address(f"{RULE_FOLDER.name}/{name}") for name in content_of(app.config).rules.rules}
    found = {name: place for name, place in rules.items() if f"{RULE_FOLDER.name}/{name}" in env.found_docs}
    register = address(_REGISTER) if _REGISTER in env.found_docs else ""
    return Places(found, register, tuple(_sections(app, env)), tuple(_terms(app, env)), _subjects(app, env))


def _sections(app: Sphinx, env: BuildEnvironment) -> Iterator[Place]:
    """Yield the modules and their sections, without the headings that every module has."""
    pages = sorted(name for name in env.found_docs if re.fullmatch(rf"{MODULES}(?!index$)[^/]+", name))
    listed = [
        (name, link.astext(), str(link["anchorname"]))
        for name in pages
        for link in env.tocs[name].findall(nodes.reference)
    ]
    times = Counter(title for _, title, _ in listed)
    for name, title, anchor in listed:
        if times[title] == 1:
            page = env.titles[name].astext()
            yield Place(title, app.builder.get_target_uri(name) + anchor, page if anchor else "")


def _terms(app: Sphinx, env: BuildEnvironment) -> Iterator[Place]:
    """Yield the terms of the glossary, written as a glossary or as a definition list."""
    if GLOSSARY not in env.found_docs:
        return
    address = app.builder.get_target_uri(GLOSSARY)
    for item in env.get_doctree(GLOSSARY).findall(nodes.definition_list_item):
        meaning = " ".join(part.astext() for part in item.findall(nodes.definition))
        for term in item.findall(nodes.term):
            ids = [*term["ids"], *item["ids"]]
            yield Place(term.astext(), f"{address}#{ids[0]}" if ids else address, first_sentence(meaning))


def _subjects(app: Sphinx, env: BuildEnvironment) -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Return the subjects of the index of all answers that have a rule, each with the ids of its rules."""
    index, content = f"{RULE_FOLDER.name}/index", content_of(app.config)
    if index not in env.found_docs:
        return ()
    address = app.builder.get_target_uri(index)
    listed = [item for item in content.subjects if set(item.rules) & set(content.rules.rules)]
    return tuple((Place(str(item.name), f"{address}#amne-{item.id}"), tuple(map(str, item.rules))) for item in listed)
