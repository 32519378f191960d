/** Saved: when we ask again, and the code to check it by. Then everything is wiped. */

import { after } from "../../lib/after.js";
import { longDate } from "../../lib/dates.js";
import { groupsOfFour } from "../../lib/groups.js";

const STAYS = 20;

/** @param {any} kiosk @param {import("../view.js").View} view */
export function thanks(kiosk, view) {
  view.fill({ name: kiosk.sitting.person.full_name });
  view.find("[data-receipts]").append(
    ...kiosk.sitting.envelopes.map((envelope) => receipt(kiosk, view, envelope)),
  );
  view.on("click", "[data-main]", () => kiosk.wipe());

  let stay = new AbortController();
  function count() {
    stay.abort();
    stay = new AbortController();
    after(STAYS, () => kiosk.wipe(), stay.signal);
  }
  view.signal.addEventListener("abort", () => stay.abort());
  // Whoever is still copying the code down keeps the page by touching it.
  for (const sign of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(sign, count, { passive: true, signal: view.signal });
  }
  count();
}

function receipt({ bundle }, view, { title, receipt: saved }) {
  const groups = groupsOfFour(saved.code);
  const part = view.copy("receipt", {
    title,
    due: longDate(saved.due_on, bundle.setting.time_zone),
    address: bundle.check_address ?? "",
    // Letter by letter, or a voice would try to read the code as a word.
    spoken: groups.map((group) => [...group].join(" ")).join(", "),
  });
  part.querySelector("[data-code]").append(...groups.map(span));
  const qr = part.querySelector("[data-qr]");
  qr.hidden = !bundle.check_address;
  if (bundle.check_address) qr.querySelector("img").src = `/kiosk/codes/${groups.join("-")}.svg`;
  return part;
}

function span(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
