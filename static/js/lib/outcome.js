/** What an answer to a signing means for the signing: saved, again, pair or refused. */

// Only these say that this body will never be taken; everything else may come right later.
const REFUSED = new Set([400, 404, 409, 413, 415, 422]);

/**
 * @param {number} status the HTTP status, or 0 when no answer came
 * @param {any} data the JSON of the answer, or null when it was not JSON
 * @param {string} id the id that was sent
 * @returns {"saved" | "again" | "pair" | "refused"}
 */
export function outcomeOf(status, data, id) {
  if (status === 200 || status === 201) {
    // A café's log-in page also says 200; only our own answer names the id.
    return data?.record_id === id ? "saved" : "again";
  }
  if (status === 401) return "pair";
  return isRefusal(status) ? "refused" : "again";
}

/** @param {number | null} status */
export function isRefusal(status) {
  return REFUSED.has(status);
}
