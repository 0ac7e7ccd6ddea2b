"""``python -m handbook courseday`` and ``book``: a course day's files, and pages of the handbook as one PDF."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.book import BookError, write_book
from handbook.content import load_content
from handbook.courseday import load_courseday
from handbook.courseday_files import FolderError, make_files
from handbook.diagnostics import Diagnostics
from handbook.pdf import PdfError
from handbook.profile import DEFAULT_PROFILE

if TYPE_CHECKING:
    import argparse


def add_courseday_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser of ``python -m handbook``."""
    day = commands.add_parser("courseday", help="write invitation, slides, papers and hand-outs of a course day")
    day.add_argument("file", type=Path, metavar="FILE.toml", help="the day, such as courses/heldag.toml")
    day.add_argument("--out", type=Path, required=True, help="the folder to write; replaced when we wrote it before")
    day.add_argument("--today", type=datetime.date.fromisoformat, help="the day that 'in the past' is counted from")
    day.set_defaults(run=_courseday)
    book = commands.add_parser("book", help="write a page, or the whole handbook, as one PDF with contents")
    book.add_argument("page", nargs="?", default="index", help="such as policy/telefon; the whole handbook by default")
    book.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    book.add_argument("--date", type=datetime.date.fromisoformat, help="the day on the PDF (default: today)")
    book.set_defaults(run=_book)
    for parser in (day, book):
        parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
        parser.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _courseday(options: argparse.Namespace) -> int:
    root = options.root.resolve()
    content = load_content(root, options.profile)
    if content.profile is None:
        print(f"The profile '{options.profile}' cannot be used: run 'python -m handbook check'.", file=sys.stderr)
        return 1
    diagnostics = Diagnostics()
    day, usable = load_courseday(options.file.resolve(), content, options.today or _today(), diagnostics)
    for slip in sorted(diagnostics, key=lambda found: found.line):
        print(slip.render(root), file=sys.stderr)
    if day is None or not usable:
        print("Nothing is written.", file=sys.stderr)
        return 1
    try:
        names = make_files(day, content, options.out.resolve(), _progress)
    except FileNotFoundError as error:
        told = f"{error.filename} is missing. Hint: Run 'python3 scripts/dev.py build' once, which installs reveal.js."
        print(told, file=sys.stderr)
        return 1
    except (FolderError, PdfError, OSError) as error:
        print(f"{error} Nothing is written.", file=sys.stderr)
        return 1
    print(f"{len(names)} files are in {options.out}. Begin with kursledare/minutplan.pdf and bilder/index.html.")
    return 0


def _progress(done: int, files: int, name: str) -> None:
    on_terminal = sys.stderr.isatty()
    start, end = ("\r\033[K", "" if done < files else "\n") if on_terminal else ("", "\n")
    print(f"{start}[{done}/{files}] {name}", end=end, file=sys.stderr, flush=True)


def _book(options: argparse.Namespace) -> int:
    try:
        pages = write_book(options.root.resolve(), options.page, options.out, options.date or _today(), options.profile)
    except (BookError, PdfError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.out} is written from {pages} headings.")
    return 0
