/** The resting page: whose tablet this is, and one button. */

import { api } from "../api.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function welcome(kiosk, view) {
  present(kiosk.bundle.setting, view);
  view.on("click", "[data-main]", () => kiosk.show("who"));
  refresh(kiosk, view);
}

function present({ name, logo }, view) {
  view.heading.textContent = name;
  const picture = view.find("[data-logo]");
  picture.hidden = !logo;
  if (logo) picture.src = logo;
  view.find("[data-mark]").hidden = Boolean(logo);
}

/** A new version may have come since the last person; without an answer the old one will do. */
async function refresh(kiosk, view) {
  const { signal } = view;
  const { status, data } = await api("GET", "bundle", { signal, cache: "no-cache" });
  if (signal.aborted) return;
  if (status === 401) {
    kiosk.disconnected();
  } else if (data?.agreements) {
    kiosk.bundle = data;
    present(data.setting, view);
  }
}
