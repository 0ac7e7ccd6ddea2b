"""``{exam}``: a test, practice or repetition on a page, drawn from the whole bank.

A page with every question of the bank would be heavy, and there are several such pages. So the questions are written as
HTML into a script beside the pages, which a page fetches when a reader begins and the browser keeps for the next.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from handbook import ui_text
from handbook.catalogue import build_catalogue
from handbook.environment import bank_mark, bank_pages, content_of, version_of
from handbook.exam_html import exam_page
from handbook.quiz_directive import QuizDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

LENGTHS = {"practice": "10", "repetition": "5", "pre": "10"}
"""How many questions there are when nothing else is said; a final test has as many as the profile says."""


class exam_node(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A test, practice or repetition. Attributes: kind, settings (for the script), modules, catalogue.

    On one page of a folder its children are all questions; the others share the script that is made of them.
    """


class ExamDirective(QuizDirective):
    """Show what the argument says, ``pre``, ``final``, ``practice`` or ``repetition``, with ``:count:`` questions."""

    has_content = False
    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"count": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Return the test with every question that it may draw."""
        kind = directives.choice(self.arguments[0], ("pre", "final", "practice", "repetition"))
        content = content_of(self.config)
        values = content.profile.values if content.profile else {}
        settings = {
            "kind": kind,
            "count": str(self.options.get("count") or LENGTHS.get(kind) or values.get("kurs.antal_fragor", "20")),
            "pass": values.get("kurs.godkand_procent", "75"),
            "shared-pc": values.get("kurs.delad_dator", "nej"),
            "content-version": version_of(self.config),
            "profile": content.profile.slug if content.profile else "",
        }
        catalogue = build_catalogue(content)
        modules = list(dict.fromkeys(str(entry["module"]) for entry in catalogue))
        node = exam_node("", kind=kind, settings=settings, catalogue=catalogue, modules=modules, classes=["no-search"])
        self.set_source_info(node)
        if catalogue and self._carries_the_bank():
            self.options = {"question": [str(entry["id"]) for entry in catalogue]}
            node += self.show()
        return [node]

    def _carries_the_bank(self) -> bool:
        """Return whether this page makes the script with the questions: the first of its folder, since links differ."""
        page = self.env.current_document.docname
        return bank_pages(self.env).setdefault(_folder(page), page) == page


class NoExamOnPaper(SphinxPostTransform):
    """Leaves a sentence in place of a test for builders that do not write HTML: papers come from the trainer's pack."""

    default_priority = 4

    def run(self, **_kwargs: object) -> None:
        """Replace the tests of the page."""
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(exam_node)):
            node.replace_self(nodes.paragraph("", ui_text.EXAM_ON_SCREEN))


def _visit_exam(self: HTML5Translator, node: exam_node) -> None:
    """Write the questions, if this page carries them, into their script, and the rest of the test on the page."""
    builder: Any = self.builder
    page = builder.current_docname
    name = f"handbook/questions-{_folder(page).replace('/', '-') or 'start'}.js"
    if node.children:
        _write_bank(Path(builder.outdir) / "_static" / name, node["catalogue"], _written_apart(self, node))
    address = f"{relative_uri(builder.get_target_uri(page), f'_static/{name}')}?v={bank_mark(self.config)}"
    titles = {module: _title_of(self, module) for module in node["modules"]}
    settings = {**node["settings"], "questions": address}
    self.body.append(exam_page(node["kind"], settings, titles, self.config.html_title))
    raise nodes.SkipNode


def _title_of(self: HTML5Translator, module: str) -> str:
    """Return the title of a module's page, or its name when there is none yet."""
    title = self.builder.env.titles.get(f"kurs/{module}")
    return title.astext() if title is not None else module


def _written_apart(self: HTML5Translator, node: exam_node) -> dict[str, str]:
    """Return each question below *node* as HTML by its id, and leave the page as it was."""
    written = {}
    for number, child in enumerate(node.children, 1):
        assert isinstance(child, nodes.Element)  # noqa: S101
        child["number"], child["total"] = number, len(node.children)
        start = len(self.body)
        child.walkabout(self)
        written[child["question_id"]] = "".join(self.body[start:])
        del self.body[start:]
    return written


def _folder(page: str) -> str:
    return page.rpartition("/")[0]


def _write_bank(path: Path, catalogue: list[dict[str, object]], forms: dict[str, str]) -> None:
    """Write the bank as a script, whole or not at all."""
    bank = json.dumps({"catalogue": catalogue, "forms": forms}, ensure_ascii=True, separators=(",", ":"))
    script = f'"use strict";\nglobalThis.handbookQuestions = {bank};\n'.encode("ascii")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")  # pages are written by several processes
    beside.write_bytes(script)
    beside.replace(path)


def setup_exams(app: Sphinx) -> None:
    """Register directive, node and what other builders get instead."""
    app.add_node(exam_node, html=(_visit_exam, None))
    app.add_post_transform(NoExamOnPaper)
    app.add_directive("exam", ExamDirective)
