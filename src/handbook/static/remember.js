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

  /** A longer history than this is none that the handbook wrote, and would hold the page up. */
  const LONGEST = 500000;

  /**
   * Ask papers.py about the history that is kept. One that cannot be read is set aside, and a new one begun.
   * @returns {Promise<{answer: any, damaged: boolean}>}
   */
  async function askOfHistory(/** @type {object} */ request) {
    const { papers } = await page.handbookQuiz.start();
    const ask = (/** @type {any} */ history) => {
      try {
        return JSON.parse(papers(JSON.stringify({ ...request, history })));
      } catch {
        return { error: { code: "bad_call" } };
      }
    };
    const kept = page.handbookStorage.read("repetition").value?.history ?? null;
    const isShort = JSON.stringify(kept).length <= LONGEST;
    const answer = isShort ? ask(kept) : undefined;
    if (answer && (!answer.error || kept === null)) return { answer, damaged: false };
    const afresh = ask(null);
    if (afresh.error) return { answer: afresh, damaged: false };
    page.handbookStorage.setAside("repetition");
    return { answer: afresh, damaged: true };
  }

  /** Put one answer into the history. */
  async function record(/** @type {{id: string, outcome: string, sure: boolean}} */ { id, outcome, sure }) {
    const { answer } = await askOfHistory({ call: "record", question_id: id, outcome, sure, today: today() });
    if (!answer.error) page.handbookStorage.write("repetition", { history: answer.history });
  }

  /** One after the other, since each reads what the one before it wrote. @type {Promise<void>} */
  let last = Promise.resolve();
  page.handbookRemember = (/** @type {{id: string, outcome: string, sure: boolean}} */ answered) =>
    (last = last.then(() => record(answered)).catch(() => {}));
  page.handbookHistory = askOfHistory;
  page.handbookToday = today;
})();
