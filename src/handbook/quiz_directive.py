"""``{quiz}``: questions of the bank on a page, chosen by rule or by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook import ui_text
from handbook.diagnostics import Code
from handbook.environment import content_of, embedded_questions, version_of, warn
from handbook.markup import joined, law_link, parse_text, rule_link
from handbook.question_bank import newer_provisions
from handbook.question_forms import form_of
from handbook.quiz_nodes import (
    as_phrases,
    key_explanation,
    key_sources,
    question_key,
    question_node,
    question_prompt,
    question_scenario,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    from handbook.content import Content
    from handbook.question_types.base import Question


def _names(argument: str | None) -> list[str]:
    """Return the comma-separated names of an option."""
    return [name.strip() for name in (argument or "").split(",") if name.strip()]


def _whole_number(argument: str | None) -> int:
    """Return the number of an option, at least 1."""
    text = (argument or "").strip()
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("write a whole number, at least 1")
    return int(text)


class QuizDirective(SphinxDirective):
    """Show the questions in ``:question:``, of ``:module:`` and of the main rules in ``:rule:``, less ``:exclude:``.

    With ``:most: 2`` there are at most two for each rule, the first of the bank.
    """

    option_spec: ClassVar[OptionSpec] = {
        "rule": _names,
        "most": _whole_number,
        "question": _names,
        "module": _names,
        "exclude": _names,
    }
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the questions as nodes."""
        return self.show()

    def show(self) -> list[nodes.Node]:
        """Return the questions of the options as nodes, and remember that the page embeds them."""
        found: list[nodes.Node] = []
        for question in self._questions():
            embedded_questions(self.env).setdefault(self.env.current_document.docname, []).append(question.id)
            found.append(self._question(question))
        return found

    def _questions(self) -> list[Question]:
        content = content_of(self.config)
        wanted = list(self.options.get("question", []))
        if not any(self.options.get(name) for name in ("question", "rule", "module")):
            self._warn(Code.MISSING_KEY, "The quiz asks for no questions.", "Add ':rule: …' or ':question: …'.")
        for module in self.options.get("module", []):
            wanted += [question.id for question in content.bank.questions.values() if question.common.module == module]
        excluded = self.options.get("exclude", [])
        for rule_id in self.options.get("rule", []):
            practising = [question.id for question in content.bank.practising(rule_id) if question.id not in excluded]
            wanted += practising[: self.options.get("most")]
            if content.rules.lacks(rule_id):
                self._warn(Code.UNKNOWN_RULE, f"There is no rule '{rule_id}'.", content.rules.suggestion(rule_id))
        for question_id in [*self.options.get("question", []), *excluded]:
            if content.bank.lacks(question_id):
                self._warn(
                    Code.UNKNOWN_QUESTION,
                    f"There is no question '{question_id}'.",
                    content.bank.suggestion(question_id),
                )
        known = [name for name in dict.fromkeys(wanted) if name in content.bank.questions and name not in excluded]
        return _together([content.bank.questions[name] for name in known])

    def _warn(self, code: Code, message: str, hint: str) -> None:
        warn(f"{message} Hint: {hint}", code, self.get_location())

    def _question(self, question: Question) -> question_node:
        common = question.common
        node = question_node(
            "",
            question_id=question.id,
            question_type=common.type,
            definition=_without_texts(question.definition()),
            report=report_address(content_of(self.config), question.id, version_of(self.config)),
        )
        self.set_source_info(node)
        if common.scenario is not None:
            situation = parse_text(self, common.scenario.text, common.path)
            node += question_scenario("", *situation, scenario_id=common.scenario.id, repeated=False)
        prompt = as_phrases(parse_text(self, common.prompt, common.path))
        answer, reasons = form_of(self, question)
        node += [question_prompt("", *self._quarantine_notice(question), *prompt), *answer]
        key = question_key("", *reasons)
        if common.explanation is not None:
            key += key_explanation("", *parse_text(self, common.explanation, common.path))
        key += self._sources(question)
        node += key
        return node

    def _sources(self, question: Question) -> key_sources:
        """Return the rules that the question cites and the provision that bears each."""
        content = content_of(self.config)
        cited = [content.rules.rules[name] for name in question.common.rules if name in content.rules.rules]
        bearing = dict.fromkeys(rule.provisions[0] for rule in cited if rule.provisions)
        entries = [content.laws.entries[name] for name in bearing if name in content.laws.entries]
        paragraph = nodes.paragraph(
            "", "", nodes.Text(ui_text.RULE_SOURCE), *joined([rule_link(rule) for rule in cited])
        )
        if entries:
            paragraph += [nodes.Text(" " + ui_text.LAW_SOURCE), *joined([law_link(entry) for entry in entries])]
        return key_sources("", paragraph)

    def _quarantine_notice(self, question: Question) -> list[nodes.Node]:
        content = content_of(self.config)
        newer = newer_provisions(question, content.rules, content.laws)
        if not newer:
            return []
        text = ui_text.QUARANTINED.format(provisions=", ".join(newer))
        return as_phrases([nodes.paragraph(text, text)])


def _together(questions: list[Question]) -> list[Question]:
    """Return the questions with those that share a situation in a row, where the first of them stood."""
    found: list[Question] = []
    for question in questions:
        shared = question.common.scenario
        if question not in found:
            found += [other for other in questions if other.common.scenario is shared] if shared else [question]
    return found


def report_address(content: Content, question_id: str, version: str) -> str:
    """Return the address of a letter about a question to the profile's registrar; without an address, to nobody yet.

    It carries the question's id and the version of the content, and works without any script.
    """
    contact = content.profile.contacts.get("registrator") if content.profile else None
    filled = {"id": question_id, "version": version}
    subject = ui_text.REPORT_SUBJECT.format(**filled)
    body = ui_text.REPORT_BODY.format(**filled).replace("\n", "\r\n")
    to = quote(contact.email, safe="@") if contact else ""
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def _without_texts(definition: object) -> object:
    """Return the definition for the page, which already shows every feedback text."""
    if isinstance(definition, dict):
        return {key: _without_texts(value) for key, value in definition.items() if not key.startswith("feedback")}
    if isinstance(definition, list):
        return [_without_texts(value) for value in definition]
    return definition


def setup_quiz_directive(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("quiz", QuizDirective)
