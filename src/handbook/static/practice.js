// @ts-check
"use strict";
/*
 * Practice and repetition: a few questions, each graded when it is answered. papers.py draws practice from a code that can
 * be shared, and says what is to be repeated today; what has been answered is kept in this browser only.
 */

/** @typedef {{questions: string[], reasons: string[], answered: Record<string, string>, seed: string, day: string}} Round */
(() => {
  const page = /** @type {any} */ (globalThis);
  const { handbookStorage: storage } = page;
  const { ask, Paper } = page.handbookPaper;

  const TEXT = {
    /** Why a question is asked. @type {Record<string, string>} */
    reasons: {
      confident_wrong: "Du var säker förra gången, men det blev fel.",
      wrong: "Det blev fel förra gången.",
      overdue: "Du kunde den. Nu är det dags igen.",
      new: "Ny fråga.",
    },
    progress: (/** @type {number} */ done, /** @type {number} */ total) => `${done} av ${total} frågor besvarade.`,
    done: (/** @type {number} */ right, /** @type {number} */ total) => `Klart. ${right} av ${total} blev rätt på första försöket.`,
    nothing: "Inget att repetera i dag.",
    next: (/** @type {string} */ date) => `Nästa frågor kommer ${date}.`,
    damaged: "Det som var sparat gick inte att läsa och har lagts åt sidan. Du börjar om.",
    notKept: "Webbläsaren sparar inget här. När du stänger sidan är svaren borta.",
    failedStart: "Frågorna kan inte hämtas i den här webbläsaren. De finns att läsa på modulernas sidor.",
    badSeed: "Koden går inte att läsa. Den har 4 till 12 bokstäver och siffror.",
    noQuestions: "Det finns inga frågor för den rollen i den modulen än.",
    event: "Veckans fem i handboken",
  };

  /** One set of questions on the page, practised or repeated. */
  class Practice extends Paper {
    constructor(/** @type {HTMLElement} */ root) {
      super(root);
      this.kind = root.dataset.kind ?? "practice";
      this.name = `${this.kind}.round`;
      /** @type {Round|undefined} */
      this.round = undefined;
    }

    prepare() {
      super.prepare();
      this.part("again").addEventListener("click", () => this.again());
      this.root.querySelector(".exam-calendar")?.addEventListener("click", () => this.saveCalendar());
      this.root.addEventListener("handbook:graded", (/** @type {CustomEvent} */ event) => this.note(event.detail));
      const kept = [storage.read(this.name), ...(this.kind === "repetition" ? [storage.read("repetition")] : [])];
      if (kept.some(({ damaged }) => damaged)) this.say(TEXT.damaged);
      else if (!storage.lasting && !storage.shared) this.say(TEXT.notKept);
      if (kept[0].value) void this.resume(kept[0].value);
    }

    async begin(/** @type {FormData} */ data) {
      try {
        await this.load();
        this.round = await (this.kind === "repetition" ? this.due(data) : this.draw(data));
      } catch (error) {
        const code = /** @type {any} */ (error).code;
        this.say({ bad_seed: TEXT.badSeed, empty_paper: TEXT.noQuestions }[/** @type {string} */ (code)] ?? TEXT.failedStart);
        return;
      }
      storage.write(this.name, this.round);
      this.showRound();
      this.focusFirst();
    }

    /** Draw practice from a code. @returns {Promise<Round>} */
    async draw(/** @type {FormData} */ data) {
      const seed = String(data.get("seed") ?? "").trim() || (await this.newCode());
      const values = { kind: "practice", role: data.get("role"), module: data.get("module"), seed };
      const { questions } = await ask("papers", { call: "draw", catalogue: this.catalogue, count: this.count(), ...values });
      return { questions, reasons: [], answered: {}, seed, day: page.handbookToday() };
    }

    /** Ask what is to be repeated today; from now on answers are kept. @returns {Promise<Round>} */
    async due(/** @type {FormData} */ data) {
      const role = data.get("role");
      const values = { call: "due", today: page.handbookToday(), count: this.count(), catalogue: this.catalogue, role };
      const { answer: found, damaged } = await page.handbookHistory(values);
      if (found.error) throw Object.assign(new Error(found.error.message), { code: found.error.code });
      if (damaged) this.say(TEXT.damaged);
      if (!storage.has("repetition")) storage.write("repetition", { history: null });
      const questions = found.questions.map((/** @type {any} */ item) => item.id);
      const reasons = found.questions.map((/** @type {any} */ item) => item.reason);
      return { questions, reasons, answered: {}, seed: "", day: values.today };
    }

    count() {
      return Number(this.root.dataset.count);
    }

    /** Go on with the questions of a round that was broken off; one of another day is over. */
    async resume(/** @type {Round} */ round) {
      try {
        await this.load();
      } catch {
        this.say(TEXT.failedStart);
        return;
      }
      const isWhole = Array.isArray(round.questions) && Array.isArray(round.reasons) && round.answered instanceof Object;
      if (!isWhole || !round.questions.every((id) => this.has(id))) {
        storage.setAside(this.name);
        this.say(TEXT.damaged);
        return;
      }
      if (this.kind === "repetition" && round.day !== page.handbookToday()) return;
      this.round = round;
      this.showRound();
    }

    /** Show the questions that are left. */
    showRound() {
      const round = /** @type {Round} */ (this.round);
      this.part("start").hidden = true;
      this.part("actions").hidden = false;
      const code = this.root.querySelector(".exam-seed");
      if (code) code.textContent = round.seed;
      this.show(
        round.questions.filter((id) => !Object.hasOwn(round.answered, id)),
        (/** @type {HTMLFormElement} */ form, /** @type {string} */ id) => {
          const reason = TEXT.reasons[round.reasons[round.questions.indexOf(id)]];
          if (!reason) return;
          form.prepend(Object.assign(document.createElement("p"), { className: "question-why", textContent: reason }));
        },
      );
      this.tell();
    }

    /** Note the first answer to a question, which repetition has kept by now. */
    note(/** @type {{id: string, outcome: string}} */ { id, outcome }) {
      const round = this.round;
      if (!round || Object.hasOwn(round.answered, id)) return;
      round.answered[id] = outcome;
      storage.write(this.name, round);
      this.tell();
    }

    /** Say how far the reader has come and, at the end, when the next questions come. */
    tell() {
      const { answered, questions } = /** @type {Round} */ (this.round);
      const outcomes = Object.values(answered);
      const isDone = outcomes.length === questions.length;
      const scored = outcomes.filter((outcome) => outcome !== "considered");
      const said = [isDone ? TEXT.done(scored.filter((outcome) => outcome === "correct").length, scored.length) : TEXT.progress(outcomes.length, questions.length)];
      if (questions.length === 0) said[0] = TEXT.nothing;
      const [next] = this.kind === "repetition" ? this.dates() : [];
      if (isDone && next) said.push(TEXT.next(next));
      this.part("progress").textContent = said.join(" ");
      this.part("again").hidden = !isDone;
      const calendar = this.root.querySelector(".exam-calendar");
      if (calendar) /** @type {HTMLElement} */ (calendar).hidden = !next;
    }

    /** The days on which something comes back, in order. @returns {string[]} */
    dates() {
      const kept = storage.read("repetition").value?.history?.questions;
      const days = (Array.isArray(kept) ? kept : []).map((/** @type {any} */ entry) => String(entry.due)).filter((/** @type {string} */ day) => day > page.handbookToday());
      return [...new Set(days)].sort();
    }

    /** Let the reader save the days as a calendar file; it says nothing of which questions come back or why. */
    saveCalendar() {
      const stamp = `${page.handbookToday().replaceAll("-", "")}T000000Z`;
      const events = this.dates().slice(0, 30).flatMap((day) => {
        const date = day.replaceAll("-", "");
        const what = [`UID:${date}.veckans-fem@handbok.invalid`, `DTSTAMP:${stamp}`, `DTSTART;VALUE=DATE:${date}`];
        return ["BEGIN:VEVENT", ...what, `SUMMARY:${TEXT.event}`, "TRANSP:TRANSPARENT", "END:VEVENT"];
      });
      const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Handbok//Veckans fem//SV", ...events, "END:VCALENDAR", ""];
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/calendar" }));
      link.download = "veckans-fem.ics";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    /** Begin another round; what is kept for repetition stays. */
    again() {
      storage.remove(this.name);
      globalThis.location.reload();
    }
  }

  const rounds = document.querySelectorAll(".exam:is([data-kind=practice], [data-kind=repetition])");
  for (const root of rounds) new Practice(/** @type {HTMLElement} */ (root)).prepare();
})();
