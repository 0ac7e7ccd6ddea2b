"""What scripts/dev.py tells people, and what it decides before it runs anything."""

from __future__ import annotations

import ast
import functools
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

PROJECT = Path(__file__).resolve().parents[1]
SCRIPTS = PROJECT / "scripts"
FILES = [SCRIPTS / "dev.py", SCRIPTS / "machine.py"]
posix_only = pytest.mark.skipif(os.name != "posix", reason="the stand-ins for programs are shell scripts")


@functools.cache
def load(name: str) -> ModuleType:
    """Import a script by its file, since scripts/ is no package."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


machine: Any = load("machine")
dev: Any = load("dev")


LOCKED_FILES = ("package-lock.json", *(f"requirements{part}.txt" for part in ("", "-dev", "-node", "-browser")))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty project with lock files, in a folder with a name that breaks careless scripts."""
    folder = tmp_path / "Ny mapp å ä ö"
    (folder / ".venv").mkdir(parents=True)
    (folder / "node_modules").mkdir()
    for name in LOCKED_FILES:
        (folder / name).write_text(name, encoding="utf-8")
    for module in (machine, dev):
        monkeypatch.setattr(module, "ROOT", folder)
        monkeypatch.setattr(module, "NODE_MODULES", folder / "node_modules")
        monkeypatch.setattr(module, "PYTHON", folder / ".venv/bin/python")
    monkeypatch.setattr(machine, "VENV", folder / ".venv")
    monkeypatch.setattr(machine, "EXERCISES", folder / ".venv/exercises")
    monkeypatch.setattr(machine, "venv_version", lambda: "3.11.0")
    return folder


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is the whole PATH, and leave HANDBOOK_CHROMIUM unset, also after the test."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HANDBOOK_CHROMIUM", "")
    return folder


def make_program(folder: Path, name: str, script: str = "") -> Path:
    """Write a shell script that stands in for a program."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def message_of(function: Any, *arguments: object) -> str:
    """Return the sentence with which a function refuses."""
    with pytest.raises(machine.UserError) as caught:
        function(*arguments)
    return str(caught.value)


# --- Python ------------------------------------------------------------------------------------------


def test_an_old_python_is_told_what_to_do() -> None:
    """The message names the version needed, the version met and the command to run instead."""
    assert message_of(machine.require_python, (3, 10, 13)) == (
        "The handbook needs Python 3.11 or newer, and this is 3.10.13: install a newer Python and run it "
        "by its name, for example: python3.11 scripts/dev.py test"
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_python_that_is_new_enough_passes(version: tuple[int, ...]) -> None:
    """The oldest supported Python and all later ones are let through."""
    machine.require_python(version)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_old_python_can_read_the_file(path: Path) -> None:
    """A Python that is too old must get as far as the message that says so."""
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    """The setup runs before anything is installed."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    found = set()
    for node in tree:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).partition(".")[0])
    assert found - sys.stdlib_module_names - {"machine"} == set()


@pytest.mark.usefixtures("root")
def test_a_python_without_venv_gets_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's Python comes without ensurepip until python3-venv is installed."""
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setattr(sys, "executable", "/somewhere/python3")
    assert message_of(machine.make_venv) == (
        "This Python (/somewhere/python3) cannot make a virtual environment: install its venv part "
        "(Debian, Ubuntu: apt install python3-venv), then run the command again."
    )


