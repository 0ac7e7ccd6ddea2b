"""The one command for work on the handbook: serve, build, offline, test, check, lint, review, bench, lock.

Each command first sets up what is missing on this machine (see machine.py), then runs the real tool with the
Python in .venv. Only the standard library is used, because this runs before anything is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from machine import (
    NODE_MODULES,
    OLDEST_PYTHON,
    PYTHON,
    ROOT,
    UserError,
    child_environment,
    npm_command,
    require_python,
    say,
    set_up,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_PROFILE = "exempelkommun"
LOCKED = ("requirements", "requirements-dev", "requirements-node")
IN_THE_BROWSER = ("--python-version", "3.14", "--python-platform", "wasm32-pyodide2025")
WATCHED = ("exercises", "quizzes", "profiles", "src", "conf.py")


def run(arguments: Sequence[object], *, graceful: bool = False) -> int:
    """Run a program in the root folder and return its exit code.

    When we are stopped it is ended in silence, with all that it has started; a graceful one ends itself first.
    """
    command = [str(part) for part in arguments]
    own_group = os.name == "posix" and not graceful
    with subprocess.Popen(command, cwd=ROOT, env=child_environment(), start_new_session=own_group) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                child.wait(timeout=10 if graceful else 0)
            raise
        finally:
            if child.poll() is None:
                end(child, own_group)


def end(child: subprocess.Popen[bytes], own_group: bool) -> None:
    """End a program at once, with its group when it has one of its own."""
    with contextlib.suppress(ProcessLookupError):
        if own_group:
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


# --- The commands ------------------------------------------------------------------------------------


def use_profile(name: str) -> None:
    """Hand the name of the local profile to conf.py."""
    known = sorted(path.stem for path in (ROOT / "profiles").glob("*.toml"))
    if known and name not in known:
        raise UserError(f"There is no profile {name}: choose one of {', '.join(known)}, or add profiles/{name}.toml.")
    os.environ["HANDBOOK_PROFILE"] = name


def require_port(port: int) -> None:
    """Refuse a port that is taken."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise UserError(
                f"Port {port} cannot be used (another server may have it): choose another with --port, or --port 0."
            ) from None


def empty(folder: Path) -> None:
    """Remove what an earlier build left; refuse a folder that no build has made."""
    ours = (ROOT / "_build") in folder.parents or (folder / ".buildinfo").is_file()
    if folder.is_dir() and any(folder.iterdir()) and not ours:
        raise UserError(f"{folder} holds files that no build has made: choose an empty folder or a new one for --out.")
    if folder.is_dir():
        shutil.rmtree(folder)


def serve(options: argparse.Namespace) -> int:
    """Build, serve on this machine only, and build again and reload when a file changes."""
    use_profile(options.profile)
    require_port(options.port)
    set_up("build", "npm", "exercises")
    out = ROOT / "_build" / "serve"
    empty(out)
    watched = [part for name in WATCHED if (ROOT / name).exists() for part in ("--watch", name)]
    sphinx = [PYTHON, "-m", "sphinx_autobuild", "--host", "127.0.0.1", "--port", options.port]
    ignored = ["--re-ignore", "__pycache__"]
    return run([*sphinx, *watched, *ignored, "-n", "-b", "html", "-c", ".", "docs", out])


def build(options: argparse.Namespace) -> int:
    """Build from nothing, with every warning an error; what Sphinx keeps for itself stays out of the result."""
    use_profile(options.profile)
    out = Path(options.out or ROOT / "_build" / options.builder).resolve()
    empty(out)
    set_up("build", "npm", "exercises")
    with tempfile.TemporaryDirectory() as doctrees:
        strict = ["-nW", "--keep-going", "-E", "-a", "-d", doctrees]
        return run([PYTHON, "-m", "sphinx", *strict, "-b", options.builder, "-c", ".", "docs", out])


def offline(options: argparse.Namespace) -> int:
    """Build, and pack the pages into a zip that opens from a file share; the profile says if they can be installed."""
    folder = ROOT / "_build" / "offline"
    options.out, options.builder = str(folder / "webb"), "html"
    code = build(options)
    if code:
        return code
    target = folder / f"handbok-{options.profile}.zip"
    return run([PYTHON, "-m", "handbook", "pack", folder / "webb", target])


