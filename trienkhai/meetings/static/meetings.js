// The minutes: stored as they are typed; without a link what is typed stays on the page and goes when the link is back.
(() => {
  "use strict";
  const form = document.getElementById("minutes-form");
  const saved = document.getElementById("saved");
  if (!form || !saved) return;
  const kept = () => `draft:${location.pathname}:${form.dataset.keep}`;
  const drop = () => { try { localStorage.removeItem(kept()); } catch { /* closed */ } };
  const note = (shown) => form.querySelectorAll("[data-kept]").forEach((one) => { one.hidden = !shown; });
  const again = () => document.body.dispatchEvent(new Event("again"));
  const DOWN = [0, 502, 503, 504];
  let typed = 0, sent = 0, timer, leaving = false, words = {};

  form.addEventListener("input", () => { typed += 1; });
  form.addEventListener("restored", () => { typed += 1; again(); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt !== saved) return;
    sent = typed;
    words = Object.fromEntries([...form.querySelectorAll("textarea")].map((field) => [field.name, field.value]));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, xhr } = event.detail;
    if (elt !== saved) return;
    clearTimeout(timer);
    if (!successful && !DOWN.includes(xhr.status)) return;
    if (!successful) {
      saved.classList.add("offline");
      saved.textContent = saved.dataset.offline;
      timer = setTimeout(again, 15000);
      return;
    }
    saved.classList.remove("offline");
    // what is stored is what a part is changed against from now on
    Object.entries(words).forEach(([name, text]) => {
      if (xhr.responseText.includes(`id="base-${name}"`)) form.elements.namedItem(name).defaultValue = text;
    });
    const secret = /data-secret="([^"]*)"/.exec(xhr.responseText);
    if (secret) {
      for (const name of secret[1].split(" ").filter(Boolean)) {
        const field = form.elements.namedItem(name);
        field.value = field.defaultValue;
      }
    }
    if (secret || (!leaving && sent === typed && !xhr.responseText.includes("two-people"))) { drop(); note(false); }
  });
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("htmx:sendError", (event) => { if (event.detail.elt === saved) event.stopImmediatePropagation(); }, true);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt === saved && DOWN.includes(event.detail.xhr.status)) event.stopImmediatePropagation();
  }, true);
})();
