/** Brings the setting and its agreements to a tablet that keeps none. */

import { after } from "../../lib/after.js";
import { api } from "../api.js";
import { askToKeep } from "../checkup.js";

const TRY_AGAIN_AFTER = 10;

/** @param {any} kiosk @param {import("../view.js").View} view */
export function load(kiosk, view) {
  const { signal } = view;
  const again = view.find("[data-again]");
  view.on("click", "[data-again]", fetchBundle);
  fetchBundle();

  async function fetchBundle() {
    again.hidden = true;
    const { status, data } = await api("GET", "bundle", { signal, cache: "no-cache" });
    if (signal.aborted) return;
    if (status === 401) {
      kiosk.show("pair");
    } else if (data?.agreements) {
      kiosk.takeBundle(data);
      askToKeep();
      kiosk.show("welcome");
    } else {
      view.say("away");
      again.hidden = false;
      after(TRY_AGAIN_AFTER, fetchBundle, signal);
    }
  }
}
