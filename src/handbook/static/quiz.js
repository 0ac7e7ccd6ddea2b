// @ts-check
"use strict";
/*
 * The quiz in the page. The form, its choices and its key are written by Sphinx and readable without this script.
 * This script fetches the Python interpreter when a reader reaches for a quiz, hands question and response to grader.py
 * as JSON, and shows what comes back. It holds no grading rule.
 */

/**
 * @typedef {{id: string, status: "chosen_correct"|"chosen_wrong"|"missed"|"left", severity: string|null}} GradedChoice
 * @typedef {{outcome: "correct"|"partly"|"wrong"|"unanswered"|"error", points: number, max_points: number,
 *            choices: GradedChoice[], severities: string[], error: {code: string, message: string}|null}} Grade
 * @typedef {(text: string) => string} CallJson
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const runtimeScripts = (script.dataset.runtime ?? "").split(" ").map((path) => new URL(path, script.src).href);

  const TEXT = {
    check: "Rätta",
    retry: "Försök igen",
    loading: "Hämtar rättningen …",
    outcome: { correct: "Rätt.", partly: "Delvis rätt.", wrong: "Inte än.", unanswered: "Välj ett svar först.", error: "" },
    points: (/** @type {number} */ points, /** @type {number} */ most) => ` ${points} av ${most} poäng.`,
    status: {
      chosen_correct: " Du valde det.",
      chosen_wrong: " Du valde det.",
      missed: " Du valde det inte.",
      left: "",
    },
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

  /** The question as the grader takes it; null, which the grader refuses, when it cannot be read. */
  function definitionOf(/** @type {HTMLFormElement} */ form) {
    try {
      return JSON.parse(form.querySelector(".question-definition")?.textContent ?? "");
    } catch {
      return null;
    }
  }

  /** @returns {Promise<Grade>} */
  async function grade(/** @type {HTMLFormElement} */ form) {
    const question = definitionOf(form);
    const selected = [...form.querySelectorAll("input:checked")].map((input) => input.getAttribute("value"));
    const callJson = await startGrader();
    const request = { call: "grade", question, response: { selected } };
    return JSON.parse(callJson(JSON.stringify(request)));
  }

  /** A paragraph with a class. */
  function paragraph(/** @type {string} */ text, /** @type {string} */ className) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  }

  /** The reasons for every choice, cloned from the key with what the reader did with each. */
  function reasons(/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result) {
    const list = document.createElement("ul");
    list.className = "key-choices";
    for (const choice of result.choices) {
      const written = form.querySelector(`.question-key [data-choice-id="${CSS.escape(choice.id)}"]`);
      if (!written) continue;
      const item = /** @type {HTMLElement} */ (written.cloneNode(true));
      item.dataset.status = choice.status;
      item.querySelector(".key-status")?.append(TEXT.status[choice.status]);
      list.append(item);
    }
    return list;
  }

  /** Show the grade: a headline, the reason for every choice, what to remember and where it stands. */
  function show(/** @type {HTMLFormElement} */ form, /** @type {Grade} */ result) {
    const area = feedbackOf(form);
    area.dataset.outcome = result.outcome;
    if (result.outcome === "error") {
      return openKey(form, TEXT.badQuestion);
    }
    const points = result.max_points > 1 ? TEXT.points(result.points, result.max_points) : "";
    const headline = paragraph(TEXT.outcome[result.outcome] + (result.outcome === "unanswered" ? "" : points), "outcome");
    if (result.outcome === "unanswered") {
      area.replaceChildren(headline);
      return;
    }
    const rest = [...form.querySelectorAll(".question-key > div")].map((part) => part.cloneNode(true));
    area.replaceChildren(headline, reasons(form, result), ...rest);
    for (const choice of result.choices) {
      const element = form.querySelector(`.choice[data-choice-id="${CSS.escape(choice.id)}"]`);
      element?.setAttribute("data-status", choice.status);
    }
    setAnswered(form, true);
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
    buttonOf(form).textContent = answered ? TEXT.retry : TEXT.check;
    if (answered && form.querySelector("input:focus")) buttonOf(form).focus();
    for (const input of form.querySelectorAll("input")) input.disabled = answered;
  }

  function retry(/** @type {HTMLFormElement} */ form) {
    const area = feedbackOf(form);
    area.replaceChildren();
    delete area.dataset.outcome;
    for (const choice of form.querySelectorAll(".choice")) choice.removeAttribute("data-status");
    setAnswered(form, false);
    form.reset();
    form.querySelector("input")?.focus();
  }

  async function answer(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    if (form.dataset.busy) return;
    if (form.dataset.answered === "true") {
      retry(form);
      return;
    }
    form.dataset.busy = "true";
    const notice = setTimeout(() => feedbackOf(form).replaceChildren(paragraph(TEXT.loading, "loading")), 300);
    try {
      const result = await grade(form);
      clearTimeout(notice);
      show(form, result);
    } catch (error) {
      console.warn("handbook: the grader did not start", error);
      openKey(form, TEXT.noRuntime);
    } finally {
      clearTimeout(notice);
      delete form.dataset.busy;
    }
    feedbackOf(form).scrollIntoView({ block: "nearest" });
  }

  function feedbackOf(/** @type {HTMLFormElement} */ form) {
    return /** @type {HTMLElement} */ (form.querySelector(".question-feedback"));
  }

  function buttonOf(/** @type {HTMLFormElement} */ form) {
    return /** @type {HTMLButtonElement} */ (form.querySelector(".question-check"));
  }

  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form.question"))) {
    /** @type {HTMLDetailsElement} */ (form.querySelector(".question-key")).hidden = true;
    const button = buttonOf(form);
    button.hidden = button.disabled = false;
    // The second click of a double click would empty the question again.
    button.addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
    form.addEventListener("submit", answer);
    for (const reach of ["focusin", "pointerenter", "touchstart"]) {
      form.addEventListener(reach, startGrader, { once: true, passive: true });
    }
  }
})();
