/** Keeps the setting and its agreements on the tablet, for the days when the Wi-Fi is off. */

import { onShelf } from "../lib/store.js";

const KEY = "bundle";

/** @returns {Promise<any>} the bundle as the server last gave it, or undefined */
export async function keptBundle() {
  try {
    return await onShelf("bundle", "readonly", (shelf) => shelf.get(KEY));
  } catch {
    // A tablet that cannot keep anything still works while there is a network.
    return undefined;
  }
}

/** @param {any} bundle null: the tablet belongs to nobody any more */
export async function keepBundle(bundle) {
  try {
    await onShelf("bundle", "readwrite", (shelf) =>
      bundle ? shelf.put(bundle, KEY) : shelf.delete(KEY),
    );
  } catch {
    // The page about this tablet says when nothing can be kept.
  }
}
