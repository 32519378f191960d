/** The desk's "More" button on a phone; on wide screens the style sheet shows every place. */

/** @param {HTMLElement} element */
export function menu(element) {
  const button = element.querySelector("button[aria-expanded]");
  if (!button) return;
  const open = (/** @type {boolean} */ wanted) => {
    element.classList.toggle("open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  // Until now a press would have been lost.
  button.removeAttribute("disabled");
  button.addEventListener("click", () => open(!element.classList.contains("open")));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.classList.contains("open")) return;
    open(false);
    button.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !element.contains(event.target)) open(false);
  });
}
