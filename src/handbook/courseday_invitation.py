"""The invitation with its form, the programme, the calendar entry and the trainer's minute plan."""

from __future__ import annotations

import datetime
import io
import zoneinfo
from html import escape
from typing import TYPE_CHECKING

import segno
from icalendar import Calendar, Event

from handbook.courseday_checks import DILEMMA_MINUTES, ROUND_MINUTES, TEXT_MINUTES, module_title, needed_minutes
from handbook.courseday_text import day_text, facts, page, said, table, times_text
from handbook.papers import read_seed
from handbook.question_types.dilemma import DilemmaQuestion

if TYPE_CHECKING:
    from handbook.content import Content
    from handbook.courseday_model import CourseDay, Part

ZONE = zoneinfo.ZoneInfo("Europe/Stockholm")
FORM_FIELDS = (
    ("Namn", "text"), ("Befattning", "text"), ("Arbetsplats", "text"), ("E-post till arbetet", "email"),
    ("Behov för att kunna delta", "text"), ("Fakturareferens, om någon annan betalar", "text"),
)  # fmt: skip
"""The fields of 2010 without the home address, the fax and the signature."""


def invitation(day: CourseDay, content: Content, style: str = "") -> str:
    """Return the invitation: why, when, where, for whom, the programme, how to register, and the form."""
    body = "\n".join([_head(day), _about(day), _programme(day), _practical(day), _form(day)])
    return page(day.text("course.title"), body, _author(content), style)


def _author(content: Content) -> str:
    return content.profile.municipality if content.profile else ""


def _head(day: CourseDay) -> str:
    number = f'<p class="meta">Kurs {escape(day.text("course.number"))}</p>' if day.text("course.number") else ""
    when = f"{day_text(day.date).capitalize()} kl. {times_text(day.start, day.end)}"
    place = f"{day.text('place.name')}, {day.text('place.address')}"
    return f'{number}\n<h1>{escape(day.text("course.title"))}</h1>\n<p class="lead">{when}<br>{escape(place)}</p>'


def _about(day: CourseDay) -> str:
    return f"""\
<h2>Bakgrund och syfte</h2>
<p>{escape(day.text("course.purpose"))}</p>
<p>{escape(day.text("course.news"))}</p>
<h2>För vem</h2>
<p>{escape(day.text("course.audience"))}</p>"""


def _programme(day: CourseDay) -> str:
    rows = [(times_text(part.start, part.end), escape(part.title)) for part in day.parts]
    return f"<h2>Program och hålltider</h2>\n{table(('Tid', 'Vad'), rows, 'times')}"


def _practical(day: CourseDay) -> str:
    presenters = "<br>".join(escape(f"{role}. {about}") for role, about in day.presenters)
    last = day_text(day.last_day)
    place = ", ".join(filter(None, (day.text("place.name"), day.text("place.room"), day.text("place.address"))))
    pairs = [
        ("Plats", escape(place)),
        ("Tillgänglighet", escape(day.text("place.accessibility"))),
        ("Medverkande", presenters),
        ("Dokumentation", escape(day.text("course.documentation"))),
        ("Avgift", escape(day.text("fee.text"))),
        ("Faktura", escape(day.text("fee.invoice"))),
        ("Anmälan", f"Senast {last}, till {escape(day.text('registration.channel'))}."),
        ("Så fungerar anmälan", escape(day.text("registration.rules"))),
        ("Frågor om innehållet", escape(day.text("contact.content"))),
        ("Praktiska frågor", escape(day.text("contact.practical"))),
    ]
    return f"<h2>Praktiskt</h2>\n{facts(pairs)}"


def _form(day: CourseDay) -> str:
    """Return the form as labelled lines: it is filled in on paper, or copied into a mail or an e-service."""
    rows = "\n".join(f'<p class="keep">{label}</p>\n<div class="line"></div>' for label, _ in FORM_FIELDS)
    deleted = day_text(datetime.date.fromisoformat(day.text("registration.diet_deleted")))
    return f"""\
<section class="new-page">
<h2>Anmälan</h2>
<p>Skicka svaren till {escape(day.text("registration.channel"))} senast {day_text(day.last_day)}.
Vi ber inte om din hemadress eller ditt privata nummer. Har du skyddade personuppgifter? Ring i stället:
{escape(day.text("contact.practical"))}.</p>
{rows}
<h3>Mat</h3>
<p>Önskemål om mat går bara till köket. De raderas {deleted}. Skriv vad du behöver äta, men inte varför.</p>
<p class="keep">Önskemål om mat</p>
<div class="line"></div>
<p class="meta">En anmälan till en kommun kan vara en allmän handling. Skriv inte mer än det som behövs.</p>
</section>"""


