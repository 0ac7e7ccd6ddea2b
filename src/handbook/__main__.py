"""``python -m handbook``: check, lint and describe what editors write, and grade again what learners saved."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from handbook.content import QUIZ_FOLDER, load_content
from handbook.course_commands import add_course_commands
from handbook.courseday_command import add_courseday_commands
from handbook.offline import MANIFEST_FILE, PARAMETER, write_zip
from handbook.profile import DEFAULT_PROFILE
from handbook.question_linter import LINT_RULES, explain, fails, lint
from handbook.question_schema import stale_schema, write_schema
from handbook.readability import add_readability
from handbook.review_command import add_review_command


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 when all is well, 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read laws, rules, questions and profile, and list every slip")
    check.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    check.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)
    _add_lint(commands)
    schema = commands.add_parser("schema", help="write the JSON Schema of the question files, for editors")
    schema.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    schema.add_argument("--check", action="store_true", help="write nothing; fail when the committed schema is stale")
    add_course_commands(commands)
    add_courseday_commands(commands)
    _add_pack(commands)
    add_review_command(commands)
    add_readability(commands)
    options = parser.parse_args(arguments)
    if "run" in options:
        return int(options.run(options))
    if options.command == "lint":
        return _lint(options)
    if options.command == "schema":
        return _schema(options.root.resolve(), check=options.check)
    return _check(options.root.resolve(), options.profile)


def _check(root: Path, profile: str) -> int:
    content = load_content(root, profile)
    for diagnostic in content.diagnostics:
        print(diagnostic.render(root), file=sys.stderr)
    counts = (
        f"{len(content.laws.entries)} provisions, {len(content.rules.rules)} rules, "
        f"{len(content.bank.questions)} questions, {len(content.parameters)} parameters"
    )
    print(f"{counts}; {len(content.diagnostics)} slips.")
    return 1 if content.diagnostics else 0


def _add_pack(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("pack", help="pack a built site into a zip that opens from a file share")
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder of the built site")
    parser.add_argument("zip", type=Path, metavar="FILE.zip", help="the file to write")
    parser.set_defaults(run=_pack)


def _pack(options: argparse.Namespace) -> int:
    if not (options.site / "index.html").is_file():
        print(f"{options.site} holds no built site. Hint: Run 'python3 scripts/dev.py offline'.", file=sys.stderr)
        return 1
    count = write_zip(options.site, options.zip)
    print(f"{count} files are in {options.zip}; unpacked, it opens with index.html.")
    can_be_installed = (options.site / MANIFEST_FILE).is_file()
    print(
        f"The pages in {options.site} can be installed in a browser, over https."
        if can_be_installed
        else f"The pages cannot be installed in a browser: the profile does not say '{PARAMETER}' = 'ja'."
    )
    return 0


def _add_lint(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("lint", help="say where a question can be guessed, or teaches nothing")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    parser.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)
    parser.add_argument("--explain", metavar="ID", nargs="?", const="all", help="explain a rule, or list all of them")


def _lint(options: argparse.Namespace) -> int:
    if options.explain:
        return _explain(options.explain)
    root = options.root.resolve()
    content = load_content(root, options.profile)
    unread = [found for found in content.diagnostics if found.path.parent == root / QUIZ_FOLDER]
    found = lint(content.bank, content.rules, content.profile)
    lines = [slip.render(root) for slip in unread] + [told.render(root) for told in found]
    for line in lines:
        print(line, file=sys.stderr)
    print(f"Questions: {len(content.bank.questions)}. Rules: {len(LINT_RULES)}. Findings: {len(lines)}.")
    return 1 if unread or fails(found) else 0


def _explain(rule_id: str) -> int:
    try:
        print(explain(rule_id))
    except KeyError as error:
        print(f"There is no lint rule '{rule_id}'. Hint: {error.args[0]}", file=sys.stderr)
        return 1
    return 0


def _schema(root: Path, *, check: bool) -> int:
    if not check:
        write_schema(root)
    stale = stale_schema(root)
    if stale:
        print(stale, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
