// @ts-check
/**
 * The engine of the look-up: from what somebody types to the rules that answer it.
 *
 * No page and no browser in here, so that the tests run this very file in Node. The build makes one script of
 * lookup-words.js, lookup-citations.js, this file and the index, which is fetched when the box gets the focus.
 * The rarer a word is among the rules, the more it weighs.
 *
 * @typedef {{
 *   verdicts: string[][], laws: string[][], provisions: string[][],
 *   renumbered: [string, string, string[], number][],
 *   rules: [string, number, string, string, string, number[]][],
 *   sections: string[][], terms: string[][], subjects: [string, string, number[]][],
 *   register: string, contact: string[],
 * }} LookupIndex  The rows are described in lookup_index.py.
 * @typedef {{ kind: "rule" | "section" | "term" | "law", row: number, score: number }} Hit
 * @typedef {{ hits: Hit[], note: string, subjects: number[] }} Answer
 * @typedef {{ kind: Hit["kind"], row: number, weight: number, phrases: number[][], cites: number[] }} Entry
 * @typedef {{ terms: Map<number, number>, idf: number }} Meaning  How well each known term fits a typed word.
 */
"use strict";

(() => {
  const { STOP_WORDS, words, stem, fit, fitWithSlips } = handbookWords;
  const { parseId, wholeSection, matches } = handbookCitations;
  const MOST_HITS = 6;
  /** A hit that is this much weaker than the best one is noise. */
  const WEAKEST = 0.42;
  /** So much of what was typed, weighed by how rare it is, must be met. */
  const LEAST_MET = 0.4;
  const FOUND = { question: 2, word: 2.6, phrase: 1.5, answer: 0.8, title: 1.6, term: 2.4, meaning: 0.4 };
  const KINDS = { rule: 1, term: 0.8, section: 0.5, law: 0.45 };

  /** What is known of the rules, made once from the index. */
  class Lookup {
    /** @param {LookupIndex} index */
    constructor(index) {
      this.index = index;
      /** @type {string[]} */
      this.terms = [];
      /** @type {Map<string, number>} */
      this.numbers = new Map();
      /** @type {Entry[]} */
      this.entries = [];
      /** For each term, where it stands: entry, weight, entry, weight … @type {number[][]} */
      this.postings = [];
      /** @type {Map<string, Meaning>} */
      this.meanings = new Map();
      this.provisions = index.provisions.map((row) => parseId(row[0] ?? ""));
      this.takeCitation = handbookCitations.reader(index.laws);
      index.rules.forEach(([, , question, answer, search, cites], row) => {
        const phrases = search.split("|").map((phrase) => this.#numbersOf(phrase));
        const entry = this.#add("rule", row, phrases.filter((phrase) => phrase.length > 1), cites);
        for (const phrase of phrases) this.#post(entry, phrase, phrase.length > 1 ? FOUND.phrase : FOUND.word);
        this.#post(entry, this.#numbersOf(question), FOUND.question);
        this.#post(entry, this.#numbersOf(answer), FOUND.answer);
      });
      index.terms.forEach(([term = "", , meaning = ""], row) => {
        const entry = this.#add("term", row);
        this.#post(entry, this.#numbersOf(term), FOUND.term);
        this.#post(entry, this.#numbersOf(meaning), FOUND.meaning);
      });
      index.sections.forEach(([title = ""], row) => {
        this.#post(this.#add("section", row), this.#numbersOf(title), FOUND.title);
      });
      index.provisions.forEach(([, heading = ""], row) => {
        this.#post(this.#add("law", row, [], [row]), this.#numbersOf(heading), FOUND.title);
      });
    }

    /**
     * @param {Hit["kind"]} kind
     * @param {number} row
     * @param {number[][]} phrases
     * @param {number[]} cites
     */
    #add(kind, row, phrases = [], cites = []) {
      return this.entries.push({ kind, row, weight: KINDS[kind], phrases, cites }) - 1;
    }

    /** @param {string} text */
    #numbersOf(text) {
      return words(text)
        .filter((word) => !STOP_WORDS.has(word))
        .map((word) => {
          const term = stem(word);
          let number = this.numbers.get(term);
          if (number === undefined) {
            number = this.terms.push(term) - 1;
            this.numbers.set(term, number);
            this.postings.push([]);
          }
          return number;
        });
    }

    /**
     * A term that stands in several places of an entry counts where it weighs most.
     * @param {number} entry
     * @param {number[]} numbers
     * @param {number} weight
     */
    #post(entry, numbers, weight) {
      for (const number of numbers) {
        const list = this.postings[number] ?? [];
        const known = list.length - 2;
        if (known >= 0 && list[known] === entry) list[known + 1] = Math.max(list[known + 1] ?? 0, weight);
        else list.push(entry, weight);
      }
    }

    /**
     * The terms that a typed word may stand for, and how rare it is among the entries.
     * @param {string} typed
     * @param {boolean} unfinished
     * @returns {Meaning}
     */
    #meaning(typed, unfinished) {
      const key = unfinished ? `${typed}…` : typed;
      let meaning = this.meanings.get(key);
      if (meaning === undefined) {
        meaning = this.#findMeaning(typed, unfinished);
        if (this.meanings.size > 2000) this.meanings.clear();
        this.meanings.set(key, meaning);
      }
      return meaning;
    }

    /**
     * @param {string} typed
     * @param {boolean} unfinished
     * @returns {Meaning}
     */
    #findMeaning(typed, unfinished) {
      const typedStem = stem(typed);
      /** @type {Map<number, number>} */
      const terms = new Map();
      let best = 0;
      this.terms.forEach((term, number) => {
        const fits = Math.max(
          fit(typed, typedStem, term, unfinished),
          unfinished && typed !== typedStem && term.startsWith(typed) ? 0.72 + (0.22 * typed.length) / term.length : 0,
        );
        if (fits > 0) terms.set(number, fits);
        best = Math.max(best, fits);
      });
      if (best < 0.75) {
        this.terms.forEach((term, number) => {
          const fits = fitWithSlips(typedStem, term);
          if (fits > (terms.get(number) ?? 0)) terms.set(number, fits);
          best = Math.max(best, fits);
        });
      }
      const places = new Set();
      for (const [number, fits] of terms) {
        if (fits < best * 0.6) terms.delete(number);
        else if (fits > best * 0.75) {
          const list = this.postings[number] ?? [];
          for (let place = 0; place < list.length; place += 2) places.add(list[place]);
        }
      }
      return { terms, idf: Math.log(1 + this.entries.length / Math.max(1, places.size)) };
    }

    /**
     * A word that is known only in part, as two words that are known: "politikermobil" is "politiker" and "mobil".
     * @param {string} typed
     * @returns {string[]}
     */
    #split(typed) {
      let best = /** @type {string[]} */ ([]);
      let least = 2;
      for (let cut = 3; cut <= typed.length - 3; cut += 1) {
        const right = typed.slice(cut);
        if (Math.min(cut, right.length) <= least || !this.numbers.has(stem(right))) continue;
        const left = [typed.slice(0, cut), typed.slice(0, cut).replace(/s$/, "")];
        const known = left.find((part) => this.numbers.has(stem(part)));
        if (known === undefined) continue;
        least = Math.min(cut, right.length);
        best = [known, right];
      }
      return best;
    }

    /**
     * The typed words that say something, each with what it may mean; compounds that nobody knows in their parts.
     * @param {string} text
     */
    #understand(text) {
      const typed = words(text);
      const telling = typed.filter((word) => !STOP_WORDS.has(word));
      const unfinished = /[a-zåäö0-9]$/i.test(text);
      const last = typed[typed.length - 1];
      const used = telling.length > 0 ? telling : typed;
      const parts = used.flatMap((word) => {
        if (word.length < 7 || this.numbers.has(stem(word))) return [word];
        const meaning = this.#meaning(word, unfinished && word === last);
        const known = Math.max(0, ...meaning.terms.values()) >= 0.78;
        const split = known ? [] : this.#split(word);
        return split.length > 0 ? split : [word];
      });
      return parts.map((word) => ({ word, meaning: this.#meaning(word, unfinished && word === last) }));
    }

    /**
     * Two words that are written apart though they are one.
     * @param {{ word: string, meaning: Meaning }[]} typed
     * @returns {(Meaning | null)[]}  For each word, the compound that it makes with the next one.
     */
    #compounds(typed) {
      return typed.map(({ word }, place) => {
        const next = typed[place + 1];
        if (next === undefined) return null;
        const joined = word + next.word;
        const meaning = this.#meaning(joined, false);
        const terms = new Map([...meaning.terms].filter(([number, fits]) => {
          return fits >= 0.72 && (this.terms[number] ?? "").length > Math.max(word.length, next.word.length) + 1;
        }));
        return terms.size > 0 ? { terms, idf: meaning.idf } : null;
      });
    }

    /**
     * How much each entry has of what was typed, and how much of what was typed it meets (0 to 1).
     * @param {string} text
     * @returns {Map<number, { score: number, met: number }>}
     */
    #weigh(text) {
      const typed = this.#understand(text);
      const compounds = this.#compounds(typed);
      const rarest = Math.log(1 + this.entries.length);
      /** @type {Map<number, number>[]} */
      const columns = typed.map(({ meaning }) => this.#column(meaning));
      compounds.forEach((meaning, place) => {
        if (meaning === null) return;
        for (const [entry, value] of this.#column(meaning)) {
          for (const column of [columns[place], columns[place + 1]]) {
            if (column && (column.get(entry) ?? 0) < value) column.set(entry, value);
          }
        }
      });
      const idf = typed.map(({ meaning }, place) => {
        if (meaning.terms.size > 0) return meaning.idf;
        return compounds[place] || compounds[place - 1] ? rarest / 2 : rarest * 0.6;
      });
      const total = idf.reduce((sum, value) => sum + value, 0);
      /** @type {Map<number, { score: number, met: number }>} */
      const found = new Map();
      columns.forEach((column, place) => {
        const rare = idf[place] ?? 0;
        for (const [entry, value] of column) {
          const sums = found.get(entry) ?? { score: 0, met: 0 };
          sums.score += value * rare;
          sums.met += (Math.min(1, value / 0.8) * rare) / total;
          found.set(entry, sums);
        }
      });
      this.#addPhrases(typed.map(({ meaning }) => meaning), found);
      for (const [entry, sums] of found) {
        sums.score *= (0.3 + 0.7 * sums.met * sums.met) * (this.entries[entry]?.weight ?? 1);
      }
      return found;
    }

    /**
     * What each entry has of one meaning: its best term, weighed by where it stands.
     * @param {Meaning} meaning
     */
    #column(meaning) {
      /** @type {Map<number, number>} */
      const column = new Map();
      for (const [number, fits] of meaning.terms) {
        const list = this.postings[number] ?? [];
        for (let place = 0; place < list.length; place += 2) {
          const entry = list[place] ?? 0;
          const value = fits * (list[place + 1] ?? 0);
          if (value > (column.get(entry) ?? 0)) column.set(entry, value);
        }
      }
      return column;
    }

    /**
     * All words of a search phrase together say more than each alone.
     * @param {Meaning[]} meanings
     * @param {Map<number, { score: number, met: number }>} found
     */
    #addPhrases(meanings, found) {
      for (const [entry, sums] of found) {
        let best = 0;
        for (const phrase of this.entries[entry]?.phrases ?? []) {
          let sum = 0;
          const whole = phrase.every((number) => {
            const meaning = meanings.find(({ terms }) => (terms.get(number) ?? 0) >= 0.7);
            sum += meaning?.idf ?? 0;
            return meaning !== undefined;
          });
          if (whole) best = Math.max(best, sum);
        }
        sums.score += best * 1.2;
      }
    }

    /**
     * How well each entry rests on the provision that was asked for; the bearing one counts most.
     * @param {Cited} cited
     * @returns {{ entries: Map<number, number>, note: string }}
     */
    #citing(cited) {
      const wanted = this.provisions.map((provision) => matches(cited, provision));
      const renewed = this.index.renumbered.filter(([before]) => {
        const old = parseId(before);
        return cited.section !== "" && matches({ ...cited, stycke: "" }, old) > 0 && cited.chapter !== "";
      });
      const note = renewed
        .map(([before, now, ids, year]) => {
          const old = parseId(before);
          this.provisions.forEach((_, number) => {
            if (ids.includes(wholeSection(this.index.provisions[number]?.[0] ?? ""))) {
              wanted[number] = Math.max(wanted[number] ?? 0, 0.9);
            }
          });
          return `${old.law} fick nya nummer ${year}: det som hette ${old.chapter} kap. ${old.section} § är nu ${now} ${old.law}.`;
        })
        .join(" ");
      /** @type {Map<number, number>} */
      const entries = new Map();
      this.entries.forEach(({ kind, cites }, entry) => {
        let best = 0;
        cites.forEach((number, place) => {
          const share = kind === "law" ? 0.3 : place === 0 ? 1 : 0.75 - 0.04 * Math.min(place, 8);
          best = Math.max(best, (wanted[number] ?? 0) * share);
        });
        if (best > 0) entries.set(entry, best);
      });
      return { entries, note };
    }

    /**
     * A provision as it is cited.
     * @param {number} row
     */
    citation(row) {
      const [id = "", , written] = this.index.provisions[row] ?? [];
      return written ?? handbookCitations.format(id);
    }

    /**
     * @param {string} text
     * @returns {Answer}
     */
    search(text) {
      const { cited, rest } = this.takeCitation(text);
      if (cited !== null) {
        const { entries, note } = this.#citing(cited);
        const also = rest.length > 1 ? this.#weigh(rest) : new Map();
        const scored = [...entries].map(([entry, value]) => ({ entry, score: value * 10 + (also.get(entry)?.score ?? 0) }));
        if (scored.length > 0 || note !== "") return { hits: this.#best(scored, 0.3), note, subjects: [] };
        return { hits: [], note, subjects: this.#nearest(rest) };
      }
      if (text.trim().length < 2) return { hits: [], note: "", subjects: [] };
      const weighed = [...this.#weigh(text)].map(([entry, sums]) => ({ entry, ...sums }));
      const hits = this.#best(weighed.filter(({ met }) => met >= LEAST_MET), WEAKEST);
      return { hits, note: "", subjects: hits.length > 0 ? [] : this.#nearest(text) };
    }

    /**
     * The best of them first, and none that is much weaker than the best.
     * @param {{ entry: number, score: number }[]} scored
     * @param {number} weakest
     * @returns {Hit[]}
     */
    #best(scored, weakest) {
      scored.sort((one, other) => other.score - one.score || one.entry - other.entry);
      const top = scored[0]?.score ?? 0;
      return scored.slice(0, MOST_HITS).flatMap(({ entry, score }) => {
        const found = this.entries[entry];
        return found && score >= top * weakest ? [{ kind: found.kind, row: found.row, score }] : [];
      });
    }

    /**
     * When nothing was found: the subjects that have anything at all of what was typed, or all of them.
     * @param {string} text
     */
    #nearest(text) {
      const weighed = this.#weigh(text);
      const scores = this.index.subjects.map(([name, , rules], row) => {
        const own = words(name).some((word) => words(text).includes(word)) ? 5 : 0;
        const sum = rules.reduce((most, rule) => Math.max(most, weighed.get(rule)?.score ?? 0), own);
        return { row, sum };
      });
      const near = scores.filter(({ sum }) => sum > 0).sort((one, other) => other.sum - one.sum);
      return (near.length > 0 ? near.slice(0, 3) : scores).map(({ row }) => row);
    }

  }

  Object.assign(globalThis, { handbookLookupEngine: { Lookup, words: handbookWords, citations: handbookCitations } });
})();
