"use strict";
/**
 * Keeps a copy of the handbook in the browser, for when the server cannot be reached. Written by handbook/offline.py,
 * which fills in the version (a digest of every file) and the list of files.
 *
 * The network comes first, since an old answer about the law may be a wrong one; the copy is what is left without it.
 */
const VERSION = "@VERSION@";
const FILES = new Set(@FILES@);
const SCOPE = self.registration.scope;
/** The address is part of the name, so that another handbook on the same server keeps its own copies. */
const FAMILY = `handbook ${SCOPE} `;
const CACHE = FAMILY + VERSION;
const PATIENCE = 4000;

/** Return the file that an address means, below the handbook's own address; an empty text for one outside it. */
function fileAt(address) {
  if (!address.startsWith(SCOPE)) return "";
  const path = decodeURI(new URL(address).pathname.slice(new URL(SCOPE).pathname.length));
  if (FILES.has(path)) return path;
  const inFolder = path === "" || path.endsWith("/") ? `${path}index.html` : `${path}/index.html`;
  return FILES.has(inFolder) ? inFolder : "";
}

function addressOf(file) {
  return new URL(encodeURI(file), SCOPE).href;
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES].map((file) => new Request(addressOf(file), { cache: "reload" })));
}

async function removeOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== CACHE).map((name) => caches.delete(name)));
}

/** Return the server's answer; fail when there is none, when it takes too long and when the server is in trouble. */
async function fromServer(request) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));
  const response = await Promise.race([fetch(request), late]);
  if (response.status >= 500) throw new Error(`status ${response.status}`);
  return response;
}

/** Return the copy; a page says of itself that it is one. A folder is answered as a server does, with its page. */
async function fromCopy(file, address) {
  if (file.endsWith("index.html") && !/(\/|index\.html)$/.test(new URL(address).pathname)) {
    return Response.redirect(addressOf(file));
  }
  const copy = await (await caches.open(CACHE)).match(addressOf(file));
  if (!copy || !file.endsWith(".html")) return copy ?? Response.error();
  const page = (await copy.text()).replace("<html ", '<html data-saved-copy="true" ');
  return new Response(page, { status: 200, headers: copy.headers });
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const file = fileAt(event.request.url);
  if (event.request.method !== "GET" || file === "") return;
  event.respondWith(fromServer(event.request).catch(() => fromCopy(file, event.request.url)));
});
