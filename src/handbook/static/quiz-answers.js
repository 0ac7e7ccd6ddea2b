// @ts-check
"use strict";
/*
 * How the form of each question type is filled in: what it makes of a response, how steps are moved, how a call goes on,
 * and how a kept response is put back. quiz.js grades and shows.
 */
(() => {
  const typeOf = (/** @type {HTMLFormElement} */ form) => form.dataset.type ?? "";
  const checked = (/** @type {ParentNode} */ part) =>
    [.../** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input:checked"))].map((input) => input.value);
  /** Where the answer is given; how sure the reader is stands outside it. */
  const fieldsetOf = (/** @type {HTMLFormElement} */ form) => /** @type {HTMLElement} */ (form.querySelector("fieldset"));
  /** Whatever is longer than this is read by no grader, and only takes time to carry over. */
  const LONGEST = 1000;
  const written = (/** @type {HTMLFormElement} */ form) => ({ text: (form.querySelector("input")?.value ?? "").slice(0, LONGEST) });
  const selected = (/** @type {HTMLFormElement} */ form) => ({ selected: checked(fieldsetOf(form)) });

  /** The response of each type, as grader.py takes it. @type {Record<string, (form: HTMLFormElement) => object>} */
  const responses = {
    choice: selected,
    multiple_response: selected,
    dilemma: selected,
    hottext: selected,
    text_entry: written,
    numeric: written,
    order: (form) => ({ order: itemsOf(form).map((item) => item.dataset.choiceId) }),
    match: (form) => {
      const chosen = [...form.querySelectorAll("select")].filter((select) => select.value);
      return { pairs: Object.fromEntries(chosen.map((select) => [select.name, select.value])) };
    },
    branching: (form) => ({ path: turnsTaken(form).flatMap(checked) }),
  };

  /* --- order: native buttons move a step, and so does dragging it ------------------------------------------- */

  const itemsOf = (/** @type {HTMLFormElement} */ form) =>
    /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".order-item")]);

  function prepareOrder(/** @type {HTMLFormElement} */ form) {
    /** @type {HTMLElement|undefined} */
    let dragged;
    for (const item of itemsOf(form)) {
      /** @type {HTMLElement} */ (item.querySelector(".item-moves")).hidden = false;
      item.draggable = true;
      item.addEventListener("dragstart", () => (dragged = item));
      item.addEventListener("dragend", () => (dragged = undefined));
      item.addEventListener("dragover", (event) => event.preventDefault());
      item.addEventListener("drop", (event) => {
        event.preventDefault();
        if (!dragged || dragged === item || form.dataset.answered === "true") return;
        const after = itemsOf(form).indexOf(dragged) < itemsOf(form).indexOf(item);
        item[after ? "after" : "before"](dragged);
        tellChange(item);
      });
      item.querySelector(".move-up")?.addEventListener("click", (event) => move(event, item, item.previousElementSibling, "before"));
      item.querySelector(".move-down")?.addEventListener("click", (event) => move(event, item, item.nextElementSibling, "after"));
    }
  }

  /** Moving a step is an answer, as a tick is: a test keeps it. */
  const tellChange = (/** @type {HTMLElement} */ item) => item.dispatchEvent(new Event("change", { bubbles: true }));

  /** Move a step past its neighbour and keep the focus on the button that was pressed. */
  function move(
    /** @type {Event} */ event,
    /** @type {HTMLElement} */ item,
    /** @type {Element|null} */ neighbour,
    /** @type {"before"|"after"} */ side,
  ) {
    neighbour?.[side](item);
    tellChange(item);
    /** @type {HTMLElement} */ (event.currentTarget).focus();
  }

  /* --- branching: one turn at a time ------------------------------------------------------------------------ */

  const turnsOf = (/** @type {HTMLFormElement} */ form) =>
    /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".call-turn")]);
  /** The turns that have been reached, in the order in which they were. */
  const turnsTaken = (/** @type {HTMLFormElement} */ form) =>
    turnsOf(form).filter((turn) => !turn.hidden).sort((one, other) => Number(one.dataset.place) - Number(other.dataset.place));

  function startCall(/** @type {HTMLFormElement} */ form) {
    const fieldset = fieldsetOf(form);
    for (const [number, turn] of turnsOf(form).entries()) {
      turn.hidden = number > 0;
      turn.dataset.place = "0";
      turn.classList.remove("turn-taken");
      for (const choice of turn.querySelectorAll(".call-choice")) /** @type {HTMLElement} */ (choice).hidden = false;
      for (const input of turn.querySelectorAll("input")) input.disabled = false;
    }
    fieldset.dataset.turns = "1";
  }

  /** Say what is chosen: the other choices go, the next turn comes. Returns whether the call is over. */
  function goOn(/** @type {HTMLFormElement} */ form) {
    const turn = turnsTaken(form).at(-1);
    const said = turn?.querySelector(".call-choice:has(input:checked)");
    if (!turn || !said) return undefined;
    for (const choice of turn.querySelectorAll(".call-choice")) /** @type {HTMLElement} */ (choice).hidden = choice !== said;
    for (const input of turn.querySelectorAll("input")) input.disabled = true;
    turn.classList.add("turn-taken");
    const next = turnsOf(form).find((other) => other.dataset.turnId === /** @type {HTMLElement} */ (said).dataset.next);
    if (!next) return undefined;
    next.hidden = false;
    next.dataset.place = String(turnsTaken(form).length);
    turn.parentElement?.append(next);
    // The ending too: the choice that had the focus is locked now.
    next.tabIndex = -1;
    next.focus();
    return "ending" in next.dataset;
  }

  /** Put a kept response back into a question. */
  function restore(/** @type {HTMLFormElement} */ form, /** @type {any} */ response) {
    const values = new Set([...(response?.selected ?? []), ...Object.values(response?.pairs ?? {})]);
    for (const input of fieldsetOf(form).querySelectorAll("input")) {
      if (input.type === "text") input.value = response?.text ?? "";
      else input.checked = values.has(input.value) && typeOf(form) !== "branching";
    }
    for (const select of form.querySelectorAll("select")) select.value = response?.pairs?.[select.name] ?? "";
    for (const id of response?.order ?? []) {
      const item = itemsOf(form).find((step) => step.dataset.choiceId === id);
      item?.parentElement?.append(item);
    }
    for (const id of response?.path ?? []) {
      const turn = turnsTaken(form).at(-1);
      const said = /** @type {HTMLInputElement|null|undefined} */ (turn?.querySelector(`input[value="${CSS.escape(id)}"]`));
      if (said) said.checked = true;
      goOn(form);
    }
  }

  const prepare = (/** @type {HTMLFormElement} */ form) => {
    if (typeOf(form) === "order") prepareOrder(form);
    if (typeOf(form) === "branching") startCall(form);
  };

  /** @type {any} */ (globalThis).handbookAnswers = {
    prepare,
    restore,
    startCall,
    goOn,
    responseOf: (/** @type {HTMLFormElement} */ form) => responses[typeOf(form)]?.(form) ?? null,
  };
})();
