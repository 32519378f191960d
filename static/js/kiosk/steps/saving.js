/** Keeps the signings on the tablet and sends them; the person waits a few seconds at most. */

import { after } from "../../lib/after.js";
import { flush } from "../postman.js";
import { refusalOf } from "../refusal.js";
import { keepSafe, sendUnkept } from "../sending.js";

// Long enough for a server at work, short enough for a person at a door.
const PATIENCE = 6;
const TRY_AGAIN_AFTER = 5;

/** @param {any} kiosk @param {import("../view.js").View} view */
export function saving(kiosk, view) {
  view.on("click", "[data-again]", () => attempt(kiosk, view));
  view.on("click", "[data-leave]", () => kiosk.wipe());
  view.on("click", "[data-give-up]", () => kiosk.askToStop());
  attempt(kiosk, view);
}

async function attempt(kiosk, view) {
  const { sitting, bundle } = kiosk;
  view.turn("busy");
  try {
    await keepSafe(sitting, bundle.public_key);
  } catch {
    // No room, or no storage at all: what the server confirms needs no keeping here.
    await sendUnkept(sitting);
  }
  if (view.signal.aborted) return;
  if (sitting.envelopes.some((envelope) => !envelope.kept && !envelope.receipt)) {
    noRoom(kiosk, view);
    return;
  }
  await Promise.race([flush(bundle.setting.slug), patience(view.signal)]);
  if (!view.signal.aborted) goOn(kiosk, view);
}

/** @param {AbortSignal} signal */
function patience(signal) {
  return new Promise((resolve) => after(PATIENCE, () => resolve(undefined), signal));
}

function goOn(kiosk, view) {
  const refused = kiosk.sitting.envelopes.find((envelope) => envelope.refusal);
  if (refused) showRefusal(kiosk, view, refused);
  else kiosk.show("thanks");
}

function noRoom(kiosk, view) {
  const refused = kiosk.sitting.envelopes.find((envelope) => envelope.refusal);
  if (refused) return showRefusal(kiosk, view, refused);
  view.turn("full");
  after(
    TRY_AGAIN_AFTER,
    () => view.find("[data-state=full]").hidden || attempt(kiosk, view),
    view.signal,
  );
}

/** Whoever does not mend it leaves it, sealed, for the manager; a tablet without room cannot. */
function showRefusal(kiosk, view, { refusal, kept }) {
  const { sentences, mend, remarks } = refusalOf(refusal);
  view.turn("refused");
  view.find("[data-leave]").hidden = !kept;
  view.find("[data-state=refused] [data-give-up]").hidden = kept;
  const said = sentences.length ? sentences : [view.words("no-reason")];
  view.find("[data-sentences]").replaceChildren(
    ...said.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
  view.on("click", "[data-mend]", () => {
    kiosk.sitting.remarks = remarks;
    kiosk.show(mend === "person" ? kiosk.personStep() : mend);
  });
}
