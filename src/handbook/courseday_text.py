"""Pieces of HTML that every file of a course day shares: safe text, dates, pages."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from handbook.swedish_text import plain

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
LETTERS = "ABCDEF"

_PAGE = """\
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{author}">
<title>{title}</title>
{style}</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def day_text(date: datetime.date) -> str:
    """Return a date as it is read: ``onsdag den 14 april 2027``."""
    return f"{WEEKDAYS[date.weekday()]} den {date.day} {MONTHS[date.month - 1]} {date.year}"


def times_text(start: datetime.time, end: datetime.time) -> str:
    """Return two times as they are read: ``09.00–16.00``."""
    return f"{start:%H.%M}–{end:%H.%M}"


def said(text: str, values: Mapping[str, object]) -> str:
    """Return an author's text as HTML: local values filled in, roles as their text, nothing that is read as markup."""
    return escape(" ".join(plain(text, values).split()))


def page(title: str, body: str, author: str, style: str = "") -> str:
    """Return a whole page; *style* is a style sheet beside it, which a PDF does not need."""
    link = f'<link rel="stylesheet" href="{style}">\n' if style else ""
    return _PAGE.format(title=escape(title), author=escape(author), body=body, style=link)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a table whose first row names the columns; the cells are HTML."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    below = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    name = f' class="{kind}"' if kind else ""
    return f"<table{name}>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{below}\n</tbody>\n</table>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return terms with what is said of them; empty ones are left out."""
    found = "\n".join(f"<dt>{escape(term)}</dt>\n<dd>{text}</dd>" for term, text in pairs if text)
    return f"<dl>\n{found}\n</dl>"


def slug_safe(text: str) -> str:
    """Return *text* as part of an id."""
    return re.sub(r"[^a-z0-9-]+", "-", text.lower()).strip("-")
