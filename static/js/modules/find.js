/** Finds people while a name is typed; the button does the same where this does not run. */

import { fillWithServerHtml } from "../lib/trusted.js";
import { typedAlready } from "../lib/typed.js";

const QUIET_MS = 250;

/** @param {HTMLElement} element */
export function find(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const box = form.querySelector("input[type=search]");
  const place = document.getElementById("found");
  const count = document.getElementById("how-many");
  const address = form.dataset.find;
  if (!(box instanceof HTMLInputElement) || !place || !count || !address) return;
  const everybody = [...place.childNodes];
  const said = count.textContent;
  let timer = 0;
  let asking = new AbortController();

  function showEverybody() {
    place?.replaceChildren(...everybody);
    if (count) count.textContent = said;
  }

  async function look() {
    asking.abort();
    if (!box.value.trim()) return showEverybody();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), signal });
      if (!answer.ok || answer.redirected) return;
      fillWithServerHtml(place, await answer.text());
      const found = place.querySelectorAll("tbody tr").length;
      count.textContent = found === 1 ? "1 match" : `${found || "No"} matches`;
    } catch {
      // No network just now, or somebody typed on: the next pause asks again, or the button does.
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET_MS);
  });
  if (typedAlready(form)) look();
}
