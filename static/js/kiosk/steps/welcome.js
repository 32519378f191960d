/** The resting page: whose tablet this is, and one button. */

import { afterFrame } from "../../lib/after.js";
import { api } from "../api.js";
import { all, sorted } from "../outbox.js";
import { news } from "../postman.js";
import { updateWhileNobodySigns } from "../worker.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function welcome(kiosk, view) {
  present(kiosk.bundle.setting, view);
  view.on("click", "[data-main]", () => kiosk.show("who"));
  view.on("click", "[data-about]", () => kiosk.show("about"));
  // Without a network the logo does not come; the mark then stands in for it.
  view.on("error", "[data-logo]", () => present({ ...kiosk.bundle.setting, logo: null }, view));
  sayWhoIsDue(kiosk, view);
  const tell = () => sayWhatWaits(kiosk, view);
  news.addEventListener("answer", tell, { signal: view.signal });
  news.addEventListener("sent", () => refresh(kiosk, view), { signal: view.signal });
  // The page itself comes first: whoever stands there can press the button meanwhile.
  afterFrame(() => {
    tell();
    refresh(kiosk, view);
    updateWhileNobodySigns();
  }, view.signal);
}

function present({ name, logo }, view) {
  view.heading.textContent = name;
  const picture = view.find("[data-logo]");
  picture.hidden = !logo;
  if (logo) picture.src = logo;
  view.find("[data-mark]").hidden = Boolean(logo);
}

/**
 * A new version may have come since the last person; without an answer the old one will do.
 * It may still come while somebody says who they are, but never while they read.
 * The server hears how many signatures are kept here, so that the manager can see it.
 */
async function refresh(kiosk, view) {
  const { waiting, refused, foreign } = await counted(kiosk.bundle.setting.slug);
  const headers = { "Fingerpost-Holding": String(waiting + refused + foreign) };
  const { status, data } = await api("GET", "bundle", { cache: "no-cache", headers });
  if (kiosk.sitting.toSign.length || !kiosk.bundle) return;
  kiosk.away = status === 0;
  if (status === 401) return kiosk.disconnected();
  if (data?.agreements) kiosk.takeBundle(data);
  if (view.signal.aborted) return;
  present(kiosk.bundle.setting, view);
  sayWhoIsDue(kiosk, view);
  sayWhatWaits(kiosk, view);
}

/** How many are due, never who; nothing when nobody is, or when an old bundle does not say. */
function sayWhoIsDue(kiosk, view) {
  const count = kiosk.bundle.people_due ?? 0;
  const line = view.find("[data-due]");
  line.hidden = !count;
  if (count) line.textContent = view.words(count === 1 ? "due-one" : "due-some", { count });
}

/** A quiet line: what waits, what needs the manager, or that there is no Wi-Fi. */
async function sayWhatWaits(kiosk, view) {
  const { waiting, refused, foreign } = await counted(kiosk.bundle.setting.slug);
  if (view.signal.aborted) return;
  const stuck = refused + foreign;
  const many = (count) => (count === 1 ? "one" : "some");
  let words = view.words(kiosk.away ? "away" : "about");
  if (waiting) words = view.words(`waiting-${many(waiting)}`, { count: waiting });
  if (stuck) words = view.words(`stuck-${many(stuck)}`, { count: stuck });
  const badge = view.find("[data-about]");
  badge.textContent = words;
  badge.classList.toggle("badge", Boolean(kiosk.away || waiting || stuck));
}

async function counted(setting) {
  try {
    const lists = Object.entries(sorted(await all(), setting));
    return Object.fromEntries(lists.map(([name, list]) => [name, list.length]));
  } catch {
    // The page about this tablet says that its storage cannot be used.
    return { waiting: 0, refused: 0, foreign: 0 };
  }
}
