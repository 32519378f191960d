/** The service worker starts the tablet without a network; it changes only when nobody signs. */

import { workerAddress } from "../lib/trusted.js";

/** @type {ServiceWorkerRegistration | undefined} */
let registration;
/** True when a new edition has taken over and this page still runs the old one. */
let stale = false;

/** @param {() => boolean} isNobodyThere */
export async function startWorker(isNobodyThere) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const hadOne = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    stale = hadOne;
    if (stale && isNobodyThere()) location.reload();
  });
  try {
    registration = await workers.register(workerAddress(), { scope: "/kiosk/" });
  } catch {
    // No network, or a browser that forbids it: the page works, only not without a network.
    return;
  }
  // The resting page has asked by now, and nobody was there to hear it.
  if (isNobodyThere()) updateWhileNobodySigns();
}

/** Called on the resting page: the one moment when another edition may take over. */
export async function updateWhileNobodySigns() {
  if (stale) location.reload();
  registration?.waiting?.postMessage("take over");
  try {
    await registration?.update();
  } catch {
    // There is no network just now; the next person's turn asks again.
  }
}
