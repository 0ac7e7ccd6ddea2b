// @ts-check
/**
 * Lets the browser keep a copy of the handbook, where the municipality has chosen that and the browser allows it (over
 * https, or on this machine). Says so on a page that comes from the copy. Pages work the same without this script.
 */
(() => {
  "use strict";

  const page = document.documentElement;
  const root = new URL(page.dataset.content_root ?? "./", location.href);

  if (window.isSecureContext && "serviceWorker" in navigator && location.protocol !== "file:") {
    const options = /** @type {RegistrationOptions} */ ({ scope: root.pathname, updateViaCache: "none" });
    navigator.serviceWorker.register(new URL("service-worker.js", root), options).catch(() => {
      // The browser refuses, or the disk is full: the pages come from the server, as ever.
    });
  }

  if (page.dataset.savedCopy === "true") {
    const note = document.createElement("p");
    note.className = "saved-copy";
    note.setAttribute("role", "status");
    note.textContent = "Servern svarar inte. Du läser en sparad kopia, och något kan ha ändrats sedan den sparades.";
    document.getElementById("main-content")?.prepend(note);
  }
})();
