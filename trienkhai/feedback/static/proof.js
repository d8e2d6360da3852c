// Solves the sum against floods while a person writes, and fills it in. Without it the page says how to do it by hand.
(() => {
  "use strict";
  const box = document.querySelector("[data-sum]");
  if (!box || !window.Worker) return;
  const form = box.closest("form");
  const number = form.elements.number;
  const told = box.querySelector("[role=status]");
  const byHand = box.querySelector("[data-by-hand]");
  const say = (words) => { told.textContent = words; told.hidden = false; };
  let waiting = false;
  byHand.hidden = true;
  number.required = false;
  if (number.value) { say(box.dataset.ready); return; }
  say(box.dataset.busy);
  const worker = new Worker(box.dataset.worker);
  const failed = () => { byHand.hidden = false; number.required = true; say(box.dataset.failed); };
  worker.onerror = failed;
  worker.onmessage = (event) => {
    number.value = event.data;
    say(box.dataset.ready);
    worker.terminate();
    if (waiting) form.requestSubmit();
  };
  form.addEventListener("submit", (event) => {
    if (number.value || !byHand.hidden) return;
    event.preventDefault();
    waiting = true;
    say(box.dataset.sending);
  });
  worker.postMessage(form.elements.challenge.value);
})();
