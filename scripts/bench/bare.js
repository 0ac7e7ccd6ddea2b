// @ts-check
"use strict";
/*
 * What the benchmark compares the handbook with: the least JavaScript that compares the chosen answers with the key
 * and shows the same feedback. It is part of the benchmark only and never of the handbook.
 */
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form.question"))) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (form.querySelector(selector));
  const area = find(".question-feedback");
  const button = find(".question-check");
  const key = find(".question-key");
  key.hidden = true;
  button.hidden = button.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answered = area.hasChildNodes();
    if (answered) {
      area.replaceChildren();
      form.reset();
    } else {
      const chosen = [...form.querySelectorAll("input:checked")].map((input) => input.getAttribute("value"));
      const { correct } = JSON.parse(find(".question-definition").textContent);
      const headline = document.createElement("p");
      headline.className = "outcome";
      headline.textContent = String(chosen) === String(correct) ? "Rätt." : "Inte än.";
      area.append(headline, ...[...key.children].slice(1).map((part) => part.cloneNode(true)));
    }
    button.textContent = answered ? "Rätta" : "Försök igen";
    for (const input of form.querySelectorAll("input")) input.disabled = !answered;
  });
}
