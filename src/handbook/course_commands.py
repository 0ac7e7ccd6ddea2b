"""The commands for whoever leads a course: ``verify``, ``results`` and ``coverage``."""

from __future__ import annotations

import datetime
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content import load_content
from handbook.coverage import coverage_table
from handbook.papers import KINDS
from handbook.profile import DEFAULT_PROFILE
from handbook.regrading import Regrader
from handbook.report_csv import choices_csv, questions_csv
from handbook.report_html import STYLE_FILE, report_html
from handbook.result_file import shown
from handbook.results import collect, expand
from handbook.verify import UNREADABLE, verify

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from handbook.content import Content
    from handbook.results import GroupResults

STEP = 100
"""A line of progress is said after so many files."""


def add_course_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser of ``python -m handbook``."""
    check = commands.add_parser("verify", help="grade a saved result again and say what its certificate is worth")
    check.add_argument("result", type=Path, metavar="RESULT.json")
    check.add_argument("--code", default="", help="the check code on a printed certificate, to compare with")
    group = commands.add_parser("results", help="grade a group's saved results again and write a report")
    group.add_argument("results", type=Path, nargs="+", metavar="FILES", help="result files, or folders with them")
    group.add_argument("--out", type=Path, required=True, help="the folder to write the report to")
    group.add_argument("--kind", choices=KINDS, default="", help="judge the questions by this kind of paper")
    cover = commands.add_parser("coverage", help="show what each role's tests are drawn from")
    for parser, run in ((check, _verify), (group, _results), (cover, _coverage)):
        parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
        parser.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)
        parser.set_defaults(run=run)


def _verify(options: argparse.Namespace) -> int:
    content = _content(options)
    if content is None:
        return UNREADABLE
    verdict = verify(options.result, Regrader(content), options.code)
    print(verdict.text)
    return verdict.code


def _results(options: argparse.Namespace) -> int:
    content = _content(options)
    if content is None:
        return UNREADABLE
    paths = expand(options.results)
    progress = _Progress()
    group = collect(paths, content, Regrader(content), datetime.datetime.now().astimezone().date(), progress)
    _name_skipped(group, paths)
    if not group.used:
        print("Ingen fil kunde räknas, så ingen rapport är skriven.", file=sys.stderr)
        return 1
    kind = group.kind(options.kind)
    if not kind:
        print(f"Ingen av filerna är av slaget '{options.kind}'.", file=sys.stderr)
        return 1
    try:
        page = write_report(group, kind, options.out)
    except OSError:
        where = shown(str(options.out), 200)
        print(f"Rapporten kan inte skrivas i {where}. Välj en annan mapp med --out.", file=sys.stderr)
        return 1
    print(f"{group.used} av {group.files} filer är räknade. Rapporten finns i {shown(str(page), 200)}.")
    return 0


def write_report(group: GroupResults, kind: str, folder: Path) -> Path:
    """Write the report into *folder* and return the page to open. Raises OSError."""
    items = group.analyses[kind].items()
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    page.write_text(report_html(group, kind), encoding="utf-8", newline="\n")
    (folder / STYLE_FILE).write_bytes(Path(__file__).with_name(STYLE_FILE).read_bytes())
    (folder / "questions.csv").write_bytes(questions_csv(items))
    (folder / "choices.csv").write_bytes(choices_csv(items))
    return page


def _coverage(options: argparse.Namespace) -> int:
    content = _content(options)
    if content is None:
        return UNREADABLE
    print(coverage_table(content))
    return 0


def _content(options: argparse.Namespace) -> Content | None:
    """Return the content; say why not when the profile cannot be used, and that there are slips when there are any."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a file's name may hold letters that an old terminal does not have
    root = options.root.resolve()
    content = load_content(root, options.profile)
    if content.profile is None:
        slips = [found.render(root) for found in content.diagnostics]
        print(f"The profile '{options.profile}' cannot be used.", *slips, sep="\n", file=sys.stderr)
        return None
    if content.diagnostics:
        print(f"{len(content.diagnostics)} slips in the content: see 'python -m handbook check'.", file=sys.stderr)
    return content


class _Progress:
    """Says how far the grading has come: on one line of a terminal, else on a line for every STEP files."""

    def __call__(self, done: int, files: int) -> None:
        if files <= STEP or (done % STEP and done < files):
            return
        on_terminal = sys.stderr.isatty()
        end = "\n" if done == files or not on_terminal else ""
        print(f"{chr(13) if on_terminal else ''}Rättar {done} av {files} …", end=end, file=sys.stderr, flush=True)


def _name_skipped(group: GroupResults, paths: Sequence[Path]) -> None:
    """Say on the terminal, and nowhere else, which files are not counted and why."""
    for found in group.skipped:
        like = f" ({shown(paths[found.like - 1].name)})" if found.like else ""
        name = shown(paths[found.number - 1].name)
        print(f"Fil {found.number}, {name}, räknas inte: {found.reason}{like}.", file=sys.stderr)
