"""``python -m handbook check``: read everything and say what is wrong, without building pages."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from handbook.content import load_content
from handbook.profile import DEFAULT_PROFILE


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 when all is well, 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read laws, rules, questions and profile, and list every slip")
    check.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (default: this one)")
    check.add_argument("--profile", default=os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE)
    options = parser.parse_args(arguments)
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


if __name__ == "__main__":
    sys.exit(main())
