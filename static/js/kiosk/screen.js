/** Shows one step at a time, each made afresh, so that nothing typed outlives its step. */

import { View } from "./view.js";

let current = new AbortController();

/**
 * @param {string} name of the step, as in its template's id
 * @param {any} kiosk
 * @param {(kiosk: any, view: View) => void} enter
 */
export function showStep(name, kiosk, enter) {
  current.abort();
  current = new AbortController();
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(`step-${name}`));
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = template.dataset.question ?? "";
  const body = document.createElement("div");
  body.className = "step";
  body.append(template.content.cloneNode(true));
  document.body.dataset.step = name;
  const view = new View(body, heading, current.signal);
  const { signal } = view;
  document.getElementById("main").replaceChildren(...top(template, kiosk, signal), heading, body);
  enterIsAPress(view);
  enter(kiosk, view);
  // A step may lead straight on to another; then the screen and the focus are already its.
  if (signal.aborted) return;
  scrollTo(0, 0);
  // What the server would not take is said at once, and has the focus already.
  if (heading.parentElement.querySelector(".error-summary")) return;
  document.title = heading.textContent;
  heading.focus({ preventScroll: true });
}

/** Back, "Step 2 of 5" and Stop, for the steps that have them. */
function top(template, kiosk, signal) {
  const { back, progress } = template.dataset;
  if (!progress) return [];
  const kept = /** @type {HTMLTemplateElement} */ (document.getElementById("step-top"));
  const bar = /** @type {HTMLElement} */ (kept.content.firstElementChild.cloneNode(true));
  bar.querySelector("[data-progress]").textContent = progress;
  const way = bar.querySelector("[data-back]");
  way.hidden = !back;
  way.addEventListener("click", () => kiosk.back(back), { signal });
  bar.querySelector("[data-stop]").addEventListener("click", () => kiosk.askToStop(), { signal });
  return [bar];
}

/** There is no form, so that no browser offers to keep it; Enter must still do its part. */
function enterIsAPress(view) {
  view.root.addEventListener(
    "keydown",
    (event) => {
      const typing = event.target.matches("input:not([type=radio], [type=checkbox])");
      if (event.key !== "Enter" || event.isComposing || !typing) return;
      event.preventDefault();
      view.find("[data-main]")?.click();
    },
    { signal: view.signal },
  );
}
