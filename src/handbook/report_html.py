"""A group's results as one page: it can be opened from a folder, and needs no script and no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handbook import ui_text
from handbook.grader import SEVERITIES
from handbook.item_analysis import LOW_FACILITY, SMALL_GROUP, rules_to_rewrite
from handbook.verify import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.item_analysis import ItemStatistics
    from handbook.results import GroupResults

STYLE_FILE = "report.css"

_PAGE = """\
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Resultat för en grupp – {municipality}</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<main>
<h1>Resultat för en grupp</h1>
{body}
</main>
</body>
</html>
"""

_NOTICE = """\
<section class="notice" aria-labelledby="sparas">
<h2 id="sparas">Innan du sparar den här sidan</h2>
<p>En sparad lista med resultat kan bli en allmän handling (2 kap. tryckfrihetsförordningen), och då får vem som helst
begära ut den. Här står inga namn. I en liten grupp kan det ändå gå att räkna ut vem som har svarat vad. Fråga
registrator hur länge listan ska finnas kvar.</p>
</section>
"""

_READING = f"""\
<section aria-labelledby="lasa">
<h2 id="lasa">Så läser du siffrorna</h2>
<dl>
<dt>Lösningsgrad</dt>
<dd>Hur stor del av poängen gruppen fick på frågan. Obesvarat räknas som noll. En fil har bara det första
svaret på varje fråga. Har någon lämnat flera filer räknas alla.</dd>
<dt>Särskiljning</dt>
<dd>Sambandet mellan frågan och resten av provet, från −1 till 1. Ett tal över 0,2 betyder att de som klarar resten
oftast klarar frågan också. Ett tal under 0 kan betyda att facit eller texten är fel.</dd>
<dt>Få svar</dt>
<dd>Färre än {SMALL_GROUP} svar. Då kan en enda deltagare vända på siffran. Läs frågan själv innan du drar
slutsatser.</dd>
</dl>
</section>
"""


def report_html(group: GroupResults, kind: str) -> str:
    """Return the page; *kind* is the kind of paper that the questions are judged by."""
    items = group.analyses[kind].items() if kind else []
    parts = [_summary(group, kind), _NOTICE, _rewrite(group, items), _questions(items), _consequences(items)]
    parts += [_answers(items), _left_out(group), _READING]
    municipality = group.content.profile.municipality if group.content.profile else ""
    return _PAGE.format(municipality=escape(municipality), style=STYLE_FILE, body="\n".join(filter(None, parts)))


def _summary(group: GroupResults, kind: str) -> str:
    rows = []
    for name in group.kinds:
        found = group.summaries[name]
        passed = str(found.passed) if name == "final" else "–"
        cells = [str(len(found.percents)), f"{found.mean} %", f"{found.median} %", passed, str(found.with_leak)]
        rows.append([KINDS[name].capitalize(), *cells])
    files = f"{group.used} av {group.files} filer är räknade"
    lines = [
        f"<p>Sammanställt {group.date.isoformat()} med innehållsversion {escape(group.version)}. {files}.</p>",
        _table("Resultat efter slag av prov", ("Prov", "Antal", "Medel", "Median", "Godkända", "Har röjt något"), rows),
        f"<p>Godkänt är minst {group.pass_percent} procent rätt och inget röjt.</p>",
    ]
    if kind:
        lines.append(f"<p>Siffrorna om frågorna gäller svaren på {KINDS[kind]}.</p>")
    lines += [f"<p>{number} av filerna {escape(note)}.</p>" for note, number in sorted(group.notes.items())]
    if kind and len(group.summaries[kind].percents) < SMALL_GROUP:
        lines.append(
            f'<p class="warning"><strong>Liten grupp.</strong> Under {SMALL_GROUP} resultat är särskiljningen osäker. '
            "Använd siffrorna för att hitta frågor att läsa om, inte för att döma ut dem.</p>"
        )
    return "\n".join(lines)


def _rewrite(group: GroupResults, items: list[ItemStatistics]) -> str:
    found = rules_to_rewrite(items)
    limit = _percent(LOW_FACILITY)
    if not found:
        text = f"Ingen. På varje regelsida har gruppen minst {limit} av poängen på sidans frågor."
        return _section("skriv-om", "Skriv om de här sidorna", f"<p>{text}</p>")
    rows = []
    for rule in found:
        page = group.content.rules.rules.get(rule.rule_id)
        questions = ", ".join(f"{item.question.id} ({_percent(item.facility)})" for item in rule.items)
        title = f"{page.question} (docs/sla-upp/{rule.rule_id}.md)" if page else rule.rule_id
        rows.append([title, _percent(rule.facility), str(rule.answers), questions])
    intro = f"<p>Gruppen har mindre än {limit} av poängen på frågorna till de här reglerna. Börja med den översta.</p>"
    columns = ("Regelsida", "Lösningsgrad", "Svar", "Frågor")
    return _section("skriv-om", "Skriv om de här sidorna", intro + _table("Sidor att skriva om", columns, rows))


def _questions(items: list[ItemStatistics]) -> str:
    if not items:
        return ""
    by_facility = sorted(items, key=lambda item: (item.facility is None, item.facility or 0.0, item.question.id))
    rows = [
        [
            item.question.id, str(item.answers), str(item.unanswered), _percent(item.facility),
            _signed(item.discrimination), _remark(item),
        ]
        for item in by_facility
    ]  # fmt: skip
    columns = ("Fråga", "Svar", "Obesvarade", "Lösningsgrad", "Särskiljning", "Att tänka på")
    return _section("fragor", "Frågorna", _table("Frågorna, de svåraste först", columns, rows, "ids"))


def _remark(item: ItemStatistics) -> str:
    found = []
    if item.facility is None:
        found.append("poängsätts inte")
    elif item.discrimination is None:
        found.append("alla fick lika mycket" if item.answers > 1 else "bara ett svar")
    elif item.discrimination < 0:
        found.append("negativ särskiljning: kontrollera facit")
    if item.is_small_group:
        found.append("få svar")
    return ", ".join(found)


def _consequences(items: list[ItemStatistics]) -> str:
    wrong = [item for item in items if any(item.severities.values())]
    if not wrong:
        return ""
    rows = [[item.question.id, *(str(item.severities[name] or "–") for name in SEVERITIES)] for item in wrong]
    total = [sum(item.severities[name] for item in wrong) for name in SEVERITIES]
    rows.append(["Alla frågor", *map(str, total)])
    columns = ("Fråga", *(_capital(ui_text.SEVERITIES[name]) for name in SEVERITIES))
    intro = "<p>Så många svar på varje fråga som skulle ha fått en följd i verkligheten.</p>"
    return _section("foljder", "Följder av felsvaren", intro + _table("Felsvar efter följd", columns, rows, "ids"))


def _answers(items: list[ItemStatistics]) -> str:
    parts = []
    for item in items:
        rows = [[row.option.text, row.option.meaning, str(row.count), _percent(row.share)] for row in item.options]
        table = _table(f"Svar på {item.question.id}", ("Svar", "Betydelse", "Antal", "Andel"), rows)
        prompt = " ".join(item.question.common.prompt.split())
        parts.append(f"<details><summary>{escape(item.question.id)}</summary><p>{escape(prompt)}</p>{table}</details>")
    intro = "<p>Ett felsvar som ingen väljer prövar ingenting. Öppna en fråga för att se hur svaren fördelar sig.</p>"
    return _section("svar", "Så svarade gruppen", intro + "\n".join(parts)) if parts else ""


def _left_out(group: GroupResults) -> str:
    if not group.skipped:
        return ""
    rows = [[f"Fil {found.number}", f"{_capital(found.reason)}."] for found in group.skipped]
    intro = (
        "<p>Filernas namn står i terminalen där listan gjordes, inte här, eftersom de kan vara namn på personer.</p>"
    )
    return _section("inte-raknade", "Filer som inte är räknade", intro + _table("Filer", ("Fil", "Orsak"), rows))


def _section(name: str, heading: str, content: str) -> str:
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(heading)}</h2>\n{content}\n</section>'


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "texts") -> str:
    """Return a table whose first column names the row; its frame can be scrolled with the keyboard.

    *kind* is its class: ``ids`` when the names of the rows are ids, which are not to be broken at their hyphens.
    """
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    lines = []
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        lines.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
    body = "\n".join(lines)
    return (
        f'<div class="frame" role="region" tabindex="0" aria-label="{escape(caption)}">\n<table class="{kind}">\n'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{round(value * 100)} %"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 2) + 0.0:.2f}".replace(".", ",").replace("-", "−")
