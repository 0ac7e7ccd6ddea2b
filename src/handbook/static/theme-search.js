// @ts-check
/**
 * Sphinx's search page in Swedish, under a strict content policy and from file://.
 *
 * Sphinx's own translations.js makes a function out of text, which the policy forbids, and in Swedish that function
 * returns true where an index is wanted, so that the line with the number of hits never came. It is not loaded; the
 * sentences stand in the page (search.html) and Sphinx's plural rule for one and many is right for Swedish as it is.
 * This script stands after doctools.js and before searchtools.js.
 */
"use strict";

// searchtools.js asks for this. Highlighting keeps the words searched for in the browser: on a shared computer, no.
const SPHINX_HIGHLIGHT_ENABLED = false;

(() => {
  const results = document.getElementById("search-results");
  if (results === null) return;

  /** @type {{ TRANSLATIONS: Record<string, string | string[]> }} */
  // @ts-ignore  A global of doctools.js.
  const documentation = Documentation;
  const { searching = "", title = "", none = "", one = "", many = "" } = results.dataset;
  Object.assign(documentation.TRANSLATIONS, {
    Searching: searching,
    "Search Results": title,
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      none,
    "Search finished, found one page matching the search query.": [one, many],
  });

  // A page cannot be fetched from file://, so there the hits come without a piece of their text.
  if (location.protocol === "file:") {
    // @ts-ignore  A global of documentation_options.js.
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  }

  // The index is as large as the text of the handbook: fetched when there is something to look for.
  if (new URLSearchParams(location.search).get("q")) {
    document.addEventListener("DOMContentLoaded", () => {
      const index = document.createElement("script");
      index.src = results.dataset.index ?? "searchindex.js";
      document.body.append(index);
    });
  }

  // Sphinx writes the number of hits into a plain paragraph; a screen reader is told only of a status.
  new MutationObserver(() => {
    results.querySelector(".search-summary:not([role])")?.setAttribute("role", "status");
  }).observe(results, { childList: true });
})();
