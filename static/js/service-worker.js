/**
 * Starts the tablet's page without a network. The server writes SHELL in front of this file:
 * the files the page needs, and one name for exactly these files in exactly this form.
 */

const PREFIX = "fingerpost-";
const CACHE = PREFIX + SHELL.edition;

addEventListener("install", (event) => {
  event.waitUntil(fetchShell());
  // Where the browser knows how, it takes the shell from the cache by itself: starting a worker
  // only to be told so takes longer than all the rest of a start.
  event.addRoutes?.(SHELL.files.map(routeTo));
});

addEventListener("activate", (event) => {
  event.waitUntil(forgetOlderShells());
});

// The page says so from its resting step only: nobody is signing then.
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

// Everything that is not the shell (names, signings, the bundle) goes to the server or nowhere.
addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const shell = origin === location.origin && SHELL.files.includes(pathname);
  if (event.request.method === "GET" && shell) event.respondWith(fromShell(event.request, pathname));
});

function routeTo(pathname) {
  return {
    condition: { urlPattern: new URLPattern({ pathname, search: "" }), requestMethod: "GET" },
    source: { cacheName: CACHE },
  };
}

/** All of it or none: a browser that fetched half a shell tries the whole of it again. */
async function fetchShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
}

async function forgetOlderShells() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

async function fromShell(request, pathname) {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname)) ?? fetch(request);
}
