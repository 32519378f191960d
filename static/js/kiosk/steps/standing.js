/** Where somebody stands: up to date, or what there is to sign today. */

import { longDate } from "../../lib/dates.js";
import { offerLater } from "../later.js";

const UP_TO_DATE = new Set(["current", "soon"]);

/** @param {any} kiosk @param {import("../view.js").View} view */
export function standing(kiosk, view) {
  const { standing: all, putOff } = kiosk.sitting;
  const open = all.filter((one) => one.anew || !UP_TO_DATE.has(one.stage));
  const shown = open.length ? open : all;
  const state = all.length === 0 ? "nothing" : open.length ? "open" : "current";
  const headings = { nothing: "nothing", current: "current", open: open.length > 1 ? "many" : "one" };
  view.heading.textContent = view.words(headings[state], { count: open.length });
  for (const part of view.all("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(state);
  }
  view.find("[data-soon]").hidden = open.length > 0 || !all.some((one) => one.stage === "soon");
  view.find("[data-agreements]").append(...shown.map((one) => row(kiosk, view, one)));
  for (const greeting of view.all("[data-put-off]")) {
    greeting.hidden = greeting.dataset.putOff !== putOff;
  }
  offerLater(kiosk, view);
  view.on("click", "[data-done]", () => kiosk.wipe());
  view.on("click", "[data-begin]", () => {
    kiosk.sitting.toSign = shown.map((one) => one.agreement_id);
    kiosk.sitting.reading = 0;
    kiosk.sitting.anew = [];
    kiosk.show("read");
  });
}

/** One agreement with its dates, as a sentence. */
function row(kiosk, view, { title, stage, anew, due_on: due, signed_at: signed }) {
  const zone = kiosk.bundle.setting.time_zone;
  const asked = anew && UP_TO_DATE.has(stage) ? "anew" : stage;
  const said = signed || stage === "unknown" ? asked : "unsigned";
  const dates = view.words(`dates-${said}`, {
    due: due ? longDate(due, zone) : "",
    signed: signed ? longDate(signed, zone) : "",
  });
  const item = view.copy("agreement", { title, dates });
  for (const tag of item.querySelectorAll("[data-stage]")) {
    tag.hidden = tag.dataset.stage !== stage;
  }
  return item;
}
