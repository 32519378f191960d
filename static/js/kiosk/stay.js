/** The last page of a sitting stays for a while, and longer for whoever still touches it. */

import { after } from "../lib/after.js";

const STAYS = 20;

/** @param {any} kiosk @param {import("./view.js").View} view */
export function stayAWhile(kiosk, view) {
  let stay = new AbortController();
  function count() {
    stay.abort();
    stay = new AbortController();
    after(STAYS, () => kiosk.wipe(), stay.signal);
  }
  view.signal.addEventListener("abort", () => stay.abort());
  for (const sign of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(sign, count, { passive: true, signal: view.signal });
  }
  count();
}
