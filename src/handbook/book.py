"""A page with everything below it, or the whole handbook, as one PDF with a table of contents, from the same source."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content import load_content
from handbook.pdf import STYLE_FILE, article_of, pdf_bytes

if TYPE_CHECKING:
    import datetime

BOOK_STYLE = "book_print.css"
_HEADING = re.compile(
    r'<section[^>]*\bid="([^"]+)"[^>]*>\s*(?:<span id="[^"]*"></span>\s*)*<h([12])[^>]*>(.*?)</h\2>', re.DOTALL
)
"""A section of one page, with its heading."""

_DOCUMENT = re.compile(
    r'<span id="(document-[^"]+)"></span>\s*<section[^>]*>'
    r'\s*(?:<span id="[^"]*"></span>\s*)*<h([1-6])[^>]*>(.*?)</h\2>',
    re.DOTALL,
)
"""A page among others, in a build where all pages are one: its anchor is not used twice, as a section's may be."""

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


class BookError(RuntimeError):
    """The pages cannot be built; the message says why."""


def write_book(root: Path, page: str, out: Path, date: datetime.date, profile: str) -> int:
    """Write *page* (``index`` for all) as a PDF to *out* and return how many headings its contents name.

    Raises BookError when there is no such page or it does not build, PdfError without Pango, OSError for the disk.
    """
    if not (root / "docs" / f"{page}.md").is_file():
        raise BookError(f"There is no page docs/{page}.md. Hint: Name it without .md, such as policy/telefon.")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        built = _build(root, page, folder, profile)
        html, count = book_html(built.read_text(encoding="utf-8"), f"{_municipality(root, profile)}, {date}")
        style = folder / "print.css"
        own = Path(__file__).parent
        style.write_text("".join((own / name).read_text(encoding="utf-8") for name in (STYLE_FILE, BOOK_STYLE)))
        data = pdf_bytes(html, style, date, built.parent)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.part")
    partial.write_bytes(data)
    partial.replace(out)
    return count


def _build(root: Path, page: str, folder: Path, profile: str) -> Path:
    command = [
        sys.executable, "-m", "sphinx", "-q", "-b", "singlehtml", "-c", str(root), "-d", str(folder / "doctrees"),
        "-D", f"root_doc={page}", str(root / "docs"), str(folder / "html"),
    ]  # fmt: skip
    environment = {**os.environ, "HANDBOOK_PROFILE": profile, "PYTHONPATH": str(Path(__file__).parents[1])}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    built = folder / "html" / f"{page}.html"
    if result.returncode or not built.is_file():
        raise BookError(f"The pages do not build. Hint: Run 'python3 scripts/dev.py build'.\n{result.stderr[-2000:]}")
    return built


def _municipality(root: Path, profile: str) -> str:
    found = load_content(root, profile).profile
    return found.municipality if found else profile


def book_html(built: str, edition: str) -> tuple[str, int]:
    """Return a built page as a book, and how many headings its contents name.

    First stand its name, *edition*, which says whose it is and of which day, and the contents, then the text.
    """
    article = _own_links(article_of(built))
    title = re.search(r"<h1>(.*?)</h1>", article, re.DOTALL)
    name = _TAGS.sub("", title.group(1)) if title else "Handbok"
    found = _DOCUMENT.findall(article)
    whole = len(found) > 1
    found = found if whole else _HEADING.findall(article)
    headings = [(anchor, level, _TAGS.sub("", text)) for anchor, level, text in found]
    listed = "\n".join(
        f'<li class="level-{level}"><a href="#{anchor}">{text.strip()}</a></li>' for anchor, level, text in headings
    )
    contents = f'<nav class="toc" aria-label="Innehåll">\n<h2>Innehåll</h2>\n<ol>\n{listed}\n</ol>\n</nav>'
    kind = "book whole new-page" if whole else "book new-page"
    return (
        f'<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n<title>{escape(name)}</title>\n</head>\n'
        f'<body>\n<p class="book-name">{escape(name)}</p>\n<p class="book-edition">{escape(edition)}</p>\n'
        f'{contents}\n<main class="{kind}">\n{article}\n</main>\n</body>\n</html>\n'
    ), len(headings)


def _own_links(article: str) -> str:
    """Return *article* with links that lead somewhere from paper: within it, or to an address with a scheme."""
    ids = set(re.findall(r'\bid="([^"]+)"', article))

    def kept(match: re.Match[str]) -> str:
        target = match.group(1)
        leads = target[1:] in ids if target.startswith("#") else re.match(r"(https?|mailto):", target) is not None
        return match.group(0) if leads else match.group(2)

    return _LINK.sub(kept, article)
