/** Asks the browser and the server how this tablet is doing; nothing here is about a person. */

import { api } from "./api.js";

// The Date header has whole seconds, and the answer takes a moment to come.
const CLOSE_ENOUGH = 2;
const PATIENCE_MS = 5000;

/**
 * @returns {Promise<{secure: boolean, worker: boolean, storage: boolean, app: boolean,
 *   clock: number | null, edition: string}>} clock: seconds ahead of the server's, null: unknown
 */
export async function checkup() {
  const [worker, storage, clock] = await Promise.all([hasWorker(), askToKeep(), clockAhead()]);
  const app = ["standalone", "fullscreen", "minimal-ui"].some(
    (mode) => matchMedia(`(display-mode: ${mode})`).matches,
  );
  // This very file's address carries the edition of all files: /static/<edition>/…
  const edition = new URL(import.meta.url).pathname.split("/")[2];
  return { secure: isSecureContext, worker, storage, app, clock, edition };
}

async function hasWorker() {
  const registration = await navigator.serviceWorker?.getRegistration("/kiosk/");
  return Boolean(registration?.active);
}

/** Has the browser promised not to clear what is stored? Asking is what may make it promise. */
export async function askToKeep() {
  const { storage } = navigator;
  if (!storage?.persist) return false;
  return (await storage.persisted()) || storage.persist();
}

async function clockAhead() {
  const asked = Date.now();
  const { date } = await api("GET", "bundle", { signal: AbortSignal.timeout(PATIENCE_MS) });
  const server = Date.parse(date ?? "");
  if (Number.isNaN(server)) return null;
  const ahead = ((asked + Date.now()) / 2 - server - 500) / 1000;
  return Math.abs(ahead) <= CLOSE_ENOUGH ? 0 : Math.round(ahead);
}
