/** Finds a name from three letters on; the whole roll is never shown. */

import { after } from "../../lib/after.js";
import { api } from "../api.js";

const ENOUGH_LETTERS = 3;
const PAUSE = 0.25;

/** @param {any} kiosk @param {import("../view.js").View} view */
export function who(kiosk, view) {
  const input = view.find("#who-name");
  let question = new AbortController();

  function typed() {
    question.abort();
    question = new AbortController();
    const q = input.value.trim();
    kiosk.sitting.query = q;
    lookedUp(kiosk, view, true);
    if (q.length < ENOUGH_LETTERS) {
      offer(kiosk, view, []);
      view.say("");
    } else {
      after(PAUSE, () => search(kiosk, view, q, question.signal), question.signal);
    }
  }

  view.signal.addEventListener("abort", () => question.abort());
  view.on("input", "#who-name", typed);
  view.on("click", "[data-new]", () => kiosk.show("newcomer"));
  input.value = kiosk.sitting.query;
  if (input.value) typed();
}

/** The signal ends when another letter is typed or the step is left. */
async function search(kiosk, view, q, signal) {
  const json = JSON.stringify({ q });
  const { status, data } = await api("POST", "people/search", { json, signal });
  if (signal.aborted) return;
  if (status === 401) return kiosk.disconnected();
  if (!data?.people) return notLookedUp(kiosk, view, status);
  const count = data.people.length;
  offer(kiosk, view, data.people);
  view.say(["nobody", "one"][count] ?? "some", { count });
}

/** Each match is a button. */
function offer(kiosk, view, people) {
  const rows = people.map(({ id, label, category }) => {
    const row = view.copy("person", { label, category });
    row.querySelector("button").addEventListener("click", () => pick(kiosk, view, id));
    return row;
  });
  view.find("[data-people]").replaceChildren(...rows);
}

async function pick(kiosk, view, id) {
  const { status, data } = await api("GET", `people/${id}`, { signal: view.signal });
  if (view.signal.aborted) return;
  if (status === 401) {
    kiosk.disconnected();
  } else if (data?.full_name) {
    kiosk.found = data;
    kiosk.show("confirm");
  } else {
    notLookedUp(kiosk, view, status);
  }
}

/** Whoever types their name can sign all the same; the server matches it when it arrives. */
function notLookedUp(kiosk, view, status) {
  lookedUp(kiosk, view, false);
  offer(kiosk, view, []);
  view.say(status === 429 ? "busy" : "away");
}

function lookedUp(kiosk, view, could) {
  kiosk.sitting.unlooked = !could;
  view.find("[data-new]").textContent = view.words(could ? "new" : "typed");
}
