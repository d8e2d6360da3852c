// A text field with a list of what the server found: chosen by arrow keys and Enter, by mouse, or by a finger.
// Without it the words are sent as typed, and the form comes back with a list to pick from.
(() => {
  "use strict";
  const of = (target) => target.closest?.("[data-unit-choice]");
  const parts = (box) => ({ box, input: box.querySelector("input[type=text]"), list: box.querySelector(".offers"), said: box.querySelector("[role=status]") });
  const options = (list) => [...list.querySelectorAll("[role=option]")];
  const active = (list) => list.querySelector("[aria-selected=true]");

  function dress(from) {
    const boxes = [...(from.querySelectorAll?.("[data-unit-choice]") || []), ...(from.matches?.("[data-unit-choice]") ? [from] : [])];
    boxes.map(parts).forEach(({ input, list }) => {
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", list.id);
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.dataset.held = input.value;
    });
  }
  function show({ input, list }, open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) stand({ input, list }, null);
  }
  function stand({ input, list }, option) {
    active(list)?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function choose(one, option) {
    const { box, input, list, said } = one;
    const { label, pk } = option.dataset;
    box.querySelector(".offered")?.remove();
    if ("several" in box.dataset) keep(box, label, pk);
    input.value = "several" in box.dataset ? "" : label;
    input.dataset.held = input.value;
    said.textContent = input.dataset.chosen.replace("{unit}", label);
    show(one, false);
    list.replaceChildren();
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function keep(box, label, pk) {
    const picked = box.querySelector(".picked");
    const before = picked.querySelector(`input[value="${pk}"]`);
    if (before) { before.checked = true; return; }
    const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
    row.querySelector("input").value = pk;
    row.querySelector("label").append(label);
    picked.append(row);
  }

  document.addEventListener("keydown", (event) => {
    const box = of(event.target);
    if (!box || event.isComposing || event.target.type !== "text") return;
    const one = parts(box);
    const rows = options(one.list);
    const at = rows.indexOf(active(one.list));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!rows.length) { window.htmx?.trigger(one.input, "find"); return; }
      if (one.list.hidden) show(one, true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      stand(one, rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length]);
    } else if (event.key === "Enter" && at >= 0 && !one.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      choose(one, rows[at]);
    } else if (event.key === "Escape" && !one.list.hidden) {
      event.preventDefault();
      show(one, false);
    }
  });
  // the field keeps the focus while an option is pressed, so that the list is still there when it is let go
  document.addEventListener("mousedown", (event) => { if (event.target.closest?.(".offers")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.(".offers [role=option]");
    if (option) choose(parts(of(option)), option);
  });
  document.addEventListener("focusout", (event) => {
    const box = of(event.target);
    if (box && !box.contains(event.relatedTarget)) show(parts(box), false);
  });
  // what was just chosen is not asked for again
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = event.detail;
    if (of(elt) && elt.value === elt.dataset.held && event.detail.requestConfig?.triggeringEvent?.type === "input") event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const list = event.detail.target;
    const box = list.matches?.(".offers") && of(list);
    if (!box) return;
    const one = parts(box);
    one.said.textContent = list.querySelector("[data-said]")?.dataset.said || "";
    show(one, document.activeElement === one.input && Boolean(one.said.textContent));
  });
  document.addEventListener("DOMContentLoaded", () => dress(document));
  document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
})();
