// The page to fill a report: stored as it is typed; without a link what is typed stays on this machine and goes later.
(() => {
  "use strict";
  const form = document.getElementById("report-form");
  const saved = document.getElementById("saved");
  const kept = () => `draft:${location.pathname}:${form.dataset.keep}`;
  const drop = () => { try { localStorage.removeItem(kept()); } catch { /* closed */ } };
  const note = (shown) => form.querySelectorAll("[data-kept]").forEach((one) => { one.hidden = !shown; });
  const again = () => document.body.dispatchEvent(new Event("again"));
  let typed = 0, sent = 0, timer, leaving = false;

  if (form && saved) {
    form.addEventListener("input", () => { typed += 1; });
    form.addEventListener("restored", () => { typed += 1; again(); });
    document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt === saved) sent = typed; });
    document.addEventListener("htmx:afterRequest", (event) => {
      const { elt, successful, xhr } = event.detail;
      if (elt !== saved) return;
      clearTimeout(timer);
      if (!successful && xhr.status) return;
      if (!successful) {
        saved.classList.add("offline");
        saved.textContent = saved.dataset.offline;
        timer = setTimeout(again, 15000);
        return;
      }
      saved.classList.remove("offline");
      const secret = /data-secret="([^"]*)"/.exec(xhr.responseText);
      if (secret) forget(secret[1].split(" ").filter(Boolean));
      if (secret || (!leaving && sent === typed && !xhr.responseText.includes("two-people"))) { drop(); note(false); }
    });
    window.addEventListener("online", again);
    // a page left while its words are stored may come back as it was before: they stay here until it has them
    window.addEventListener("beforeunload", () => { leaving = true; });
    window.addEventListener("pageshow", () => { leaving = false; });
    // the strip would take the focus away from whoever is typing
    document.addEventListener("htmx:sendError", (event) => { if (event.detail.elt === saved) event.stopImmediatePropagation(); }, true);
  }

  // What bears a mark of secrecy stays nowhere: neither in the field nor on this machine.
  function forget(names) {
    for (const name of names) {
      form.querySelectorAll(`[name="${name}"], [name^="${name}-"]:not([type=hidden])`).forEach((field) => { field.value = field.defaultValue || ""; });
    }
  }

  // Only what the kind of field needs
  const byKind = document.querySelector("form[data-by-kind]");
  if (byKind) {
    const kind = byKind.elements.namedItem("kind");
    const show = () => byKind.querySelectorAll("[data-kinds]").forEach((part) => { part.hidden = !part.dataset.kinds.split(" ").includes(kind.value); });
    kind.addEventListener("change", show);
    show();
  }
})();
