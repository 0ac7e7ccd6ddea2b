"""Collect the Python that the exercises run in the browser, so that the site serves every byte of it itself.

Pyodide comes from npm without packages, and the list of packages in it names files that are not there. This script
adds the locked wheels, the three that JupyterLite's kernel brings and a PyYAML without its C part, compiles all of
them with that very Pyodide, and writes a list of packages of our own. `machine.py` runs it once and stamps the result.

Usage: .venv/bin/python scripts/exercise_runtime.py FOLDER
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
PYODIDE = ROOT / "node_modules" / "pyodide"
RUNTIME_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
KERNEL = Path(sys.prefix) / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
KERNEL_WHEELS = ("ipykernel-*.whl", "piplite-*.whl", "pyodide_kernel-*.whl")
REQUIREMENTS = ROOT / "requirements-browser.txt"


def download(folder: Path) -> None:
    """Put the locked wheels into *folder*."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    target = ["--no-deps", "--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none"]
    version = ["--python-version", browser_python()]
    subprocess.run(
        [*pip, *target, *version, "--require-hashes", "-r", str(REQUIREMENTS), "-d", str(folder)], check=True, cwd=ROOT
    )


def browser_python() -> str:
    """Return the Python that Pyodide is, such as ``3.14``."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    return ".".join(str(lock["info"]["python"]).split(".")[:2])


def pack_pyyaml(folder: Path) -> None:
    """Make a wheel of the installed PyYAML without its C part, which the browser cannot run."""
    found = importlib.metadata.distribution("pyyaml")
    name = f"pyyaml-{found.version}-py3-none-any.whl"
    with zipfile.ZipFile(folder / name, "w") as wheel:
        for file in sorted(found.files or []):
            kept = file.suffix == ".py" and file.parts[0] == "yaml"
            if kept or file.name == "METADATA":
                wheel.writestr(zipfile.ZipInfo(file.as_posix()), Path(str(file.locate())).read_bytes())
        tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(zipfile.ZipInfo(f"pyyaml-{found.version}.dist-info/WHEEL"), tag)


def wheel_entry(path: Path) -> dict[str, object]:
    """Return what Pyodide's list says of a wheel: name, version, checksum, needs and what can be imported from it."""
    name, version, _, _ = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as wheel:
        files = wheel.namelist()
        metadata = next(file for file in files if file.endswith(".dist-info/METADATA"))
        lines = wheel.read(metadata).decode("utf-8").partition("\n\n")[0].splitlines()
    needs = [Requirement(line.partition(":")[2].strip()) for line in lines if line.startswith("Requires-Dist:")]
    tops = {file.split("/")[0].removesuffix(".pyc").removesuffix(".py") for file in files if ".dist-info/" not in file}
    return {
        "name": str(name),
        "version": str(version),
        "file_name": path.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": sorted({canonicalize_name(need.name) for need in needs if is_needed(need)}),
        "unvendored_tests": False,
    }


def is_needed(requirement: Requirement) -> bool:
    """Return whether the browser's Python needs the package, and not only an extra or another system."""
    platform = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "extra": ""}
    version = {"python_version": browser_python(), "python_full_version": f"{browser_python()}.0"}
    return requirement.marker is None or requirement.marker.evaluate({**platform, **version})


def write_lock(folder: Path) -> None:
    """Write the list of the wheels in *folder*; what they need and is not there is left out of it."""
    entries = {str(entry["name"]): entry for entry in map(wheel_entry, sorted(folder.glob("*.whl")))}
    for entry in entries.values():
        entry["depends"] = [name for name in entry["depends"] if name in entries]  # type: ignore[attr-defined]
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    lock = json.dumps({"info": info, "packages": entries}, indent=1, sort_keys=True)
    (folder / "pyodide-lock.json").write_text(lock + "\n", encoding="utf-8")


def collect(target: Path) -> None:
    """Make *target* anew; it appears only when it is whole."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch) / "runtime"
        folder.mkdir()
        for name in RUNTIME_FILES:
            shutil.copyfile(PYODIDE / name, folder / name)
        download(folder)
        for pattern in KERNEL_WHEELS:
            shutil.copy(next(KERNEL.glob(pattern)), folder)
        pack_pyyaml(folder)
        node = shutil.which("node") or "node"
        subprocess.run([node, str(ROOT / "scripts" / "compile_pyodide.mjs"), str(folder)], check=True)
        write_lock(folder)
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)


if __name__ == "__main__":
    collect(Path(sys.argv[1]).resolve())
