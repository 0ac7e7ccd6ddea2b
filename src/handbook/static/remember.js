// @ts-check
"use strict";
/*
 * Keeps what has been answered for repetition, in this browser only and only where the reader has begun it. papers.py
 * decides when a question comes back. Loaded by quiz.js after an answer, or by the page of repetition.
 */
(() => {
  const page = /** @type {any} */ (globalThis);

  /** Today, in the reader's own time zone, as YYYY-MM-DD. */
  function today() {
    const now = new Date();
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** Put one answer into the history; a history that cannot be read is set aside and a new one begun. */
  async function record(/** @type {{id: string, outcome: string, sure: boolean}} */ { id, outcome, sure }) {
    const storage = page.handbookStorage;
    const kept = storage.read("repetition").value ?? {};
    const { papers } = await page.handbookQuiz.start();
    const values = { call: "record", question_id: id, outcome, sure, today: today() };
    let answer = JSON.parse(papers(JSON.stringify({ ...values, history: kept.history ?? null })));
    if (answer.error?.code === "bad_history") {
      storage.setAside("repetition");
      answer = JSON.parse(papers(JSON.stringify({ ...values, history: null })));
    }
    if (!answer.error) storage.write("repetition", { ...kept, history: answer.history });
  }

  /** One after the other, since each reads what the one before it wrote. @type {Promise<void>} */
  let last = Promise.resolve();
  page.handbookRemember = (/** @type {{id: string, outcome: string, sure: boolean}} */ answered) =>
    (last = last.then(() => record(answered)).catch(() => {}));
  page.handbookToday = today;
})();
