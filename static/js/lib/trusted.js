/** The one door through which HTML and the worker made by our server come into the page. */

const WORKER = "/service-worker.js";

const RULES = {
  createHTML: (/** @type {string} */ html) => html,
  /** There is one worker, whatever anybody asks for. */
  createScriptURL: () => WORKER,
};
const policy = globalThis.trustedTypes?.createPolicy("fingerpost", RULES) ?? RULES;

/**
 * @param {Element} place
 * @param {string} html the server has made it out of plain text and escaped it
 */
export function fillWithServerHtml(place, html) {
  place.innerHTML = policy.createHTML(html);
}

/** @returns {any} the service worker's address, in the form that the browser asks for */
export function workerAddress() {
  return policy.createScriptURL(WORKER);
}
