// What the browser says or draws by itself at a field may be of another language or order of days, and looks like any
// other site: here the words and the look are the page's own. Without it every field works as the browser has it.
(() => {
  "use strict";
  const root = document.documentElement;
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, className = "") => Object.assign(document.createElement(name), { className });
  const language = root.lang === "vi" ? "vi-VN" : "en-GB";

  // Files: the field lies unseen over a button and the names of what is chosen ------------------------------------------
  function dressFile(field) {
    const { choose, none } = field.parentElement.dataset;
    const [face, button, chosen] = [make("span", "dressed"), make("span", "button"), make("span")];
    button.textContent = choose;
    chosen.textContent = none;
    field.replaceWith(face);
    face.append(button, chosen, field);
    field.addEventListener("change", () => { chosen.textContent = [...field.files].map((file) => file.name).join(", ") || none; });
  }

  // Days: written as the page writes them over the field, which shows its own order only while one types in it; beside
  // it, where there is room, the day of the week
  const hides = CSS.supports("selector(::-webkit-datetime-edit)");
  const days = new WeakMap();
  function dressDay(field) {
    const [whole, box, face] = [make("span", "dated"), make("span", "box"), make("span", "face")];
    const said = field.type === "date" && !field.closest(".filters") ? make("span", "day-said") : null;
    face.setAttribute("aria-hidden", "true");
    field.replaceWith(whole);
    box.append(field, ...(hides ? [face] : []));
    whole.append(box, ...(said ? [said] : []));
    const show = () => {
      const at = field.value ? new Date(`${field.value.slice(0, 10)}T00:00:00Z`) : null;
      const written = (options) => at?.toLocaleDateString(language, { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC", ...options }) || "";
      face.classList.toggle("none", !at);
      face.textContent = at ? [written(), field.value.slice(11, 16)].join(" ") : document.body.dataset.noDay;
      if (said) said.textContent = hides && document.activeElement !== field ? at?.toLocaleDateString(language, { weekday: "long", timeZone: "UTC" }) || "" : written({ weekday: "long" });
    };
    days.set(field, show);
    ["input", "focus", "blur"].forEach((name) => field.addEventListener(name, show));
    show();
  }
  const showDays = (form) => [...form.elements].forEach((field) => days.get(field)?.());
  document.addEventListener("restored", (event) => showDays(event.target), true);
  document.addEventListener("reset", (event) => setTimeout(() => showDays(event.target)));

  function dress(from) {
    $$(".file[data-choose] > input[type=file]", from).forEach(dressFile);
    $$(":not(.box) > input:is([type=date], [type=datetime-local])", from).forEach(dressDay);
  }

  // What is missing or wrong is said under its field, in the words the server would use, once the form is sent off ------
  let asked = 0;
  const ask = (event) => {
    const sends = event.type === "click" ? event.target.closest?.("button:not([type=button]), input[type=submit]") : event.key === "Enter";
    if (sends) asked = performance.now();
  };
  document.addEventListener("click", ask, true);
  document.addEventListener("keydown", ask, true);

  const wrong = (field) => {
    const { validity: found, validationMessage } = field;
    if (found.customError) return validationMessage;
    return document.body.dataset[found.valueMissing ? "missing" : "wrong"];
  };
  const notes = (field) => $$("p.error[data-said]", field.closest(".field"));
  document.addEventListener("invalid", (event) => {
    const field = event.target;
    const place = field.closest(".field");
    if (!place || performance.now() - asked > 1000) return;
    event.preventDefault();
    const first = !$$("[data-faulty]", field.form).length;
    field.dataset.faulty = "";
    field.setAttribute("aria-invalid", "true");
    if (!notes(field).length) {
      const note = document.getElementById("error-model").content.firstElementChild.cloneNode(true);
      note.dataset.said = "";
      note.id = `${field.id || field.name}_said`;
      note.lastElementChild.textContent = wrong(field);
      $$("p.error", place).forEach((old) => old.remove());
      place.append(note);
      field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
    }
    if (first) {
      field.focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    }
    setTimeout(() => delete field.dataset.faulty);
  }, true);
  const heal = (event) => {
    const field = event.target;
    if (!field.validity?.valid || !field.closest?.(".field") || !notes(field).length) return;
    notes(field).forEach((note) => {
      const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id !== note.id);
      field.setAttribute("aria-describedby", others.join(" "));
      note.remove();
    });
    $$("[aria-invalid]", field.closest(".field")).forEach((one) => one.removeAttribute("aria-invalid"));
  };
  document.addEventListener("input", heal);

  // A file field says when what is chosen is too big to be sent --------------------------------------------------------
  document.addEventListener("change", (event) => {
    heal(event);
    const field = event.target;
    if (field.type !== "file" || !field.dataset.maxBytes) return;
    const big = [...field.files].find((file) => file.size > Number(field.dataset.maxBytes));
    field.setCustomValidity(big ? field.dataset.tooBig || big.name : "");
    asked = performance.now();
    if (big) field.reportValidity();
    else heal(event);
  });

  document.addEventListener("DOMContentLoaded", () => dress(document));
  document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
})();
