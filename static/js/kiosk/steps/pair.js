/** Shows the pairing code and asks, patiently, whether a manager has approved it. */

import { after } from "../../lib/after.js";
import { groupsOfFour } from "../../lib/groups.js";
import { api } from "../api.js";

const TRY_AGAIN_AFTER = 10;

/**
 * On an iPad the Home Screen has a storage of its own: a tablet that is connected in a tab of
 * Safari would be a stranger there, so the tab gives no code before somebody insists.
 * @param {any} kiosk @param {import("../view.js").View} view
 */
export function pair(kiosk, view) {
  view.find("[data-lost]").hidden = !kiosk.lost;
  view.on("click", "[data-about]", () => kiosk.show("about"));
  const inTab = "standalone" in navigator && !navigator.standalone;
  view.find("[data-tab]").hidden = !inTab;
  if (!inTab) askForCode(kiosk, view);
  view.on("click", "[data-here]", () => {
    view.find("[data-tab]").hidden = true;
    view.heading.focus();
    askForCode(kiosk, view);
  });
}

async function askForCode(kiosk, view) {
  const { signal } = view;
  const { status, data, wait } = await api("POST", "pairing", { json: "{}", signal });
  if (signal.aborted) return;
  if (!data?.device_code) {
    view.say(status === 429 ? "busy" : "away");
    after(wait || TRY_AGAIN_AFTER, () => askForCode(kiosk, view), signal);
    return;
  }
  present(view, data);
  after(data.interval, () => askWhether(kiosk, view, data), signal);
}

/** Approved yet? */
async function askWhether(kiosk, view, pairing) {
  const { signal } = view;
  const json = JSON.stringify({ device_code: pairing.device_code });
  const { status, wait } = await api("POST", "pairing/token", { json, signal });
  if (signal.aborted) return;
  if (status === 200) {
    kiosk.lost = false;
    kiosk.show("load");
  } else if (status === 404 || status === 410) {
    view.say("expired");
    askForCode(kiosk, view);
  } else {
    after(Math.max(pairing.interval, wait), () => askWhether(kiosk, view, pairing), signal);
  }
}

function present(view, { user_code: code, approve_qr: qr }) {
  const [first, second] = groupsOfFour(code);
  view.fill({ first, second });
  view.find("[data-qr]").src = qr;
  view.find("[data-code]").hidden = false;
}
