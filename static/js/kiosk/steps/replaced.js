/** The agreement was published anew while somebody read it: what is different, then on to it. */

import { fillWithServerHtml } from "../../lib/trusted.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function replaced(kiosk, view) {
  const { sitting, bundle } = kiosk;
  view.fill({ setting: bundle.setting.name });
  for (const { now, html } of sitting.replaced) {
    const part = view.copy("agreement", { title: now.title });
    fillWithServerHtml(part.querySelector("[data-changed]"), html);
    view.find("[data-agreements]").append(part);
  }
  view.on("click", "[data-main]", () => {
    sitting.reading = sitting.toSign.indexOf(sitting.anew[0]);
    kiosk.show("read");
  });
}
