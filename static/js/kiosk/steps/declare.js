/** Anything to tell the safeguarding lead? "Nothing" is an answer, and is kept as one. */

import { showProblems } from "../problems.js";
import { lookForNew } from "../replaced.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function declare(kiosk, view) {
  const { sitting } = kiosk;
  const { dsl_named: named, name } = kiosk.bundle.setting;
  view.fill({ setting: name });
  for (const part of view.all("[data-named]")) {
    if ((part.dataset.named === "yes") !== named) part.remove();
  }
  refill(view, sitting.declaration);
  askForNote(view);
  view.on("change", "[name=answer]", () => askForNote(view));
  view.on("click", "[data-main]", () => {
    const answer = view.find("[name=answer]:checked")?.value;
    const missing = { field: view.find("[name=answer]").id, sentence: view.words("choose") };
    showProblems(view, answer ? [] : [missing]);
    if (!answer) return;
    keep(view, sitting);
    kiosk.show("sign");
  });
  lookForNew(kiosk, view, () => keep(view, sitting));
}

function keep(view, sitting) {
  const answer = view.find("[name=answer]:checked")?.value;
  if (!answer) return;
  const note = view.find("#declare-note")?.value.trim() || null;
  // "I will speak to the manager" is said aloud, not written down: the tablet keeps "none".
  const kind = answer === "speak" ? "none" : answer;
  sitting.declaration = { answer, kind, note: kind === "none" ? null : note };
}

function refill(view, declaration) {
  const chosen = view.all("[name=answer]").find((one) => one.value === declaration?.answer);
  if (chosen) chosen.checked = true;
  const note = view.find("#declare-note");
  if (note) note.value = declaration?.note ?? "";
}

function askForNote(view) {
  const answer = view.find("[name=answer]:checked")?.value;
  const part = view.find("[data-note]");
  if (part) part.hidden = !answer || answer === "none";
}
