/** Saved, or kept on the tablet until there is a network. Then everything is wiped. */

import { longDate } from "../../lib/dates.js";
import { groupsOfFour } from "../../lib/groups.js";
import { news } from "../postman.js";
import { stayAWhile } from "../stay.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function thanks(kiosk, view) {
  const { person, envelopes } = kiosk.sitting;
  const saved = envelopes.every((envelope) => envelope.receipt);
  view.heading.textContent = view.words(saved ? "saved" : "kept");
  view.fill({ name: person.full_name });
  view.find("[data-kept]").hidden = saved;
  view.find("[data-lost]").hidden = !envelopes.some(({ outcome }) => outcome === "pair");
  const done = envelopes.filter((envelope) => envelope.receipt);
  view.find("[data-receipts]").append(...done.map((one) => receipt(kiosk, view, one)));
  view.on("click", "[data-main]", () => kiosk.wipe());
  listen(kiosk, view);
  stayAWhile(kiosk, view);
}

/** The server's word may come while the person still looks: then they see it. */
function listen(kiosk, view) {
  const ours = new Set(kiosk.sitting.envelopes.map(({ id }) => id));
  const heard = ({ detail: { id, outcome } }) => {
    if (!ours.has(id)) return;
    if (outcome === "saved" || outcome === "pair") kiosk.show("thanks");
    if (outcome === "refused") kiosk.show("saving");
  };
  news.addEventListener("answer", heard, { signal: view.signal });
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
