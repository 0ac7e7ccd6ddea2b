// @ts-check
"use strict";
/*
 * The way into a notebook. Nothing of JupyterLite is fetched before the reader asks for it; then the large files are
 * fetched first, with progress, so that the notebook finds them in the browser's cache. Without this script the link
 * simply leads to the notebook. Where the notebook cannot run, a sentence says so: the page below holds all questions.
 */
(() => {
  const TEXT = {
    file: "Övningen kan inte öppnas härifrån, för sidan är öppnad som en fil. Du kan svara på alla frågor här nedanför i stället.",
    old: "Övningen kan inte starta i den här webbläsaren, för WebAssembly saknas eller är avstängt. Du kan svara på alla frågor här nedanför i stället.",
    storage: "Övningen kan inte starta, för webbläsaren låter inte sidan lagra något. Du kan svara på alla frågor här nedanför i stället.",
    failed: "Övningen kunde inte hämtas. Försök igen, eller svara på frågorna här nedanför.",
    starting: "Allt är hämtat. Övningen startar, det tar några sekunder till …",
    progress: (/** @type {number} */ done, /** @type {number} */ all) => `Hämtar övningen: ${done} av ${all} MB.`,
  };

  /** Tells why a notebook cannot run here; "" when it can. */
  function obstacle() {
    if (location.protocol === "file:") return TEXT.file;
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") return TEXT.old;
    try {
      return window.indexedDB && window.localStorage ? "" : TEXT.storage;
    } catch {
      return TEXT.storage;
    }
  }

  /**
   * Fetches a file to its end, so that it is in the cache.
   * @param {string} address
   * @param {(bytes: number) => void} tell
   */
  async function fetchWhole(address, tell) {
    const response = await fetch(address);
    if (!response.ok || !response.body) throw new Error(address);
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      tell(value.length);
    }
  }

  /**
   * Fetches what the notebook needs, saying how far it has come.
   * @param {HTMLElement} door
   * @param {HTMLElement} status
   */
  async function fetchAll(door, status) {
    const folder = new URL(`${door.dataset.lite}/`, location.href);
    const listed = await fetch(new URL("sizes.json", folder));
    /** @type {[string, number][]} */
    const files = await listed.json();
    const all = files.reduce((sum, [, size]) => sum + size, 0);
    const bar = document.createElement("progress");
    bar.max = all;
    bar.setAttribute("aria-label", "Hämtning");
    status.before(bar);
    let done = 0;
    let told = -1;
    const tell = (/** @type {number} */ bytes) => {
      done += bytes;
      bar.value = done;
      const megabytes = Math.floor(done / 5e6) * 5;
      if (megabytes === told) return;
      told = megabytes;
      status.textContent = TEXT.progress(megabytes, Math.round(all / 1e6));
    };
    try {
      for (const [name] of files) await fetchWhole(new URL(name, folder).href, tell);
    } finally {
      bar.remove();
    }
  }

  /** @param {HTMLElement} door */
  function setUp(door) {
    const link = /** @type {HTMLAnchorElement} */ (door.querySelector("a"));
    const status = /** @type {HTMLElement} */ (door.querySelector("[role=status]"));
    const reason = obstacle();
    if (reason) {
      link.removeAttribute("href");
      link.setAttribute("aria-disabled", "true");
      link.setAttribute("role", "link");
      status.textContent = reason;
      return;
    }
    let busy = false;
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (busy) return;
      busy = true;
      try {
        await fetchAll(door, status);
        status.textContent = TEXT.starting;
        location.assign(link.href);
      } catch {
        status.textContent = TEXT.failed;
      }
      busy = false;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const door of document.querySelectorAll(".exercise-door")) setUp(/** @type {HTMLElement} */ (door));
  });
})();
