// What a page does beyond HTML and htmx. Every page works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* closed */ } },
  };

  // Theme ------------------------------------------------------------------------------------------------------------
  const showTheme = () => {
    const theme = root.dataset.theme || "auto";
    $$("[data-theme-choice]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.themeChoice === theme)));
  };
  const chooseTheme = (theme) => {
    if (theme === "auto") { delete root.dataset.theme; store.drop("theme"); } else { root.dataset.theme = theme; store.set("theme", theme); }
    showTheme();
  };

  // Keys: never while typing, never while an input method composes a letter ---------------------------------------------
  const typing = (event) => event.isComposing || event.keyCode === 229
    || event.target.closest?.("input, textarea, select, [contenteditable]");

  const queue = () => $("[data-queue]");
  const rows = () => { const list = queue(); return list ? [...list.children].filter((row) => !row.hidden) : []; };
  const place = () => rows().findIndex((row) => row.getAttribute("aria-current") === "true");
  function stand(index) {
    const all = rows();
    if (!all.length) return;
    const row = all[Math.max(0, Math.min(index, all.length - 1))];
    all.forEach((other) => other.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    const link = $("[data-open], a.title, a", row);
    if (link) { link.focus({ preventScroll: true }); if (link.hasAttribute("hx-get")) link.click(); }
  }
  function press(key) {
    const row = rows()[place()];
    const control = (row && $(`[data-key="${key}"]`, row)) || $(`[data-preview] [data-key="${key}"]`);
    control?.click();
  }

  const searchLink = () => $("[data-palette]");
  function openPalette() {
    const dialog = $("#palette");
    if (!dialog?.showModal) return false;
    if (!dialog.open) dialog.showModal();
    const input = $("input", dialog);
    input.focus();
    input.select();
    return true;
  }
  function walkPalette(event) {
    const dialog = event.target.closest("#palette");
    if (!dialog || event.isComposing || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [$("input", dialog), ...$$(".found a", dialog)];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) { event.preventDefault(); stops[next].focus(); }
  }
  function openHelp() {
    const dialog = $("#keys");
    if (!dialog?.showModal) return;
    $$("[data-when-queue]", dialog).forEach((row) => { row.hidden = !queue(); });
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    walkPalette(event);
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k" && searchLink()) {
      if (openPalette()) event.preventDefault();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.isComposing) {
      const form = event.target.closest?.("form[method=post]");
      if (form && event.target.matches("textarea, input")) form.requestSubmit($(".primary", form) || undefined);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event) || $("dialog[open]")) return;
    if (event.key === "?") return openHelp();
    if (event.key === "/" && searchLink()) { if (openPalette()) event.preventDefault(); return; }
    if (!queue()) return;
    if (event.key === "j") stand(place() + 1);
    else if (event.key === "k") stand(Math.max(0, place() - 1));
    else if (event.key === "a" || event.key === "r") press(event.key);
  });

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    if (on("[data-palette]") && openPalette()) return event.preventDefault();
    if (on("[data-help]")) return openHelp();
    if (on("[data-print]")) return window.print();
    if (on("[data-close]")) return on("dialog")?.close();
    const theme = on("[data-theme-choice]");
    if (theme) return chooseTheme(theme.dataset.themeChoice);
    if (event.target.matches?.("dialog")) event.target.close();
    const forget = on("[data-forget]");
    if (forget) {
      const form = forget.closest("form");
      store.drop(keepKey(form));
      form.reset();
      $$("[data-base-here]", form).forEach((field) => { field.value = field.dataset.baseHere; });
      tell(form, false);
    }
    $$("details.drop[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const row = on("[data-queue] > *");
    if (row) { rows().forEach((other) => other.removeAttribute("aria-current")); row.setAttribute("aria-current", "true"); }
    const all = on("[data-check-all]");
    if (all) $$(`input[name="${all.dataset.checkAll}"]`).forEach((box) => { box.checked = all.checked; });
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Escape") return;
    $$("details.drop[open]").forEach((menu) => { menu.open = false; if (menu.contains(document.activeElement)) $("summary", menu).focus(); });
  });

  // Drafts: the words of a form stay on this machine until the form has gone through -------------------------------------
  const keepKey = (form) => `draft:${location.pathname}:${form.dataset.keep || form.id}`;
  // A hidden field with data-base says which state of the server was typed on: it is kept with the words, so that the
  // server can tell whether another person wrote since. A part `x` with a base `base-x` is kept only where it changed.
  const keepable = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken"
    && !["password", "file", "submit", "button"].includes(field.type)
    && (field.type !== "hidden" || field.dataset.base !== undefined));
  function changed(form, field) {
    const part = form.elements.namedItem(field.name.replace(/^base-/, ""));
    return !form.elements.namedItem(`base-${part?.name}`) || part.value !== part.defaultValue;
  }
  const tell = (form, kept) => $$("[data-kept]", form).forEach((note) => { note.hidden = !kept; });
  function keep(form) {
    const words = keepable(form).filter((field) => changed(form, field)).map((field) => [field.name, ["checkbox", "radio"].includes(field.type) ? [field.value, field.checked] : field.value]);
    tell(form, store.set(keepKey(form), JSON.stringify({ words, at: Date.now() })));
  }
  function restore(form) {
    if (form.dataset.unkept !== undefined || form.querySelector("[data-unkept]")) return store.drop(keepKey(form));
    let draft;
    try { draft = JSON.parse(store.get(keepKey(form)) || "null"); } catch { draft = null; }
    if (!draft || form.dataset.restored) return;
    form.dataset.restored = "yes";
    const fields = keepable(form);
    const used = new Set();
    for (const [name, value] of draft.words) {
      const field = fields.find((one) => one.name === name && !used.has(one) && (!Array.isArray(value) || one.value === value[0]));
      if (!field || field.dataset.base === "shown") continue;
      used.add(field);
      if (field.dataset.base !== undefined) field.dataset.baseHere = field.value;
      if (Array.isArray(value)) field.checked = value[1]; else field.value = value;
    }
    tell(form, true);
    form.dispatchEvent(new Event("restored"));
  }
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.dataset.keep === undefined) return;
    clearTimeout(form.keepTimer);
    form.keepTimer = setTimeout(() => keep(form), 400);
  });

  // A form goes once; its draft is dropped when the next page of the site shows it went through --------------------------
  let here;  // forms sent from this page: name of the draft, path it was sent from
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.keep !== undefined) { clearTimeout(form.keepTimer); keep(form); }
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    if (form.dataset.keep !== undefined) { try { sessionStorage.setItem("sent", keepKey(form)); } catch { /* closed */ } }
    // after the event, so that the pressed button's own value is still sent
    setTimeout(() => $$("button:not([type=button])", form).forEach((button) => { button.disabled = true; button.dataset.held = "yes"; }));
  });
  function release() {
    $$("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    $$("[data-held]").forEach((button) => { button.disabled = false; delete button.dataset.held; });
  }
  function settleSent() {
    try { here = sessionStorage.getItem("sent"); sessionStorage.removeItem("sent"); } catch { here = null; }
    if (!here) return;
    const failed = document.body.dataset.failed !== undefined || location.pathname === document.body.dataset.signIn
      || $$("form[data-keep]").some((form) => keepKey(form) === here && $("[aria-invalid=true], .strip.error", form));
    if (!failed) store.drop(here);
  }

  // htmx ---------------------------------------------------------------------------------------------------------------
  const strip = () => $("#strip");
  function say(sentence) {
    const model = $("#strip-model");
    if (!strip() || !model) return;
    const part = model.content.cloneNode(true);
    $("p", part).textContent = sentence;
    strip().replaceChildren(part);
    show();
  }
  function show() { strip().scrollIntoView({ block: "nearest" }); strip().focus({ preventScroll: true }); }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    const signIn = document.body.dataset.signIn;
    if (signIn && xhr.responseURL && new URL(xhr.responseURL).pathname === signIn && location.pathname !== signIn) {
      event.detail.shouldSwap = false;
      location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
  });
  document.addEventListener("htmx:beforeRequest", () => strip()?.replaceChildren());
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target?.id === "strip") show(); });
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    say(strip()?.dataset[status === 403 ? "forbidden" : status === 404 ? "missing" : "fault"] || String(status));
  });
  document.addEventListener("htmx:sendError", () => say(strip()?.dataset.offline || ""));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (form.dataset?.keep === undefined || !event.detail.successful) return;
    const refused = event.detail.xhr.status !== 200 || /aria-invalid="true"/.test(event.detail.xhr.responseText);
    if (!refused || event.detail.xhr.getResponseHeader("HX-Location")) store.drop(keepKey(form));
  });
  document.addEventListener("htmx:load", (event) => {
    $$("form[data-keep]", event.detail.elt).forEach(restore);
  });

  document.addEventListener("change", (event) => { if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit(); });

  window.addEventListener("pageshow", release);
  // a menu longer than the window opens at the entry of the page
  function showEntry() {
    const rail = $(".rail");
    const entry = rail && $("[aria-current]", rail);
    if (entry && entry.offsetTop + entry.offsetHeight > rail.clientHeight) rail.scrollTop = entry.offsetTop - rail.clientHeight / 2;
  }
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".dock details[open]")) $("[aria-current]", event.target)?.scrollIntoView({ block: "nearest" });
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    showEntry();
    $$("[data-needs-js]").forEach((part) => { part.hidden = false; });
    showTheme();
    // signed out: pages kept for a room without a link leave the device
    if (location.pathname === document.body.dataset.signIn) window.caches?.delete("cuoc-hop");
    settleSent();
    $$("form[data-keep]").forEach(restore);
  });
})();
