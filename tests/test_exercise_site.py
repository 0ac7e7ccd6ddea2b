"""JupyterLite in the built site: what is there, what is not, and that each way to break it is found."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from support import PROJECT

from handbook.csp import EXERCISE_POLICY
from handbook.exercise_site import LITE, PYODIDE, check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def lite(site: Path, tmp_path: Path) -> Path:
    """Return a copy of the program's settings and packages, which a test may break."""
    folder = tmp_path / LITE
    for name in ("jupyter-lite.json", f"{PYODIDE}/pyodide-lock.json", "notebooks/index.html", "repl/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / LITE / name, folder / name)
    for path in (site / LITE / PYODIDE).iterdir():
        if not (folder / PYODIDE / path.name).exists():
            (folder / PYODIDE / path.name).symlink_to(path)
    return folder


def _settings(folder: Path, alter: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "jupyter-lite.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    alter(settings["jupyter-config-data"])
    path.write_text(json.dumps(settings), encoding="utf-8")


def test_the_program_is_whole(site: Path) -> None:
    """Two apps, no source maps, the notebooks and every package of the list."""
    folder = site / LITE
    assert list(check(folder)) == []
    assert sorted(path.parent.name for path in folder.glob("*/index.html")) == ["notebooks", "repl"]
    assert list(folder.rglob("*.map")) == []
    notebooks = {path.name for path in (PROJECT / "exercises").glob("*.ipynb")}
    assert {path.name for path in (folder / "files").glob("*.ipynb")} == notebooks
    assert "{law}" not in (folder / "files" / "tider-och-avgifter.ipynb").read_text(encoding="utf-8")


def test_pages_load_nothing_of_the_program(site: Path) -> None:
    """No page of the handbook mentions a script, a style or a font of JupyterLite's."""
    pages = [path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != LITE]
    assert pages
    loaded = re.compile(r"jupyterlite_sphinx|fonts\.google")
    assert [path.name for path in pages if loaded.search(path.read_text(encoding="utf-8"))] == []
    assert list((site / "_static").glob("jupyterlite*")) == []


def test_its_policy_stands_in_its_folder(site: Path) -> None:
    """The program's own policy stands in its folder, and the site's is as strict as before."""
    own = (site / LITE / "csp.txt").read_text(encoding="utf-8")
    assert own.startswith(EXERCISE_POLICY.partition("{hashes}")[0])
    assert "'sha256-" in own
    assert "unsafe-eval'" not in (site / "csp.txt").read_text(encoding="utf-8").replace("'wasm-unsafe-eval'", "")


@pytest.mark.parametrize(
    ("alter", "problem"),
    [
        (
            lambda data: data["litePluginSettings"].clear(),
            "Python would be loaded from a public network, not from the site",
        ),
        (
            lambda data: next(iter(data["litePluginSettings"].values())).update(pyodideUrl="https://cdn.example/p.mjs"),
            "Python would be loaded from https://cdn.example/p.mjs, not from the site",
        ),
        (
            lambda data: next(iter(data["litePluginSettings"].values())).pop("disablePyPIFallback"),
            "packages that are missing would be asked for outside the site",
        ),
        (
            lambda data: data.pop("contentsStorageDrivers"),
            "notebooks would stay in the browser for the next person",
        ),
    ],
    ids=["stale", "cdn", "fallback", "storage"],
)
def test_a_wrong_setting_is_found(lite: Path, alter: Callable[[dict[str, Any]], None], problem: str) -> None:
    """A setting that reaches outside, or keeps what learners write, is found, whatever the builder's exit code."""
    assert list(check(lite)) == []
    _settings(lite, alter)
    assert problem in list(check(lite))


def test_a_lost_or_altered_package_is_found(lite: Path) -> None:
    """A wheel that is gone or has other bytes is found by name, and so is one that the list does not have."""
    wheels = sorted((lite / PYODIDE).glob("*.whl"))
    wheels[0].unlink()
    wheels[1].unlink()
    wheels[1].write_bytes(b"other")
    lock_path = lite / PYODIDE / "pyodide-lock.json"
    lock = json.loads(lock_path.read_text(encoding="utf-8"))
    del lock["packages"]["comm"]
    lock_path.write_text(json.dumps(lock), encoding="utf-8")
    assert list(check(lite)) == [
        "the package comm is missing",
        f"{wheels[0].name} is missing or is not the file that was meant",
    ] + ([f"{wheels[1].name} is missing or is not the file that was meant"] if "comm" not in wheels[1].name else [])


def test_a_lost_app_is_found(lite: Path) -> None:
    """An app that the pages link to and that is not there is found."""
    (lite / "notebooks" / "index.html").unlink()
    assert list(check(lite)) == ["the app notebooks is missing"]
