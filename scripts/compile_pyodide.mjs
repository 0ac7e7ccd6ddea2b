// Compiles the Python that the exercises load in the browser, with the very Pyodide that will run it:
// the standard library and the wheels then hold .pyc files instead of sources, which halves the start.
// Usage: node compile_pyodide.mjs FOLDER, where FOLDER holds pyodide.mjs, python_stdlib.zip and *.whl.
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder, packages: [] });
python.FS.mkdir("/browser");
python.mount?.("/browser", folder) ?? python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/browser");

await python.runPythonAsync(`
import py_compile
import shutil
import zipfile
from pathlib import Path

UNUSED = ("jedi/third_party/",)  # type stubs for completion: most of the wheel, and no exercise completes


def compiled(name, data, place):
    """Return a source as unchecked bytecode, or None when it is one for another Python (a template, a test)."""
    source, target = place / "source.py", place / "source.pyc"
    source.write_bytes(data)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    try:
        py_compile.compile(str(source), str(target), name, doraise=True, invalidation_mode=mode)
    except py_compile.PyCompileError:
        return None
    return target.read_bytes()


def pack(archive):
    """Write the archive anew with bytecode, in one order and with one time, so that equal input gives equal bytes."""
    place = Path("/tmp/compile")
    place.mkdir(exist_ok=True)
    with zipfile.ZipFile(archive) as old:
        files = [(name, old.read(name)) for name in sorted(old.namelist()) if not name.endswith("/")]
    made = place / "made.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in files:
            if name.startswith(UNUSED):
                continue
            code = compiled(name, data, place) if name.endswith(".py") else None
            entry = zipfile.ZipInfo(name if code is None else name + "c", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, data if code is None else code)
    shutil.copyfile(made, archive)


for archive in sorted([*Path("/browser").glob("*.whl"), Path("/browser/python_stdlib.zip")]):
    pack(archive)
`);
process.exit(0);
