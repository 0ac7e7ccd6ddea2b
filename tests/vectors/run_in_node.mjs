// Runs every vector through the scripts that the site ships, in Node, and prints the answers as JSON.
// Usage: node run_in_node.mjs FOLDER_WITH_RUNTIME_JS < vectors.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const folder = process.argv[2];
globalThis.handbookRuntimeUrl = pathToFileURL(`${folder}/runtime.js`).href;
for (const name of ["runtime.js", "grader.js"]) {
  // Dynamic import is named in the interpreter's Node branch, so the script needs a loader for it.
  new vm.Script(readFileSync(`${folder}/${name}`, "utf8"), {
    filename: `${folder}/${name}`,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext();
}
const calls = JSON.parse(readFileSync(0, "utf8"));
const callJson = await globalThis.handbookRuntime.start(globalThis.handbookGrader);
process.stdout.write(JSON.stringify(calls.map((call) => callJson(call))));
