// @ts-check
"use strict";
/*
 * Makes one text of a group's result files, for the notebook that reads pasted text: on plain http no notebook can read
 * a file. The files are read in the browser and sent nowhere. Without this script the box is not shown.
 */
(() => {
  const TEXT = {
    none: "Ingen av filerna är ett sparat resultat.",
    ready: (/** @type {number} */ count) => (count === 1 ? "1 resultat är klart att kopiera." : `${count} resultat är klara att kopiera.`),
    refused: (/** @type {string} */ names) => `Det här är inte sparade resultat: ${names}.`,
  };

  /** The file's JSON on one line; undefined when it is none. */
  async function read(/** @type {File} */ file) {
    try {
      const value = JSON.parse((await file.text()).replace(/^\ufeff/, ""));
      return value && typeof value === "object" ? JSON.stringify(value) : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {HTMLElement} box */
  function setUp(box) {
    const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
    const status = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
    const joined = /** @type {HTMLTextAreaElement} */ (box.querySelector("textarea"));
    const result = /** @type {HTMLElement} */ (box.querySelector(".result-files-joined"));
    const { handbookCopyButton: copyButton } = /** @type {any} */ (globalThis);
    result.append(copyButton(joined, "Kopiera resultaten", () => joined.value));

    async function take(/** @type {File[]} */ files) {
      const texts = await Promise.all(files.map(read));
      const good = texts.filter((text) => text !== undefined);
      const bad = files.filter((_, number) => texts[number] === undefined).map((file) => file.name);
      joined.value = good.join("\n");
      result.hidden = good.length === 0;
      const told = good.length ? TEXT.ready(good.length) : TEXT.none;
      status.textContent = good.length && bad.length ? `${told} ${TEXT.refused(bad.join(", "))}` : told;
    }

    input.addEventListener("change", () => input.files?.length && take([...input.files]));
    box.addEventListener("dragover", (event) => event.preventDefault());
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length) void take(files);
    });
    box.hidden = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".result-files")) setUp(/** @type {HTMLElement} */ (box));
  });
})();
