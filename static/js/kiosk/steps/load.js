/** Fetches the bundle: the setting and its agreements. No answer, no start, but no alarm either. */

import { after } from "../../lib/after.js";
import { api } from "../api.js";

const TRY_AGAIN_AFTER = 10;

/** @param {any} kiosk @param {import("../view.js").View} view */
export function load(kiosk, view) {
  const again = view.find("[data-again]");

  async function fetchBundle() {
    again.hidden = true;
    const { signal } = view;
    const { status, data } = await api("GET", "bundle", { signal, cache: "no-cache" });
    if (signal.aborted) return;
    if (status === 401) {
      kiosk.show("pair");
    } else if (data?.agreements) {
      kiosk.bundle = data;
      kiosk.show(kiosk.sitting.envelopes.length ? "saving" : "welcome");
    } else {
      view.say("away");
      again.hidden = false;
      after(TRY_AGAIN_AFTER, fetchBundle, signal);
    }
  }

  view.on("click", "[data-again]", fetchBundle);
  fetchBundle();
}
