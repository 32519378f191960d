/** Sends the signings and waits; whatever goes wrong, what was signed is still here. */

import { refusalOf } from "../refusal.js";
import { send } from "../sending.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function saving(kiosk, view) {
  const { sitting, bundle } = kiosk;
  view.on("click", "[data-again]", () => attempt(kiosk, view));
  view.on("click", "[data-pair]", () => {
    kiosk.lost = true;
    kiosk.show("pair");
  });
  view.on("click", "[data-give-up]", () => kiosk.askToStop());
  if (sitting.setting === bundle.setting.slug) {
    attempt(kiosk, view);
  } else {
    view.fill({ setting: bundle.setting.name });
    turnTo(view, "elsewhere");
  }
}

async function attempt(kiosk, view) {
  turnTo(view, "busy");
  const { outcome, data } = await send(kiosk.sitting);
  if (view.signal.aborted) return;
  if (outcome === "saved") {
    kiosk.show("thanks");
  } else if (outcome === "refused") {
    refused(kiosk, view, data);
  } else {
    turnTo(view, outcome);
  }
}

/** One page, several states: each has its own heading, which takes the focus. */
function turnTo(view, state) {
  for (const part of view.all("[data-state]")) part.hidden = part.dataset.state !== state;
  view.heading.textContent = view.words(`heading-${state}`);
  document.title = view.heading.textContent;
  view.heading.focus();
}

function refused(kiosk, view, data) {
  const { sentences, mend } = refusalOf(data);
  turnTo(view, "refused");
  const list = view.find("[data-sentences]");
  const said = sentences.length ? sentences : [view.words("no-reason")];
  list.replaceChildren(
    ...said.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
  view.on("click", "[data-mend]", () => {
    kiosk.show(mend === "person" ? kiosk.personStep() : mend);
  });
}
