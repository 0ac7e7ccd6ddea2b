// @ts-check
"use strict";
/*
 * What tests, practice and repetition share: the questions of the bank, which come in a script of their own that a page
 * fetches when it needs them and the browser keeps for the next, and calls to papers.py and grader.py.
 */
(() => {
  const page = /** @type {any} */ (globalThis);

  /** Ask papers.py or grader.py; an error comes back as an exception with its code. */
  async function ask(/** @type {string} */ module, /** @type {object} */ request) {
    const python = await page.handbookQuiz.start();
    const answer = JSON.parse(python[module](JSON.stringify(request)));
    if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    return answer;
  }

  const TEXT = { question: (/** @type {number} */ number, /** @type {number} */ total) => `Fråga ${number} av ${total}` };

  /** The paper on a page: its root element and what it is made of. */
  class Paper {
    constructor(/** @type {HTMLElement} */ root) {
      this.root = root;
      /** @type {Map<string, HTMLFormElement>} */
      this.forms = new Map();
      /** @type {any[]} */
      this.catalogue = [];
    }

    part(/** @type {string} */ name) {
      return /** @type {HTMLElement} */ (this.root.querySelector(`.exam-${name}`));
    }

    say(/** @type {string} */ text) {
      this.part("status").textContent = text;
    }

    /** Show the form that begins, and let the reader clear what is kept. */
    prepare() {
      const start = /** @type {HTMLFormElement} */ (this.part("start"));
      start.hidden = false;
      this.part("no-script").hidden = true;
      start.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        void this.begin(new FormData(start));
      });
      this.part("clear").addEventListener("click", () => this.clear());
    }

    /** Draw the questions and show them. @returns {Promise<void>} */
    async begin(/** @type {FormData} */ _data) {
      throw new Error("each kind of paper draws its own questions");
    }

    /** Fetch the bank, once. */
    async load() {
      if (!page.handbookQuestions) {
        await page.handbookQuiz.loadScript(new URL(this.root.dataset.questions ?? "", document.baseURI).href);
      }
      this.catalogue = page.handbookQuestions.catalogue;
    }

    has(/** @type {string} */ id) {
      return typeof id === "string" && Object.hasOwn(page.handbookQuestions.forms, id);
    }

    /** The form of a question, made and prepared when it is first asked for. */
    form(/** @type {string} */ id) {
      const known = this.forms.get(id);
      if (known) return known;
      // The build wrote it, with everything escaped; a parsed document runs no script besides.
      const parsed = new DOMParser().parseFromString(page.handbookQuestions.forms[id], "text/html");
      const form = document.adoptNode(/** @type {HTMLFormElement} */ (parsed.querySelector("form")));
      this.forms.set(id, form);
      return form;
    }

    /** Put questions on the page, numbered in their order; a situation that goes on is told once. */
    show(/** @type {string[]} */ ids, /** @type {(form: HTMLFormElement, id: string) => void} */ each = () => {}) {
      let told = "";
      for (const [number, id] of ids.entries()) {
        const form = this.form(id);
        const label = form.querySelector(".question-number");
        if (label) label.textContent = TEXT.question(number + 1, ids.length);
        const situation = /** @type {HTMLDetailsElement|null} */ (form.querySelector(".question-scenario"));
        if (situation) {
          situation.open = situation.dataset.scenario !== told;
          situation.toggleAttribute("data-repeated", !situation.open);
        }
        told = situation?.dataset.scenario ?? "";
        each(form, id);
        this.part("questions").append(form);
        page.handbookQuiz.prepare(form);
      }
    }

    /** Bring the first question into sight, and the focus into it. */
    focusFirst() {
      const form = this.part("questions").querySelector("form");
      form?.querySelector("legend")?.scrollIntoView({ block: "start" });
      /** @type {HTMLElement|null|undefined} */ (form?.querySelector("input, select, button"))?.focus();
    }

    /** A new code, from the browser's random generator. */
    async newCode() {
      const [number] = crypto.getRandomValues(new Uint32Array(1));
      return (await ask("papers", { call: "new_seed", number })).seed;
    }

    /** Leave nothing in the browser for the next person, and begin afresh. */
    clear() {
      page.handbookStorage.clear();
      for (const input of this.root.querySelectorAll("input")) if (input.type === "text") input.value = "";
      globalThis.location.reload();
    }
  }

  page.handbookPaper = { ask, Paper };
})();
