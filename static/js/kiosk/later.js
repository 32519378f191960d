/** The two quiet ways out of reading and signing today. */

import { uuid7 } from "../lib/uuid7.js";

/** @param {any} kiosk @param {import("./view.js").View} view */
export function offerLater(kiosk, view) {
  view.on("click", "[data-pause]", ({ currentTarget }) => {
    kiosk.sitting.pause = { id: uuid7(), kind: currentTarget.dataset.pause };
    kiosk.show("pause");
  });
}