def test_a_missing_venv_has_no_version(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .venv whose Python has gone counts as none, and is made anew."""
    monkeypatch.undo()
    monkeypatch.setattr(machine, "PYTHON", root / "gone" / "python")
    assert machine.venv_version() == ""


def test_src_is_reached_by_a_relative_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path file is plain ASCII even when the folder's name is not, and leads to src."""
    site_packages = root / ".venv/lib/python3.11/site-packages"
    site_packages.mkdir(parents=True)
    (root / "src").mkdir()
    monkeypatch.setattr(machine, "output_of", lambda _: str(site_packages))
    machine.add_source_path()
    written = (site_packages / "handbook-src.pth").read_bytes().decode("ascii").strip()
    assert (site_packages / written).resolve() == (root / "src").resolve()


# --- Running the installers --------------------------------------------------------------------------


def test_a_failed_installer_is_shown_with_our_advice() -> None:
    """What the program said comes first, without stacks, and our sentence last."""
    code = "import sys; print('no such package'); print('    at npm (npm.js:1)'); sys.exit(3)"
    assert message_of(machine.run_quietly, [sys.executable, "-c", code], "Do this.") == ("no such package\n\nDo this.")


def test_a_good_installer_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    """Warnings of an installer that succeeds are kept from the user."""
    machine.run_quietly([sys.executable, "-c", "print('a warning')"], "Do this.")
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("root")
def test_long_steps_show_their_number_and_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who waits sees how far the setup has come."""
    steps = [machine.Step("First", lambda: None), machine.Step("Second", lambda: None)]
    monkeypatch.setattr(machine, "missing_steps", lambda _: steps)
    machine.set_up("build")
    assert capsys.readouterr().out == "[1/2] First ... 0.0 s\n[2/2] Second ... 0.0 s\n"


# --- Stamps ------------------------------------------------------------------------------------------


def test_a_stamp_changes_with_content_and_words(root: Path) -> None:
    """The same files and words give the same stamp; another content or word gives another."""
    first = machine.stamp(["requirements.txt"], "3.11.0")
    assert machine.stamp(["requirements.txt"], "3.11.0") == first
    assert machine.stamp(["requirements.txt"], "3.12.0") != first
    (root / "requirements.txt").write_text("sphinx==9", encoding="utf-8")
    assert machine.stamp(["requirements.txt"], "3.11.0") != first


def test_test_tools_count_as_build_tools_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the test tools are installed a build has nothing to install, until a lock file changes."""
    installed: list[Sequence[object]] = []
    monkeypatch.setattr(machine, "run_quietly", lambda command, _: installed.append(command))
    monkeypatch.setattr(machine, "output_of", lambda _: None)
    machine.install_packages("dev")
    assert installed[0][-3:] == ["--require-hashes", "-r", "requirements-dev.txt"]
    assert list(machine.missing_steps({"build"})) == []
    (root / "requirements-dev.txt").write_text("new", encoding="utf-8")
    assert list(machine.missing_steps({"build"})) == []
    machine.install_packages("dev")
    (root / "requirements.txt").write_text("new", encoding="utf-8")
    assert [step.title for need in ("build", "dev") for step in machine.missing_steps({need})] == [
        "Installing Python packages (the first time: about a minute)",
        "Installing Python packages and test tools (the first time: about a minute)",
    ]


@pytest.mark.usefixtures("root")
def test_another_python_in_the_venv_means_installing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages belong to one version of Python."""
    path, value = machine.packages_stamp("build")
    path.write_text(value, encoding="utf-8")
    assert list(machine.missing_steps({"build"})) == []
    monkeypatch.setattr(machine, "venv_version", lambda: "3.12.0")
    assert len(list(machine.missing_steps({"build"}))) == 1


@pytest.mark.usefixtures("root", "programs")
def test_a_new_machine_needs_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no .venv, node or browser the steps come in the order in which they need each other."""
    monkeypatch.setattr(machine, "venv_version", lambda: "")
    titles = [step.title for step in machine.missing_steps({"dev", "npm", "node", "browser"})]
    assert titles == [
        "Creating the Python environment .venv",
        "Installing Python packages and test tools (the first time: about a minute)",
        "Installing Node.js into .venv, since this machine has no npm with node 18 or newer",
        "Installing npm packages",
        "Finding or installing a browser (the first time: up to two minutes)",
    ]


def test_npm_packages_follow_the_lock_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Npm runs again when package-lock.json changes, and not otherwise."""
    commands: list[Sequence[object]] = []
    monkeypatch.setattr(machine, "npm_command", lambda: ["npm"])
    monkeypatch.setattr(machine, "run_quietly", lambda command, _: commands.append(command))
    machine.install_npm_packages()
    assert commands == [["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]]
    assert machine.is_stamped(*machine.npm_stamp())
    (root / "package-lock.json").write_text("{}", encoding="utf-8")
    assert not machine.is_stamped(*machine.npm_stamp())


# --- Node and the browser ----------------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize(
    ("version", "has_npm", "accepted"),
    [("v18.13.0", True, True), ("v24.1.0", True, True), ("v16.20.2", True, False), ("v20.1.0", False, False)],
)
def test_a_usable_node_is_new_and_has_npm(programs: Path, version: str, has_npm: bool, accepted: bool) -> None:
    """An old node, or one without npm, is passed over for the packaged one."""
    make_program(programs, "node", f"echo {version}")
    if has_npm:
        make_program(programs, "npm")
    assert (machine.system_npm() is not None) is accepted


@posix_only
def test_browsers_are_tried_in_order(programs: Path) -> None:
    """Each name is chosen as soon as those before it are gone."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
    made = [make_program(programs, name) for name in names]
    for path in made:
        assert machine.installed_browser() == str(path)
        path.unlink()
    assert machine.installed_browser() is None


@posix_only
def test_the_named_browser_wins(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HANDBOOK_CHROMIUM goes before whatever stands on PATH."""
    make_program(programs, "chromium")
    mine = make_program(programs, "mine")
    monkeypatch.setenv("HANDBOOK_CHROMIUM", str(mine))
    assert machine.installed_browser() == str(mine)


@pytest.mark.usefixtures("programs")
def test_a_named_browser_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong HANDBOOK_CHROMIUM is said, not replaced in silence."""
    monkeypatch.setenv("HANDBOOK_CHROMIUM", "/no/browser")
    assert message_of(machine.installed_browser) == (
        "HANDBOOK_CHROMIUM is /no/browser, which is not a program on this machine: "
        "correct it, or unset it and a browser is looked for."
    )


@posix_only
@pytest.mark.parametrize(("user", "first"), [(0, "apt-get"), (1000, "playwright")])
def test_only_root_installs_with_apt(programs: Path, monkeypatch: pytest.MonkeyPatch, user: int, first: str) -> None:
    """Everybody else goes straight to Playwright."""
    make_program(programs, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert first in next(machine.ways_to_install_a_browser())[0]


@posix_only
def test_a_browser_from_apt_is_found(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What apt-get has installed is handed on in HANDBOOK_CHROMIUM, and Playwright is not asked to install."""
    make_program(programs, "apt-get", f'cd "{programs}" && : > chromium && PATH=/bin:/usr/bin chmod +x chromium')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine, "playwright_browser", lambda: None)
    machine.provide_browser()
    assert os.environ["HANDBOOK_CHROMIUM"] == str(programs / "chromium")


@posix_only
def test_no_browser_at_all_ends_in_one_sentence(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When every way has failed the user sees why, and the ways that are left."""
    failing = make_program(programs, "python", "echo no network; exit 1")
    monkeypatch.setattr(machine, "PYTHON", failing)
    reason, *_, advice = message_of(machine.provide_browser).splitlines()
    assert reason == "no network"
    assert advice == (
        "The tests need a browser, and none was found or could be installed: install Chromium or Google Chrome "
        "(Debian: apt install chromium), or set HANDBOOK_CHROMIUM to the path of one."
    )


# --- The commands ------------------------------------------------------------------------------------


def test_a_foreign_folder_is_not_emptied(root: Path) -> None:
    """`--out docs` must not remove the pages."""
    pages = root / "docs"
    pages.mkdir()
    (pages / "index.md").touch()
    assert message_of(dev.empty, pages) == (
        f"{pages} holds files that no build has made: choose an empty folder or a new one for --out."
    )
    assert (pages / "index.md").is_file()


@pytest.mark.parametrize("name", ["_build/html", "elsewhere"])
def test_an_earlier_build_is_emptied(root: Path, name: str) -> None:
    """A folder in _build, or one with Sphinx's mark, is removed with what is stale in it."""
    out = root / name
    out.mkdir(parents=True)
    (out / "stale.html").touch()
    if name == "elsewhere":
        (out / ".buildinfo").touch()
    dev.empty(out)
    assert not out.exists()


def test_an_unknown_profile_is_answered_with_the_known(root: Path) -> None:
    """A misspelt name shows the names there are."""
    (root / "profiles").mkdir()
    for name in ("exempelkommun", "kalmar"):
        (root / "profiles" / f"{name}.toml").touch()
    assert message_of(dev.use_profile, "kalmr") == (
        "There is no profile kalmr: choose one of exempelkommun, kalmar, or add profiles/kalmr.toml."
    )


def test_a_taken_port_is_told() -> None:
    """Two servers cannot share a port, and the message names the option."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert message_of(dev.require_port, port) == (
            f"Port {port} cannot be used (another server may have it): choose another with --port, or --port 0."
        )


def test_a_build_is_cold_strict_and_of_the_profile(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is the documented one, and conf.py is told the profile."""
    commands: list[list[str]] = []
    monkeypatch.setenv("HANDBOOK_PROFILE", "")
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "run", lambda command: commands.append([str(part) for part in command]))
    options = dev.parse(["build", "--profile", "kalmar"])
    options.run(options)
    command = commands[0]
    assert {"-nW", "--keep-going", "-E", "-a"} <= set(command)
    assert command[-6:] == ["-b", "html", "-c", ".", "docs", str((root / "_build" / "html").resolve())]
    assert os.environ["HANDBOOK_PROFILE"] == "kalmar"


def run_test_command(monkeypatch: pytest.MonkeyPatch, failing: set[str], *extra: str) -> tuple[int, list[list[str]]]:
    """Run `dev.py test` with stand-ins for the tools; return its exit code and the commands in order."""
    commands: list[list[str]] = []

    def run(command: Sequence[object], **_: object) -> int:
        commands.append([str(part) for part in command])
        return int(any(name in commands[-1] for name in failing))

    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "run", run)
    code: int = dev.test(SimpleNamespace(extra=list(extra)))
    return code, commands


@pytest.mark.usefixtures("root")
def test_every_check_runs_and_pytest_is_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failing check does not stop the next, fails the whole and is named again after pytest."""
    code, commands = run_test_command(monkeypatch, {"mypy", "format"}, "-k", "profile")
    assert code == 1
    assert [command[2] for command in commands] == ["ruff", "ruff", "mypy", "pytest"]
    assert commands[-1][-2:] == ["-k", "profile"]
    out = capsys.readouterr().out.splitlines()
    assert "--- pytest (failed before it: ruff format, mypy)" in out
    assert out[-1] == "FAILED: ruff format, mypy"


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(("failing", "expected"), [(set(), 0), ({"pytest"}, 1)])
def test_the_result_of_pytest_is_the_result(monkeypatch: pytest.MonkeyPatch, failing: set[str], expected: int) -> None:
    """With the checks in order, pytest alone decides."""
    assert run_test_command(monkeypatch, failing)[0] == expected


def test_typescript_is_checked_when_it_is_set_up(root: Path) -> None:
    """The check of the scripts waits for a tsconfig.json."""
    assert "tsc" not in dev.static_checks()
    (root / "tsconfig.json").touch()
    assert str(dev.static_checks()["tsc"][1]).endswith("bin/tsc")


def test_what_follows_test_goes_to_pytest() -> None:
    """Options and paths are handed on in order, also those that look like ours."""
    options = dev.parse(["test", "-k", "a or b", "tests/test_dev.py", "--port", "1"])
    assert options.extra == ["-k", "a or b", "tests/test_dev.py", "--port", "1"]


def test_a_misspelt_option_of_build_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is built when an option was not understood."""
    with pytest.raises(SystemExit, match="2"):
        dev.parse(["build", "--profil", "kalmar"])
    assert "unknown: --profil kalmar" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (machine.UserError("Install Python."), 1, "\nInstall Python.\n"),
        (OSError(28, "Disk full"), 1, "\nThe command could not go on: [Errno 28] Disk full\n"),
        (KeyboardInterrupt(), 130, "\nStopped.\n"),
    ],
)
def test_whatever_stops_a_command_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    """Nobody who builds a handbook should have to read a traceback."""

    def stop(_: object) -> int:
        raise error

    monkeypatch.setattr(dev, "leave_quietly", lambda: None)
    monkeypatch.setattr(dev, "parse", lambda _: SimpleNamespace(run=stop))
    assert dev.main([]) == code
    assert capsys.readouterr().err == said


