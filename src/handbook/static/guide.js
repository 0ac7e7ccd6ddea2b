// @ts-check
/**
 * Shows the guide one step at a time. The answers so far stand in the address (#/uppgift/nej/hem), so that a step can
 * be bookmarked, shared and left with the browser's own Back. Without this script every step is a section with links.
 */
(() => {
  "use strict";

  const guide = document.querySelector(".guide");
  if (!(guide instanceof HTMLElement)) return;
  const steps = /** @type {HTMLElement[]} */ ([...guide.querySelectorAll(".guide-step")]);
  const first = steps[0];
  if (!first) return;
  const most = "6";

  /** @typedef {{ step: HTMLElement, taken: { step: HTMLElement, answer: HTMLElement }[], known: boolean }} Place */

  /** @param {string} id */
  const named = (id) => steps.find((step) => step.id === id);
  /** @param {HTMLElement} step */
  const answersOf = (step) => /** @type {HTMLElement[]} */ ([...step.querySelectorAll(".guide-answers > li")]);
  /** @param {HTMLElement} answer */
  const linkOf = (answer) => /** @type {HTMLAnchorElement | null} */ (answer.querySelector("a"));
  /** @param {HTMLElement} step @param {HTMLElement} answer */
  const nameOf = (step, answer) => answer.id.slice(step.id.length + 1);
  /** @param {HTMLElement} step */
  const titleOf = (step) => step.querySelector("h2, h3")?.textContent?.trim() ?? "";

  // Where each answer leads, before the links are written anew.
  const leads = new Map(steps.flatMap(answersOf).map((answer) => [answer, linkOf(answer)?.hash.slice(1) ?? ""]));

  /**
   * Reads the address: the answers taken, a single step (a link from elsewhere), or else the beginning.
   * @param {string} hash
   * @returns {Place}
   */
  function placeOf(hash) {
    const single = named(hash.slice(1));
    if (single) return { step: single, taken: [], known: single === first };
    /** @type {Place} */
    const place = { step: /** @type {HTMLElement} */ (first), taken: [], known: true };
    if (!hash.startsWith("#/")) return place;
    for (const name of hash.slice(2).split("/").filter(Boolean)) {
      const answer = answersOf(place.step).find((item) => nameOf(place.step, item) === name);
      const next = answer && named(leads.get(answer) ?? "");
      if (!answer || !next) break;
      place.taken.push({ step: place.step, answer });
      place.step = next;
    }
    return place;
  }

  /** @param {{ step: HTMLElement, answer: HTMLElement }[]} taken */
  const addressOf = (taken) => `#/${taken.map(({ step, answer }) => nameOf(step, answer)).join("/")}`;

  const trail = document.createElement("nav");
  trail.className = "guide-trail";
  trail.setAttribute("aria-label", "Dina svar");
  const progress = document.createElement("p");
  progress.className = "guide-progress";
  guide.prepend(progress);
  guide.append(trail);

  /** @param {Place} place */
  function showTrail(place) {
    const list = document.createElement("ol");
    place.taken.forEach(({ step, answer }, index) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = addressOf(place.taken.slice(0, index));
      link.textContent = "Ändra";
      link.setAttribute("aria-label", `Ändra svaret på ${titleOf(step)}`);
      const given = document.createElement("strong");
      given.textContent = answer.textContent?.trim() ?? "";
      item.append(`${titleOf(step)} `, given, " ", link);
      list.append(item);
    });
    const again = document.createElement("a");
    again.href = "#/";
    again.textContent = "Börja om";
    const atStart = place.step === first;
    trail.replaceChildren(...(place.taken.length > 0 ? [list] : []), ...(atStart ? [] : [again]));
    trail.hidden = atStart;
    const isQuestion = place.step.classList.contains("guide-question");
    progress.hidden = !isQuestion || !place.known;
    progress.textContent = `Fråga ${place.taken.length + 1} av högst ${most}`;
  }

  /** @param {Place} place */
  function show(place) {
    for (const step of steps) step.hidden = step !== place.step;
    for (const answer of answersOf(place.step)) {
      const link = linkOf(answer);
      if (link && place.known) link.hash = addressOf([...place.taken, { step: place.step, answer }]).slice(1);
    }
    showTrail(place);
  }

  window.addEventListener("hashchange", () => {
    const place = placeOf(location.hash);
    show(place);
    const heading = place.step.querySelector("h2, h3");
    if (!(heading instanceof HTMLElement)) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    guide.scrollIntoView({ block: "start" });
  });
  document.documentElement.classList.add("guide-runs");
  show(placeOf(location.hash));
})();
