/** Looks every two seconds whether something is done, and then opens the page anew. */

const EVERY_MS = 2000;

/** @param {HTMLElement} element */
export function watch(element) {
  async function look() {
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(location.href, { headers, cache: "no-store" });
      if (answer.ok && (await answer.json()).done) return location.reload();
    } catch {
      // No network just now; it goes on without us, and the next look may tell.
    }
    setTimeout(look, EVERY_MS);
  }

  element.textContent = "This page opens the version by itself as soon as it is there.";
  setTimeout(look, EVERY_MS);
}
