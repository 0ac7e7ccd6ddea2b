"""HTML to PDF: tagged, in Swedish, with its fonts inside, and the same bytes for the same input.

WeasyPrint does the work. It needs Pango, a library of the system; what to do where there is none is said in a sentence.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
from hashlib import sha256
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_PANGO = (
    "PDF files need the library Pango, which this machine does not have. Hint: Install it (Debian, Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core; macOS: brew install pango; "
    "Windows: see WeasyPrint's page on installation), then run the command again."
)
STYLE_FILE = "courseday_print.css"
_CLOCK = "SOURCE_DATE_EPOCH"


class PdfError(RuntimeError):
    """A PDF cannot be made on this machine; the message says why and what to do."""


def pdf_bytes(html: str, style: Path, date: datetime.date, base: Path | None = None) -> bytes:
    """Return *html* as a tagged PDF that says it was made on *date*. Raises PdfError where Pango is missing."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415  (reads the system's libraries when it is imported)
    except (ImportError, OSError) as error:
        raise PdfError(NO_PANGO) from error
    stamped = html.replace("<head>", f'<head>\n<meta name="dcterms.created" content="{date.isoformat()}">', 1)
    document = HTML(string=stamped, base_url=str(base) if base else None, url_fetcher=_local_only())
    with _fixed_clock(date):
        found: bytes | None = document.write_pdf(
            stylesheets=[CSS(filename=str(style))],
            presentational_hints=True,  # lists go on from the number that they are given
            pdf_variant="pdf/ua-1",
            pdf_identifier=sha256(stamped.encode()).digest()[:16],
        )
    return found or b""


@contextlib.contextmanager
def _fixed_clock(date: datetime.date) -> Iterator[None]:
    """Let fonts that fontTools cuts, where HarfBuzz cannot, carry the day of the input and not the time of the run."""
    noon = datetime.datetime.combine(date, datetime.time(12), datetime.UTC)
    before = os.environ.get(_CLOCK)
    os.environ[_CLOCK] = str(int(noon.timestamp()))
    try:
        yield
    finally:
        del os.environ[_CLOCK]
        if before is not None:
            os.environ[_CLOCK] = before


def _local_only() -> object:
    """Return what fetches pictures for WeasyPrint: from this machine only, and nothing from outside."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    return URLFetcher(allowed_protocols=["file", "data"])


def article_of(page: str) -> str:
    """Return the text of a built page, without menus, scripts and forms' hidden parts."""
    match = re.search(r"<article[^>]*>(.*)</article>", page, re.DOTALL)
    return re.sub(r"<script\b.*?</script>", "", match.group(1) if match else _no_article(), flags=re.DOTALL)


def _no_article() -> NoReturn:
    raise PdfError("The built page has no article. Hint: Build it with the theme of the handbook.")
