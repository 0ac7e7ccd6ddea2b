"""``{exercise}``: an exercise on a page, and ``{result-files}``: a box that makes one text of saved results.

The notebook's texts and cells are shown as they are, and every question that a cell asks stands below it as an
ordinary question of the page, so that nobody needs the notebook to learn the same.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.diagnostics import Code
from handbook.environment import warn
from handbook.exercise_site import LITE, NOTEBOOKS, download_size
from handbook.markup import parse_text
from handbook.quiz_directive import QuizDirective
from handbook.yaml_source import Text

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

_ASKED = re.compile(r"""\bratta\(\s*["']([a-z0-9-]+)["']""")


class exercise_node(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """The way into a notebook. Attributes: notebook (a file's name), address (JupyterLite's folder)."""


class exercise_cell(nodes.General, nodes.Element):  # noqa: N801
    """A cell of the notebook, closed at first: who answers on the page has no use for it."""


class result_files(nodes.General, nodes.Element):  # noqa: N801
    """Where a trainer drops result files; shown by the page's script only."""


class ResultFilesDirective(SphinxDirective):
    """Offer to make one text of a group's result files."""

    def run(self) -> list[nodes.Node]:
        """Return the box."""
        return [result_files()]


class ExerciseDirective(QuizDirective):
    """Show the notebook ``exercises/<name>.ipynb`` and offer to open it."""

    has_content = False
    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the way in, then the notebook's cells in order."""
        path = Path(self.env.app.confdir) / NOTEBOOKS / f"{self.arguments[0]}.ipynb"
        self.env.note_dependency(str(path))
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError, TypeError):
            hint = f"Put a notebook at {NOTEBOOKS.as_posix()}/{self.arguments[0]}.ipynb."
            warn(f"There is no notebook '{self.arguments[0]}'. Hint: {hint}", Code.FILE_MISSING, self.get_location())
            return []
        depth = self.env.current_document.docname.count("/")
        found: list[nodes.Node] = [exercise_node("", notebook=path.name, address="../" * depth + LITE)]
        for cell in cells:
            found += self._cell(cell, path)
        return found

    def _cell(self, cell: dict[str, object], path: Path) -> list[nodes.Node]:
        source = "".join(cell["source"]) if isinstance(cell["source"], list) else str(cell["source"])
        if cell["cell_type"] == "markdown":
            return parse_text(self, Text(re.sub(r"^# .*\n+", "", source), 1), path)
        code = exercise_cell("", nodes.literal_block(source, source, language="python"))
        self.options = {"question": _ASKED.findall(source)}
        return [code, *(self.show() if self.options["question"] else [])]


def _visit(self: HTML5Translator, node: exercise_node) -> None:
    """Write the link and, for browsers that run scripts, what exercise.js makes of it."""
    href = f"{node['address']}/notebooks/index.html?path={node['notebook']}"
    size = download_size()
    label = ui_text.OPEN_EXERCISE.format(megabytes=size)
    self.body.append(
        f'<div class="exercise-door" data-lite="{node["address"]}" data-megabytes="{size}">'
        f'<a class="exercise-open" href="{href}">{label}</a>'
        f'<p class="exercise-note">{ui_text.EXERCISE_NOTE}</p>'
        '<p class="exercise-status" role="status"></p>'
        "</div>\n"
    )


def _visit_result_files(self: HTML5Translator, _node: result_files) -> None:
    self.body.append(
        '<div class="result-files" hidden>'
        f'<label for="result-files">{ui_text.RESULT_FILES}</label>'
        '<input type="file" id="result-files" multiple accept=".json,application/json">'
        '<p role="status"></p>'
        '<div class="result-files-joined" hidden>'
        f'<label for="result-files-text">{ui_text.RESULT_FILES_JOINED}</label>'
        '<textarea id="result-files-text" rows="4" readonly spellcheck="false"></textarea></div></div>\n'
    )


def _open_cell(self: HTML5Translator, _node: exercise_cell) -> None:
    self.body.append(f'<details class="exercise-cell"><summary>{ui_text.EXERCISE_CELL}</summary>\n')


def _close_cell(self: HTML5Translator, _node: exercise_cell) -> None:
    self.body.append("</details>\n")


def _nothing(_self: object, _node: nodes.Element) -> None:
    """Write nothing."""


def _skip(_self: object, _node: nodes.Element) -> NoReturn:
    raise nodes.SkipNode


def _add_script(
    app: Sphinx, _pagename: str, _template: str, _context: dict[str, object], doctree: nodes.document | None
) -> None:
    """Add exercise.js to pages that have a way into a notebook."""
    if doctree is not None and next(iter(doctree.findall(exercise_node)), None) is not None:
        app.add_js_file("exercise.js", loading_method="defer")


def setup_exercises(app: Sphinx) -> None:
    """Register the directive and its node; on paper there is nothing to open."""
    others: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, None))
    app.add_node(exercise_node, html=(_visit, _nothing), **others)
    plain: dict[str, Any] = dict.fromkeys(others, (_nothing, _nothing))
    app.add_node(exercise_cell, html=(_open_cell, _close_cell), **plain)
    app.add_node(result_files, html=(_visit_result_files, _nothing), **others)
    app.add_directive("exercise", ExerciseDirective)
    app.add_directive("result-files", ResultFilesDirective)
    app.connect("html-page-context", _add_script)
