/** Does something later, unless the page it was for has gone by then. */

/**
 * @param {number} seconds
 * @param {() => void} act
 * @param {AbortSignal} signal ends with the page
 */
export function after(seconds, act, signal) {
  if (signal.aborted) return;
  const timer = setTimeout(act, seconds * 1000);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

/**
 * Does something once what is on the page now has been painted.
 * @param {() => void} act
 * @param {AbortSignal} signal ends with the page
 */
export function afterFrame(act, signal) {
  requestAnimationFrame(() => after(0, act, signal));
}
