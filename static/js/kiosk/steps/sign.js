/** The sign-off wording, and three equal ways to sign under it: draw, type, or make a mark. */

import { isName } from "../../lib/acceptable.js";
import { inkIn } from "../../lib/ink.js";
import { Pad } from "../pad.js";
import { showProblems, showRemarks } from "../problems.js";
import { wordingsFor } from "../wordings.js";

// What the server calls them, and their ids here.
const FIELDS = { drawing: "sign-pad", typed_name: "sign-typed", witness: "sign-witness" };

/** @param {any} kiosk @param {import("../view.js").View} view */
export function sign(kiosk, view) {
  const { sitting } = kiosk;
  refill(kiosk, view);
  const onStroke = () => changed(view, sitting, pad);
  const { drawing } = sitting;
  const pad = new Pad(view.find("canvas"), view.signal, { drawing, onStroke });
  onStroke();
  showRemarks(view, sitting, FIELDS);
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
  const { sitting, bundle } = kiosk;
  const { person, witness } = sitting;
  view
    .find("[data-wordings]")
    .append(...wordingsFor(kiosk).map((wording) => view.copy("wording", wording)));
  view.find("[data-under-18]").hidden = !person.under_18;
  view.fill({ name: person.full_name });
  view.find("#sign-typed").value = sitting.typedName;
  view.find("#sign-witness").value = witness.full_name;
  const category = view.find("#sign-witness-category");
  for (const [code, words] of Object.entries(bundle.categories_words)) {
    category.add(new Option(words, code));
  }
  category.value = witness.category;
  view.find(`[name=method][value=${sitting.method}]`).checked = true;
  chooseWay(view);
}

function chooseWay(view) {
  const method = view.find("[name=method]:checked").value;
  for (const way of view.all("[data-way]")) way.hidden = !way.dataset.way.includes(method);
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
  const text = (id) => view.find(id).value.trim().replace(/\s+/g, " ");
  const drawing = pad.drawing();
  sitting.drawing = drawing.groups.length ? drawing : null;
  sitting.method = view.find("[name=method]:checked").value;
  sitting.typedName = text("#sign-typed");
  sitting.witness = { full_name: text("#sign-witness"), category: text("#sign-witness-category") };
}

function mayGoOn(view, { method, drawing, typedName, witness, person }) {
  const ink = inkIn(drawing?.groups ?? []);
  const mark = method === "mark";
  const plain = (name) => name.toLowerCase();
  const faults = [
    ["sign-pad", "empty", method === "drawn" && ink === "none"],
    ["sign-typed", "untyped", method === "typed" && typedName.length < 2],
    ["sign-typed", "no-name", method === "typed" && typedName.length > 1 && !isName(typedName)],
    ["sign-pad", "unmarked", mark && ink === "none"],
    ["sign-witness", "unwitnessed", mark && witness.full_name.length < 2],
    ["sign-witness", "no-name", mark && witness.full_name.length > 1 && !isName(witness.full_name)],
    ["sign-witness", "own-witness", mark && plain(witness.full_name) === plain(person.full_name)],
    ["sign-witness-category", "witness-category", mark && !witness.category],
  ];
  const problems = faults
    .filter(([, , wrong]) => wrong)
    .map(([field, words]) => ({ field, sentence: view.words(words) }));
  showProblems(view, problems);
  if (problems.length) return false;
  // Nobody knows what a real signature looks like, so a second press always goes through.
  const warned = view.root.dataset.warned === "yes";
  if (method !== "drawn" || ink === "enough" || warned) return true;
  view.root.dataset.warned = "yes";
  view.say("little");
  return false;
}
