"""``{exam}``: a test on a page. The page holds every question of the bank; the script draws a paper from them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook import ui_text
from handbook.catalogue import build_catalogue, content_version
from handbook.environment import content_of
from handbook.papers import ROLES
from handbook.quiz_directive import QuizDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator


class exam_node(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A test. Attributes: kind (pre or final), settings (for the script), catalogue. Its children are the questions."""


class ExamDirective(QuizDirective):
    """Show a test of the kind in the argument, ``pre`` or ``final``, with ``:count:`` questions."""

    has_content = False
    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"count": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Return the test with every question that it may draw."""
        kind = directives.choice(self.arguments[0], ("pre", "final"))
        content = content_of(self.config)
        values = content.profile.values if content.profile else {}
        settings = {
            "kind": kind,
            "count": str(self.options.get("count") or values.get("kurs.antal_fragor", "20")),
            "pass": values.get("kurs.godkand_procent", "75"),
            "shared-pc": values.get("kurs.delad_dator", "nej"),
            "content-version": content_version(content),
            "profile": content.profile.slug if content.profile else "",
        }
        catalogue = [entry for entry in build_catalogue(content) if entry["type"] != "dilemma"]
        node = exam_node("", kind=kind, settings=settings, catalogue=catalogue)
        self.set_source_info(node)
        self.options = {"question": [str(entry["id"]) for entry in catalogue]}
        node += self.show()
        return [node]


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
    settings = "".join(f' data-{name}="{self.attval(value)}"' for name, value in node["settings"].items())
    catalogue = json.dumps(node["catalogue"], ensure_ascii=True).replace("<", "\\u003c")
    roles = "".join(f'<option value="{role}">{ui_text.ROLES[role]}</option>' for role in ROLES)
    self.body.append(
        f'<div class="exam"{settings}>\n<script type="application/json" class="exam-catalogue">{catalogue}</script>\n'
        f'<p class="exam-no-script">{ui_text.EXAM_NO_SCRIPT}</p>\n'
        '<p class="exam-status" role="status"></p>\n<form class="exam-start" autocomplete="off" hidden>\n'
        f'<p><label for="exam-role">{ui_text.EXAM_ROLE}</label> '
        f'<select id="exam-role" name="role">{roles}</select></p>\n'
        f'<p><label for="exam-seed">{ui_text.EXAM_SEED}</label> <input type="text" id="exam-seed" name="seed" '
        f'maxlength="20" spellcheck="false" aria-describedby="exam-seed-hint"></p>\n'
        f'<p id="exam-seed-hint">{ui_text.EXAM_SEED_HINT}</p>\n'
        f'<p><button type="submit" class="button button-primary">{ui_text.EXAM_BEGIN}</button></p>\n</form>\n'
        '<div class="exam-questions">\n'
    )


def _depart_exam(self: HTML5Translator, _node: exam_node) -> None:
    facts = "".join(
        f'<dt>{label}</dt><dd data-certificate="{name}"></dd>' for name, label in ui_text.CERTIFICATE_FACTS.items()
    )
    self.body.append(
        "</div>\n"
        f'<div class="exam-actions" hidden>\n<p>{ui_text.EXAM_SEED_IS} <strong class="exam-seed"></strong></p>\n'
        f'<p><button type="button" class="button button-primary exam-hand-in">{ui_text.EXAM_HAND_IN}</button> '
        f'<button type="button" class="button exam-clear">{ui_text.EXAM_CLEAR}</button></p>\n</div>\n'
        '<section class="exam-result" tabindex="-1" aria-labelledby="exam-verdict" hidden>\n'
        '<h2 class="exam-verdict" id="exam-verdict"></h2>\n<p class="exam-percent"></p>\n<p class="exam-leak"></p>\n'
        '<ul class="exam-severities"></ul>\n'
        f'<p><button type="button" class="button exam-save">{ui_text.EXAM_SAVE}</button></p>\n'
        f"<p>{ui_text.EXAM_SAVE_HINT}</p>\n"
        f'<div class="exam-certificate" hidden>\n<h3>{ui_text.CERTIFICATE}</h3>\n'
        f'<p><label for="exam-name">{ui_text.CERTIFICATE_NAME}</label> '
        '<input type="text" id="exam-name" class="exam-name" maxlength="80" autocomplete="off"></p>\n'
        f'<dl class="facts">{facts}</dl>\n'
        f'<p><button type="button" class="button exam-print">{ui_text.CERTIFICATE_PRINT}</button></p>\n</div>\n'
        "</section>\n</div>\n"
    )


def setup_exams(app: Sphinx) -> None:
    """Register directive, node and what other builders get instead."""
    app.add_node(exam_node, html=(_visit_exam, _depart_exam))
    app.add_post_transform(NoExamOnPaper)
    app.add_directive("exam", ExamDirective)
