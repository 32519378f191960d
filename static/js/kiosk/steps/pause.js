/** Somebody reads at their break or talks first: the manager is told, and that is fine. */

import { api } from "../api.js";
import { refusalOf } from "../refusal.js";
import { stayAWhile } from "../stay.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function pause(kiosk, view) {
  view.on("click", "[data-again]", () => ask(kiosk, view));
  view.on("click", "[data-mend]", () => kiosk.show(kiosk.personStep()));
  view.on("click", "[data-done]", () => kiosk.wipe());
  ask(kiosk, view);
}

/** The id is minted once, so that asking again is the same wish. */
async function ask(kiosk, view) {
  const { sitting } = kiosk;
  const { id, kind } = sitting.pause;
  view.turn("busy");
  const { id: personId, ...person } = sitting.person;
  const json = JSON.stringify({ kind, person_id: personId, person: personId ? null : person });
  const { status, data } = await api("PUT", `pauses/${id}`, { json, signal: view.signal });
  if (view.signal.aborted) return;
  if (data?.pause_id === id) {
    view.turn(kind);
    stayAWhile(kiosk, view);
  } else if (status === 401) {
    kiosk.disconnected();
  } else if (status === 422) {
    const { sentences, remarks } = refusalOf(data);
    sitting.remarks = remarks;
    view.fill({ refusal: sentences.join(" ") });
    view.turn("refused");
  } else {
    view.fill({ wish: view.words(`wish-${kind}`) });
    view.turn("untold");
  }
}
