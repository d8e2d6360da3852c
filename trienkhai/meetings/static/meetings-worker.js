// Minutes and attendance without a link: those two pages of a meeting, and what they are drawn with, stay on the device.
"use strict";
const STORE = "cuoc-hop";
const PAGE = /^\/cuoc-hop\/\d+\/(bien-ban|thanh-phan)$/;
const DOWN = [502, 503, 504];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page that installed the worker was drawn before it: it names what is to be kept.
self.addEventListener("message", (event) => {
  const { pages = [], parts = [] } = event.data;
  event.waitUntil(Promise.allSettled([...pages.filter((path) => PAGE.test(path)), ...parts].map(keep)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(request, url.pathname));
  else if (request.method === "GET" && request.mode !== "navigate" && ["style", "script", "font", "image"].includes(request.destination)) {
    event.respondWith(part(request));
  }
});

async function keep(address) {
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) await (await caches.open(STORE)).put(address, answer);
}

async function page(request, path) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (DOWN.includes(answer.status)) throw new Error(answer.status);
    if (request.method === "GET") await (answer.ok ? store.put(path, answer.clone()) : store.delete(path));
    return answer;
  } catch (fault) {
    const kept = await store.match(path);
    if (!kept) throw fault;
    return unsent(kept);
  }
}

// A page from the device never shows that a form went through: the words typed into it stay kept. It answers a form too:
// sent on to its address, the form could meet a site that answers again, whose page looks as after a form that arrived.
async function unsent(kept) {
  const text = (await kept.text()).replace("<body", "<body data-failed");
  return new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function part(request) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await store.put(request.url, answer.clone());
    return answer;
  } catch (fault) {
    const kept = await store.match(request.url);
    if (!kept) throw fault;
    return kept;
  }
}
