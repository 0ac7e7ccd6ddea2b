// @ts-check
"use strict";
/*
 * The quiz in the page. The form, its choices and its key are written by Sphinx and readable without this script.
 * This script fetches the Python interpreter when a reader reaches for a quiz, hands question and response to grader.py
 * as JSON, and shows what comes back. It holds no grading rule.
 */

/**
 * @typedef {"chosen_correct"|"chosen_wrong"|"missed"|"left"|"near_miss"|"chosen"} Status
 * @typedef {{id: string, status: Status, severity: string|null}} GradedChoice
 * @typedef {{outcome: "correct"|"partly"|"wrong"|"unanswered"|"considered"|"error", points: number, max_points: number,
 *            choices: GradedChoice[], severities: string[], error: {code: string, message: string}|null}} Grade
 * @typedef {(text: string) => string} CallJson
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const answers = /** @type {any} */ (globalThis).handbookAnswers;
  const runtimeScripts = (script.dataset.runtime ?? "").split(" ").map((path) => new URL(path, script.src).href);

  const TEXT = {
    retry: "Försök igen",
    loading: "Hämtar rättningen …",
    outcome: {
      correct: "Rätt.",
      partly: "Delvis rätt.",
      wrong: "Inte än.",
      unanswered: "Välj ett svar först.",
      considered: "Det finns inget facit. Så här kan man resonera:",
      error: "",
    },
    notAnswered: "Du svarade inte.",
    /** @type {Record<string, string>} */
    unanswered: {
      text_entry: "Skriv ett svar först.",
      numeric: "Skriv ett svar först.",
      match: "Välj minst ett par först.",
      hottext: "Markera minst ett ord först.",
      branching: "Välj vad du säger.",
    },
    points: (/** @type {number} */ points, /** @type {number} */ most) => ` ${points} av ${most} poäng.`,
    /** What the reader did with a part of the answer, by type; "" stands for the types that are not named. */
    status: {
      "": { chosen_correct: "Du valde det.", chosen_wrong: "Du valde det.", missed: "Du valde det inte.", chosen: "Du valde det." },
      order: { chosen_correct: "Du har det på rätt plats.", chosen_wrong: "Du har det på en annan plats." },
      match: { chosen_correct: "Du valde rätt.", chosen_wrong: "Du valde något annat.", missed: "Du valde inget." },
      text_entry: { near_miss: "Ditt svar är nära, men inte riktigt. Läs noga hur det skrivs.", chosen_wrong: "Du skrev något annat." },
      numeric: { chosen_wrong: "Du skrev något annat." },
      hottext: {
        chosen_correct: "Du maskerade det.",
        chosen_wrong: "Du maskerade det, men det ska vara kvar.",
        missed: "Du lät det stå, men det ska bort.",
        left: "Du lät det stå.",
      },
    },
    sure: "Jag är säker på svaret",
    surelyWrong: "Du var säker på svaret. Läs skälet en gång till.",
    pathNumber: (/** @type {number} */ number) => `Replik ${number}. `,
    badQuestion: "Frågan kunde inte rättas, eftersom något är fel i den. Ditt svar räknas inte. Läs svar och förklaring nedan.",
    noRuntime: "Rättningen kan inte starta i den här webbläsaren. Läs svar och förklaring nedan.",
  };

  /** @type {Promise<CallJson>|undefined} */
  let grader;

  /** Load one classic script; works from file:// and under a strict content policy. */
  function loadScript(/** @type {string} */ address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error(`cannot load ${address}`)));
      document.head.append(element);
    });
  }

  /** Start the interpreter once a page; a failure is kept too, so that it is not fetched again and again. */
  function startGrader() {
    grader ??= Promise.all(runtimeScripts.map(loadScript)).then(() => {
      const page = /** @type {any} */ (globalThis);
      return page.handbookRuntime.start(page.handbookGrader);
    });
    grader.catch(() => {});
    return grader;
  }

  /** While the reader still thinks, grade and show in a copy, so that the first answer is as quick as the next. */
  function warmUp(/** @type {HTMLFormElement} */ form) {
    if (grader) return;
    startGrader()
      .then(() => new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve)))
      .then(async () => {
        if (form.dataset.answered === "true") return;
        const copy = /** @type {HTMLFormElement} */ (form.cloneNode(true));
        show(copy, await grade(copy), true);
      })
      .catch(() => {});
  }

  /** The question as the grader takes it; null, which the grader refuses, when it cannot be read. */
  function definitionOf(/** @type {HTMLFormElement} */ form) {
    try {
      return JSON.parse(form.querySelector(".question-definition")?.textContent ?? "");
    } catch {
      return null;
    }
  }

  const typeOf = (/** @type {HTMLFormElement} */ form) => form.dataset.type ?? "";

  /** @returns {Promise<Grade>} */
  async function grade(/** @type {HTMLFormElement} */ form) {
    const question = definitionOf(form);
    const response = answers.responseOf(form);
    const callJson = await startGrader();
    return JSON.parse(callJson(JSON.stringify({ call: "grade", question, response })));
  }

  /** A paragraph with a class. */
  function paragraph(/** @type {string} */ text, /** @type {string} */ className) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  }

  /** The graded steps in the order in which the key has them. */
  function inKeyOrder(/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result) {
    const keys = [.../** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".question-key [data-choice-id]"))];
    return keys.flatMap((key) => result.choices.filter((choice) => choice.id === key.dataset.choiceId));
  }

  /** Of the reason and what is said to those who did not take the choice, if anything is, leave the one that fits. */
  function keepWhatFits(/** @type {HTMLElement} */ reason, /** @type {boolean} */ notChosen) {
    const otherwise = reason.querySelector(".key-otherwise");
    if (!otherwise) return;
    otherwise.querySelector(".key-condition")?.remove();
    for (const part of [...reason.children]) {
      if (!part.matches(".key-status") && (part === otherwise) !== notChosen) part.remove();
    }
  }

  /** The reasons for every choice, cloned from the key with what the reader did with each. */
  function reasons(/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result) {
    const list = document.createElement("ul");
    list.className = "key-choices";
    /** @type {Record<string, Partial<Record<Status, string>>>} */
    const statuses = TEXT.status;
    const words = statuses[typeOf(form)] ?? statuses[""];
    for (const [number, choice] of (typeOf(form) === "order" ? inKeyOrder(form, result) : result.choices).entries()) {
      const key = form.querySelector(`.question-key [data-choice-id="${CSS.escape(choice.id)}"]`);
      if (!key) continue;
      const item = /** @type {HTMLElement} */ (key.cloneNode(true));
      item.dataset.status = choice.status;
      keepWhatFits(item, choice.status === "missed" || choice.status === "left");
      const label = item.querySelector(".key-status");
      if (typeOf(form) === "branching") {
        const said = form.querySelector(`.call-choice[data-choice-id="${CSS.escape(choice.id)}"] .phrase`);
        label?.prepend(`${TEXT.pathNumber(number + 1)}${said?.textContent?.trim() ?? ""} `);
      } else if (words?.[choice.status]) {
        label?.append(` ${words[choice.status]}`);
      }
      list.append(item);
    }
    return list;
  }

  /** Show the grade: a headline, the reason for every choice, what to remember and where it stands. */
  function show(/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result, /** @type {boolean} */ handedIn = false) {
    const area = feedbackOf(form);
    area.dataset.outcome = result.outcome;
    if (result.outcome === "error") {
      return openKey(form, TEXT.badQuestion);
    }
    const points = result.max_points > 1 ? TEXT.points(result.points, result.max_points) : "";
    if (result.outcome === "unanswered" && !handedIn) {
      area.replaceChildren(paragraph(TEXT.unanswered[typeOf(form)] ?? TEXT.outcome.unanswered, "outcome"));
      return undefined;
    }
    const outcome = result.outcome === "unanswered" ? TEXT.notAnswered : TEXT.outcome[result.outcome];
    const headline = paragraph(outcome + points, "outcome");
    const surely = isSure(form) && ["wrong", "partly"].includes(result.outcome) ? [paragraph(TEXT.surelyWrong, "surely-wrong")] : [];
    const rest = [...form.querySelectorAll(".question-key > div")].map((part) => part.cloneNode(true));
    area.replaceChildren(headline, ...surely, reasons(form, result), ...rest);
    for (const choice of result.choices) {
      const element = form.querySelector(`fieldset [data-choice-id="${CSS.escape(choice.id)}"]`);
      element?.setAttribute("data-status", choice.status);
    }
    setAnswered(form, true);
    return undefined;
  }

  /** When grading cannot be had, say so and leave the written key to read. */
  function openKey(/** @type {HTMLFormElement} */ form, /** @type {string} */ reason) {
    const area = feedbackOf(form);
    area.dataset.outcome = "error";
    area.replaceChildren(paragraph(reason, "outcome"));
    const key = /** @type {HTMLDetailsElement} */ (form.querySelector(".question-key"));
    key.hidden = false;
    key.open = true;
  }

  /** One button checks and, after that, tries again, so that focus never lands on something that has gone. */
  function setAnswered(/** @type {HTMLFormElement} */ form, /** @type {boolean} */ answered) {
    form.dataset.answered = String(answered);
    const button = buttonOf(form);
    button.dataset.check ??= button.textContent ?? "";
    button.textContent = answered ? TEXT.retry : button.dataset.check;
    if (answered && form.querySelector("input:focus, select:focus")) button.focus();
    for (const control of form.querySelectorAll("input, select, .item-moves button")) {
      /** @type {HTMLInputElement} */ (control).disabled = answered;
    }
  }

  function retry(/** @type {HTMLFormElement} */ form) {
    clearFeedback(form);
    for (const part of form.querySelectorAll("fieldset [data-status]")) part.removeAttribute("data-status");
    setAnswered(form, false);
    form.reset();
    if (typeOf(form) === "branching") answers.startCall(form);
    /** @type {HTMLElement|null} */ (form.querySelector("input, select, .item-moves button"))?.focus();
  }

  async function answer(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    if (form.dataset.busy) return;
    if (form.dataset.answered === "true") {
      retry(form);
      return;
    }
    const over = typeOf(form) === "branching" ? answers.goOn(form) : undefined;
    if (form.dataset.examined === "true") {
      form.dispatchEvent(new Event("change", { bubbles: true })); // a test keeps what was said, and grades it at the end
      return;
    }
    if (over === false) {
      clearFeedback(form);
      return;
    }
    form.dataset.busy = "true";
    const notice = setTimeout(() => feedbackOf(form).replaceChildren(paragraph(TEXT.loading, "loading")), 300);
    try {
      const result = await grade(form);
      clearTimeout(notice);
      show(form, result);
      if (form.dataset.answered === "true") void graded(form, result);
    } catch (error) {
      console.warn("handbook: the grader did not start", error);
      openKey(form, TEXT.noRuntime);
    } finally {
      clearTimeout(notice);
      delete form.dataset.busy;
    }
    feedbackOf(form).scrollIntoView({ block: "nearest" });
  }

  /** The grader and the maker of papers, for a page with a test. */
  async function start() {
    const page = /** @type {any} */ (globalThis);
    const grader = await startGrader();
    await loadScript(new URL(script.dataset.papers ?? "", script.src).href);
    return { grader, papers: await page.handbookRuntime.start(page.handbookPapers) };
  }

  /** @type {Promise<{grader: CallJson, papers: CallJson}>|undefined} */
  let python;
  /** @type {any} */ (globalThis).handbookQuiz = {
    start: () => (python ??= start()),
    grade,
    show: (/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result) => show(form, result, true),
    graded,
    loadScript,
    prepare,
  };

  function clearFeedback(/** @type {HTMLFormElement} */ form) {
    const area = feedbackOf(form);
    area.replaceChildren();
    delete area.dataset.outcome;
  }

  function feedbackOf(/** @type {HTMLFormElement} */ form) {
    return /** @type {HTMLElement} */ (form.querySelector(".question-feedback"));
  }

  function buttonOf(/** @type {HTMLFormElement} */ form) {
    return /** @type {HTMLButtonElement} */ (form.querySelector(".question-check"));
  }

  /** Where a question asks how sure the reader is: not in a call, which goes on, nor where nothing is right. */
  const NEVER_SURE = ["branching", "dilemma"];

  /** Ask how sure the reader is, who may leave it be. */
  function askHowSure(/** @type {HTMLFormElement} */ form) {
    if (NEVER_SURE.includes(typeOf(form))) return;
    const label = document.createElement("label");
    label.className = "question-sure";
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    label.append(box, TEXT.sure);
    buttonOf(form).before(label);
  }

  const isSure = (/** @type {HTMLFormElement} */ form) =>
    /** @type {HTMLInputElement|null} */ (form.querySelector(".question-sure input"))?.checked === true;

  /** Whether the reader has begun repeating in this browser; only then is anything kept of what is answered. */
  function isRepeating() {
    const { handbookStorage: storage } = /** @type {any} */ (globalThis);
    if (storage) return storage.has("repetition");
    try {
      return [localStorage, sessionStorage].some((kept) => kept.getItem("handbook.repetition") !== null);
    } catch {
      return false;
    }
  }

  /** Let repetition keep an answer, where the reader has begun it. */
  async function remember(/** @type {{id: string|undefined, outcome: string, sure: boolean}} */ answered) {
    const page = /** @type {any} */ (globalThis);
    const [storage, keeper] = (script.dataset.remember ?? "").split(" ").map((path) => new URL(path, script.src).href);
    if (!page.handbookStorage) await loadScript(storage);
    if (!page.handbookRemember) await loadScript(keeper);
    await page.handbookRemember(answered);
  }

  /** Say that a question is graded, when what is to be kept of it is kept. */
  async function graded(/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result) {
    const detail = { id: form.dataset.questionId, outcome: result.outcome, sure: isSure(form) };
    if (isRepeating()) await remember(detail).catch(() => {});
    form.dispatchEvent(new CustomEvent("handbook:graded", { bubbles: true, detail }));
  }

  /** Make a question on the page work. */
  function prepare(/** @type {HTMLFormElement} */ form) {
    /** @type {HTMLDetailsElement} */ (form.querySelector(".question-key")).hidden = true;
    const button = buttonOf(form);
    button.hidden = button.disabled = false;
    // The second click of a double click would empty the question again.
    button.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
    form.addEventListener("submit", answer);
    askHowSure(form);
    answers.prepare(form);
    for (const reach of ["focusin", "pointerenter", "touchstart"]) {
      form.addEventListener(reach, () => warmUp(form), { once: true, passive: true });
    }
  }

  for (const form of document.querySelectorAll("form.question")) prepare(/** @type {HTMLFormElement} */ (form));
})();
