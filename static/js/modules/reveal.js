/** Lets people see the password they type, and hides it again before it is sent. */

/** @param {HTMLElement} element */
export function reveal(element) {
  const input = element.querySelector("input");
  const button = element.querySelector("button");
  if (!input || !button) return;
  const show = (/** @type {boolean} */ wanted) => {
    input.type = wanted ? "text" : "password";
    button.textContent = wanted ? "Hide" : "Show";
    button.setAttribute("aria-label", wanted ? "Hide the password" : "Show the password");
  };
  show(false);
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  // A browser offers to remember what a text box held, so it must be a password box by then.
  input.form?.addEventListener("submit", () => show(false));
}
