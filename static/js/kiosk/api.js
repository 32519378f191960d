/** Speaks to the server: same origin, the tablet's header, and never an exception. */

// Longer than a slow box needs to seal a record, shorter than a person's patience.
const PATIENCE_MS = 30_000;

/**
 * @typedef {{status: number, data: any, wait: number, date: string | null}} Answer status 0: no
 *   answer came; data null: the answer was not JSON; wait: seconds asked for by Retry-After;
 *   date: the server's clock
 */

/**
 * @param {"GET" | "POST" | "PUT"} method
 * @param {string} path below /kiosk/
 * @param {{json?: string, letter?: Uint8Array, headers?: Record<string, string>,
 *   signal?: AbortSignal, cache?: RequestCache}} [options]
 * @returns {Promise<Answer>}
 */
export async function api(method, path, { json, letter, headers, signal, cache = "no-store" } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  signal?.addEventListener("abort", () => patience.abort(), { once: true });
  const body = letter ?? json;
  const kind = letter ? "application/hpke" : "application/json";
  const type = body === undefined ? {} : { "Content-Type": kind };
  try {
    const response = await fetch(`/kiosk/${path}`, {
      method,
      cache,
      body,
      credentials: "same-origin",
      redirect: "error",
      signal: patience.signal,
      headers: { "Fingerpost-Tablet": "1", ...type, ...headers },
    });
    return await answerFrom(response);
  } catch {
    // Fetch fails only for the network, a redirect or our own abort; each means "no answer".
    return { status: 0, data: null, wait: 0, date: null };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function answerFrom(response) {
  const text = await response.text();
  const wait = Number(response.headers.get("Retry-After")) || 0;
  const date = response.headers.get("Date");
  return { status: response.status, data: readJson(text), wait, date };
}

/** @param {string} text */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
