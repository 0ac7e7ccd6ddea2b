"""The other papers of a course day: laws, cards, votes, dilemmas, evaluation, attendance and diploma."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handbook.courseday_text import day_text, page, said, table, times_text
from handbook.question_types.dilemma import DilemmaQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.content import Content
    from handbook.courseday_model import CourseDay
    from handbook.rule_register import Rule

ATTENDANCE_ROWS = 18
EVALUATION = (
    "Jag vet bättre än i går vad jag får lämna ut.",
    "Jag vet vem jag ska lämna en svår fråga till.",
    "Frågorna liknade mina egna samtal.",
    "Tempot var lagom.",
    "Jag kan säga nej till en otillåten fråga på ett vänligt sätt.",
)


def _values(content: Content) -> Mapping[str, object]:
    return content.profile.substitutions() if content.profile else {}


def _page(title: str, body: str, content: Content) -> str:
    return page(title, body, content.profile.municipality if content.profile else "")


def law_booklet(day: CourseDay, content: Content) -> str:
    """Return the day's provisions in plain words, with SFS number and the day each was checked."""
    found = [content.laws.entries[name] for name in day.lists["law"]]
    checked = min(entry.last_checked for entry in found) if found else day.date
    parts = []
    for entry in found:
        strength = f"<p><strong>Styrka: {entry.strength}.</strong></p>\n" if entry.strength != "none" else ""
        parts.append(f"""\
<section class="law">
<h2>{escape(entry.citation)}: {escape(entry.heading)}</h2>
<p>{said(entry.gist, _values(content))}</p>
{strength}<p class="meta">SFS {escape(entry.law.sfs)}, senast ändrad genom {escape(entry.amended_by)}. Gäller från
{entry.in_force}. Kontrollerad {entry.last_checked}.</p>
</section>""")
    old = (day.date - checked).days > 183
    warning = (
        "<p><strong>Häftet är mer än sex månader gammalt på kursdagen. Kontrollera lagen först.</strong></p>\n"
        if old
        else ""
    )
    head = f"""\
<h1>Dagens lagregler</h1>
<p class="lead">Våra egna ord, inte lagens. Kontrollerade den {checked} eller senare. Lagtexten finns hos riksdagen.</p>
{warning}"""
    return _page("Dagens lagregler", head + "\n".join(parts), content)


def desk_cards(day: CourseDay, content: Content) -> str:
    """Return a card for each rule: the question, the verdict, the short answer and the words to say."""
    cards = "\n".join(_card(content.rules.rules[name], content) for name in day.lists["cards"])
    return _page("Kort till skrivbordet", f"<h1>Kort till skrivbordet</h1>\n{cards}", content)


def _card(rule: Rule, content: Content) -> str:
    values = _values(content)
    laws = ", ".join(content.laws.entries[name].citation for name in rule.provisions if name in content.laws.entries)
    return f"""\
<section class="card">
<h2>{escape(rule.question)}</h2>
<p><span class="verdict">{escape(rule.verdict.capitalize())}</span></p>
<p>{said(rule.short_answer, values)}</p>
<p class="say">Säg så här: {said(rule.say, values)}</p>
<p>Fråga inte: {said(rule.do_not_ask, values)}</p>
<p class="meta">{escape(laws)}. Kontrollerad {rule.last_checked}.</p>
</section>"""


def voting_cards(_day: CourseDay, content: Content) -> str:
    """Return the cards A, B and C, a letter to a page, which also differ in words."""
    body = "\n".join(
        f'<p class="vote">{letter} <small>Håll upp kortet när alla röstar samtidigt.</small></p>' for letter in "ABC"
    )
    return _page("Röstkort", body, content)


