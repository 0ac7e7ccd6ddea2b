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
 *   rules: string[], pages: string[],
 *   modules: (string | string[])[][], terms: [string, string, ...string[][]], synonyms: string[], subjects: [string, string, number[]][],
 *   register: string, contact: string[],
 * }} LookupIndex  The rows are described in lookup_index.py.
 * @typedef {[string, number, string, string, string, number[]]} Rule
 *   Address, number of the verdict, question, short answer, search words, and numbers of the provisions.
 * @typedef {{ kind: "rule" | "section" | "term" | "law", row: number, score: number }} Hit
 * @typedef {{ hits: Hit[], note: string, subjects: number[] }} Answer
 * @typedef {{ entry: number, words: number[], spoken: string }} Phrase  The telling words, and all as they are said.
 * @typedef {{ kind: Hit["kind"], row: number, weight: number, cites: number[] }} Entry
 */
"use strict";

(() => {
  const { words, stem } = handbookWords;
  const { parseId, wholeSection, matches } = handbookCitations;
  const MOST_HITS = 6;
  /** A hit that is this much weaker than the best one is noise. */
  const WEAKEST = 0.36;
  /** So much of what was typed, weighed by how rare it is, must be met. */
  const LEAST_MET = 0.34;
  /** What a word that nobody knows weighs, as a share of the rarest: people say more than they need to. */
  const UNKNOWN = 0.3;
  /** What it is worth that a search phrase of several words was typed as it stands. */
  const SAID_AS_ONE = 5;
  const FOUND = { question: 2, word: 2.6, phrase: 1.5, answer: 0.8, title: 1.6, bearing: 0.7, term: 2.4, meaning: 0.4 };
  const KINDS = { rule: 1, term: 0.8, section: 0.5, law: 0.45 };

  /**
   * The rules, which stand in the index column by column.
   * @param {LookupIndex} index
   * @returns {Rule[]}
   */
  function rulesOf({ rules, pages }) {
    const columns = rules.map((column) => (column === "" ? [] : column.split("\n")));
    const [ids = [], verdicts = [], questions = [], answers = [], search = [], cites = []] = columns;
    return ids.map((id, row) => [
      pages.join(id),
      Number(verdicts[row]),
      questions[row] ?? "",
      answers[row] ?? "",
      search[row] ?? "",
      (cites[row] ?? "").split(" ").filter(Boolean).map(Number),
    ]);
  }

  /**
   * All words of a text as they are said, without endings; one is found in another only as whole words.
   * @param {string} text
   */
  const spoken = (text) => ` ${words(text).map(stem).join(" ")} `;

  /** What is known of the rules, made once from the index. */
  class Lookup {
    /**
     * @param {LookupIndex} index
     * @param {Rule[]} rules
     */
    constructor(index, rules = rulesOf(index)) {
      this.index = index;
      this.rules = rules;
      this.vocabulary = new HandbookVocabulary(index.synonyms);
      /** @type {Entry[]} */
      this.entries = [];
      /** Search phrases by their first word. @type {Map<string, Phrase[]>} */
      this.phrases = new Map();
      this.provisions = index.provisions.map((row) => parseId(row[0] ?? ""));
      this.takeCitation = handbookCitations.reader(index.laws);
      rules.forEach(([, , question, answer, search, cites], row) => {
        const phrases = search.split("|").map((text) => ({ words: this.vocabulary.numbersOf(text), spoken: spoken(text) }));
        const entry = this.#add("rule", row, cites);
        for (const phrase of phrases) {
          const [first = ""] = phrase.spoken.trim().split(" ");
          if (phrase.spoken.trim() === first) continue;
          const others = this.phrases.get(first) ?? [];
          this.phrases.set(first, [...others, { ...phrase, entry }]);
        }
        for (const { words } of phrases) this.vocabulary.post(entry, words, words.length > 1 ? FOUND.phrase : FOUND.word);
        this.vocabulary.post(entry, this.vocabulary.numbersOf(question), FOUND.question);
        this.vocabulary.post(entry, this.vocabulary.numbersOf(answer), FOUND.answer);
        this.vocabulary.post(entry, this.vocabulary.numbersOf(index.provisions[cites[0] ?? -1]?.[1] ?? ""), FOUND.bearing);
      });
      const [page, prefix, ...terms] = index.terms;
      /** Term, address, meaning. @type {string[][]} */
      this.terms = terms.map(([term = "", meaning = "", anchor = prefix + words(term).join("-")]) => {
        return [term, `${page}#${anchor}`, meaning];
      });
      this.terms.forEach(([term = "", , meaning = ""], row) => {
        const entry = this.#add("term", row);
        this.vocabulary.post(entry, this.vocabulary.numbersOf(term), FOUND.term);
        this.vocabulary.post(entry, this.vocabulary.numbersOf(meaning), FOUND.meaning);
      });
      /** Title, address, page. @type {string[][]} */
      this.sections = index.modules.flatMap(([page, address, ...titles]) => [
        [`${page}`, `${address}`, ""],
        ...titles.map((item) => {
          const [title = "", anchor = words(title).join("-")] = Array.isArray(item) ? item : [item];
          return [title, `${address}#${anchor}`, `${page}`];
        }),
      ]);
      this.sections.forEach(([title = ""], row) => {
        this.vocabulary.post(this.#add("section", row), this.vocabulary.numbersOf(title), FOUND.title);
      });
      index.provisions.forEach(([, heading = ""], row) => {
        this.vocabulary.post(this.#add("law", row, [row]), this.vocabulary.numbersOf(heading), FOUND.title);
      });
    }

    /**
     * @param {Hit["kind"]} kind
     * @param {number} row
     * @param {number[]} cites
     */
    #add(kind, row, cites = []) {
      this.vocabulary.entries = this.entries.push({ kind, row, weight: KINDS[kind], cites });
      return this.entries.length - 1;
    }

    /**
     * How much each entry has of what was typed, and how much of what was typed it meets (0 to 1).
     * @param {string} text
     * @returns {Map<number, { score: number, met: number }>}
     */
    #weigh(text) {
      const typed = this.vocabulary.understand(text);
      const compounds = this.vocabulary.compounds(typed);
      const rarest = Math.log(1 + this.entries.length);
      /** @type {Map<number, number>[]} */
      const columns = typed.map(({ meaning }) => this.vocabulary.column(meaning));
      compounds.forEach((meaning, place) => {
        if (meaning === null) return;
        for (const [entry, value] of this.vocabulary.column(meaning)) {
          for (const column of [columns[place], columns[place + 1]]) {
            if (column && (column.get(entry) ?? 0) < value) column.set(entry, value);
          }
        }
      });
      const idf = typed.map(({ meaning }, place) => {
        if (meaning.terms.size > 0) return meaning.idf;
        return compounds[place] || compounds[place - 1] ? rarest / 2 : rarest * UNKNOWN;
      });
      const total = idf.reduce((sum, value) => sum + value, 0);
      /** @type {Map<number, { score: number, met: number }>} */
      const found = new Map();
      columns.forEach((column, place) => {
        const rare = idf[place] ?? 0;
        for (const [entry, value] of column) {
          const sums = found.get(entry) ?? { score: 0, met: 0 };
          sums.score += value * rare;
          sums.met += (Math.min(1, value / 0.8) * rare) / Math.max(total, 0.1);
          found.set(entry, sums);
        }
      });
      this.#addPhrases(text, typed.map(({ meaning }) => meaning), found);
      for (const [entry, sums] of found) {
        sums.score *= (0.3 + 0.7 * sums.met * sums.met) * (this.entries[entry]?.weight ?? 1);
      }
      return found;
    }

    /**
     * The words of a search phrase, said as one, say more than each alone, also those that say nothing by themselves.
     * @param {string} text
     * @param {Meaning[]} meanings
     * @param {Map<number, { score: number, met: number }>} found
     */
    #addPhrases(text, meanings, found) {
      const said = spoken(text);
      /** @type {Map<number, number>} */
      const best = new Map();
      for (const first of new Set(said.trim().split(" "))) {
        for (const phrase of this.phrases.get(first) ?? []) {
          if (!said.includes(phrase.spoken)) continue;
          let sum = SAID_AS_ONE;
          for (const number of phrase.words) {
            sum += 1.5 * (meanings.find(({ terms }) => (terms.get(number) ?? 0) >= 0.7)?.idf ?? 0);
          }
          best.set(phrase.entry, Math.max(best.get(phrase.entry) ?? 0, sum));
        }
      }
      for (const [entry, sum] of best) {
        const sums = found.get(entry) ?? { score: 0, met: 0.5 };
        found.set(entry, { score: sums.score + sum, met: Math.max(0.5, sums.met) });
      }
    }

    /**
     * How well each entry rests on the provision that was asked for; the bearing one counts most.
     * @param {Cited} cited
     * @returns {{ entries: Map<number, number>, note: string, headings: string }}
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
      const exact = this.index.provisions.filter((_, number) => wanted[number] === 1);
      const headings = exact.length > MOST_HITS ? [] : exact.map(([, heading]) => heading);
      return { entries, note, headings: headings.join(" ") };
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
      if (cited !== null) return this.#searchProvision(cited, rest);
      if (text.trim().length < 2) return { hits: [], note: "", subjects: [] };
      const weighed = [...this.#weigh(text)].map(([entry, sums]) => ({ entry, ...sums }));
      const hits = this.#best(weighed.filter(({ met }) => met >= LEAST_MET), WEAKEST);
      return { hits, note: "", subjects: hits.length > 0 ? [] : this.#nearest(text) };
    }

    /**
     * @param {Cited} cited
     * @param {string} rest  The words around it.
     * @returns {Answer}
     */
    #searchProvision(cited, rest) {
      const { entries, note, headings } = this.#citing(cited);
      const { chapter, section } = cited;
      if (entries.size === 0 && chapter === "" && section !== "") {
        return this.#searchProvision({ ...cited, chapter: section, section: "" }, rest); // "39" alone
      }
      // Of rules that rest equally on it, the one that speaks of what the provision is about comes first.
      const isMixed = rest.length > 1;
      const also = this.#weigh(isMixed ? rest : headings);
      const scored = [...entries].map(([entry, value]) => ({
        entry,
        score: value * 10 + (also.get(entry)?.score ?? 0) * (isMixed ? 1 : 0.05),
      }));
      const hits = this.#best(scored, 0.3);
      return { hits, note, subjects: hits.length > 0 ? [] : this.#nearest(rest) };
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
      const strong = scored.slice(0, 2 * MOST_HITS).filter(({ score }) => score >= top * weakest);
      const hits = strong.flatMap(({ entry, score }) => {
        const { kind, row } = this.entries[entry] ?? {};
        return kind && row !== undefined ? [{ kind, row, score }] : [];
      });
      // Words, sections and paragraphs explain; what to do stands in the rules. One of the others may come before.
      const [rules, others] = [hits.filter(({ kind }) => kind === "rule"), hits.filter(({ kind }) => kind !== "rule")];
      const first = others[0] && others[0] === hits[0] ? [others.shift()] : [];
      return [...first, ...rules.slice(0, 3), ...others, ...rules.slice(3)].flatMap((hit) => hit ?? []).slice(0, MOST_HITS);
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

  Object.assign(globalThis, { handbookLookupEngine: { Lookup, rulesOf, words: handbookWords, citations: handbookCitations } });
})();
