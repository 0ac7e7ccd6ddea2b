// @ts-check
/**
 * Copies the words to say, and a rule's short link, with one press. Without this script the words are there to read.
 *
 * A page opened from a folder, or over plain http, may have no clipboard; then the old way is tried, and at last the
 * words are marked, so that the reader's own copying takes them.
 */
(() => {
  "use strict";

  /**
   * @param {HTMLElement} from what is marked when nothing else works
   * @param {string} text
   * @returns {Promise<boolean>} whether the text is on the clipboard
   */
  async function copy(from, text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyTheOldWay(text) || mark(from);
    }
  }

  /** @param {string} text */
  function copyTheOldWay(text) {
    const field = document.createElement("textarea");
    const focused = document.activeElement;
    field.value = text;
    field.className = "visually-hidden";
    field.setAttribute("aria-hidden", "true");
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      // Nothing to do: the words are marked instead.
    }
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }

  /** @param {HTMLElement} element */
  function mark(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    return false;
  }

  /**
   * A button and, beside it, what a screen reader hears and everybody sees when it has been pressed.
   * @param {HTMLElement} from
   * @param {string} name
   * @param {() => string} text
   */
  function copyButton(from, name, text) {
    const holder = document.createElement("span");
    const button = document.createElement("button");
    const status = document.createElement("span");
    holder.className = "copy";
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Kopiera";
    button.setAttribute("aria-label", name);
    status.className = "copy-status";
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      status.textContent = "";
      status.textContent = (await copy(from, text())) ? "Kopierat" : "Markerat: kopiera med Ctrl och C";
    });
    holder.append(status, button);
    return holder;
  }

  /** @type {any} */ (globalThis).handbookCopyButton = copyButton;

  /** @param {Element} field */
  function wordsOf(field) {
    const paragraphs = [...field.querySelectorAll("p:not(.rule-label)")];
    return paragraphs.map((paragraph) => (paragraph.textContent ?? "").replace(/\s+/g, " ").trim()).join("\n");
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const field of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".rule-say"))) {
      if (field.closest(".print-card")) continue;
      const label = field.querySelector(".rule-label");
      (label ?? field).after(copyButton(field, "Kopiera ”Säg så här”", () => wordsOf(field)));
    }
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".short-link"))) {
      const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
      const address = () => new URL(`${link.textContent}/index.html`, root).href;
      link.after(" ", copyButton(link, "Kopiera kortlänken", address));
    }
  });
})();
