// Shows the passkey's button where a browser can use one, and says so when it did not work.
'use strict';

(() => {
  const show = (selector) => document.querySelectorAll(selector).forEach((each) => { each.hidden = false; });
  const hide = (selector) => document.querySelectorAll(selector).forEach((each) => { each.hidden = true; });

  hide('[data-passkey-without-script]');
  show(window.PublicKeyCredential ? '[data-passkey]' : '[data-passkey-missing]');

  document.addEventListener('allauth.error', (event) => {
    event.preventDefault();
    hide('[data-passkey-trouble]');
    setTimeout(() => show('[data-passkey-trouble]')); // a fresh alert is read aloud each time
  });
})();
