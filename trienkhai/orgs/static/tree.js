// The tree walked by keys (arrows, Home, End, letters, Enter), branches that come when they are opened, and the slider
// of days. Without it rows, switches and days are links.
(() => {
  "use strict";
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const treeOf = (row) => row.closest("[data-tree]");
  const shown = (row) => row.offsetParent !== null;
  const rowsOf = (tree) => $$("[data-row]", tree).filter(shown);
  const listOf = (row) => [...row.children].find((part) => part.matches("ul"));
  const above = (row) => row.parentElement.closest("[data-row]");
  const isOpen = (row) => row.dataset.branch === "open";

  function dress(from) {
    $$("[data-tree]").filter((tree) => tree.contains(from) || from.contains(tree)).forEach((tree) => {
      tree.setAttribute("role", "tree");
      $$("ul", tree).forEach((list) => list.setAttribute("role", "group"));
      $$("li:not([data-row])", tree).forEach((row) => row.setAttribute("role", "none"));
      $$("[data-row]", tree).forEach((row) => {
        row.setAttribute("role", "treeitem");
        row.setAttribute("aria-label", said(row));
        if (row.dataset.branch) row.setAttribute("aria-expanded", String(isOpen(row)));
        if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
      });
      $$("a", tree).forEach((link) => { link.tabIndex = -1; });
      if (!$("[data-row][tabindex='0']", tree)) { const first = $("[data-row]", tree); if (first) first.tabIndex = 0; }
    });
  }
  function said(row) {
    const line = $(":scope > .node", row) || row;
    return $$(".says, .counts .sr", line).map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(", ") || line.textContent.trim();
  }
  function stand(row) {
    $$("[data-row][tabindex='0']", treeOf(row)).forEach((other) => { other.tabIndex = -1; });
    row.tabIndex = 0;
    row.focus({ preventScroll: true });
    ($(":scope > .node", row) || row).scrollIntoView({ block: "nearest" });
  }
  async function turn(row, open) {
    if (!row.dataset.branch || row.getAttribute("aria-busy") === "true") return;
    if (open && !listOf(row)) {
      row.setAttribute("aria-busy", "true");
      await window.htmx.ajax("GET", row.dataset.more, { target: row, swap: "beforeend" }).catch(() => {});
      row.removeAttribute("aria-busy");
      if (!listOf(row)) return;
    }
    row.dataset.branch = open ? "open" : "closed";
    dress(row);
  }
  async function more(row) {
    const before = row.previousElementSibling;
    const held = row === document.activeElement;
    const list = row.parentElement;
    await window.htmx.ajax("GET", row.dataset.next, { target: row, swap: "outerHTML" }).catch(() => {});
    dress(list);
    const next = before ? before.nextElementSibling : list.firstElementChild;
    if (held && next) stand(next);
  }
  function enter(row) {
    if (row.dataset.next) more(row);
    else $(":scope > .node .title", row)?.click();
  }

  let typed = "";
  let typedAt = 0;
  function jump(row, letter) {
    typed = performance.now() - typedAt > 700 ? letter : typed + letter;
    typedAt = performance.now();
    const rows = rowsOf(treeOf(row));
    const at = rows.indexOf(row);
    const from = typed.length > 1 ? at : at + 1;
    const found = [...rows.slice(from), ...rows.slice(0, from)].find((one) => fold($(".title", one)?.textContent || "").startsWith(fold(typed)));
    if (found) stand(found);
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target;
    if (!row.matches?.("[role=treeitem]") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const rows = rowsOf(treeOf(row));
    const at = rows.indexOf(row);
    const go = (one) => { if (one) stand(one); };
    const keys = {
      ArrowDown: () => go(rows[at + 1]),
      ArrowUp: () => go(rows[at - 1]),
      Home: () => go(rows[0]),
      End: () => go(rows[rows.length - 1]),
      ArrowRight: () => { if (row.dataset.branch && !isOpen(row)) turn(row, true); else if (isOpen(row)) go($("[data-row]", listOf(row))); },
      ArrowLeft: () => { if (isOpen(row)) turn(row, false); else go(above(row)); },
      Enter: () => enter(row),
      " ": () => turn(row, !isOpen(row)),
    };
    const letter = event.key.length === 1 && event.key !== " " && event.key !== "/" && event.key !== "?";
    if (!keys[event.key] && !letter) return;
    event.preventDefault();
    event.stopPropagation();
    if (letter) jump(row, event.key); else keys[event.key]();
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const twist = event.target.closest?.(".twist");
    const next = event.target.closest?.("[data-next] > a");
    const row = (twist || next)?.closest("[role=treeitem]");
    if (!row) return;
    event.preventDefault();
    stand(row);
    if (twist) turn(row, !isOpen(row)); else more(row);
  });

  // The slider stops at days on which something changed; branches that are open stay open ------------------------------
  const links = () => $$(".days [data-day]");
  function say(slider) {
    const day = links()[slider.value].textContent;
    slider.setAttribute("aria-valuetext", day);
    $("output[for=slider]").textContent = day;
  }
  let waits;
  async function show(slider) {
    const link = links()[slider.value];
    const url = new URL(link.href);
    url.searchParams.delete("mo");
    $$("[data-tree] [data-branch=open]").filter((row) => row.id.startsWith("u")).slice(0, 40).forEach((row) => url.searchParams.append("mo", row.id.slice(1)));
    await window.htmx.ajax("GET", url.pathname + url.search, { target: "#tree", swap: "outerHTML" }).catch(() => {});
    history.replaceState(history.state, "", url);
    links().forEach((one) => { if (one === link) one.setAttribute("aria-current", "date"); else one.removeAttribute("aria-current"); });
    const field = $("#ngay");
    field.value = link.dataset.day;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("input", (event) => { if (event.target.id === "slider") say(event.target); });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "slider") return;
    clearTimeout(waits);
    waits = setTimeout(() => show(event.target), 250);
  });

  document.addEventListener("DOMContentLoaded", () => dress(document.body));
  document.addEventListener("htmx:load", (event) => {
    dress(event.detail.elt);
    $$("[data-needs-js]", event.detail.elt).forEach((part) => { part.hidden = false; });
  });
})();