def calendar_file(day: CourseDay) -> bytes:
    """Return the day as a calendar entry; its stamp is the last day to register, so that the bytes are the same."""
    event = Event()
    event.add("uid", f"{day.text('course.id')}@kursdag")
    event.add("dtstamp", datetime.datetime.combine(day.last_day, datetime.time(), datetime.UTC))
    event.add("dtstart", datetime.datetime.combine(day.date, day.start, ZONE))
    event.add("dtend", datetime.datetime.combine(day.date, day.end, ZONE))
    event.add("summary", day.text("course.title"))
    event.add("location", ", ".join(filter(None, (day.text("place.name"), day.text("place.address")))))
    event.add("description", f"{day.text('course.purpose')}\n{day.text('place.accessibility')}")
    calendar = Calendar()
    calendar.add("prodid", "-//Handbok i offentlighet och sekretess//Kursdag//SV")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    found: bytes = calendar.to_ical()
    return found


def qr_svg(day: CourseDay) -> str:
    """Return the code that leads to the paper on the intranet, as an SVG picture."""
    written = io.BytesIO()
    segno.make(day.text("handouts.paper_link"), error="m", micro=False).save(
        written, kind="svg", xmldecl=False, svgns=True, nl=False, title="Länken till provet"
    )
    return written.getvalue().decode("utf-8")


def link_page(day: CourseDay, content: Content, style: str = "") -> str:
    """Return the page with the link, the QR code and the code of the paper."""
    link, seed = escape(day.text("handouts.paper_link")), read_seed(day.text("handouts.seed"))
    body = f"""\
<h1>Provet på intranätet</h1>
<p class="lead">Öppna länken eller rikta telefonen mot rutan. Skriv koden <strong>{seed}</strong>, så får alla
samma prov.</p>
<p><a href="{link}">{link}</a></p>
<p><img class="qr" src="lank.svg" alt="QR-kod med länken till provet" width="240" height="240"></p>
<p>Vill du lämna ditt resultat? Spara det som en fil och ge den till kursledaren. Ingen annan ser det.
En sparad fil kan vara en allmän handling hos kommunen.</p>"""
    return page("Provet på intranätet", body, _author(content), style)


def minute_plan(day: CourseDay, content: Content) -> str:
    """Return the trainer's plan: for each part when, what, material, what to say and what can be cut."""
    budget = (day.end.hour - day.start.hour) * 60 + day.end.minute - day.start.minute
    used = sum(part.minutes for part in day.parts)
    rows = [_plan_row(part, content) for part in day.parts]
    body = f"""\
<h1>Minutplan</h1>
<p class="lead">{escape(day.text("course.title"))}, {day_text(day.date)}.</p>
<p>Dagen har {budget} minuter och delarna tar {used}. Marginalen är {budget - used} minuter.
En omgång rösta, diskutera och rösta om tar {ROUND_MINUTES} minuter och ett dilemma {DILEMMA_MINUTES}.</p>
{table(("Tid", "Vad", "Säg", "Material", "Om tiden är knapp"), rows, "times plan")}
<h2>Så går en omgång till</h2>
<ol>
<li>Läs frågan högt. En halv minut att tänka.</li>
<li>Alla röstar samtidigt. Skriv antalen på bilden.</li>
<li>Tre minuter i par. Säg inte vem som har rätt.</li>
<li>Rösta om. Staplarna visar före och efter.</li>
<li>Läs skälen och säg vilken regel som gäller.</li>
</ol>"""
    return page("Minutplan", body, _author(content))


def _plan_row(part: Part, content: Content) -> tuple[str, ...]:
    values = content.profile.substitutions() if content.profile else {}
    lines = [f"<strong>{escape(part.title)}</strong>"]
    if part.module:
        minutes = part.minutes - _round_minutes(part, content)
        lines.append(f"Modul: {escape(module_title(part.module, content))}, genomgång {minutes} min")
    for name in part.questions:
        question = content.bank.questions[name]
        minutes = DILEMMA_MINUTES if isinstance(question, DilemmaQuestion) else ROUND_MINUTES
        lines.append(f"{minutes} min: {said(_short(question.common.prompt), values)}")
    when = f"{times_text(part.start, part.end)}<br>{part.minutes} min"
    return when, "<br>".join(lines), escape(part.say), escape(part.material), escape(part.cut)


def _round_minutes(part: Part, content: Content) -> int:
    """Return what the questions take of the part; the rest is for what the module says."""
    return needed_minutes(part, content) - TEXT_MINUTES


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")
