"""JupyterLite in the built site, with every byte from the site itself; jupyterlite-sphinx builds it.

What jupyterlite-sphinx would do and must not: load a font from outside, put its scripts on every page, build anew for
each edition, and fall back to a public network in silence when its own bookkeeping is stale. So it builds once for the
same notebooks and packages, the result is looked through, and each site gets a copy with its edition's wheel.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from handbook.csp import write_exercise_policy
from handbook.environment import content_of
from handbook.exercise_wheel import WHEEL_FILE, lock_entry, wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

LITE = "lite"
NOTEBOOKS = Path("exercises")
RUNTIME = Path(sys.prefix) / "exercises"
"""What ``scripts/exercise_runtime.py`` has collected."""

CACHE = Path("_build/exercises")
PYODIDE = "static/pyodide"
JUPYTERLITE_MEGABYTES = 7
KEPT_APPS = ("notebooks", "repl")
_OTHER_APPS = ("lab", "tree", "edit", "consoles")
_KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
_PRELOADED = (
    "micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "handbok-offentlighet-sekretess",
)  # fmt: skip
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Övningar",
        "faviconUrl": "../_static/favicon.svg",
        "enableMemoryStorage": True,
        "contentsStorageDrivers": ["memoryStorageDriver"],
        "litePluginSettings": {
            _KERNEL: {
                "pyodideUrl": f"./{PYODIDE}/pyodide.mjs",
                "disablePyPIFallback": True,
                "loadPyodideOptions": {"packages": list(_PRELOADED)},
            }
        },
    },
}
"""The notebooks live in memory alone: on a shared computer nobody meets another's answers, or an old exercise."""

BUILD_SETTINGS = {"LiteBuildConfig": {"no_sourcemaps": True, "no_unused_shared_packages": True}}
_ICON = '</title>\n    <link rel="icon" href="../../_static/favicon.svg">'
"""Without it the browser asks the server's root for an icon, which is outside the handbook."""

_ROLE = re.compile(r"\{[a-z]+\}`([^`]+)`")
"""A role of ours in a notebook's text: the page makes a link of it, and the notebook shows its words."""

_logger = logging.getLogger(__name__)


class ExerciseSiteError(RuntimeError):
    """The exercises were not built as they must be; the message says what to do."""


def setup_exercise_site(app: Sphinx) -> None:
    """Take over jupyterlite-sphinx's part in the build, when conf.py lists it."""
    if "jupyterlite_sphinx" not in app.extensions:
        return
    from jupyterlite_sphinx import jupyterlite_sphinx as theirs  # noqa: PLC0415  (only where conf.py asks for it)

    for listener in list(app.events.listeners["build-finished"]):
        if listener.handler is theirs.jupyterlite_build:
            app.disconnect(listener.id)
    for listener in list(app.events.listeners["config-inited"]):
        if listener.handler in (theirs.inited, theirs.conditional_process_examples):
            app.disconnect(listener.id)
    app.registry.css_files[:] = [item for item in app.registry.css_files if not _is_theirs(item[0])]
    app.registry.js_files[:] = [item for item in app.registry.js_files if not _is_theirs(item[0])]
    app.connect("config-inited", _configure)
    app.connect("build-finished", _add_exercises, priority=400)


def _is_theirs(name: str | None) -> bool:
    return name is not None and ("jupyterlite_sphinx" in name or "fonts." in name)


def _configure(_app: Sphinx, config: Config) -> None:
    config.jupyterlite_bind_ipynb_suffix = False


def _add_exercises(app: Sphinx, exception: Exception | None) -> None:
    """Put JupyterLite, the notebooks and the edition's wheel into the site."""
    if exception is not None or app.builder.name not in {"html", "dirhtml"}:
        return
    for name in ("jupyterlite_sphinx.css", "jupyterlite_sphinx.js"):
        (Path(app.outdir) / "_static" / name).unlink(missing_ok=True)
    try:
        add_exercises(app, Path(app.outdir) / LITE)
    except (ExerciseSiteError, OSError, subprocess.CalledProcessError) as error:
        _logger.warning("The exercises are not in the site: %s", error, type="handbook", subtype="exercises")


