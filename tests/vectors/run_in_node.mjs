// Runs every call through the scripts that the site ships, in Node, and prints the answers as JSON.
// Usage: node run_in_node.mjs FOLDER_WITH_RUNTIME_JS [grader|papers] < calls.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
globalThis.handbookRuntimeUrl = pathToFileURL(`${folder}/runtime.js`).href;
// Node runs a classic script that it is asked to require; what the script defines, it defines on globalThis.
const require = createRequire(import.meta.url);
for (const name of ["runtime.js", "grader.js", "papers.js"]) require(`${folder}/${name}`);

const calls = JSON.parse(readFileSync(0, "utf8"));
// Both in one interpreter, as in the page.
const sources = [globalThis.handbookGrader, globalThis.handbookPapers];
const [grader, papers] = await Promise.all(sources.map(globalThis.handbookRuntime.start));
const callJson = process.argv[3] === "papers" ? papers : grader;
process.stdout.write(JSON.stringify(calls.map((call) => callJson(call))));
