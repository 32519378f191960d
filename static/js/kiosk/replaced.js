/** Notices that somebody reads an agreement while the manager publishes its next version. */

import { api } from "./api.js";

/**
 * Asks quietly, and shows what was replaced; without an answer they sign what they have read.
 * @param {any} kiosk
 * @param {import("./view.js").View} view
 * @param {() => void} [keep] keeps what was typed on this step
 */
export async function lookForNew(kiosk, view, keep = () => {}) {
  const { data } = await api("GET", "bundle", { signal: view.signal, cache: "no-cache" });
  if (view.signal.aborted || !data?.agreements) return;
  const pairs = replacedIn(kiosk, data);
  if (pairs.length === 0) return;
  const { sitting } = kiosk;
  for (const pair of pairs) {
    const [now, before] = [pair.now.version_id, pair.before.version_id];
    const path = `agreements/${now}/changes/${before}?category=${sitting.person.category}`;
    const answer = await api("GET", path, { signal: view.signal });
    if (view.signal.aborted || answer.status !== 200) return;
    pair.html = answer.data.html;
  }
  keep();
  sitting.replaced = pairs;
  sitting.anew = pairs.map(({ now }) => now.agreement_id);
  sitting.goOn = document.body.dataset.step ?? "";
  kiosk.takeBundle(data);
  kiosk.show("replaced");
}

/** What this person read and its next version; none unless all can still be signed by them. */
function replacedIn({ sitting, bundle }, { agreements }) {
  const pairs = sitting.toSign.map((id) => ({
    before: bundle.agreements.find((one) => one.agreement_id === id),
    now: agreements.find((one) => one.agreement_id === id),
  }));
  // A version that was published stays acceptable, so nobody is stopped in mid-sentence.
  if (pairs.some(({ now }) => !now?.wording[sitting.person.category])) return [];
  return pairs.filter(({ before, now }) => before.version_id !== now.version_id);
}