def add_exercises(app: Sphinx, folder: Path) -> None:
    """Write JupyterLite into *folder*, from the cache when nothing that it is made of has changed."""
    if not (RUNTIME / "pyodide-lock.json").is_file():
        raise ExerciseSiteError("Python for the browser is not collected. Run 'python3 scripts/dev.py build' once.")
    made = Path(app.confdir) / CACHE / _stamp(Path(app.confdir))
    if not (made / "jupyter-lite.json").is_file():
        _build(app, made)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    data = wheel(content_of(app.config))
    (folder / PYODIDE / WHEEL_FILE).write_bytes(data)
    lock_path = folder / PYODIDE / "pyodide-lock.json"
    lock = json.loads(lock_path.read_text(encoding="utf-8"))
    entry = lock_entry(data)
    lock["packages"][str(entry["name"])] = entry
    lock_path.write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name in KEPT_APPS:
        page = folder / name / "index.html"
        page.write_text(page.read_text(encoding="utf-8").replace("</title>", _ICON, 1), encoding="utf-8")
    write_exercise_policy(folder)
    _write_sizes(folder)
    problems = list(check(folder))
    if problems:
        raise ExerciseSiteError("; ".join(problems))


def download_size() -> int:
    """Return about how many megabytes the first exercise fetches: Python, and JupyterLite as measured."""
    own = sum(path.stat().st_size for path in RUNTIME.glob("*") if not path.name.startswith("."))
    return round(own / 1e6) + JUPYTERLITE_MEGABYTES


def _write_sizes(folder: Path) -> None:
    """Write the large files and their sizes for exercise.js, which fetches them with progress."""
    paths = [path for path in sorted((folder / PYODIDE).iterdir()) if path.suffix in {".wasm", ".zip", ".whl", ".mjs"}]
    sizes = [[path.relative_to(folder).as_posix(), path.stat().st_size] for path in paths]
    (folder / "sizes.json").write_text(json.dumps(sizes) + "\n", encoding="utf-8")


def check(folder: Path) -> Iterator[str]:
    """Yield what is wrong with JupyterLite in *folder*: whatever would make it fail, or reach for a public network."""
    settings = json.loads((folder / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    kernel = settings.get("litePluginSettings", {}).get(_KERNEL, {})
    if kernel.get("pyodideUrl", "").partition("?")[0] != f"./{PYODIDE}/pyodide.mjs":
        yield f"Python would be loaded from {kernel.get('pyodideUrl') or 'a public network'}, not from the site"
    if kernel.get("disablePyPIFallback") is not True:
        yield "packages that are missing would be asked for outside the site"
    if settings.get("contentsStorageDrivers") != ["memoryStorageDriver"]:
        yield "notebooks would stay in the browser for the next person"
    packages = json.loads((folder / PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in _PRELOADED:
        if name not in packages:
            yield f"the package {name} is missing"
    for entry in packages.values():
        path = folder / PYODIDE / entry["file_name"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            yield f"{path.name} is missing or is not the file that was meant"
    for app_name in KEPT_APPS:
        if not (folder / app_name / "index.html").is_file():
            yield f"the app {app_name} is missing"


def _stamp(root: Path) -> str:
    """Return a name for all that JupyterLite is built from, but for the edition's wheel."""
    digest = hashlib.sha256(json.dumps([SETTINGS, BUILD_SETTINGS], sort_keys=True).encode())
    for path in (RUNTIME / "pyodide-lock.json", root / "requirements.txt", *sorted((root / NOTEBOOKS).glob("*.ipynb"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _build(app: Sphinx, made: Path) -> None:
    """Let jupyterlite-sphinx build into *made*, which appears only when it is whole."""
    from jupyterlite_sphinx.jupyterlite_sphinx import jupyterlite_build  # noqa: PLC0415

    made.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=made.parent) as scratch:
        source, contents = Path(scratch) / "source", Path(scratch) / "contents"
        (source / "static").mkdir(parents=True)
        contents.mkdir()
        shutil.copytree(RUNTIME, source / PYODIDE)
        for notebook in sorted((Path(app.confdir) / NOTEBOOKS).glob("*.ipynb")):
            text = _ROLE.sub(r"\1", notebook.read_text(encoding="utf-8"))
            (contents / notebook.name).write_text(text, encoding="utf-8")
        (source / "jupyter-lite.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        (source / "jupyter_lite_config.json").write_text(json.dumps(BUILD_SETTINGS), encoding="utf-8")
        app.config.jupyterlite_dir = str(source)
        app.config.jupyterlite_config = str(source / "jupyter_lite_config.json")
        app.config.jupyterlite_content_dir = str(contents)
        built = Path(app.outdir) / LITE
        shutil.rmtree(built, ignore_errors=True)  # it keeps what an earlier build has left
        ledger = Path(app.srcdir) / ".jupyterlite.doit.db"
        ledger.unlink(missing_ok=True)  # a stale one makes it skip the settings, and the kernel go to a public network
        with contextlib.redirect_stdout(io.StringIO()):
            jupyterlite_build(app, None)
        ledger.unlink(missing_ok=True)
        for name in _OTHER_APPS:
            shutil.rmtree(built / name, ignore_errors=True)
        if not made.exists():
            shutil.move(built, made)
