/* Smooths the conversation: sends with Ctrl+Enter, never twice, and says what happened. Everything works without it. */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const announce = (text) => { byId("said").textContent = text; };

  // Ctrl+Enter (or ⌘+Enter) sends.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.id !== "reply") return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  // A form is sent once. A button that leads elsewhere ("Stop here") is an ordinary form, not htmx's.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const leaves = !form.hasAttribute("hx-post") || (event.submitter && event.submitter.hasAttribute("formaction"));
    if (!leaves) return;
    event.stopPropagation();
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  }, true);
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // Coming back to a turn: what the page has to say stands where one looks.
  const turn = byId(location.hash.slice(1));
  const note = document.querySelector('main > [role="status"]:not(#said)');
  if (turn && note) turn.prepend(note);

  const busy = (form, is) => {
    form.setAttribute("aria-busy", String(is));
    form.reply.readOnly = is;
    for (const button of form.querySelectorAll("button")) button.disabled = is;
  };
  const stay = (form, sentence) => {
    const trouble = byId("trouble");
    trouble.textContent = sentence;
    trouble.hidden = false;
    busy(form, false);
    announce("");
    trouble.focus();
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    busy(event.target, true);
    announce(event.target.dataset.sending);
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
    document.addEventListener(name, (event) => stay(event.target, event.target.dataset.unreachable));
  }
  // Only an answer that holds the conversation takes its place; whatever else comes, the words stay in the box.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const fits = event.detail.xhr.responseText.includes('id="conversation"');
    event.detail.shouldSwap = fits;
    event.detail.isError = !fits;
    if (!fits) stay(byId("answer"), byId("answer").dataset.refused);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const trouble = byId("trouble");
    const there = trouble && !trouble.hidden ? trouble : byId("newest");
    if (!there) return;
    announce(there.dataset.announce || "");
    there.focus({ preventScroll: true });
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    there.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  });
})();
