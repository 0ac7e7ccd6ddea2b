// @ts-check
/**
 * Words as the look-up sees them. Swedish is met half-way: å, ä and ö count as a, a and o, endings are cut off, a word
 * matches the compounds it is part of and the parts it is made of, and slips in longer words are forgiven.
 */
"use strict";

const handbookWords = (() => {
  const ENDINGS = (
    "ningarna ningens ningar ningen arnas ernas ornas andet anden ning arna erna orna ades ande aren ades ade are ans " +
    "ens ets ast ing dde ar er or en et an na as es de te a e n s t"
  ).split(" ");
  /** Words of a whole question that say nothing of what it is about. */
  const STOP_WORDS = new Set(
    (
      "a alla allt alltsa att av bara behover behova bli blir da de dem den denna det detta dig din dina ditt du " +
      "efter eller en er ett fa far for fran ga gar galler ge ger gora gor ha har han hans hen hennes hon honom hos " +
      "hur i in inte ja jag just kan kommer kunna man maste med men mig min mina mitt mot nagon nagot nagra nar ni nu " +
      "och oftast om oss pa saga sager ska skall skulle som sa sadan sig sin sina sitt till tack ta tar under upp ut " +
      "utan vad var vara varfor vem vet vi vid vilka vilken vilket vill vilja visst vissa vara vart ar an aven over " +
      "gang idag igar imorgon hela hej fraga fragar undrar lamna lamnar lov tillaten tillatet lagligt ok okej egentligen nagons den dar har"
    ).split(" "),
  );

  /**
   * Small letters, no accents: "Får" and "far" are the same, as on a keyboard without å.
   * @param {string} text
   */
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "");

  /**
   * The words of a text. "E-post" is also "epost".
   * @param {string} text
   */
  function words(text) {
    const found = fold(text).match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
    return found.flatMap((word) => {
      if (!word.includes("-")) return [word];
      const parts = word.split("-");
      return parts[0] !== undefined && parts[0].length === 1 ? [parts.join("")] : [...parts, parts.join("")];
    });
  }

  /** @type {Map<string, string>} */
  const stems = new Map();

  /**
   * A word without its ending; "numret" and "nummer" are one.
   * @param {string} word
   */
  function stem(word) {
    let found = stems.get(word);
    if (found === undefined) {
      found = word.replace(/numr(?:ets|et|ens|en|ena)?$/, "nummer");
      for (const ending of ENDINGS) {
        const least = ending.length > 1 ? 3 : 4;
        if (found.length - ending.length >= least && found.endsWith(ending)) {
          found = found.slice(0, -ending.length);
          break;
        }
      }
      if (stems.size > 20000) stems.clear();
      stems.set(word, found);
    }
    return found;
  }

  /** Three rows of the table of slips, kept from word to word. */
  const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

  /**
   * The number of slips between two words: a letter too many, too few or wrong, or two that changed places.
   * @param {string} one
   * @param {string} other
   * @param {number} most  Above this the exact number does not matter.
   */
  function slips(one, other, most) {
    const width = other.length;
    if (Math.abs(one.length - width) > most || width > 60) return most + 1;
    let [before, last, current] = /** @type {[Uint8Array, Uint8Array, Uint8Array]} */ (rows);
    for (let column = 0; column <= width; column += 1) last[column] = column;
    for (let row = 1; row <= one.length; row += 1) {
      let least = (current[0] = row);
      const letter = one.charCodeAt(row - 1);
      for (let column = 1; column <= width; column += 1) {
        const same = letter === other.charCodeAt(column - 1) ? 0 : 1;
        let value = Math.min(cell(last, column) + 1, cell(current, column - 1) + 1, cell(last, column - 1) + same);
        const swaps = row > 1 && column > 1 && letter === other.charCodeAt(column - 2);
        if (swaps && one.charCodeAt(row - 2) === other.charCodeAt(column - 1)) {
          value = Math.min(value, cell(before, column - 2) + 1);
        }
        current[column] = value;
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      [before, last, current] = [last, current, before];
    }
    return cell(last, width);
  }

  /**
   * @param {Uint8Array} row
   * @param {number} column
   */
  const cell = (row, column) => row[column] ?? 99;

  /**
   * The letters of a word as bits, so that words with too many other letters are passed over quickly.
   * @param {string} word
   */
  function letters(word) {
    let bits = 0;
    for (let place = 0; place < word.length; place += 1) bits |= 1 << (word.charCodeAt(place) & 31);
    return bits;
  }

  /**
   * Whether more than *most* of the letters are not among the others.
   * @param {number} bits
   * @param {number} others
   * @param {number} most
   */
  function lacks(bits, others, most) {
    let rest = bits & ~others;
    for (let count = 0; count < most && rest !== 0; count += 1) rest &= rest - 1;
    return rest !== 0;
  }

  /**
   * How well a typed word fits a term of the index, from 0 to 1, when it is spelled right.
   * @param {string} typed
   * @param {string} typedStem
   * @param {string} term
   * @param {boolean} unfinished  The word is still being typed.
   */
  function fit(typed, typedStem, term, unfinished) {
    if (term === typedStem) return 1;
    const share = typedStem.length / term.length;
    if (share < 1) {
      if (term.startsWith(typedStem)) {
        return typedStem.length >= (unfinished ? 2 : 3) ? 0.72 + 0.22 * share : 0;
      }
      if (typedStem.length >= 4 && term.includes(typedStem)) return (term.endsWith(typedStem) ? 0.68 : 0.6) + 0.2 * share;
      if (typedStem.length === 3 && term.endsWith(typedStem)) return 0.6;
      return 0;
    }
    if (term.length >= 3 && share <= (term.length > 3 ? 2 : 1.34) && typed.startsWith(term)) return 0.4 + 0.45 / share;
    // The last part of a compound says what it is: "mordhot" is a "hot".
    if (term.length >= 3 && typedStem.endsWith(term)) return 0.5 + 0.3 / share;
    if (term.length >= 5 && typed.includes(term)) return 0.3 + 0.4 / share;
    return 0;
  }

  /**
   * How well a typed word fits a term if there are slips in it.
   * @param {string} typedStem
   * @param {string} term
   * @param {number} most
   */
  function fitWithSlips(typedStem, term, most) {
    const size = typedStem.length;
    const whole = slips(typedStem, term, most);
    if (whole <= most) return (whole === 1 ? 0.78 : 0.6) - (size === 4 ? 0.15 : 0);
    if (term.length > size && size >= 7) {
      const start = slips(typedStem, term.slice(0, size), most);
      if (start <= most) return start === 1 ? 0.62 : 0.45;
    }
    return 0;
  }

  return { STOP_WORDS, fold, words, stem, slips, fit, fitWithSlips, letters, lacks };
})();
