// Runs queries through the engine and index that the site ships, in Node, and prints the answers as JSON.
// Usage: node run_lookup.mjs LOOKUP_INDEX_JS < {"queries": [...], "rules": 1000, "typed": true}
// With "rules" the index is made that large first; with "typed" every beginning of each query is timed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);
require(resolve(process.argv[2]));
require("../../scripts/bench/many-rules.js");

const { queries, rules = 0, typed = false } = JSON.parse(readFileSync(0, "utf8"));
const index = globalThis.handbookLookupIndex;
const { Lookup, rulesOf } = globalThis.handbookLookupEngine;
const lookup = new Lookup(index, rules > 0 ? globalThis.handbookManyRules(rulesOf(index), rules) : rulesOf(index));

const ruleOf = ({ kind, row }) => (kind === "rule" ? /([^/]+)\.html/.exec(lookup.rules[row][0])[1] : `? ${kind}`);
const answers = queries.map((query) => {
  const { hits, note, subjects } = lookup.search(query);
  return { rules: hits.map(ruleOf), note, subjects: subjects.map((row) => index.subjects[row][0]) };
});
// Each beginning is timed in three look-ups that have not met it, and the shortest counts: another program that gets
// the processor in between says nothing about this one. Once is enough of ten thousand rules, which take a minute.
const times = [];
const rounds = lookup.rules.length > 5000 ? 1 : 3;
for (let round = 0; typed && round < rounds; round += 1) {
  const fresh = new Lookup(index, lookup.rules);
  let place = 0;
  for (const query of queries) {
    for (let size = 1; size <= query.length; size += 1) {
      const start = performance.now();
      fresh.search(query.slice(0, size));
      times[place] = Math.min(times[place] ?? Infinity, performance.now() - start);
      place += 1;
    }
  }
}
process.stdout.write(JSON.stringify({ answers, times, rules: lookup.rules.length }));
