"""``python -m handbook review``: the list of what is to be read again, for the registrar."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content import load_content
from handbook.profile import DEFAULT_PROFILE
from handbook.review import review, review_text

if TYPE_CHECKING:
    import argparse


def add_review_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of ``python -m handbook``."""
    parser = commands.add_parser("review", help="list rules and questions that have to be read again, and coming law")
    parser.add_argument("--today", metavar="DATE", help="the day of the list, YYYY-MM-DD (default: today)")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    parser.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    """Print the list; return 0 when nothing is due, 1 when something is, 2 when no list could be made."""
    today = _day(options.today)
    if today is None:
        print(f"'{options.today}' is no date. Hint: Write YYYY-MM-DD, as 2026-11-28.", file=sys.stderr)
        return 2
    root = options.root.resolve()
    content = load_content(root, options.profile)
    if content.profile is None:
        slips = [found.render(root) for found in content.diagnostics]
        print(f"The profile '{options.profile}' cannot be used.", *slips, sep="\n", file=sys.stderr)
        return 2
    if content.diagnostics:
        print(f"{len(content.diagnostics)} slips in the content: see 'python -m handbook check'.", file=sys.stderr)
    found = review(content, today)
    print(review_text(found))
    return 1 if found.is_due else 0


def _day(text: str | None) -> datetime.date | None:
    """Return the day that is asked for, today when none is, and None when it cannot be read."""
    if text is None:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
