"""Slides for reveal.js: each module's aims, and its questions as vote, discuss, vote again, reasons.

The files stand in one folder and load nothing from outside it, so that they open from ``file://``.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.courseday_checks import DILEMMA_MINUTES, ROUND_MINUTES, module_title
from handbook.courseday_text import LETTERS, day_text, said, times_text
from handbook.question_types.choice import ChoiceQuestion
from handbook.question_types.dilemma import DilemmaQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.content import Content
    from handbook.courseday_model import CourseDay, Part
    from handbook.question_types.base import Question
    from handbook.question_types.choice import Choice
    from handbook.question_types.parts import Part as Answer

REVEAL = Path("node_modules/reveal.js")
OWN_FILES = ("slides.css", "slides.js")
THEIRS = ("dist/reset.css", "dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE")
AIMS = re.compile(r"^## Efter modulen kan du\n+(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_PAGE = """\
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="reset.css">
<link rel="stylesheet" href="reveal.css">
<link rel="stylesheet" href="slides.css">
</head>
<body>
<main>
<div class="reveal">
<div class="slides">
{slides}
</div>
</div>
</main>
<script src="reveal.js"></script>
<script src="notes.js"></script>
<script src="slides.js"></script>
</body>
</html>
"""


def slides_files(day: CourseDay, content: Content) -> dict[str, bytes]:
    """Return the slides and what they need, by name. Raises FileNotFoundError when reveal.js is not installed."""
    found = {Path(name).name: (content.root / REVEAL / name).read_bytes() for name in THEIRS}
    found |= {name: (Path(__file__).parent / "static_slides" / name).read_bytes() for name in OWN_FILES}
    return {"index.html": slides_page(day, content).encode("utf-8"), **found}


def slides_page(day: CourseDay, content: Content) -> str:
    """Return the slides of the whole day."""
    values = content.profile.substitutions() if content.profile else {}
    title = day.text("course.title")
    slides = [
        _slide(
            f'<h1 class="title">{escape(title)}</h1>\n<p>{day_text(day.date)}</p>',
            "Bilderna styrs med piltangenterna. S visar anteckningar, L byter mellan ljus och mörk sal, "
            "F visar hela skärmen. Tabb går till rutorna för antal, Retur går vidare.",
        ),
        _slide(_times(day), "Låt bilden stå under pauserna."),
    ]
    for part in day.parts:
        slides += _part_slides(part, content, values)
    return _PAGE.format(title=escape(title), slides="\n".join(slides))


def _slide(body: str, notes: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<section{name}>\n{body}\n<aside class="notes">{escape(notes)}</aside>\n</section>'


def _times(day: CourseDay) -> str:
    rows = "\n".join(
        f"<tr><td>{times_text(part.start, part.end)}</td><td>{escape(part.title)}</td></tr>" for part in day.parts
    )
    return (
        f'<h1>Hålltider</h1>\n<table class="times">\n<thead><tr><th scope="col">Tid</th><th scope="col">Vad</th></tr>'
        f"</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _part_slides(part: Part, content: Content, values: Mapping[str, object]) -> list[str]:
    head = f"<h1>{escape(part.title)}</h1>\n<p>{times_text(part.start, part.end)}</p>"
    notes = " ".join(filter(None, (part.say, part.cut and f"Om tiden är knapp: {part.cut}")))
    found = [_slide(head, notes or "Paus.", "part")]
    aims = aims_of(part.module, content) if part.module else []
    if aims:
        listed = "\n".join(f"<li>{said(aim, values)}</li>" for aim in aims)
        found.append(
            _slide(
                f"<h1>Efteråt kan du</h1>\n<ul>\n{listed}\n</ul>",
                f"Modulen {module_title(part.module, content)}. {part.say}",
            )
        )
    for name in part.questions:
        found += _round(content.bank.questions[name], values)
    return found


def aims_of(module: str, content: Content) -> list[str]:
    """Return what the module's page says that one can do afterwards."""
    text = (content.root / "docs/kurs" / f"{module}.md").read_text(encoding="utf-8")
    match = AIMS.search(text)
    return re.findall(r"^- (.+)$", match.group(1), re.MULTILINE) if match else []


def _round(question: Question, values: Mapping[str, object]) -> list[str]:
    """Return the slides of a round: vote, discuss, vote again, reasons."""
    if not isinstance(question, ChoiceQuestion | DilemmaQuestion):
        return []
    choices = [said(choice.text, values) for choice in question.choices]
    scenario = said(question.common.scenario.text, values) if question.common.scenario else ""
    prompt = " ".join(filter(None, (scenario, said(question.common.prompt, values))))
    minutes = DILEMMA_MINUTES if isinstance(question, DilemmaQuestion) else ROUND_MINUTES
    listed = "\n".join(
        f'<li><span class="letter">{letter}</span> {text}</li>' for letter, text in zip(LETTERS, choices, strict=False)
    )
    asked = f'<p class="prompt">{prompt}</p>\n<ol class="choices">\n{listed}\n</ol>'
    first = f"<h1>Rösta</h1>\n{asked}\n{_counts(question.id, 'before', len(choices))}"
    talk = f"<h1>Diskutera</h1>\n{asked}\n<p>Övertyga någon som tänkte annorlunda. Tre minuter.</p>"
    again = f"<h1>Rösta om</h1>\n{_counts(question.id, 'after', len(choices))}\n{_bars(question.id, len(choices))}"
    return [
        _slide(first, f"Hela omgången tar {minutes} minuter. Alla röstar samtidigt. Skriv antalen.", "vote"),
        _slide(talk, "Säg inte vem som har rätt.", "vote"),
        _slide(again, "Skriv de nya antalen. Staplarna visar före och efter.", "vote"),
        _slide(_reasons(question, values), said(question.common.explanation or "Läs skälen högt.", values), "reasons"),
    ]


def _counts(name: str, when: str, choices: int) -> str:
    """Return a field for each letter, for the hands that were counted."""
    fields = "\n".join(
        f'<label>{letter} <input type="number" min="0" max="999" inputmode="numeric" data-question="{name}" '
        f'data-when="{when}" data-choice="{letter}"></label>'
        for letter in LETTERS[:choices]
    )
    label = "Antal händer, första gången" if when == "before" else "Antal händer, andra gången"
    return f"<fieldset>\n<legend>{label}</legend>\n{fields}\n</fieldset>"


def _bars(name: str, choices: int) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{letter}</th>'
        + "".join(
            f'<td><span class="track"><span class="bar {when}" data-bar="{name}/{when}/{letter}"></span></span>'
            f'<span class="count" data-count="{name}/{when}/{letter}">–</span></td>'
            for when in ("before", "after")
        )
        + "</tr>"
        for letter in LETTERS[:choices]
    )
    return (
        f'<table class="bars" aria-live="polite">\n<thead><tr><th scope="col">Svar</th><th scope="col">Före</th>'
        f'<th scope="col">Efter</th></tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>'
    )


def _reasons(question: ChoiceQuestion | DilemmaQuestion, values: Mapping[str, object]) -> str:
    right = question.correct if isinstance(question, ChoiceQuestion) else ()
    rows = []
    choices: Sequence[Choice | Answer] = question.choices
    for letter, choice in zip(LETTERS, choices, strict=False):
        mark = '<strong class="right">Rätt.</strong> ' if choice.id in right else ""
        rows.append(f'<li><span class="letter">{letter}</span> {mark}{said(choice.feedback, values)}</li>')
    title = "Skälen" if right else "För och emot"
    return f'<h1>{title}</h1>\n<ol class="choices">\n{chr(10).join(rows)}\n</ol>'
