"use strict";
/**
 * Takes the place of the service worker in an edition that is not to be installed: it removes the copies that an earlier
 * edition at this address has left in readers' browsers, and then itself. Nothing loads it but such a browser.
 */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const family = `handbook ${self.registration.scope} `;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(family)).map((name) => caches.delete(name))))
      .then(() => self.registration.unregister()),
  );
});
