// @ts-check
/**
 * The rules of a handbook with many more of them, made of the real ones: each new rule has the form of a real rule, and
 * words that are compounds of two real ones, so that the number of different words grows as it would.
 */
(() => {
  "use strict";

  /** @param {any[][]} real @param {number} count */
  function manyRules(real, count) {
    let seed = 1;
    const draw = (/** @type {number} */ most) => {
      seed = (seed * 16807) % 2147483647;
      return seed % most;
    };
    const texts = real.map((/** @type {any[]} */ row) => `${row[2]} ${row[3]} ${row[4]}`).join(" ");
    const known = [...new Set(texts.match(/[a-zåäö]{4,}/gi) ?? [])];
    const other = (/** @type {string} */ text) =>
      text.replace(/[a-zåäö]{5,}/gi, (word) => {
        const kind = draw(10);
        if (kind < 5) return word;
        return kind < 8 ? known[draw(known.length)] ?? word : `${known[draw(known.length)]}${word}`;
      });
    const rules = [...real];
    while (rules.length < count) {
      const [address, verdict, question, answer, words, cites] = rules[draw(real.length)];
      rules.push([`${address}?${rules.length}`, verdict, other(question), other(answer), other(words), cites]);
    }
    return rules.slice(0, count);
  }

  Object.assign(globalThis, { handbookManyRules: manyRules });
})();