# --- The real thing, without a network ---------------------------------------------------------------


def test_the_command_answers_in_a_folder_with_any_name(tmp_path: Path) -> None:
    """Run as a program from a path with spaces and umlauts, it gives one sentence and no traceback."""
    scripts = tmp_path / "Ny mapp å ä ö" / "scripts"
    shutil.copytree(SCRIPTS, scripts)
    (scripts.parent / "docs").mkdir()
    (scripts.parent / "docs" / "index.md").touch()
    command = [sys.executable, str(scripts / "dev.py"), "build", "--out", str(scripts.parent / "docs")]
    result = subprocess.run(command, capture_output=True, check=False, timeout=60)
    said = result.stderr.decode("utf-8", "replace")
    assert result.returncode == 1
    assert "holds files that no build has made" in said
    assert "Traceback" not in said


@posix_only
def test_ending_the_command_ends_all_that_it_started() -> None:
    """When the server's command is ended, neither the server nor what it has started lives on."""
    grandchild = "import time; print('up', flush=True); time.sleep(60)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    code = f"import dev, sys; dev.leave_quietly(); dev.run([sys.executable, '-c', {child!r}])"
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stdout.readline() == b"up\n"
        process.terminate()
        rest, _ = process.communicate(timeout=10)  # ends only when the last writer has ended
    assert (process.returncode, rest) == (143, b"")


def test_lock_files_name_no_host() -> None:
    """Versions and hashes are enough; where packages come from is the machine's own setting."""
    locks = [*PROJECT.glob("requirements*.txt"), PROJECT / "package-lock.json"]
    assert len(locks) == 5
    assert [path.name for path in locks if "://" in path.read_text(encoding="utf-8")] == []


def test_pango_is_asked_for_where_it_cannot_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Pango is seen, and without the right to install it one sentence says what to install."""
    monkeypatch.setattr(machine.ctypes.util, "find_library", lambda _name: None)
    monkeypatch.setattr(machine.os, "name", "posix")
    assert not machine.has_pango()
    monkeypatch.setattr(machine.shutil, "which", lambda _name: None)
    assert message_of(machine.provide_pango) == (
        "The tests make PDF files, and the library Pango was not found and could not be installed: install it yourself "
        "(Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core; "
        "macOS: brew install pango)."
    )
