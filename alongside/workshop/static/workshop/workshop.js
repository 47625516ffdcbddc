/* Remembers on the server where somebody is reading, and asks before typed words are left behind. All works without. */
"use strict";
(() => {
  const form = document.getElementById("mine");
  if (!form) return;
  const boxes = () => document.querySelectorAll('textarea[form="mine"]');
  const pieces = [...document.querySelectorAll(".piece")];
  const seen = new Set();
  let told = "";
  let waits = 0;

  const tell = () => {
    waits = 0;
    const here = pieces.find((piece) => seen.has(piece));
    if (!here || here.id === told) return;
    told = here.id;
    const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
    const body = new URLSearchParams({ piece: here.id, csrfmiddlewaretoken: token });
    fetch(form.dataset.place, { method: "POST", body, keepalive: true }).catch(() => { told = ""; });
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target) : seen.delete(target);
    waits = waits || setTimeout(tell, 3000);
  });
  for (const piece of pieces) watch.observe(piece);
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell(); });

  // Words go along with this form; whatever else leads away asks first.
  let goes = false;
  form.addEventListener("submit", () => { goes = true; });
  window.addEventListener("pageshow", () => { goes = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!goes && [...boxes()].some((box) => box.value !== box.defaultValue)) event.preventDefault();
  });
})();
