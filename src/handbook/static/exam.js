// @ts-check
"use strict";
/*
 * Tests and repetition in the page. papers.py draws the paper, keeps the spacing and makes the result; grader.py grades and
 * decides. This script shows, remembers and hands over; it holds no rule about points, passing or drawing.
 */

/**
 * @typedef {{kind: string, role: string, seed: string, attempt: string, questions: string[],
 *            responses: {question_id: string, response: any}[], done: boolean}} State
 */
(() => {
  const page = /** @type {any} */ (globalThis);
  const { quiz, storage } = { quiz: page.handbookQuiz, storage: page.handbookStorage };

  const TEXT = {
    question: (/** @type {number} */ number, /** @type {number} */ total) => `Fråga ${number} av ${total}`,
    unanswered: (/** @type {number} */ count) =>
      `${count === 1 ? "En fråga saknar" : `${count} frågor saknar`} svar. Svara, eller lämna in en gång till.`,
    passed: "Godkänt",
    failed: "Inte godkänt än",
    percent: (/** @type {number} */ percent, /** @type {number} */ mark) => `${percent} % rätt. Gränsen är ${mark} %.`,
    leaked: "Minst ett svar röjer en uppgift som kan vara hemlig. Då blir provet inte godkänt, hur många rätt det än är.",
    /** @type {Record<string, string>} */
    severities: {
      leak: "röjer en uppgift som kan vara hemlig",
      unlawful_refusal: "nekar något som ska lämnas ut eller prövas",
      unlawful_asking: "frågar efter något som lagen inte låter dig fråga om",
      delay: "fördröjer svaret",
      poor_service: "ger sämre hjälp än personen har rätt till",
    },
    none: "Inget svar bröt mot någon regel.",
    resumed: "Du fortsätter där du var.",
    damaged: "Det som var sparat gick inte att läsa och har lagts åt sidan. Du börjar om.",
    notKept: "Webbläsaren sparar inget här. Stäng inte sidan förrän du är klar.",
    failedStart: "Provet kan inte starta i den här webbläsaren. Frågorna finns att läsa på modulernas sidor.",
    badSeed: "Provkoden går inte att läsa. Den har 4 till 12 bokstäver och siffror.",
  };

  /** Today, in the reader's own time zone, as YYYY-MM-DD. */
  function today() {
    const now = new Date();
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** Ask papers.py or grader.py; an error comes back as an exception with its code. */
  async function ask(/** @type {string} */ module, /** @type {object} */ request) {
    const python = await quiz.start();
    const answer = JSON.parse(python[module](JSON.stringify(request)));
    if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    return answer;
  }

  /** One test or repetition on the page. */
  class Exam {
    constructor(/** @type {HTMLElement} */ root) {
      this.root = root;
      this.kind = root.dataset.kind ?? "final";
      this.name = `exam.${this.kind}`;
      this.catalogue = JSON.parse(root.querySelector(".exam-catalogue")?.textContent ?? "[]");
      /** @type {State|undefined} */
      this.state = undefined;
      this.confirmed = false;
    }

    part(/** @type {string} */ name) {
      return /** @type {HTMLElement} */ (this.root.querySelector(`.exam-${name}`));
    }

    say(/** @type {string} */ text) {
      this.part("status").textContent = text;
    }

    form(/** @type {string} */ id) {
      return /** @type {HTMLFormElement} */ (this.root.querySelector(`form.question[data-question-id="${CSS.escape(id)}"]`));
    }

    prepare() {
      const start = /** @type {HTMLFormElement} */ (this.part("start"));
      for (const form of this.root.querySelectorAll("form.question")) /** @type {HTMLElement} */ (form).hidden = true;
      start.hidden = false;
      this.part("no-script").hidden = true;
      start.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.begin(new FormData(start));
      });
      this.part("hand-in").addEventListener("click", () => void this.handIn());
      this.part("clear").addEventListener("click", () => this.clear());
      this.part("questions").addEventListener("change", (event) => this.remember(event));
      this.part("save").addEventListener("click", () => void this.save());
      this.part("print").addEventListener("click", () => globalThis.print());
      const { value, damaged } = storage.read(this.name);
      if (damaged) this.say(TEXT.damaged);
      else if (!storage.lasting && !storage.shared) this.say(TEXT.notKept);
      if (value && this.fits(value)) void this.resume(value);
    }

    /** Whether a kept state can be shown: its questions are still in the bank. */
    fits(/** @type {any} */ value) {
      return Array.isArray(value.questions) && Array.isArray(value.responses) && value.questions.every((/** @type {string} */ id) => this.form(id));
    }

    async begin(/** @type {FormData} */ data) {
      const number = crypto.getRandomValues(new Uint32Array(2));
      try {
        const attempt = (await ask("papers", { call: "new_seed", number: number[0] })).seed;
        const typed = String(data.get("seed") ?? "").trim();
        const seed = typed || (await ask("papers", { call: "new_seed", number: number[1] })).seed;
        const role = String(data.get("role") ?? "vaxel");
        const count = Number(this.root.dataset.count);
        const drawn = await ask("papers", { call: "draw", catalogue: this.catalogue, kind: this.kind, role, seed, count });
        this.state = { kind: this.kind, role, seed, attempt, questions: drawn.questions, responses: [], done: false };
        storage.write(this.name, this.state);
        this.show();
        this.form(drawn.questions[0]).querySelector("legend")?.scrollIntoView({ block: "start" });
        this.form(drawn.questions[0]).querySelector("input")?.focus();
      } catch (error) {
        this.say(/** @type {any} */ (error).code === "bad_seed" ? TEXT.badSeed : TEXT.failedStart);
      }
    }

    async resume(/** @type {State} */ state) {
      this.state = state;
      this.show();
      for (const { question_id: id, response } of state.responses) quiz.restore(this.form(id), response);
      this.say(TEXT.resumed);
      if (state.done) await this.grade();
    }

    /** Put the drawn questions in their order and hide the rest. */
    show() {
      const state = /** @type {State} */ (this.state);
      this.part("start").hidden = true;
      this.part("actions").hidden = false;
      this.part("seed").textContent = state.seed;
      for (const [number, id] of state.questions.entries()) {
        const form = this.form(id);
        form.hidden = false;
        form.dataset.examined = "true";
        const label = form.querySelector(".question-number");
        if (label) label.textContent = TEXT.question(number + 1, state.questions.length);
        this.part("questions").append(form);
      }
    }

    /** Keep the response of the question that was just changed, so that a reload or a crash loses nothing. */
    remember(/** @type {Event} */ event) {
      const form = /** @type {HTMLFormElement|null} */ (/** @type {Element} */ (event.target).closest("form.question"));
      if (!form || !this.state || this.state.done) return;
      const id = form.dataset.questionId ?? "";
      const others = this.state.responses.filter((item) => item.question_id !== id);
      this.state.responses = [...others, { question_id: id, response: quiz.responseOf(form) }];
      this.confirmed = false;
      storage.write(this.name, this.state);
    }

    async handIn() {
      const state = /** @type {State} */ (this.state);
      const missing = state.questions.length - new Set(state.responses.map((item) => item.question_id)).size;
      if (missing > 0 && !this.confirmed) {
        this.confirmed = true;
        this.say(TEXT.unanswered(missing));
        return;
      }
      state.done = true;
      storage.write(this.name, state);
      await this.grade();
      this.part("result").focus();
    }

    async grade() {
      const state = /** @type {State} */ (this.state);
      const grades = [];
      for (const id of state.questions) {
        const form = this.form(id);
        const result = await quiz.grade(form);
        quiz.show(form, result);
        grades.push(result);
        await new Promise((resolve) => setTimeout(resolve)); // between gradings the page may answer the reader
      }
      const mark = Number(this.root.dataset.pass);
      const decision = await ask("grader", { call: "decide", grades, pass_percent: mark });
      await this.showResult(decision, mark);
    }

    async showResult(/** @type {any} */ decision, /** @type {number} */ mark) {
      const state = /** @type {State} */ (this.state);
      const result = (await this.result()).result;
      this.part("hand-in").hidden = true;
      this.part("result").hidden = false;
      this.part("verdict").textContent = decision.passed ? TEXT.passed : TEXT.failed;
      this.part("percent").textContent = TEXT.percent(decision.percent, mark);
      this.part("leak").textContent = decision.severities.leak > 0 ? TEXT.leaked : "";
      const counts = Object.entries(TEXT.severities).map(([name, meaning]) => [decision.severities[name], meaning]);
      const lines = counts.filter(([count]) => Number(count) > 0).map(([count, meaning]) => `${count} svar ${meaning}`);
      const items = (lines.length ? lines : [TEXT.none]).map((text) => Object.assign(document.createElement("li"), { textContent: text }));
      this.part("severities").replaceChildren(...items);
      this.part("certificate").hidden = !decision.passed || state.kind !== "final";
      for (const element of this.root.querySelectorAll("[data-certificate]")) {
        const name = /** @type {HTMLElement} */ (element).dataset.certificate ?? "";
        element.textContent = { ...result, percent: `${decision.percent} %`, role: this.roleName(result.role) }[name] ?? "";
      }
    }

    /** The role as the reader chose it, in words. */
    roleName(/** @type {string} */ role) {
      return this.part("start").querySelector(`option[value="${CSS.escape(role)}"]`)?.textContent ?? role;
    }

    result() {
      const { kind, role, seed, attempt, questions, responses } = /** @type {State} */ (this.state);
      const { contentVersion, profile } = this.root.dataset;
      const values = { content_version: contentVersion, profile, role, kind, seed, attempt, questions, responses, date: today() };
      return ask("papers", { call: "result", ...values });
    }

    /** Let the learner save the result as a file; nothing is sent anywhere. */
    async save() {
      const { result } = await this.result();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(result, null, 1)], { type: "application/json" }));
      link.download = `resultat-${result.date}-${result.check_code}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    clear() {
      storage.clear();
      const name = /** @type {HTMLInputElement|null} */ (this.root.querySelector(".exam-name"));
      if (name) name.value = "";
      globalThis.location.reload();
    }
  }

  for (const root of document.querySelectorAll(".exam")) new Exam(/** @type {HTMLElement} */ (root)).prepare();
})();
