// @ts-check
/**
 * The look-up box of the page: fetches engine and index when somebody reaches for it, and shows the hits while typing.
 *
 * The hits are a list of links: arrows and Tab move among them, Enter opens one, and a screen reader reads the verdict
 * and the short answer with the question. What matches is decided in lookup-engine.js.
 */
(() => {
  "use strict";

  const ABOUT_TO_SAY = 600; // ms without typing before the number of hits is said, so that it is said once
  const KEY_CHOICE = "handbook-lookup-key";
  const TEXT = {
    count: (/** @type {number} */ count) => (count === 1 ? "1 träff" : `${count} träffar`),
    none: "Inga träffar.",
    ask: (/** @type {string} */ name, /** @type {string} */ phone) => `Fråga ${name}${phone ? ", " : "."}`,
    subjects: "Närmaste ämnen: ",
    section: (/** @type {string} */ page) => (page ? `Avsnitt i ${page}` : "Kursavsnitt"),
    term: "Ord i ordlistan",
    law: "I lagregistret",
    broken: "Uppslaget gick inte att läsa in. Ladda om sidan, eller sök i hela texten.",
  };

  const box = /** @type {HTMLElement | null} */ (document.querySelector(".lookup"));
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("lookup"));
  if (box === null || field === null) return;
  /** @param {string} selector */
  const part = (selector) => /** @type {HTMLElement} */ (box.querySelector(selector));
  const panel = part(".lookup-panel");
  const list = part(".lookup-results");
  const status = part("#lookup-status");
  const more = /** @type {HTMLAnchorElement} */ (part(".lookup-more a"));
  const root = document.documentElement.dataset["content_root"] ?? "./";

  /** @type {any} */
  let lookup = null;
  let isAsked = false;
  let isBroken = false;
  let opensFirst = false;
  let saying = 0;

  /** Fetch engine and index, once. A classic script loads from file:// too. */
  function load() {
    if (isAsked) return;
    isAsked = true;
    const script = document.createElement("script");
    script.src = box?.dataset["source"] ?? "";
    script.addEventListener("load", () => {
      const page = /** @type {any} */ (globalThis);
      lookup = new page.handbookLookupEngine.Lookup(page.handbookLookupIndex);
      show();
    });
    script.addEventListener("error", () => {
      isBroken = true;
      show();
    });
    document.head.append(script);
  }

  /**
   * An element with a class and, perhaps, a text or children.
   * @param {string} name
   * @param {string} className
   * @param {(string | Node)[]} children
   */
  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /**
   * @param {string} address
   * @param {string} text
   */
  function link(address, text) {
    const made = /** @type {HTMLAnchorElement} */ (element("a", "", text));
    made.href = root + address;
    return made;
  }

  /** @param {string} text */
  const unbroken = (text) => text.replace(/(\d) (?=kap|§|[a-z] §)|(kap\.) | (?=[A-Z]+$)/g, (all) => all.replace(" ", "\u00a0"));

  /**
   * @param {string[]} verdict
   */
  function badge([slug = "", word = "", path = ""]) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("class", "verdict-shape");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    shape.setAttribute("fill", "currentColor");
    shape.setAttribute("fill-rule", "evenodd");
    shape.setAttribute("d", path);
    svg.append(shape);
    return element("span", `verdict verdict-${slug}`, svg, element("strong", "", word));
  }

  /**
   * What a hit shows: link, what it says, where that stands and, of a rule, the verdict.
   * @param {{ kind: string, row: number }} hit
   * @returns {{ link: HTMLAnchorElement, says: string, source: string, verdict?: string[] }}
   */
  function shown({ kind, row }) {
    const { index } = lookup;
    if (kind === "rule") {
      const [address, verdict, question, answer, , cites] = lookup.rules[row];
      const source = cites.length > 0 ? lookup.citation(cites[0]) : "";
      return { link: link(address, question), says: answer, source, verdict: index.verdicts[verdict] };
    }
    if (kind === "law") {
      const [id, heading = ""] = index.provisions[row];
      const address = `${index.register}#${id.toLowerCase()}`;
      return { link: link(address, unbroken(lookup.citation(row))), says: heading, source: TEXT.law };
    }
    const [title, address, says] = (kind === "term" ? lookup.terms : lookup.sections)[row];
    if (kind === "term") return { link: link(address, title), says, source: TEXT.term };
    return { link: link(address, title), says: "", source: TEXT.section(says) };
  }

  /**
   * @param {{ kind: string, row: number }} hit
   * @param {number} number
   */
  function item(hit, number) {
    const { link: anchor, says, source, verdict } = shown(hit);
    const made = element("li", `lookup-hit lookup-${hit.kind}`);
    const described = [];
    if (verdict) {
      made.append(badge(verdict));
      described.push(/** @type {HTMLElement} */ (made.firstChild));
    }
    made.append(anchor);
    if (says) described.push(/** @type {HTMLElement} */ (made.appendChild(element("p", "lookup-answer", says))));
    made.append(element("p", "lookup-source", unbroken(source)));
    described.forEach((part, place) => (part.id = `lookup-hit-${number}-${place}`));
    if (described.length > 0) anchor.setAttribute("aria-describedby", described.map(({ id }) => id).join(" "));
    return made;
  }

  /**
   * Nothing fits: whom to ask, and the subjects that come nearest.
   * @param {number[]} subjects
   */
  function showNothing(subjects) {
    const ask = part(".lookup-ask");
    const near = part(".lookup-subjects");
    const [name = "", phone = ""] = isBroken ? [] : lookup.index.contact;
    ask.replaceChildren(isBroken ? TEXT.broken : name ? TEXT.ask(name, phone) : "");
    if (phone) {
      const call = /** @type {HTMLAnchorElement} */ (element("a", "", phone.replace(/ /g, "\u00a0")));
      call.href = `tel:${phone.replace(/[ -]/g, "")}`;
      ask.append(call, ".");
    }
    near.hidden = subjects.length === 0;
    near.replaceChildren(TEXT.subjects);
    subjects.forEach((row, place) => {
      const [title, address] = lookup.index.subjects[row];
      near.append(place > 0 ? " · " : "", link(address, title));
    });
  }

  /** Show what the box now asks for; everything in one go, so that nothing flickers. */
  function show() {
    const text = field?.value ?? "";
    const isReady = lookup !== null || isBroken;
    if (text.trim() === "" || !isReady) {
      panel.hidden = true;
      list.replaceChildren();
      say("");
      return;
    }
    const { hits, note, subjects } = isBroken ? { hits: [], note: "", subjects: [] } : lookup.search(text);
    const isFinding = hits.length > 0;
    list.hidden = !isFinding;
    list.replaceChildren(...hits.map(item));
    part(".lookup-note").textContent = unbroken(note);
    part(".lookup-note").hidden = note === "";
    part(".lookup-nothing").hidden = isFinding || text.trim().length < 2;
    if (!isFinding) showNothing(subjects);
    const address = new URL(box?.dataset["searchPage"] ?? "search.html", location.href);
    address.search = new URLSearchParams({ q: text.trim() }).toString();
    more.href = address.href;
    panel.hidden = false;
    say(isBroken ? TEXT.broken : isFinding ? TEXT.count(hits.length) : TEXT.none);
    if (opensFirst) open();
  }

  /** @param {string} text */
  function say(text) {
    clearTimeout(saying);
    if (text === "") status.textContent = "";
    else saying = setTimeout(() => (status.textContent = text), ABOUT_TO_SAY);
  }

  /** @returns {HTMLAnchorElement[]} */
  const links = () => /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll("a")]);

  /** Open the first hit, or what the whole text has when there is none. */
  function open() {
    if (field?.value.trim() === "") return;
    opensFirst = lookup === null && !isBroken;
    if (!opensFirst) location.href = (links()[0] ?? more).href;
  }

  function clear() {
    if (field === null) return;
    field.value = "";
    opensFirst = false;
    show();
    field.focus();
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const inField = event.target === field;
    const all = links();
    const place = all.findIndex((anchor) => anchor === document.activeElement);
    if (event.key === "Escape") {
      if (field?.value === "") return;
      clear();
    } else if (event.key === "Enter" && inField && !event.isComposing) {
      open();
    } else if (event.key === "ArrowDown" && !panel.hidden && (inField || place >= 0)) {
      (all[place + 1] ?? all[place])?.focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      (all[place - 1] ?? field)?.focus();
    } else {
      // Whoever goes on typing in the list goes on typing in the box.
      const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!inField && isLetter) field?.focus();
      return;
    }
    event.preventDefault();
  }

  /** "/" goes to the box from anywhere, unless something is being written or the reader has turned it off. */
  function setUpShortcut() {
    const choice = /** @type {HTMLInputElement | null} */ (document.getElementById("lookup-key"));
    try {
      if (choice) choice.checked = localStorage.getItem(KEY_CHOICE) !== "off";
    } catch {
      // Storage is refused: the choice lasts as long as the page.
    }
    choice?.closest("[hidden]")?.removeAttribute("hidden");
    choice?.addEventListener("change", () => {
      try {
        localStorage.setItem(KEY_CHOICE, choice.checked ? "on" : "off");
      } catch {
        // As above.
      }
    });
    document.addEventListener("keydown", (event) => {
      const isFree = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
      const target = event.target instanceof Element ? event.target : null;
      const isEmptyBox = target === field && field?.value === ""; // who is there already need not know it
      const isWriting = !isEmptyBox && target?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
      if (event.key !== "/" || !isFree || isWriting || choice?.checked === false) return;
      event.preventDefault();
      field?.focus();
      field?.select();
    });
  }

  function setUp() {
    if (box === null || field === null) return;
    box.hidden = false;
    field.addEventListener("focus", () => {
      load();
      if (field.value !== "" && panel.hidden) show();
    });
    field.addEventListener("input", () => {
      opensFirst = false;
      load();
      show();
    });
    box.addEventListener("keydown", onKey);
    list.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("a") || String(getSelection()) !== "") return;
      target?.closest("li")?.querySelector("a")?.click();
    });
    // In the header the hits lie over the page, so they go when the reader goes on with it.
    const isOver = box.dataset["start"] === undefined;
    const leave = (/** @type {Event} */ event) => {
      const next = event instanceof FocusEvent ? event.relatedTarget : event.target;
      if (isOver && next instanceof Node && !box.contains(next)) panel.hidden = true;
    };
    box.addEventListener("focusout", leave);
    document.addEventListener("pointerdown", leave);
    setUpShortcut();
    // On the start page one types at once; on a phone the keyboard would cover the page.
    const isDesk = matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (!isOver && isDesk && location.hash === "") field.focus({ preventScroll: true });
    else if (field.value !== "") load();
  }

  setUp();
})();
