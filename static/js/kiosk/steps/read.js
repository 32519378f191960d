/** The text itself, with its summary beside it; how far somebody came is noted, never forced. */

import { afterFrame } from "../../lib/after.js";
import { readingFrom } from "../../lib/reading.js";
import { fillWithServerHtml } from "../../lib/trusted.js";
import { offerAloud } from "../aloud.js";
import { offerLater } from "../later.js";
import { sectionsOf } from "../sections.js";

const SIZES = ["normal", "large", "larger"];
// More of the text than any screen shows; what is below comes after the first frame.
const AT_ONCE = 20;

/** @param {any} kiosk @param {import("../view.js").View} view */
export function read(kiosk, view) {
  const { sitting, bundle } = kiosk;
  const id = sitting.toSign[sitting.reading];
  const agreement = bundle.agreements.find((one) => one.agreement_id === id);
  view.heading.textContent = view.words("heading", { title: agreement.title });
  if (sitting.toSign.length > 1) {
    view.say("which", { place: sitting.reading + 1, count: sitting.toSign.length });
  }
  fillWithServerHtml(view.find("[data-summary]"), agreement.summary_html ?? "");
  view.find("[data-card]").hidden = !agreement.summary_html;
  const whole = document.createElement("div");
  fillWithServerHtml(whole, agreement.html);
  const reading =
    sitting.readings.get(agreement.version_id) ?? readingFrom(new Date().toISOString());
  sitting.readings.set(agreement.version_id, reading);
  showChanges(
    view,
    sitting.standing.find((one) => one.version_id === agreement.version_id)?.what_changed,
    reading.facts,
  );
  offerSizes(view, reading);
  offerLater(kiosk, view);
  const look = followReading(view, whole, reading);
  unfold(view, whole, () => {
    look();
    offerAloud(view, view.all("[data-changed], [data-text]"), reading.facts);
  });
  view.on("click", "[data-main]", () => {
    kiosk.show(onward(sitting));
  });
}

/** The next text, or the step after the last one; what was published anew is read out of turn. */
function onward(sitting) {
  const { toSign, anew, goOn } = sitting;
  if (anew.length) {
    // Whoever went back to another text still has the new one before them.
    if (toSign[sitting.reading] === anew[0]) anew.shift();
    if (anew.length === 0) return goOn;
    sitting.reading = toSign.indexOf(anew[0]);
    return "read";
  }
  if (sitting.reading === toSign.length - 1) return "declare";
  sitting.reading += 1;
  return "read";
}

/** What changed since they last signed comes first; none for whom the server does not know. */
function showChanges(view, changed, facts) {
  view.find("[data-changes]").hidden = !changed;
  view.fill({ since: changed?.since });
  fillWithServerHtml(view.find("[data-changed]"), changed?.html ?? "");
  facts.changes_shown = changed?.sha256 ?? null;
}

/** Whoever opens a long text waits for its beginning only. */
function unfold(view, whole, then) {
  const text = view.find("[data-text]");
  text.append(...[...whole.childNodes].slice(0, AT_ONCE));
  afterFrame(() => {
    text.append(...whole.childNodes);
    then();
  }, view.signal);
}

/**
 * Notes how far down the text has been on the screen, and says which section that is.
 * @param {import("../view.js").View} view
 * @param {Element} rest what is not on the page yet: until it is, nothing is noted
 * @param {ReturnType<typeof readingFrom>} reading
 * @returns {() => void} looks now
 */
function followReading(view, rest, reading) {
  const text = view.find("[data-text]");
  const sections = sectionsOf(rest, (place, count) => view.words("section", { place, count }));
  let said = 0;

  function say(place) {
    if (place === said || sections.length === 0) return;
    said = place;
    view.fill({ section: view.words("section", { place, count: sections.length }) });
  }

  function look() {
    if (rest.firstChild) return;
    const { top, bottom } = text.getBoundingClientRect();
    // What the bar covers has not been seen.
    const seen = view.find("[data-bar]").getBoundingClientRect().top;
    reading.see(top, bottom, seen, new Date().toISOString());
    const begun = sections.filter((one) => one.getBoundingClientRect().top < seen / 2).length;
    say(Math.max(1, begun));
  }

  say(1);
  addEventListener("scroll", look, { passive: true, signal: view.signal });
  addEventListener("resize", look, { signal: view.signal });
  return look;
}

function offerSizes(view, { facts }) {
  const text = view.find("[data-text]");

  function size(step) {
    const place = SIZES.indexOf(facts.text_size) + step;
    facts.text_size = SIZES[Math.min(SIZES.length - 1, Math.max(0, place))];
    text.dataset.size = facts.text_size;
    view.find("[data-smaller]").disabled = facts.text_size === SIZES[0];
    view.find("[data-larger]").disabled = facts.text_size === SIZES.at(-1);
  }

  view.on("click", "[data-smaller]", () => size(-1));
  view.on("click", "[data-larger]", () => size(1));
  size(0);
}
