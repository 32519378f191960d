/** Nobody there: asks "Are you still there?", and clears everything when no answer comes. */

import { presence, WARNING_MS } from "../lib/idle.js";

const TICK_MS = 1000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "input", "wheel", "scroll"];

/**
 * @param {() => number} limitNow seconds that the step on the screen may lie untouched; 0: for ever
 * @param {() => void} wipe
 */
export function watchForNobody(limitNow, wipe) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("still-there"));
  let last = Date.now();
  const here = () => {
    // While the question is on the screen only an answer to it counts.
    if (!dialog.open) last = Date.now();
  };

  function look() {
    const now = Date.now();
    // Somebody set the clock back: start counting anew rather than never.
    if (now < last || globalThis.speechSynthesis?.speaking) last = now;
    const state = presence(now, last, limitNow() * 1000);
    if (state === "gone") {
      dialog.close();
      last = now;
      wipe();
    } else if (state === "warn") {
      ask(dialog, Math.ceil((last + limitNow() * 1000 + WARNING_MS - now) / 1000));
    } else if (dialog.open) {
      dialog.close();
    }
  }

  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, here, { passive: true, capture: true });
  // A press anywhere is an answer, and so is Escape, which closes the dialog by itself.
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    last = Date.now();
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  setInterval(look, TICK_MS);
}

/** @param {HTMLDialogElement} dialog @param {number} seconds left */
function ask(dialog, seconds) {
  dialog.querySelector("[data-left]").textContent = String(seconds);
  if (!dialog.open) dialog.showModal();
}
