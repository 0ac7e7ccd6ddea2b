// @ts-check
"use strict";
/*
 * What the browser keeps for a learner: one key for each purpose, with the version of its shape. Storage that is refused
 * (private mode, a locked-down PC) is replaced by memory; a damaged value is set aside, never thrown at the reader.
 * On a shared PC nothing outlives the tab.
 */
(() => {
  const PREFIX = "handbook.";
  const VERSION = 1;
  const shared = document.querySelector("[data-shared-pc]")?.getAttribute("data-shared-pc") === "ja";
  /** @type {Map<string, string>} */
  const memory = new Map();

  /** The browser's storage, or undefined when it refuses. */
  function store() {
    try {
      const found = shared ? sessionStorage : localStorage;
      const probe = `${PREFIX}probe`;
      found.setItem(probe, "1");
      found.removeItem(probe);
      return found;
    } catch {
      return undefined;
    }
  }

  const kept = store();

  /**
   * Read what is kept under a name. A value that is damaged or of another version is set aside under another name.
   * @returns {{value: any, damaged: boolean}}
   */
  function read(/** @type {string} */ name) {
    const text = kept ? kept.getItem(PREFIX + name) : (memory.get(name) ?? null);
    if (text === null) return { value: undefined, damaged: false };
    try {
      const found = JSON.parse(text);
      if (found && found.version === VERSION && found.value && typeof found.value === "object") {
        return { value: found.value, damaged: false };
      }
    } catch {
      // What cannot be read is set aside below.
    }
    setAside(name);
    return { value: undefined, damaged: true };
  }

  /** Move what is kept under a name out of the way, so that a new value can be kept. */
  function setAside(/** @type {string} */ name) {
    memory.delete(name);
    try {
      kept?.setItem(`${PREFIX}damaged.${name}`, (kept.getItem(PREFIX + name) ?? "").slice(0, 100000));
    } catch {
      // A full storage has no room for what is damaged.
    }
    kept?.removeItem(PREFIX + name);
  }

  /** Keep a value; returns whether it will be there after a reload. */
  function write(/** @type {string} */ name, /** @type {object} */ value) {
    const text = JSON.stringify({ version: VERSION, value });
    memory.set(name, text);
    try {
      kept?.setItem(PREFIX + name, text);
      return kept !== undefined;
    } catch {
      return false;
    }
  }

  const has = (/** @type {string} */ name) => (kept ? kept.getItem(PREFIX + name) !== null : memory.has(name));

  function remove(/** @type {string} */ name) {
    memory.delete(name);
    kept?.removeItem(PREFIX + name);
  }

  /** Remove everything that the handbook has kept, in both storages, for the next person at this PC. */
  function clear() {
    memory.clear();
    for (const open of [() => localStorage, () => sessionStorage]) {
      try {
        const found = open();
        for (const key of Object.keys(found)) if (key.startsWith(PREFIX)) found.removeItem(key);
      } catch {
        // A storage that is refused holds nothing of ours.
      }
    }
  }

  const lasting = kept !== undefined && !shared;
  /** @type {any} */ (globalThis).handbookStorage = { read, write, has, remove, setAside, clear, lasting, shared };
})();
