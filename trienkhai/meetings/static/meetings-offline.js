// Keeps minutes and attendance on the device for a room without a link; marks of attendance are sent when it is back.
(() => {
  "use strict";
  const form = document.querySelector("form[data-worker]");
  if (!form) return;
  const PAUSE = 15000;
  const pending = `pending:${location.pathname}:${form.dataset.keep}`;
  const wait = (set) => { try { if (set) localStorage.setItem(pending, "1"); else localStorage.removeItem(pending); } catch { /* closed */ } };
  const waits = () => { try { return localStorage.getItem(pending) === "1"; } catch { return false; } };

  const workers = navigator.serviceWorker;
  workers?.register(form.dataset.worker, { scope: "/cuoc-hop/" }).then(() => workers.ready).then((found) => {
    const drawn = performance.getEntriesByType("resource").map((one) => one.name);
    const parts = drawn.filter((name) => new URL(name).origin === location.origin && /\.(css|js|svg|woff2)$/.test(new URL(name).pathname));
    found.active.postMessage({ pages: form.dataset.pages.split(" "), parts });
  }).catch(() => { /* no worker on this connection: the open page still keeps what is typed */ });

  const note = form.querySelector("[data-offline-note]");
  if (!note) return;
  const tell = (shown) => { note.hidden = !shown; };
  form.addEventListener("submit", (event) => {
    wait(true);
    if (navigator.onLine) return;
    event.preventDefault();
    tell(true);
  });
  // Sent once the site answers again; a machine may believe it has a link and have none.
  async function send() {
    if (!waits()) return;
    try { if (!(await fetch("/suc-khoe", { cache: "no-store" })).ok) throw new Error(); } catch { return void setTimeout(send, PAUSE); }
    if (waits()) { wait(false); form.requestSubmit(); }
  }
  window.addEventListener("online", send);
  form.addEventListener("restored", () => {
    if (form.querySelector("[aria-invalid=true], .strip.error")) return wait(false);
    if (!waits()) return;
    tell(true);
    if (document.body.dataset.failed === undefined) send(); else setTimeout(send, PAUSE);
  });
  window.addEventListener("pageshow", () => { if (!form.dataset.restored) wait(false); });
})();
