// @ts-check
"use strict";
/*
 * Tests in the page. papers.py draws the paper and makes the result; grader.py grades and decides. This script shows,
 * keeps and hands over; it holds no rule about points, passing or drawing.
 */

/**
 * @typedef {{kind: string, role: string, seed: string, attempt: string, questions: string[],
 *            responses: {question_id: string, response: any}[], done: boolean}} State
 */
(() => {
  const page = /** @type {any} */ (globalThis);
  const { handbookAnswers: answers, handbookQuiz: quiz, handbookStorage: storage } = page;
  const { ask, Paper } = page.handbookPaper;

  const TEXT = {
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

  /** One test on the page. */
  class Exam extends Paper {
    constructor(/** @type {HTMLElement} */ root) {
      super(root);
      this.kind = root.dataset.kind ?? "final";
      this.name = `exam.${this.kind}`;
      /** @type {State|undefined} */
      this.state = undefined;
      this.confirmed = false;
    }

    prepare() {
      super.prepare();
      this.part("hand-in").addEventListener("click", () => void this.handIn());
      this.part("questions").addEventListener("change", (/** @type {Event} */ event) => this.remember(event));
      this.part("save").addEventListener("click", () => void this.save());
      this.part("print").addEventListener("click", () => globalThis.print());
      const { value, damaged } = storage.read(this.name);
      if (damaged) this.say(TEXT.damaged);
      else if (!storage.lasting && !storage.shared) this.say(TEXT.notKept);
      if (value) void this.resume(value);
    }

    /** Whether a kept state can be shown: its questions are still in the bank. */
    fits(/** @type {any} */ value) {
      const isWhole = Array.isArray(value.questions) && Array.isArray(value.responses) && value.questions.length > 0;
      return isWhole && value.questions.every((/** @type {string} */ id) => this.has(id));
    }

    async begin(/** @type {FormData} */ data) {
      try {
        await this.load();
        const attempt = await this.newCode();
        const typed = String(data.get("seed") ?? "").trim();
        const seed = typed || (await this.newCode());
        const role = String(data.get("role") ?? "vaxel");
        const count = Number(this.root.dataset.count);
        const drawn = await ask("papers", { call: "draw", catalogue: this.catalogue, kind: this.kind, role, seed, count });
        this.state = { kind: this.kind, role, seed, attempt, questions: drawn.questions, responses: [], done: false };
        storage.write(this.name, this.state);
        this.showPaper();
        this.focusFirst();
      } catch (error) {
        this.say(/** @type {any} */ (error).code === "bad_seed" ? TEXT.badSeed : TEXT.failedStart);
      }
    }

    async resume(/** @type {State} */ state) {
      try {
        await this.load();
      } catch {
        this.say(TEXT.failedStart);
        return;
      }
      if (!this.fits(state)) {
        storage.setAside(this.name);
        this.say(TEXT.damaged);
        return;
      }
      this.state = state;
      this.showPaper();
      for (const { question_id: id, response } of state.responses) if (this.has(id)) answers.restore(this.form(id), response);
      this.say(TEXT.resumed);
      if (state.done) await this.grade();
    }

    /** Put the drawn questions on the page, to be graded together at the end. */
    showPaper() {
      const state = /** @type {State} */ (this.state);
      this.part("start").hidden = true;
      this.part("actions").hidden = false;
      this.part("seed").textContent = state.seed;
      this.show(state.questions, (/** @type {HTMLFormElement} */ form) => (form.dataset.examined = "true"));
    }

    /** Keep the response of the question that was just changed, so that a reload or a crash loses nothing. */
    remember(/** @type {Event} */ event) {
      const form = /** @type {HTMLFormElement|null} */ (/** @type {Element} */ (event.target).closest("form.question"));
      if (!form || !this.state || this.state.done) return;
      const id = form.dataset.questionId ?? "";
      const others = this.state.responses.filter((item) => item.question_id !== id);
      this.state.responses = [...others, { question_id: id, response: answers.responseOf(form) }];
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
      const grades = await this.grade();
      this.part("result").focus();
      for (const [place, id] of state.questions.entries()) await quiz.graded(this.form(id), grades[place]);
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
      return grades;
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
      const values = { content_version: contentVersion, profile, role, kind, seed, attempt, questions, responses, date: page.handbookToday() };
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
  }

  for (const root of document.querySelectorAll(".exam:is([data-kind=pre], [data-kind=final])")) new Exam(/** @type {HTMLElement} */ (root)).prepare();
})();
