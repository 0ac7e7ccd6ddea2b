// @ts-check
"use strict";
/*
 * Shows what a marked word means: when the pointer rests on it, when it has focus, and at the first touch. Escape hides it.
 * Without this script the word is a link to the glossary, and so it stays at the second touch and for Enter.
 */
(() => {
  const MARGIN = 8;
  /** @type {HTMLElement|undefined} */
  let shown;
  let touched = false;

  const meaning = (/** @type {Element} */ word) => /** @type {HTMLElement} */ (word.querySelector(".word-meaning"));

  /** Show what a word means, wholly inside the window. */
  function show(/** @type {HTMLElement} */ word) {
    if (shown === word) return;
    hide();
    shown = word;
    const box = meaning(word);
    box.hidden = false;
    box.style.marginLeft = "0";
    const { left, right } = box.getBoundingClientRect();
    const over = right + MARGIN - document.documentElement.clientWidth;
    box.style.marginLeft = `${-Math.min(Math.max(over, 0), Math.max(left - MARGIN, 0))}px`;
  }

  function hide() {
    if (shown) meaning(shown).hidden = true;
    shown = undefined;
  }

  for (const found of document.querySelectorAll(".word")) {
    const word = /** @type {HTMLElement} */ (found);
    const link = /** @type {HTMLElement} */ (word.querySelector("a"));
    word.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") show(word);
    });
    word.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && document.activeElement !== link) hide();
    });
    link.addEventListener("pointerdown", (event) => {
      touched = event.pointerType !== "mouse" && shown !== word;
    });
    link.addEventListener("click", (event) => {
      if (touched) event.preventDefault();
      if (touched) show(word);
      touched = false;
    });
    link.addEventListener("focus", () => {
      if (!touched) show(word);
    });
    link.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !shown.contains(/** @type {Node} */ (event.target))) hide();
  });
})();
