"use strict";
// A conversation that goes on by itself. Everything here works without this script too.
(() => {
  const form = document.querySelector("form[data-new]");
  const thread = document.getElementById("thread");
  if (!form || !thread) return;
  const box = form.elements.text;
  const trouble = document.getElementById("trouble");
  const FIRST = 5000, LONGEST = 60000, AFTER_TYPING = 1500;
  const PIECE = { "X-Piece": "1" };
  let wait = FIRST, asking, keeping, sending = false, kept = box.value;

  const last = () => Math.max(0, ...Array.from(thread.children, (each) => Number(each.dataset.number || 0)));
  const used = () => document.dispatchEvent(new Event("used"));
  const say = (sentence) => {
    trouble.textContent = sentence;
    trouble.hidden = !sentence;
    box.toggleAttribute("aria-invalid", Boolean(sentence));
  };

  const times = () => {
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
    for (const each of thread.querySelectorAll("time")) {
      const minutes = Math.floor((Date.now() - new Date(each.dateTime)) / 60000);
      if (minutes > 0 && minutes < 60) each.textContent = words.format(-minutes, "minute");
      else if (minutes >= 60 && minutes < 1440) each.textContent = words.format(-Math.floor(minutes / 60), "hour");
    }
  };

  const take = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    const inView = form.getBoundingClientRect().top < innerHeight;
    for (const each of template.content.querySelectorAll("li")) {
      if (each.dataset.number ? Number(each.dataset.number) > last() : !thread.querySelector("[data-over]")) thread.append(each);
    }
    if (inView) form.scrollIntoView({ block: "nearest" });
  };

  const look = async () => {
    clearTimeout(asking);
    if (document.hidden || thread.querySelector("[data-over]")) return;
    try {
      const answer = await fetch(`${form.dataset.new}?after=${last()}`, { headers: PIECE, redirect: "manual" });
      if (answer.status === 404) return location.reload();
      if (answer.status === 200) take(await answer.text());
      wait = answer.status === 200 ? FIRST : Math.min(wait * 1.5, LONGEST);
    } catch {
      wait = LONGEST;
    }
    times();
    asking = setTimeout(look, wait);
  };
  const lookSoon = () => {
    wait = FIRST;
    clearTimeout(asking);
    asking = setTimeout(look, wait);
  };

  const keep = async () => {
    clearTimeout(keeping);
    if (sending || box.value === kept) return;
    const typed = box.value;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), headers: PIECE, redirect: "manual", keepalive: true });
      if (answer.ok) { kept = typed; used(); }
    } catch {}
  };

  form.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearTimeout(keeping);
    const typed = box.value;
    const body = new FormData(form);
    body.set("after", last());
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: PIECE, redirect: "manual" });
      if ([0, 401, 403, 404, 409].includes(answer.status)) return form.submit(); // that page shows the words
      const text = await answer.text();
      if (answer.ok) {
        form.elements.nonce.value = answer.headers.get("X-Form");
        if (box.value === typed) box.value = kept = "";
        for (const each of form.querySelectorAll("#checked, #look-again, [name=as_it_is]")) each.remove(); // of words that are sent now
        say("");
        take(text);
        used();
        lookSoon();
      } else {
        say(text.length < 500 ? text : form.dataset.trouble);
      }
    } catch {
      say(form.dataset.trouble);
    } finally {
      sending = false;
    }
    box.focus();
  });

  box.addEventListener("input", () => { clearTimeout(keeping); keeping = setTimeout(keep, AFTER_TYPING); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); else lookSoon(); });
  asking = setTimeout(look, wait);
})();
