"""The page's Python interpreter as one classic script, and the grader beside it.

MicroPython comes from the npm registry as an ES module that fetches a WebAssembly file. From ``file://`` a browser
refuses both, so the module is turned into a classic script that carries the interpreter, gzipped, as base64. The
grader is the source of :mod:`handbook.grader`, byte for byte, in a script of its own: it changes often and the
interpreter does not.
"""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

PACKAGE = Path("node_modules/@micropython/micropython-webassembly-pyscript")
RUNTIME_FILE = "runtime.js"
GRADER_FILE = "grader.js"

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
/** Start the interpreter with the grader in it; resolves to its one function, JSON text in and out. */
async function start(/** @type {{string}} */ graderSource) {{
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i); // Uint8Array.from takes 20 ms longer
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const wasmBinary = new Uint8Array(await new Response(stream).arrayBuffer());
  const loadMicroPython = await load();
  const python = await loadMicroPython({{ wasmBinary, url: "micropython.wasm", heapsize: 1048576 }});
  python.runPython(graderSource);
  return python.globals.get("call_json");
}}
return {{ start }};
}})();
"""


class RuntimeMissingError(RuntimeError):
    """The interpreter is not installed, or is not the version that the edits below were made for."""


def write_runtime(root: Path, folder: Path) -> None:
    """Write the interpreter and the grader as scripts into *folder*. Raises RuntimeMissingError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RUNTIME_FILE).write_text(runtime_script(root / PACKAGE), encoding="utf-8")
    (folder / GRADER_FILE).write_text(grader_script(), encoding="utf-8")


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


def grader_script() -> str:
    """Return the source of the grader as a script that hands it over as text."""
    source = Path(__file__).with_name("grader.py").read_text(encoding="utf-8")
    return f'"use strict";\nglobalThis.handbookGrader = {json.dumps(source, ensure_ascii=True)};\n'
