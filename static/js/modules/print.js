/** A button that prints the page; without scripts the browser's own menu does. */

/** @param {HTMLElement} element */
export function print(element) {
  const button = element.querySelector("button");
  if (!button || !globalThis.print) return;
  button.hidden = false;
  button.addEventListener("click", () => globalThis.print());
}
