// @ts-check
/**
 * The words that stand in the index, where they stand, and which of them a typed word may mean.
 *
 * @typedef {{ terms: Map<number, number>, idf: number }} Meaning  How well each known term fits a typed word.
 */
"use strict";

const HandbookVocabulary = (() => {
  const { STOP_WORDS, words, stem, fit, fitWithSlips, letters, lacks } = handbookWords;

  /** How well another word of the same group fits. */
  const SYNONYM = 0.78;

  return class Vocabulary {
    /** @param {string[]} synonyms  Groups of words that stand for each other. */
    constructor(synonyms) {
      /** The stems of each group. @type {string[][]} */
      this.synonyms = synonyms.map((group) => words(group).map(stem));
      /** How many entries there are to tell apart. */
      this.entries = 0;
      /** @type {string[]} */
      this.terms = [];
      /** @type {number[]} */
      this.letters = [];
      /** @type {Map<string, number>} */
      this.numbers = new Map();
      /** For each term, where it stands: entry, weight, entry, weight … @type {number[][]} */
      this.postings = [];
      /** @type {Map<string, Meaning>} */
      this.meanings = new Map();
    }

    /**
     * The terms of a text, by number; new ones are added.
     * @param {string} text
     */
    numbersOf(text) {
      const all = words(text);
      const telling = all.filter((word) => !STOP_WORDS.has(word));
      // "Men" is a legal term: a single word counts, whatever it is.
      return (all.length === 1 ? all : telling).map((word) => {
          const term = stem(word);
          let number = this.numbers.get(term);
          if (number === undefined) {
            number = this.terms.push(term) - 1;
            this.numbers.set(term, number);
            this.letters.push(letters(term));
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
    post(entry, numbers, weight) {
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
    meaning(typed, unfinished) {
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
      if (best < 0.75 && typed.length > 4 && typedStem.length > 3) {
        const most = typedStem.length >= 8 ? 2 : 1;
        const bits = letters(typedStem);
        this.terms.forEach((term, number) => {
          const isShort = term.length < Math.max(3, typedStem.length - most);
          if (isShort || lacks(bits, this.letters[number] ?? 0, most)) return;
          const fits = fitWithSlips(typedStem, term, most);
          if (fits > (terms.get(number) ?? 0)) terms.set(number, fits);
          best = Math.max(best, fits);
        });
      }
      for (const group of this.synonyms) {
        for (const other of group.includes(typedStem) ? group : []) {
          const number = this.numbers.get(other);
          if (number !== undefined) terms.set(number, Math.max(terms.get(number) ?? 0, SYNONYM));
          best = Math.max(best, number === undefined ? 0 : SYNONYM);
        }
      }
      const places = new Set();
      for (const [number, fits] of terms) {
        if (fits < best * 0.6) terms.delete(number);
        else if (fits > best * 0.75) {
          const list = this.postings[number] ?? [];
          for (let place = 0; place < list.length; place += 2) places.add(list[place]);
        }
      }
      return { terms, idf: Math.log(1 + this.entries / Math.max(1, places.size)) };
    }

    /**
     * Whether a term is, or begins with, this stem.
     * @param {string} typedStem
     */
    #knows(typedStem) {
      if (this.numbers.has(typedStem)) return true;
      const [size, least] = [typedStem.length, 4];
      return this.terms.some(
        (term) => (size >= least && term.startsWith(typedStem)) || (term.length >= least && typedStem.startsWith(term)),
      );
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
        if (Math.min(cut, right.length) <= least) continue;
        const left = [typed.slice(0, cut), typed.slice(0, cut).replace(/s$/, "")];
        const known = left.find((part) => this.numbers.has(stem(part)));
        if (known === undefined || !this.#knows(stem(right))) continue;
        least = Math.min(cut, right.length);
        best = [known, right];
      }
      return best;
    }

    /**
     * The typed words that say something, each with what it may mean; compounds that nobody knows in their parts.
     * @param {string} text
     */
    understand(text) {
      const typed = words(text);
      const telling = typed.filter((word) => !STOP_WORDS.has(word));
      const unfinished = /[a-zåäö0-9]$/i.test(text);
      const last = typed[typed.length - 1];
      // Of "vem är" nothing is left; a single word may be the beginning of another one.
      const used = telling.length === 0 && typed.length === 1 ? typed : telling;
      const parts = used.flatMap((word) => {
        if (word.length < 7 || this.numbers.has(stem(word))) return [word];
        const meaning = this.meaning(word, unfinished && word === last);
        const known = Math.max(0, ...meaning.terms.values()) >= 0.78;
        const split = known ? [] : this.#split(word);
        return split.length > 0 ? split : [word];
      });
      return parts.map((word) => ({ word, meaning: this.meaning(word, unfinished && word === last) }));
    }

    /**
     * Two words that are written apart though they are one.
     * @param {{ word: string, meaning: Meaning }[]} typed
     * @returns {(Meaning | null)[]}  For each word, the compound that it makes with the next one.
     */
    compounds(typed) {
      return typed.map(({ word }, place) => {
        const next = typed[place + 1];
        if (next === undefined) return null;
        const joined = word + next.word;
        const meaning = this.meaning(joined, false);
        const terms = new Map([...meaning.terms].filter(([number, fits]) => {
          return fits >= 0.72 && (this.terms[number] ?? "").length > Math.max(word.length, next.word.length) + 1;
        }));
        return terms.size > 0 ? { terms, idf: meaning.idf } : null;
      });
    }

    /**
     * What each entry has of one meaning: its best term, weighed by where it stands.
     * @param {Meaning} meaning
     */
    column(meaning) {
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
  };
})();
