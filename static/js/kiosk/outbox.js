/** What waits on this tablet to be sent: sealed letters, with nobody's name on the outside. */

import { isRefusal } from "../lib/outcome.js";
import { onShelf } from "../lib/store.js";

/**
 * @typedef {object} Entry
 * @property {string} id of the signing
 * @property {string} setting the slug of the setting that it was signed for
 * @property {Uint8Array} letter
 * @property {string} queued_at
 * @property {number} tries
 * @property {number | null} last_status null: not tried yet; 0: no answer came
 */

/**
 * Keeps all of them, or throws and keeps none.
 * @param {{id: string, setting: string, letter: Uint8Array}[]} letters
 * @param {string[]} [instead] ids of refused ones that these are the mended form of
 */
export function keep(letters, instead = []) {
  const queued_at = new Date().toISOString();
  return onShelf("outbox", "readwrite", (shelf) => {
    for (const { id, setting, letter } of letters) {
      shelf.put({ id, setting, letter, queued_at, tries: 0, last_status: null });
    }
    for (const id of instead) shelf.delete(id);
  });
}

/** @returns {Promise<Entry[]>} everything that is kept, the oldest first: ids sort by time */
export function all() {
  return onShelf("outbox", "readonly", (shelf) => shelf.getAll());
}

/** @param {string} id */
export function remove(id) {
  return onShelf("outbox", "readwrite", (shelf) => shelf.delete(id));
}

/** Remembers how an attempt went. @param {string} id @param {number} status */
export function note(id, status) {
  return change(id, (entry) => ({ ...entry, tries: entry.tries + 1, last_status: status }));
}

/** The manager wants it tried again. @param {string} id */
export function release(id) {
  return change(id, (entry) => ({ ...entry, last_status: null }));
}

/**
 * @param {Entry[]} entries
 * @param {string} setting the slug of the setting that the tablet belongs to now
 * @returns {{waiting: Entry[], refused: Entry[], foreign: Entry[]}} foreign: for another setting
 */
export function sorted(entries, setting) {
  const ours = entries.filter((entry) => entry.setting === setting);
  return {
    waiting: ours.filter((entry) => !isRefusal(entry.last_status)),
    refused: ours.filter((entry) => isRefusal(entry.last_status)),
    foreign: entries.filter((entry) => entry.setting !== setting),
  };
}

/** @param {string} id @param {(entry: Entry) => Entry} act */
function change(id, act) {
  return onShelf("outbox", "readwrite", (shelf) => {
    const found = shelf.get(id);
    // It may have been sent and removed meanwhile, and must not come back.
    found.onsuccess = () => found.result && shelf.put(act(found.result));
  });
}
