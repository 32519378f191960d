/** A list whose rows can be ticked: tick all of them, say how many, and show how the download goes. */

import { save } from "../lib/save.js";

// A record is some 110 kB, and a page has at most a hundred of them.
const BYTES_EACH = 150_000;

/** @param {HTMLElement} element */
export function choose(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[name=record]"))];
  const send = form.querySelector("button[type=submit]");
  const all = form.querySelector("button[type=button]");
  if (!(send instanceof HTMLElement) || !(all instanceof HTMLElement) || boxes.length === 0) return;
  const place = document.createElement("div");
  place.className = "download-progress";
  form.append(place);
  const ticked = () => boxes.filter((box) => box.checked).length;

  function tell() {
    const count = ticked();
    send.textContent = count === 0 ? "Download the ticked records"
      : `Download ${count === 1 ? "1 ticked record" : `${count} ticked records`}`;
    all.textContent = count === boxes.length ? "Tick none" : "Tick all on this page";
  }

  all.hidden = false;
  all.addEventListener("click", () => {
    const wanted = ticked() < boxes.length;
    for (const box of boxes) box.checked = wanted;
    tell();
  });
  form.addEventListener("change", tell);
  form.addEventListener("submit", async (event) => {
    if (ticked() === 0) return;
    event.preventDefault();
    const request = new Request(form.action, { method: "POST", body: new FormData(form) });
    if (!(await save(request, place, ticked() * BYTES_EACH))) form.submit();
  });
  tell();
}
