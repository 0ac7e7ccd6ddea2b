// @ts-check
/**
 * The index of a handbook with many more rules, made of the real one: each new rule has the form of a real rule, and
 * words that are compounds of two real ones, so that the number of different words grows as it would.
 */
(() => {
  "use strict";

  /** @param {any} index @param {number} count */
  function manyRules(index, count) {
    let seed = 1;
    const draw = (/** @type {number} */ most) => {
      seed = (seed * 16807) % 2147483647;
      return seed % most;
    };
    const texts = index.rules.map((/** @type {any[]} */ row) => `${row[2]} ${row[3]} ${row[4]}`).join(" ");
    const known = [...new Set(texts.match(/[a-zåäö]{4,}/gi) ?? [])];
    const other = (/** @type {string} */ text) =>
      text.replace(/[a-zåäö]{5,}/gi, (word) => {
        const kind = draw(10);
        if (kind < 5) return word;
        return kind < 8 ? known[draw(known.length)] ?? word : `${known[draw(known.length)]}${word}`;
      });
    const rules = [...index.rules];
    while (rules.length < count) {
      const [address, verdict, question, answer, words, cites] = rules[draw(index.rules.length)];
      rules.push([`${address}?${rules.length}`, verdict, other(question), other(answer), other(words), cites]);
    }
    return { ...index, rules: rules.slice(0, count) };
  }

  Object.assign(globalThis, { handbookManyRules: manyRules });
})();
