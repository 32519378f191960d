/** Somebody who is new here says who they are. */

import { isEmail, isName } from "../../lib/acceptable.js";
import { showProblems, showRemarks } from "../problems.js";

// What the server calls them, and their ids here.
const FIELDS = {
  full_name: "newcomer-name",
  category: "newcomer-category",
  organisation: "newcomer-organisation",
  email: "newcomer-email",
};

/** @param {any} kiosk @param {import("../view.js").View} view */
export function newcomer(kiosk, view) {
  const { sitting, bundle } = kiosk;
  offerCategories(view, bundle);
  refill(view, sitting);
  askForOrganisation(view);
  view.on("change", "[name=category]", () => askForOrganisation(view));
  showRemarks(view, sitting, FIELDS);
  view.on("click", "[data-main]", () => {
    const person = answers(view);
    const problems = problemsIn(view, person);
    showProblems(view, problems);
    if (problems.length) return;
    const stage = sitting.unlooked ? "unknown" : "none";
    kiosk.goOnAs(person, agreementsFor(bundle, person.category, stage));
  });
}

/** Only the categories that have something to sign, in the order of the house. */
function offerCategories(view, bundle) {
  const needed = new Set(bundle.agreements.flatMap((agreement) => agreement.categories));
  const codes = Object.keys(bundle.categories_words).filter((code) => needed.has(code));
  codes.forEach((code, place) => {
    const choice = view.copy("category", { category: bundle.categories_words[code] });
    const input = choice.querySelector("input");
    input.value = code;
    // The first one is where the error summary leads to.
    if (place === 0) input.id = "newcomer-category";
    view.find("[data-categories]").append(choice);
  });
}

function refill(view, { person: before, query }) {
  // Somebody found by name says they are somebody else: nothing of the first may show.
  const person = before?.id ? null : before;
  view.find("#newcomer-name").value = person?.full_name ?? query;
  view.find("#newcomer-organisation").value = person?.organisation ?? "";
  view.find("#newcomer-email").value = person?.email ?? "";
  view.find("#newcomer-under-18").checked = person?.under_18 ?? false;
  const chosen = view.all("[name=category]").find((input) => input.value === person?.category);
  if (chosen) chosen.checked = true;
}

/** An agency and a college are part of who somebody is; nobody else is asked. */
function askForOrganisation(view) {
  const category = view.find("[name=category]:checked")?.value;
  for (const label of view.all("[data-asks]")) label.hidden = label.dataset.asks !== category;
  const asked = view.all("[data-asks]").some((label) => !label.hidden);
  view.find("[data-organisation]").hidden = !asked;
}

function answers(view) {
  const text = (id) => view.find(id).value.trim().replace(/\s+/g, " ");
  const asked = !view.find("[data-organisation]").hidden;
  return {
    id: null,
    full_name: text("#newcomer-name"),
    category: view.find("[name=category]:checked")?.value ?? "",
    organisation: (asked && text("#newcomer-organisation")) || null,
    email: text("#newcomer-email") || null,
    under_18: view.find("#newcomer-under-18").checked,
  };
}

function problemsIn(view, person) {
  const asked = !view.find("[data-organisation]").hidden;
  const { full_name: name, category, organisation, email } = person;
  const faults = [
    ["newcomer-name", "name", name.length < 2],
    ["newcomer-name", "no-name", name.length > 1 && !isName(name)],
    ["newcomer-category", "category", !category],
    ["newcomer-organisation", `organisation-${category}`, asked && !organisation],
    ["newcomer-organisation", "no-name", organisation && !isName(organisation)],
    ["newcomer-email", "email", email && !isEmail(email)],
  ];
  return faults
    .filter(([, , wrong]) => wrong)
    .map(([field, words]) => ({ field, sentence: view.words(words) }));
}

function agreementsFor(bundle, category, stage) {
  return bundle.agreements
    .filter((agreement) => agreement.categories.includes(category))
    .map(({ agreement_id, version_id, title }) => ({
      agreement_id,
      version_id,
      title,
      stage,
      due_on: null,
      signed_at: null,
    }));
}
