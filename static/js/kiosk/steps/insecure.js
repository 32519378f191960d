/** The tablet got here without https, where it must not be connected. */

/** @param {any} _kiosk @param {import("../view.js").View} view */
export function insecure(_kiosk, view) {
  view.fill({ address: location.origin });
}
