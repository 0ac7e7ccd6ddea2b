// @ts-check
"use strict";
/*
 * Runs in every measured page before the page's own scripts. It watches; it changes nothing that the page does.
 * "Painted" is the second animation frame after the feedback stands in the page.
 */
(() => {
  /** @type {any} */
  const page = globalThis;
  /** @type {any} */
  let runtime;
  /** @type {(call: (text: string) => string) => void} */
  let tellStarted = () => {};
  const started = new Promise((resolve) => (tellStarted = resolve));
  /** @type {((text: string) => string)|undefined} */
  let callJson;

  // The handbook keeps its interpreter to itself, so the probe stands between when the script hands it over.
  Object.defineProperty(page, "handbookRuntime", {
    get: () => runtime,
    set: (made) => {
      runtime = {
        start: async (/** @type {string} */ source) => {
          callJson = await made.start(source);
          tellStarted(/** @type {any} */ (callJson));
          return callJson;
        },
      };
    },
  });

  /** The interpreter's memory, which no heap of JavaScript shows. @type {WebAssembly.Memory|undefined} */
  let memory;
  const instantiate = /** @type {any} */ (WebAssembly.instantiate);
  /** @type {any} */ (WebAssembly).instantiate = async (/** @type {any[]} */ ...given) => {
    const made = await instantiate(...given);
    const exported = Object.values((made.instance ?? made).exports);
    memory = exported.find((value) => value instanceof WebAssembly.Memory) ?? memory;
    return made;
  };

  const formOf = (/** @type {string} */ id) =>
    /** @type {HTMLFormElement} */ (document.querySelector(`form[data-question-id="${id}"]`));

  /** Resolves in the moment when the graded feedback stands in the page. */
  function feedback(/** @type {HTMLFormElement} */ form) {
    const area = /** @type {HTMLElement} */ (form.querySelector(".question-feedback"));
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!area.querySelector(".outcome")) return;
        observer.disconnect();
        resolve(area.querySelectorAll("li").length);
      });
      observer.observe(area, { childList: true });
    });
  }

  page.bench = {
    /** Resolves when the page can grade: at once where nothing has to be fetched. */
    ready: () => (document.querySelector("script[data-runtime]") ? started.then(() => true) : true),

    /** Watch for the next click and its feedback; `clicked()` then resolves to the milliseconds since the click. */
    watch(/** @type {string} */ id) {
      const form = formOf(id);
      const click = new Promise((resolve) =>
        form.addEventListener("click", (event) => resolve(event.timeStamp), { capture: true, once: true }),
      );
      const shown = feedback(form).then((reasons) => {
        form.getBoundingClientRect(); // layout counts as handling
        const handled = performance.now();
        return new Promise((resolve) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve({ reasons, handled, painted: performance.now() })),
          ),
        );
      });
      page.bench.clicked = async () => {
        const [start, { reasons, handled, painted }] = await Promise.all([click, shown]);
        return { reasons, handled: handled - start, painted: painted - start };
      };
    },

    /** Be a reader who answers as soon as the page's scripts have run; resolves to ms since navigation started. */
    pressAtOnce(/** @type {string} */ id, /** @type {string[]} */ choices) {
      page.bench.graded = new Promise((resolve) => {
        document.addEventListener("DOMContentLoaded", async () => {
          const form = formOf(id);
          const shown = feedback(form);
          for (const choice of choices) {
            const input = /** @type {HTMLInputElement} */ (form.querySelector(`input[value="${choice}"]`));
            input.focus();
            input.checked = true;
          }
          /** @type {HTMLButtonElement} */ (form.querySelector(".question-check")).click();
          const reasons = await shown;
          resolve({ reasons, graded: performance.now() });
        });
      });
    },

    /** Answer many questions one after the other; resolves to the milliseconds in all and in the longest task. */
    async answerAll(/** @type {[string, string[]][]} */ answers) {
      let longest = 0;
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
      }).observe({ type: "longtask" });
      let total = 0;
      for (const [id, chosen] of answers) {
        const form = formOf(id);
        for (const input of form.querySelectorAll("input")) if (chosen.includes(input.value)) input.checked = true;
        const shown = feedback(form);
        form.getBoundingClientRect();
        const start = performance.now();
        form.requestSubmit();
        await shown;
        form.getBoundingClientRect(); // layout counts as handling
        total += performance.now() - start;
        await new Promise((resolve) => setTimeout(resolve)); // a reader answers one at a time
      }
      await new Promise((resolve) => setTimeout(resolve, 100)); // what was long is told afterwards
      return { total, longest };
    },

    /** The bytes of the interpreter's memory. */
    memory: () => memory?.buffer.byteLength ?? 0,

    /** Grade every request and return the outcomes and the milliseconds for each. */
    gradeAll(/** @type {string[]} */ requests) {
      if (!callJson) throw new Error("the interpreter has not started");
      const start = performance.now();
      const answers = [];
      for (const request of requests) answers.push(callJson(request));
      const each = (performance.now() - start) / requests.length;
      return { each, outcomes: answers.map((answer) => JSON.parse(answer).outcome) };
    },
  };
})();
