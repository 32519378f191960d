/** Shows what is typed in the editor as the tablet will show it, a moment after the last key. */

import { fillWithServerHtml } from "../lib/trusted.js";
import { typedAlready } from "../lib/typed.js";

const QUIET_MS = 400;

/** @param {HTMLElement} element */
export function preview(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const place = document.getElementById("preview");
  const note = document.querySelector("[data-preview-note]");
  const address = form.dataset.preview;
  if (!place || !note || !address) return;
  let timer = 0;
  let asking = new AbortController();
  note.textContent = "It follows as you write. Nothing is kept until you save.";

  async function look() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), signal });
      if (answer.ok && !answer.redirected) fillWithServerHtml(place, await answer.text());
    } catch {
      // No network just now, or somebody typed on: the next pause asks again.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET_MS);
  });
  if (typedAlready(form)) look();
}
