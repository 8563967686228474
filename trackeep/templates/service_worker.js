// Shows a page of ours when the server cannot be reached, and keeps the two files that it is drawn with, under addresses of their own so
// that other pages load theirs as if this was not here. It never keeps a page of a person or an answer of the API: after signing
// out nothing of them is left in it.
const CACHE = "shell-{{ version }}";
const OFFLINE = {{ offline|tojson }};
const KEPT = {{ kept|tojson }};

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(begin()));

// Without cookies, so that the offline page is nobody's.
async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([OFFLINE, ...KEPT].map((address) => new Request(address, { credentials: "omit", cache: "reload" })));
  await skipWaiting();
}

async function begin() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (KEPT.some((address) => request.url.endsWith(address))) event.respondWith(file(request));
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
