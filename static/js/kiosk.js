/** The tablet's one document: the list of its steps, and how it starts, stops and forgets. */

import { watchForNobody } from "./kiosk/idle.js";
import { deliverWhenever, flush, news } from "./kiosk/postman.js";
import { showStep } from "./kiosk/screen.js";
import { hear } from "./kiosk/sending.js";
import { keepBundle, keptBundle } from "./kiosk/shelf.js";
import { newSitting } from "./kiosk/sitting.js";
import { about } from "./kiosk/steps/about.js";
import { check } from "./kiosk/steps/check.js";
import { confirm } from "./kiosk/steps/confirm.js";
import { declare } from "./kiosk/steps/declare.js";
import { insecure } from "./kiosk/steps/insecure.js";
import { load } from "./kiosk/steps/load.js";
import { newcomer } from "./kiosk/steps/newcomer.js";
import { pair } from "./kiosk/steps/pair.js";
import { pause } from "./kiosk/steps/pause.js";
import { read } from "./kiosk/steps/read.js";
import { replaced } from "./kiosk/steps/replaced.js";
import { saving } from "./kiosk/steps/saving.js";
import { sign } from "./kiosk/steps/sign.js";
import { standing } from "./kiosk/steps/standing.js";
import { thanks } from "./kiosk/steps/thanks.js";
import { welcome } from "./kiosk/steps/welcome.js";
import { who } from "./kiosk/steps/who.js";
import { startWorker } from "./kiosk/worker.js";

const STEPS = {
  blank: () => {}, insecure, load, pair, welcome, about, who, confirm, newcomer,
  standing, read, replaced, pause, declare, sign, check, saving, thanks,
};

// Where the resting page's button leads while this script is still on its way.
const EARLY_TAP = "#begin";

// How long a step may lie untouched, in seconds; where nobody has begun, for ever.
const IDLE = 60;
const IDLE_WHILE_READING = 180;
const FOR_EVER = 0;
const NOBODYS = new Set(["blank", "insecure", "load", "pair", "welcome"]);

const stopping = /** @type {HTMLDialogElement} */ (document.getElementById("stop"));

const kiosk = {
  /** @type {any} the setting and its agreements, as the server last gave them */
  bundle: null,
  sitting: newSitting(),
  /** @type {any} the person found by name, until they say "that's me" */
  found: null,
  /** True when the server no longer knows this tablet. */
  lost: false,
  /** True when the server gave no answer to the last question. */
  away: false,

  /** What was kept will do: the resting page asks for news by itself, and nobody waits for it. */
  async start() {
    kiosk.bundle = await keptBundle();
    const tapped = location.hash === EARLY_TAP;
    kiosk.forget();
    kiosk.show(kiosk.bundle ? (tapped ? "who" : "welcome") : "load");
  },

  /** @param {keyof typeof STEPS} name */
  show(name) {
    showStep(name, kiosk, STEPS[name]);
  },

  /** @param {keyof typeof STEPS} name where the step's template says Back leads */
  back(name) {
    const { sitting } = kiosk;
    const earlier = document.body.dataset.step === "read" && sitting.reading > 0;
    if (earlier) sitting.reading -= 1;
    kiosk.show(earlier ? "read" : name);
  },

  /** Where to mend who somebody is: a name on file can only be picked again. */
  personStep() {
    return kiosk.sitting.person?.id ? "who" : "newcomer";
  },

  /** Goes on as this person; after somebody else, with a clean sheet: it was handed over. */
  goOnAs(person, standing, putOff = null) {
    const before = kiosk.sitting.person;
    if (before && before.id !== person.id) kiosk.sitting = newSitting();
    Object.assign(kiosk.sitting, { person, standing, putOff });
    kiosk.show("standing");
  },

  askToStop() {
    stopping.showModal();
  },

  /** The setting and its agreements came from the server: keep them for a day without Wi-Fi. */
  takeBundle(bundle) {
    kiosk.bundle = bundle;
    keepBundle(bundle);
    flush(bundle.setting.slug);
  },

  /** What was signed and not sent yet waits in the outbox for the tablet to be paired again. */
  disconnected() {
    kiosk.forget();
    kiosk.lost = true;
    kiosk.bundle = null;
    keepBundle(null);
    kiosk.show("pair");
  },

  /** Everything about the last person, wherever it may linger. */
  forget() {
    kiosk.sitting = newSitting();
    kiosk.found = null;
    stopping.close();
    getSelection()?.removeAllRanges();
    history.replaceState(null, "", location.pathname);
  },

  wipe() {
    kiosk.forget();
    kiosk.show(kiosk.bundle ? "welcome" : "load");
  },
};

stopping.querySelector("[data-carry-on]").addEventListener("click", () => stopping.close());
stopping.querySelector("[data-clear-all]").addEventListener("click", () => kiosk.wipe());

// A browser may bring a left page back as it was, so it must be empty when it is left.
addEventListener("pagehide", () => {
  kiosk.forget();
  kiosk.bundle = null;
  kiosk.show("blank");
});
addEventListener("pageshow", (event) => {
  if (event.persisted) kiosk.start();
});

/** Seconds; a signature that the tablet had no room to keep is never cleared by itself. */
function mayLieUntouched() {
  const step = document.body.dataset.step ?? "blank";
  const unsafe = kiosk.sitting.envelopes.some((one) => !one.kept && !one.receipt);
  if (NOBODYS.has(step) || (step === "saving" && unsafe)) return FOR_EVER;
  return step === "read" || step === "replaced" ? IDLE_WHILE_READING : IDLE;
}

if (isSecureContext) {
  news.addEventListener("answer", ({ detail }) => hear(kiosk.sitting, detail));
  watchForNobody(mayLieUntouched, () => kiosk.wipe());
  deliverWhenever(() => kiosk.bundle?.setting.slug);
  // The worker is for the next time; the resting page is what somebody waits for.
  kiosk.start().then(() => startWorker(() => document.body.dataset.step === "welcome"));
} else {
  kiosk.show("insecure");
}
