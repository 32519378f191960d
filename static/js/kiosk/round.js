/** One round of the postman: every letter that waits gets one attempt, unless the way is shut. */

import { isRefusal, outcomeOf } from "../lib/outcome.js";

// The same would happen to every other letter now: no network, no pairing, or a busy server.
const WAY_IS_SHUT = new Set([0, 401, 403, 429, 502, 503, 504]);

/**
 * @param {object} box where the letters lie
 * @param {() => Promise<import("./outbox.js").Entry[]>} box.all
 * @param {(id: string) => Promise<void>} box.remove
 * @param {(id: string, status: number) => Promise<void>} box.note
 * @param {string} setting only letters for this one: another setting's server cannot read them
 * @param {(entry: {id: string, letter: Uint8Array}) => Promise<import("./api.js").Answer>} send
 * @param {(id: string, outcome: string, data: any) => void} tell
 * @returns {Promise<number>} seconds to leave the server in peace
 */
export async function round(box, setting, send, tell) {
  const entries = await box.all();
  for (const entry of entries) {
    if (entry.setting !== setting || isRefusal(entry.last_status)) continue;
    const { status, data, wait } = await send(entry);
    const outcome = outcomeOf(status, data, entry.id);
    // Only here does a letter leave the tablet: its own server has confirmed this very id.
    if (outcome === "saved") await box.remove(entry.id);
    else await box.note(entry.id, status);
    tell(entry.id, outcome, data);
    if (WAY_IS_SHUT.has(status)) return wait;
  }
  return 0;
}
