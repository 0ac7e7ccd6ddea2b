"""The page's Python interpreter as one classic script, and the grader beside it.

MicroPython comes from the npm registry as an ES module that fetches a WebAssembly file. From ``file://`` a browser
refuses both, so the module is turned into a classic script that carries the interpreter, gzipped, as base64. The
sources of :mod:`handbook.grader` and :mod:`handbook.papers` go along byte for byte, each in a script of its own: they
change often and the interpreter does not.
"""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

PACKAGE = Path("node_modules/@micropython/micropython-webassembly-pyscript")
RUNTIME_FILE = "runtime.js"
GRADER_FILE = "grader.js"
PAPERS_FILE = "papers.js"

_EDITS = (
    ("export default _createMicroPythonModule", "", 1),
    ("export async function loadMicroPython", "async function loadMicroPython", 1),
    ("let Module={locateFile:", "let Module={wasmBinary:options.wasmBinary,locateFile:", 1),
    ("import.meta.url", "scriptUrl", 4),
)

_TEMPLATE = """\
// MicroPython {version} for WebAssembly (MIT licence), as a classic script. Made by handbook/browser_runtime.py.
"use strict";
globalThis.handbookRuntime = (() => {{
const scriptUrl = globalThis.document?.currentScript?.src ?? globalThis.handbookRuntimeUrl;
const packed = "{wasm}";
/** The module's own code awaits at its top, which only an async function may in a classic script. */
async function load() {{
{module}
return loadMicroPython;
}}
/** The one interpreter of the page: a second would break the first. */
let interpreter;
async function boot() {{
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i); // Uint8Array.from takes 20 ms longer
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const wasmBinary = new Uint8Array(await new Response(stream).arrayBuffer());
  const loadMicroPython = await load();
  return loadMicroPython({{ wasmBinary, url: "micropython.wasm", heapsize: 1048576 }});
}}
/** Run a source, with names of its own; resolves to its one function, JSON text in and out. */
async function start(/** @type {{string}} */ source) {{
  const python = await (interpreter ??= boot());
  python.globals.set("source", source);
  python.runPython("names = {{}}\\nexec(source, names)\\ncall_json = names['call_json']");
  return python.globals.get("call_json");
}}
return {{ start }};
}})();
"""


class RuntimeMissingError(RuntimeError):
    """The interpreter is not installed, or is not the version that the edits below were made for."""


def write_runtime(root: Path, folder: Path) -> None:
    """Write the interpreter and the Python sources as scripts into *folder*. Raises RuntimeMissingError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RUNTIME_FILE).write_text(runtime_script(root / PACKAGE), encoding="utf-8")
    for name in (GRADER_FILE, PAPERS_FILE):
        (folder / name).write_text(module_script(Path(name).stem), encoding="utf-8")


def runtime_script(package: Path) -> str:
    """Return the interpreter in *package* as a classic script."""
    try:
        module = (package / "micropython.mjs").read_text(encoding="utf-8")
        wasm = (package / "micropython.wasm").read_bytes()
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    except OSError as error:
        raise RuntimeMissingError(
            "The page's Python interpreter is not installed. Run 'python3 scripts/dev.py build', which fetches it."
        ) from error
    for old, new, times in _EDITS:
        if module.count(old) != times:
            raise RuntimeMissingError(
                f"MicroPython {version} is not built as expected: '{old}' stands {module.count(old)} times, "
                f"not {times}. Look at the edits in handbook/browser_runtime.py."
            )
        module = module.replace(old, new)
    packed = base64.b64encode(gzip.compress(wasm, 9, mtime=0)).decode("ascii")
    return _TEMPLATE.format(version=version, wasm=packed, module=module)


def module_script(name: str) -> str:
    """Return the source of ``handbook/<name>.py`` as a script that hands it over as ``handbook<Name>``."""
    source = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    return f'"use strict";\nglobalThis.handbook{name.capitalize()} = {json.dumps(source, ensure_ascii=True)};\n'
