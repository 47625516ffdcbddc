"use strict";
// Leave now, by the button or by Shift three times; and going quiet when nobody is there any more.
(() => {
  const form = document.querySelector("form.leave");
  const bar = form.closest(".bar");
  const page = document.documentElement;
  const status = form.querySelector("[role=status]");
  const others = "BroadcastChannel" in window ? new BroadcastChannel("x") : null;
  const HERE = "/talk/";
  const PATIENCE = 3000; // between one press of Shift and the next

  const go = (address) => {
    page.hidden = true;
    document.body.replaceChildren();
    location.replace(address);
  };

  const leave = () => {
    // Whatever becomes of the beacon, the next request from here says that she has left.
    document.cookie = `x=1; path=${HERE}; SameSite=Strict${location.protocol === "https:" ? "; Secure" : ""}`;
    page.hidden = true;
    if (others) others.postMessage("left");
    navigator.sendBeacon(form.action);
    go(form.dataset.to);
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  if (others) others.onmessage = () => go(form.dataset.to);

  let presses = 0;
  let forget;
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    clearTimeout(forget);
    presses = event.key === "Shift" ? presses + 1 : 0;
    if (presses === 3) return leave();
    status.textContent = presses ? form.dataset[`after${presses}`] : "";
    forget = setTimeout(() => { presses = 0; status.textContent = ""; }, PATIENCE);
  }, true);
  for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;

  // A page that the browser kept is not shown again: it is asked for anew.
  addEventListener("pagehide", () => { page.hidden = true; });
  addEventListener("pageshow", (event) => {
    if (event.persisted) go(location.pathname + location.search);
  });

  // “used” is told by the scripts of a page whenever the server has taken something of hers.
  const quiet = Number(document.body.dataset.quiet) * 1000;
  let until = Date.now() + quiet;
  let timer;
  const wait = () => {
    clearTimeout(timer);
    const rest = until - Date.now();
    if (rest <= 0) return go(`${HERE}quiet/`);
    timer = setTimeout(wait, Math.min(rest, 20000));
  };
  if (quiet) {
    wait();
    document.addEventListener("used", () => { until = Date.now() + quiet; });
    document.addEventListener("visibilitychange", wait);
  }

  // Where a keyboard lies over the page, or it is enlarged, “leave” stays where one looks.
  const seen = window.visualViewport;
  if (seen) {
    const follow = () => bar.style.setProperty("translate", `${seen.offsetLeft}px ${seen.offsetTop}px`);
    seen.addEventListener("resize", follow);
    seen.addEventListener("scroll", follow);
  }
})();