def dilemma_cases(day: CourseDay, content: Content) -> str:
    """Return the dilemmas: the case and its answers for the group, then what speaks for each, for the facilitator."""
    values = _values(content)
    cases, notes = [], []
    found = [content.bank.questions[name] for name in day.lists["dilemmas"]]
    for number, question in enumerate(found, 1):
        if not isinstance(question, DilemmaQuestion):
            continue
        answers = "\n".join(f"<li>{said(choice.text, values)}</li>" for choice in question.choices)
        reasons = "\n".join(
            f"<dt>{said(choice.text, values)}</dt>\n<dd>{said(choice.feedback, values)}</dd>"
            for choice in question.choices
        )
        prompt = said(question.common.prompt, values)
        cases.append(
            f'<section class="keep">\n<h2>Fall {number}</h2>\n<p>{prompt}</p>\n<ul>\n{answers}\n</ul>\n</section>'
        )
        explained = said(question.common.explanation or "", values)
        notes.append(f"<h2>Fall {number}</h2>\n<dl>\n{reasons}\n</dl>\n<p>{explained}</p>")
    body = f"""\
<h1>Dilemman</h1>
<p class="lead">Här finns inget facit. Flera svar går att försvara. Säg vad som talar för och emot.</p>
{chr(10).join(cases)}
<section class="new-page">
<h1>Till den som leder samtalet</h1>
<p>Tio minuter för varje fall: två att läsa, fem i grupp, tre tillsammans. Rösta gärna, men räkna inte rätt och fel.
Fråga: Vem drabbas om vi har fel? Vem avgör hos oss? Vilken regel gäller i alla fall?</p>
{chr(10).join(notes)}
</section>"""
    return _page("Dilemman", body, content)


def evaluation(day: CourseDay, content: Content) -> str:
    """Return the evaluation: five statements, two open questions, no name."""
    rows = [(escape(text), "☐", "☐", "☐", "☐") for text in EVALUATION]
    lines = '<div class="line"></div>\n' * 3
    body = f"""\
<h1>Utvärdering</h1>
<p class="lead">{escape(day.text("course.title"))}, {day_text(day.date)}. Skriv inte ditt namn.</p>
{table(("Påstående", "Stämmer inte", "Stämmer lite", "Stämmer ganska bra", "Stämmer helt"), rows, "boxes")}
<h2>Vad gör du annorlunda i morgon?</h2>
{lines}
<h2>Vad var svårt eller fel?</h2>
{lines}
<p class="meta">Svaren kan bli allmän handling hos kommunen. Berätta inte om verkliga personer.</p>"""
    return _page("Utvärdering", body, content)


def attendance(day: CourseDay, content: Content) -> str:
    """Return the list of who was there: name, workplace and nothing more."""
    rows = [(str(number), "", "", "") for number in range(1, ATTENDANCE_ROWS + 1)]
    body = f"""\
<h1>Närvaro</h1>
<p class="lead">{escape(day.text("course.title"))}, {day_text(day.date)}.</p>
<p>Skriv namn och arbetsplats. Har du skyddade personuppgifter? Säg till kursledaren i stället för att skriva här.</p>
{table(("Nr", "Namn", "Arbetsplats", "Kryssa"), rows, "attendance")}
<p class="meta">Listan sparas så länge intyget ska kunna styrkas. Sedan gallras den efter kommunens plan. Den kan vara
en allmän handling.</p>"""
    return _page("Närvaro", body, content)


def diploma(day: CourseDay, content: Content) -> str:
    """Return the diploma to fill in by hand: what, when and how long."""
    taught = sum(part.minutes for part in day.parts if part.kind not in {"break", "meal"})
    sessions = ", ".join(part.title for part in day.sessions)
    body = f"""\
<div class="diploma">
<h1>Intyg</h1>
<div class="line"></div>
<p>namn</p>
<p class="lead">har deltagit i<br><strong>{escape(day.text("course.title"))}</strong></p>
<p>{day_text(day.date).capitalize()}, {times_text(day.start, day.end)}. Undervisning: {taught} minuter.</p>
<p>Innehåll: {escape(sessions)}.</p>
<div class="line"></div>
<p>kursledare</p>
</div>
<p class="meta">Intyget säger att du har deltagit. Det säger inget om resultat på prov.</p>"""
    return _page("Intyg", body, content)
