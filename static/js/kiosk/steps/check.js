/** Everything once more, with a way to change each part, before it is sent. */

import { Pad } from "../pad.js";
import { lookForNew } from "../replaced.js";
import { seal } from "../sending.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function check(kiosk, view) {
  const { sitting, bundle } = kiosk;
  showAnswers(kiosk, view);
  showSignature(sitting, view);
  lookForNew(kiosk, view);
  view.on("click", "[data-change]", (event) => {
    const step = event.currentTarget.dataset.change;
    kiosk.show(step === "person" ? kiosk.personStep() : step);
  });
  view.on("click", "[data-main]", () => {
    seal(sitting, bundle);
    kiosk.show("saving");
  });
}

function showAnswers({ sitting, bundle }, view) {
  const { person, declaration, toSign, method, witness } = sitting;
  const seenBy = { name: witness.full_name, category: bundle.categories_words[witness.category] };
  view.fill({
    name: person.full_name,
    category: bundle.categories_words[person.category],
    organisation: person.organisation ?? "",
    declaration: view.words(`answer-${declaration.answer}`),
    typed: sitting.typedName,
    witness: method === "mark" ? view.words("witness", seenBy) : "",
  });
  view.find("[data-organisation]").hidden = !person.organisation;
  const read = bundle.agreements.filter((one) => toSign.includes(one.agreement_id));
  view
    .find("[data-agreements]")
    .append(...read.map(({ title }) => view.copy("agreement", { title })));
}

/** The same curve by the same pen, on a sheet that takes no ink. */
function showSignature({ method, drawing }, view) {
  const drawn = method !== "typed";
  const canvas = view.find("canvas");
  canvas.hidden = !drawn;
  view.find("[data-typed]").hidden = drawn;
  if (drawn) new Pad(canvas, view.signal, { drawing, locked: true });
}