def check(options: argparse.Namespace) -> int:
    """Check rules and questions without building."""
    set_up("build")
    return run([PYTHON, "-m", "handbook", "check", *options.extra])


def lint(options: argparse.Namespace) -> int:
    """Say what would make the questions better."""
    set_up("build")
    return run([PYTHON, "-m", "handbook", "lint", *options.extra])


def review(options: argparse.Namespace) -> int:
    """List what has to be read again, with owner, date and page, and the law that is to come."""
    set_up("build")
    return run([PYTHON, "-m", "handbook", "review", *options.extra])


def static_checks() -> dict[str, list[object]]:
    """Return the checks that run before the tests, by name."""
    checks: dict[str, list[object]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "mypy": [PYTHON, "-m", "mypy"],
    }
    if (ROOT / "tsconfig.json").is_file():
        node = shutil.which("node") or "node"
        checks["tsc"] = [node, NODE_MODULES / "typescript" / "bin" / "tsc", "-p", "."]
    return checks


def test(options: argparse.Namespace) -> int:
    """Run every check and then pytest; fail when any of them fails."""
    set_up("dev", "npm", "node", "exercises", "pdf", "browser")
    failed = []
    for name, command in static_checks().items():
        say(f"--- {name}")
        if run(command):
            failed.append(name)
    say(f"--- pytest (failed before it: {', '.join(failed) or 'nothing'})")
    code = run([PYTHON, "-m", "pytest", *options.extra], graceful=True)
    if failed:
        say(f"FAILED: {', '.join([*failed, 'pytest'] if code else failed)}")
    return code or int(bool(failed))


def bench(options: argparse.Namespace) -> int:
    """Measure the built pages in a browser; with --lookup the look-up against two other searches."""
    set_up("dev", "npm", "node", "exercises", "browser")
    others = [part for part in options.extra if part != "--lookup"]
    script = "scripts/bench.py" if others == options.extra else "scripts/bench_lookup.py"
    return run([PYTHON, script, *others])


def lock(options: argparse.Namespace) -> int:
    """Write the exact versions and hashes of all packages anew, for every system and Python at once."""
    set_up("dev", "node")
    compile_pins = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-header"]
    compile_pins += ["--no-emit-index-url", *options.extra]
    uv = [*compile_pins, "--universal", "--python-version", ".".join(map(str, OLDEST_PYTHON))]
    npm = [*npm_command(), "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    commands = [[*uv, f"{name}.in", "--output-file", f"{name}.txt"] for name in LOCKED]
    commands.append(
        [*compile_pins, *IN_THE_BROWSER, "requirements-browser.in", "--output-file", "requirements-browser.txt"]
    )
    commands.append([*npm, "--omit-lockfile-registry-resolved"])
    return next((code for code in map(run, commands) if code), 0)


# --- The command line --------------------------------------------------------------------------------


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; what a command does not know goes on to the program that it runs."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    profile = os.environ.get("HANDBOOK_PROFILE") or DEFAULT_PROFILE
    for command in (serve, build, offline, test, check, lint, review, bench, lock):
        sentence = (command.__doc__ or "").strip()
        sub = commands.add_parser(command.__name__, help=sentence, description=sentence, allow_abbrev=False)
        sub.set_defaults(run=command)
        if command in (serve, build, offline):
            sub.add_argument("--profile", default=profile, help="a file in profiles/, without .toml (%(default)s)")
        if command is serve:
            sub.add_argument("--port", type=int, default=8000, help="8000 by default; 0 takes a free one")
        if command is build:
            sub.add_argument("--out", help="_build/<builder> by default; emptied first")
            sub.add_argument("--builder", default="html", help="html by default; any builder of Sphinx")
    options, extra = parser.parse_known_args(arguments or ["--help"])
    options.extra = extra
    if extra and options.run in (serve, build, offline):
        parser.error(f"unknown: {' '.join(extra)}")
    return options


def leave_quietly() -> None:
    """Let a signal end the programs we have started, and let no character stop a message."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _frame: sys.exit(128 + number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever stops it is told in words."""
    leave_quietly()
    try:
        require_python(sys.version_info[:3])
        options = parse(arguments)
        code: int = options.run(options)
    except UserError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nThe command could not go on: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
