/** The sign-off wording, and two equal ways to sign under it: draw, or type. */

import { inkIn } from "../../lib/ink.js";
import { Pad } from "../pad.js";
import { showProblems } from "../problems.js";
import { wordingsFor } from "../wordings.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function sign(kiosk, view) {
  const { sitting } = kiosk;
  refill(kiosk, view);
  const onStroke = () => changed(view, sitting, pad);
  const { drawing } = sitting;
  const pad = new Pad(view.find("canvas"), view.signal, { drawing, onStroke });
  onStroke();
  view.on("change", "[name=method]", () => {
    chooseWay(view);
    onStroke();
  });
  view.on("click", "[data-undo]", () => pad.undo());
  view.on("click", "[data-clear]", () => pad.clear());
  view.on("click", "[data-main]", () => {
    keep(view, sitting, pad);
    if (mayGoOn(view, sitting)) kiosk.show("check");
  });
}

function refill(kiosk, view) {
  const { sitting } = kiosk;
  view
    .find("[data-wordings]")
    .append(...wordingsFor(kiosk).map((wording) => view.copy("wording", wording)));
  view.fill({ name: sitting.person.full_name });
  view.find("#sign-typed").value = sitting.typedName;
  view.find(`[name=method][value=${sitting.method}]`).checked = true;
  chooseWay(view);
}

function chooseWay(view) {
  const method = view.find("[name=method]:checked").value;
  for (const way of view.all("[data-way]")) way.hidden = way.dataset.way !== method;
}

/** The ink or the way has changed: earlier remarks about it are out of date. */
function changed(view, sitting, pad) {
  keep(view, sitting, pad);
  view.find("[data-undo]").disabled = !sitting.drawing;
  view.find("[data-clear]").disabled = !sitting.drawing;
  view.say(pad.full ? "full" : "");
  showProblems(view, []);
}

function keep(view, sitting, pad) {
  const drawing = pad.drawing();
  sitting.drawing = drawing.groups.length ? drawing : null;
  sitting.method = view.find("[name=method]:checked").value;
  sitting.typedName = view.find("#sign-typed").value.trim().replace(/\s+/g, " ");
}

function mayGoOn(view, { method, drawing, typedName }) {
  const ink = inkIn(drawing?.groups ?? []);
  const problems = [];
  if (method === "drawn" && ink === "none") {
    problems.push({ field: "sign-pad", sentence: view.words("empty") });
  }
  if (method === "typed" && typedName.length < 2) {
    problems.push({ field: "sign-typed", sentence: view.words("untyped") });
  }
  showProblems(view, problems);
  if (problems.length) return false;
  // Nobody knows what a real signature looks like, so a second press always goes through.
  const warned = view.root.dataset.warned === "yes";
  if (method === "typed" || ink === "enough" || warned) return true;
  view.root.dataset.warned = "yes";
  view.say("little");
  return false;
}
