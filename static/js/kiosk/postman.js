/** Sends what waits, whenever there is a chance; two tabs never do it at the same time. */

import { api } from "./api.js";
import * as outbox from "./outbox.js";
import { round } from "./round.js";

const EVERY_MS = 15_000;
const LOCK = "fingerpost-outbox";

/** Says "answer" with {id, outcome, data} after each attempt, and "sent" when some arrived. */
export const news = new EventTarget();

let asked = false;
let running = null;
let quietUntil = 0;

/**
 * @param {() => string | undefined} settingNow the slug, once the tablet knows its setting
 */
export function deliverWhenever(settingNow) {
  const deliver = () => flush(settingNow());
  setInterval(deliver, EVERY_MS);
  addEventListener("online", deliver);
  document.addEventListener("visibilitychange", () => document.hidden || deliver());
}

/**
 * @param {string | undefined} setting
 * @returns {Promise<void>} ends when everything that lay there had its attempt
 */
export function flush(setting) {
  if (!setting) return Promise.resolve();
  asked = true;
  running ??= rounds(setting).finally(() => {
    running = null;
  });
  return running;
}

/** Whatever was put into the box during a round gets one of its own. */
async function rounds(setting) {
  while (asked && performance.now() >= quietUntil) {
    asked = false;
    try {
      await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock && go(setting));
    } catch {
      // The box cannot be opened just now. What is in it stays there, and the timer comes back.
      return;
    }
  }
}

async function go(setting) {
  let saved = 0;
  const wait = await round(outbox, setting, send, (id, outcome, data) => {
    saved += outcome === "saved" ? 1 : 0;
    news.dispatchEvent(new CustomEvent("answer", { detail: { id, outcome, data } }));
  });
  if (saved) news.dispatchEvent(new Event("sent"));
  quietUntil = performance.now() + wait * 1000;
}

/** @param {{id: string, letter: Uint8Array}} entry one attempt, with this tablet's clock now */
export function send({ id, letter }) {
  const headers = { "Fingerpost-Sent-At": new Date().toISOString() };
  return api("PUT", `signings/${id}`, { letter, headers });
}
