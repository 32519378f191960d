/** The one door through which HTML made by our server comes into the page. */

const policy = globalThis.trustedTypes?.createPolicy("fingerpost", {
  createHTML: (html) => html,
}) ?? { createHTML: (/** @type {string} */ html) => html };

/**
 * @param {Element} place
 * @param {string} html from the bundle: the server has made it out of plain text and escaped it
 */
export function fillWithServerHtml(place, html) {
  place.innerHTML = policy.createHTML(html);
}
