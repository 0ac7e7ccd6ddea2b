// @ts-check
/**
 * Provisions as people write them: "39:3", "OSL 39 kap 3 §", "18 § TF", "§ 18", "kap. 39", "artikel 6 GDPR".
 *
 * @typedef {{ law: string, chapter: string, section: string, stycke: string }} Cited  Empty is what was left out.
 */
"use strict";

const handbookCitations = (() => {
  const ORDINALS = ["forsta", "andra", "tredje", "fjarde", "femte", "sjatte", "sjunde"];
  /** What people call the laws, beside their codes and names. */
  const LAW_NAMES = [
    ["OSL", "offentlighets och sekretesslagen|sekretesslagen|offentlighetslagen"],
    ["OSF", "offentlighets och sekretessforordningen|sekretessforordningen"],
    ["TF", "tryckfrihetsforordningen|grundlagen"],
    ["GDPR", "dataskyddsforordningen"],
  ];

  /**
   * @param {string} text
   * @returns {{ number: string, rest: string }}
   */
  function takeStycke(text) {
    const number = /\bst\.?\s*(\d)\b|\bstycket?\s*(\d)\b|\b(\d)\s*(?:st|stycket?)\b/.exec(text);
    const word = new RegExp(`\\b(${ORDINALS.join("|")})\\s+st(?:\\.|ycket?)?(?![a-z])`).exec(text);
    const found = number ?? word;
    if (found === null) return { number: "", rest: text };
    const value = number ? number[1] ?? number[2] ?? number[3] ?? "" : String(ORDINALS.indexOf(word?.[1] ?? "") + 1);
    return { number: value, rest: text.replace(found[0], " ") };
  }

  const SECTION = "(\\d{1,3}(?:\\s?[a-hj-z])?)(?![a-z0-9])";
  const CHAPTER = "(\\d{1,3})(?!\\d)";
  const SIGN = "(?:§+|paragraf(?:en)?|par\\.?)";
  /** Each form with what its groups are: c for chapter, s for section. @type {[RegExp, string][]} */
  const FORMS = [
    [new RegExp(`${SIGN}\\s*${SECTION}\\s*,?\\s*(?:i\\s+)?kap(?:itel)?\\.?\\s*${CHAPTER}`), "sc"],
    [new RegExp(`(?<!\\d)${CHAPTER}\\s*kap(?:itlet|itel)?\\.?\\s*,?\\s*${SIGN}?\\s*${SECTION}\\s*${SIGN}?`), "cs"],
    [new RegExp(`kap(?:itel)?\\.?\\s*${CHAPTER}\\s*,?\\s*${SIGN}?\\s*${SECTION}\\s*${SIGN}?`), "cs"],
    [new RegExp(`${SECTION}\\s*${SIGN}\\s*(?:i\\s+)?${CHAPTER}\\s*kap(?:itlet|itel)?\\.?`), "sc"],
    [new RegExp(`(?<!\\d)${CHAPTER}\\s*[:;]\\s*${SECTION}\\s*${SIGN}?`), "cs"],
    [new RegExp(`${SECTION}\\s*${SIGN}`), "s"],
    [new RegExp(`${SIGN}\\s*${SECTION}`), "s"],
    [new RegExp(`\\bart(?:ikel)?\\.?\\s*${SECTION}`), "s"],
    [/(?<!\d)(\d{1,3})\s*kap(?:itlet|itel)?\b\.?|kap(?:itel)?\.?\s*(\d{1,3})(?!\d)/, "c"],
  ];
  /** Numbers without a sign mean a section only beside a law, or alone. @type {[RegExp, string][]} */
  const BARE = [
    [new RegExp(`(?<!\\d)${CHAPTER}[\\s.,]+${SECTION}`), "cs"],
    [new RegExp(`(?<!\\d)${SECTION}`), "s"],
  ];

  /**
   * @param {string} text
   * @param {boolean} hasLaw
   * @returns {{ chapter: string, section: string, rest: string } | null}
   */
  function takeNumbers(text, hasLaw) {
    const isBare = hasLaw || /^\s*\d{1,2}(?:[\s.,]+\d{1,2})?\s?[a-z]?\s*$/.test(text);
    for (const [form, groups] of isBare ? [...FORMS, ...BARE] : FORMS) {
      const found = form.exec(text);
      if (found === null) continue;
      const numbers = found.slice(1).filter((group) => group !== undefined);
      /** @param {string} kind */
      const taken = (kind) => (numbers[groups.indexOf(kind)] ?? "").replace(/\s/g, "");
      return {
        chapter: groups.includes("c") ? taken("c") : "",
        section: groups.includes("s") ? taken("s") : "",
        rest: text.replace(found[0], " "),
      };
    }
    return null;
  }

  /**
   * A provision's id, "OSL-39-3-st3" or "FL-6", in its parts.
   * @param {string} id
   * @returns {Cited}
   */
  function parseId(id) {
    const [, law = "", chapter = "", section = "", stycke = ""] =
      /^([^-]+)-(?:(\d+)-)?(\d+[a-z]?)(?:-(?:st)?(\w+))?$/.exec(id) ?? [];
    return { law, chapter, section, stycke };
  }

  /** @param {string} id */
  const wholeSection = (id) => id.replace(/-(?:st\d+|[a-z]+)$/, "");

  /**
   * How well a provision fits what was asked for; what was left out may be anything.
   * @param {Cited} asked
   * @param {Cited} provision
   * @returns {number}
   */
  function matches(asked, provision) {
    const fits =
      (asked.law === "" || asked.law === provision.law) &&
      (asked.chapter === "" || asked.chapter === provision.chapter) &&
      (asked.section === "" || asked.section === provision.section);
    if (!fits || provision.law === "") return 0;
    return asked.stycke === "" || provision.stycke === "" || asked.stycke === provision.stycke ? 1 : 0.6;
  }

  /**
   * Makes the function that takes a citation out of what was typed, and returns the words around it.
   * @param {string[][]} laws  Code and name of each.
   */
  function reader(laws) {
    /** @param {string} forms */
    const tidy = (forms) => handbookWords.fold(forms).replace(/[-–\s]+/g, " ");
    const known = [...LAW_NAMES, ...laws.map(([code = "", name = ""]) => [code, `${code}|${name}`])];
    /** @type {[RegExp, string][]} */
    const patterns = known.map(([code = "", forms = ""]) => [
      new RegExp(`(?<![a-z0-9])(?:${tidy(forms)})(?![a-z])`, "g"),
      code,
    ]);
    /**
     * @param {string} text
     * @returns {{ cited: Cited | null, rest: string }}
     */
    return (text) => {
      let rest = tidy(text);
      let law = "";
      for (const [pattern, code] of patterns) {
        const without = rest.replace(pattern, " ");
        if (without !== rest && law === "") law = code;
        if (law === code) rest = without;
      }
      const stycke = takeStycke(rest);
      const numbers = takeNumbers(stycke.rest, law !== "");
      if (numbers === null) return { cited: null, rest: text };
      const { chapter, section } = numbers;
      return { cited: { law, chapter, section, stycke: stycke.number }, rest: numbers.rest.trim() };
    };
  }

  /**
   * The house form, made from the id: "39 kap. 3 § tredje stycket OSL".
   * @param {string} id
   */
  function format(id) {
    const { law, chapter, section, stycke } = parseId(id);
    const number = section.replace(/^(\d+)(\D)/, "$1 $2");
    const ordinal = ["första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde"][Number(stycke) - 1];
    return `${chapter ? `${chapter} kap. ` : ""}${number} §${ordinal ? ` ${ordinal} stycket` : ""} ${law}`;
  }

  return { reader, parseId, wholeSection, matches, format };
})();
