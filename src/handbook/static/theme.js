// @ts-check
/**
 * The frame of the page: light or dark, the panels of a narrow screen, the search box, where in the page you are.
 *
 * A classic script at the very start of the body, so that a chosen look is there before anything is drawn. Without it
 * the page is complete: check boxes open the panels, and the search box stays hidden.
 */
(() => {
  "use strict";

  const root = document.documentElement;
  const THEME_KEY = "handbook-theme";
  const THEMES = ["auto", "light", "dark"];

  root.classList.replace("no-js", "js");

  // Storage may be refused (private window, policy, file://). Then the choice lasts as long as the page.
  /** @returns {string | null} */
  function readTheme() {
    try {
      return localStorage.getItem(THEME_KEY);
    } catch {
      return null;
    }
  }

  /** @param {string} theme */
  function keepTheme(theme) {
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      // Nothing to do: the page already looks as asked.
    }
  }

  /** @param {string | null} theme */
  function showTheme(theme) {
    document.body.dataset.theme = theme !== null && THEMES.includes(theme) ? theme : "auto";
  }

  showTheme(readTheme());

  function setUpThemeChoice() {
    const choice = document.getElementById("theme-choice");
    if (!(choice instanceof HTMLSelectElement)) return;
    choice.value = document.body.dataset.theme ?? "auto";
    choice.addEventListener("change", () => {
      showTheme(choice.value);
      keepTheme(choice.value);
    });
    choice.closest("[hidden]")?.removeAttribute("hidden");
  }

  /** Menu and contents: a real button each, Escape closes and gives the focus back. */
  function setUpPanels() {
    const buttons = /** @type {HTMLButtonElement[]} */ ([
      ...document.querySelectorAll(".panel-control > button"),
    ]);

    /**
     * @param {HTMLButtonElement} button
     * @param {boolean} open
     */
    const show = (button, open) => {
      button.setAttribute("aria-expanded", String(open));
      const panel = document.getElementById(button.getAttribute("aria-controls") ?? "");
      panel?.classList.toggle("is-open", open);
    };
    const isOpen = (/** @type {HTMLButtonElement} */ button) => button.getAttribute("aria-expanded") === "true";

    for (const button of buttons) {
      button.parentElement?.querySelectorAll("input, label").forEach((element) => element.remove());
      button.hidden = false;
      button.addEventListener("click", () => {
        const open = !isOpen(button);
        buttons.forEach((other) => show(other, other === button && open));
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const open = buttons.find(isOpen);
      if (open === undefined) return;
      show(open, false);
      open.focus();
    });
    // A link within the page leads past the panel that it stands in.
    document.getElementById("page-contents")?.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a")) {
        buttons.forEach((button) => show(button, false));
      }
    });
  }

  /**
   * In a panel longer than the screen, the line for where you are is in sight; the page itself stays where it is.
   * @param {Element | null | undefined} link
   */
  function bringIntoSight(link) {
    const panel = link?.closest(".panel");
    if (!link || !panel || panel.scrollHeight <= panel.clientHeight) return;
    const below = link.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    if (below < 0 || below > panel.clientHeight * 0.75) panel.scrollTop += below - panel.clientHeight / 2;
  }

  /** The content policy stops every form submission, so the search page is opened as a link would be. */
  function setUpSearch() {
    for (const element of document.querySelectorAll("form[data-search-page]")) {
      const form = /** @type {HTMLFormElement} */ (element);
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const field = form.querySelector("input");
        const words = field?.value.trim() ?? "";
        if (words === "") {
          field?.focus();
          return;
        }
        const page = new URL(form.dataset.searchPage ?? "search.html", location.href);
        page.search = new URLSearchParams({ q: words }).toString();
        page.hash = "";
        location.href = page.href;
      });
    }
  }

  /** Marks, in the contents, the section that is being read. */
  function setUpReadingPlace() {
    const links = /** @type {HTMLAnchorElement[]} */ ([
      ...document.querySelectorAll(".page-contents a[href^='#']"),
    ]);
    const places = links.flatMap((link) => {
      const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return section ? [{ link, section }] : [];
    });
    if (places.length === 0) return;

    const mark = () => {
      const line = window.innerHeight / 4;
      const passed = places.filter(({ section }) => section.getBoundingClientRect().top <= line);
      const current = passed[passed.length - 1]?.link;
      for (const link of links) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      bringIntoSight(current);
    };
    let waiting = false;
    const markSoon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    window.addEventListener("scroll", markSoon, { passive: true });
    window.addEventListener("resize", markSoon);
    mark();
  }

  /** What is wider than its column can be scrolled with the keyboard, and says what it is. */
  function setUpScrolling() {
    const wide = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".table-wrapper, article pre, .call-graph")]);
    if (wide.length === 0) return;
    const update = () => {
      wide.forEach((element, index) => {
        if (element.scrollWidth > element.clientWidth) {
          const kind = element.matches("pre") ? "Exempel" : element.matches(".call-graph") ? "Bild" : "Tabell";
          const caption = element.querySelector("caption")?.textContent?.trim();
          const name = `${kind} ${index + 1}${caption ? `: ${caption}` : ""}, går att rulla i sidled`;
          element.setAttribute("role", "region");
          element.setAttribute("aria-label", name);
          element.tabIndex = 0;
        } else {
          ["role", "aria-label", "tabindex"].forEach((name) => element.removeAttribute(name));
        }
      });
    };
    window.addEventListener("resize", update);
    update();
  }

  /** On paper nothing can be opened, so all is open while printing. */
  function setUpPrinting() {
    /** @type {HTMLDetailsElement[]} */
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details:not([open])")]);
      opened.forEach((details) => (details.open = true));
    });
    window.addEventListener("afterprint", () => {
      opened.forEach((details) => (details.open = false));
      opened = [];
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    setUpThemeChoice();
    setUpPanels();
    bringIntoSight(document.querySelector(".sidebar-tree [aria-current]"));
    setUpSearch();
    setUpReadingPlace();
    setUpScrolling();
    setUpPrinting();
  });
})();
