"""The page of a test, of practice and of repetition in HTML: what is chosen first, the actions and the result."""

from __future__ import annotations

from html import escape

from handbook import ui_text
from handbook.papers import ROLES


def exam_page(kind: str, settings: dict[str, str], modules: dict[str, str], title: str) -> str:
    """Return everything but the questions, for a page whose *settings* the script reads.

    *modules* are ids and titles, *title* is that of the handbook.
    """
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in settings.items())
    parts = [_start(kind, modules), '<div class="exam-questions"></div>', *_ends(kind, title)]
    return (
        f'<div class="exam"{data}>\n<p class="exam-no-script">{ui_text.EXAM_NO_SCRIPT}</p>\n'
        '<p class="exam-status" role="status"></p>\n' + "\n".join(parts) + "\n</div>\n"
    )


def _ends(kind: str, title: str) -> list[str]:
    if kind in ("pre", "final"):
        return [_test_actions(), _result(title)]
    return [_practice_actions(kind)]


def _start(kind: str, modules: dict[str, str]) -> str:
    """Return the form in which the reader says who they are at work and what it is about."""
    fields = [_select("role", ui_text.EXAM_ROLE, {role: ui_text.ROLES[role] for role in ROLES})]
    if kind == "practice":
        fields.append(_select("module", ui_text.EXAM_MODULE, modules | {"": ui_text.EXAM_ALL_MODULES}))
    if kind != "repetition":
        hint = ui_text.EXAM_SEED_HINT if kind != "practice" else ui_text.PRACTICE_SEED_HINT
        fields.append(
            f'<p><label for="exam-seed">{ui_text.EXAM_SEED}</label> <input type="text" id="exam-seed" name="seed" '
            'maxlength="20" spellcheck="false" aria-describedby="exam-seed-hint"></p>\n'
            f'<p id="exam-seed-hint">{hint}</p>'
        )
    begin = f'<p><button type="submit" class="button button-primary">{ui_text.EXAM_BEGINS[kind]}</button></p>'
    return "\n".join(['<form class="exam-start" autocomplete="off" hidden>', *fields, begin, "</form>"])


def _select(name: str, label: str, options: dict[str, str]) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options.items())
    return f'<p><label for="exam-{name}">{label}</label> <select id="exam-{name}" name="{name}">{listed}</select></p>'


def _button(name: str, text: str, classes: str = "") -> str:
    return f'<button type="button" class="button {classes}exam-{name}">{text}</button>'


def _test_actions() -> str:
    return (
        f'<div class="exam-actions" hidden>\n<p>{ui_text.EXAM_SEED_IS} <strong class="exam-seed"></strong></p>\n'
        f"<p>{_button('hand-in', ui_text.EXAM_HAND_IN, 'button-primary ')} "
        f"{_button('clear', ui_text.EXAM_CLEAR)}</p>\n</div>"
    )


def _practice_actions(kind: str) -> str:
    """Return how far the reader has come, and what can be done then."""
    code = f'<p>{ui_text.EXAM_SEED_IS} <strong class="exam-seed"></strong></p>\n' if kind == "practice" else ""
    calendar = f"{_button('calendar', ui_text.REPETITION_CALENDAR)} " if kind == "repetition" else ""
    return (
        f'<div class="exam-actions" hidden>\n{code}<p class="exam-progress" role="status"></p>\n'
        f"<p>{_button('again', ui_text.PRACTICE_AGAIN)} {calendar}{_button('clear', ui_text.EXAM_CLEAR)}</p>\n</div>"
    )


def _result(title: str) -> str:
    facts = "".join(
        f'<dt>{label}</dt><dd data-certificate="{name}"></dd>' for name, label in ui_text.CERTIFICATE_FACTS.items()
    )
    return (
        '<section class="exam-result" tabindex="-1" aria-labelledby="exam-verdict" hidden>\n'
        '<h2 class="exam-verdict" id="exam-verdict"></h2>\n<p class="exam-percent"></p>\n<p class="exam-leak"></p>\n'
        f'<ul class="exam-severities"></ul>\n<p>{_button("save", ui_text.EXAM_SAVE)}</p>\n'
        f"<p>{ui_text.EXAM_SAVE_HINT}</p>\n"
        f'<div class="exam-certificate" hidden>\n<h3>{ui_text.CERTIFICATE}</h3>\n'
        f"<p>{escape(ui_text.CERTIFICATE_COURSE.format(title=title))}</p>\n"
        f'<p><label for="exam-name">{ui_text.CERTIFICATE_NAME}</label> '
        '<input type="text" id="exam-name" class="exam-name" maxlength="80" autocomplete="off"></p>\n'
        f'<dl class="facts">{facts}</dl>\n<p>{_button("print", ui_text.CERTIFICATE_PRINT)}</p>\n</div>\n</section>'
    )
