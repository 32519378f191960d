/** A link to a large file that shows how far it is; without scripts the browser downloads it. */

import { save } from "../lib/save.js";

/** @param {HTMLElement} element */
export function download(element) {
  const link = element.querySelector("a[download]");
  if (!(link instanceof HTMLAnchorElement)) return;
  const place = document.createElement("div");
  place.className = "download-progress";
  element.after(place);
  let plain = false;
  link.addEventListener("click", async (event) => {
    if (plain) return;
    event.preventDefault();
    const bytes = link.dataset.bytes ? Number(link.dataset.bytes) : null;
    if (await save(new Request(link.href), place, bytes)) return;
    plain = true;
    link.click();
    plain = false;
  });
}
