/* The slides of a course day: hands are typed in, bars show before and after, and nothing leaves the page. */
(function () {
  "use strict";

  const deck = /** @type {any} */ (window).Reveal;
  const notes = /** @type {any} */ (window).RevealNotes;

  /** @returns {HTMLInputElement[]} the fields, in the order of the page */
  function fields() {
    return Array.from(document.querySelectorAll("input[data-question]"));
  }

  /** @param {HTMLInputElement} field @returns {number} the hands that it counts; nothing else than a number is none */
  function hands(field) {
    const count = Number.parseInt(field.value, 10);
    return Number.isFinite(count) && count > 0 ? count : 0;
  }

  /** Draws the bars of the question whose count was changed: each as a share of the hands of its round.
   * @param {HTMLInputElement} changed */
  function draw(changed) {
    const { question, when } = changed.dataset;
    const round = fields().filter((field) => field.dataset.question === question && field.dataset.when === when);
    const all = round.reduce((sum, field) => sum + hands(field), 0);
    for (const field of round) {
      const name = `${question}/${when}/${field.dataset.choice}`;
      const share = all ? Math.round((hands(field) / all) * 100) : 0;
      const bar = /** @type {HTMLElement | null} */ (document.querySelector(`[data-bar="${name}"]`));
      const count = document.querySelector(`[data-count="${name}"]`);
      if (bar && count) {
        bar.style.width = `${share}%`;
        count.textContent = field.value === "" ? "–" : `${hands(field)} (${share} %)`;
      }
    }
  }

  /** Goes to the next field of the slide, or to the next slide after the last.
   * @param {HTMLInputElement} field */
  function onward(field) {
    const here = fields().filter((other) => other.closest("section") === field.closest("section"));
    const next = here[here.indexOf(field) + 1];
    if (next) {
      next.focus();
    } else {
      field.blur();
      deck.next();
    }
  }

  for (const field of fields()) {
    field.addEventListener("input", () => draw(field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        event.stopPropagation();
        onward(field);
      } else if (event.key === "Escape") {
        event.stopPropagation();
        field.blur();
      }
    });
  }

  deck.initialize({
    width: 1280, height: 720, margin: 0.04, hash: true, controls: false, progress: true, slideNumber: "c/t",
    center: false, transition: "none", backgroundTransition: "none", plugins: notes ? [notes] : [],
    keyboard: { 76: () => document.documentElement.classList.toggle("dark") },
  });
})();
