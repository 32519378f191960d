/** About this tablet: is it safe, does it keep, what waits, and what needs the manager. */

import { checkup } from "../checkup.js";
import { all, release, sorted } from "../outbox.js";
import { flush, news } from "../postman.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export async function about(kiosk, view) {
  view.on("click", "[data-main]", () => kiosk.wipe());
  const checks = await checkup();
  if (view.signal.aborted) return;
  view.say("");
  const show = () => render(kiosk, view, checks);
  news.addEventListener("answer", show, { signal: view.signal });
  await show();
}

async function render(kiosk, view, checks) {
  const entries = await all().catch(() => null);
  if (view.signal.aborted) return;
  const lists = sorted(entries ?? [], kiosk.bundle?.setting.slug ?? "");
  // A tablet that is not paired belongs to no setting, so nothing is foreign to it.
  const waiting = kiosk.bundle ? lists.waiting : (entries ?? []);
  const stuck = kiosk.bundle ? [...lists.refused, ...lists.foreign] : [];
  const rows = [...rowsOf(view, checks), waitingRow(view, entries && waiting)];
  rows.push(["edition", checks.edition, view.words("edition-says")]);
  view
    .find("[data-checks]")
    .replaceChildren(
      ...rows.map(([name, answer, says]) =>
        view.copy("check", { name: view.words(name), answer, says }),
      ),
    );
  view.find("[data-stuck]").hidden = stuck.length === 0;
  view.find("[data-letters]").replaceChildren(
    ...stuck.map((entry) => {
      const foreign = lists.foreign.includes(entry);
      return letter(view, entry, foreign, () => sendAgain(kiosk, view, checks, entry.id));
    }),
  );
}

/** @returns {[string, string, string][]} name, answer, what it means */
function rowsOf(view, { secure, worker, storage, app, clock }) {
  const yesOrNo = (name, truth) => {
    const answer = truth ? "yes" : "no";
    return [name, view.words(answer), view.words(`${name}-${answer}`)];
  };
  const mode = app ? "app" : "tab";
  return [
    yesOrNo("secure", secure),
    yesOrNo("worker", worker),
    yesOrNo("storage", storage),
    ["display", view.words(`display-${mode}`), view.words(`display-${mode}-says`)],
    clockRow(view, clock),
  ];
}

function clockRow(view, clock) {
  if (clock === null) return ["clock", view.words("unknown"), view.words("clock-unknown-says")];
  if (clock === 0) return ["clock", view.words("clock-right"), view.words("clock-right-says")];
  const answer = view.words(clock > 0 ? "clock-fast" : "clock-slow", { seconds: Math.abs(clock) });
  return ["clock", answer, view.words("clock-wrong-says")];
}

function waitingRow(view, waiting) {
  if (!waiting) return ["waiting", view.words("unknown"), view.words("waiting-unknown-says")];
  const says = waiting.length ? "waiting-some-says" : "waiting-none-says";
  const oldest = waiting.length ? moment(waiting[0].queued_at) : "";
  return ["waiting", String(waiting.length), view.words(says, { oldest })];
}

/** One sealed letter that the server would not take, or may not be asked about. */
function letter(view, entry, foreign, onAgain) {
  const { id, setting, tries, last_status: status, queued_at: queued } = entry;
  const why = view.words(foreign ? "why-foreign" : "why-refused", { status, tries, setting });
  const part = view.copy("letter", { when: moment(queued), why, id });
  const again = part.querySelector("[data-again]");
  again.hidden = foreign;
  again.addEventListener("click", onAgain);
  part.querySelector("[data-save]").addEventListener("click", () => save(entry));
  return part;
}

async function sendAgain(kiosk, view, checks, id) {
  await release(id);
  await render(kiosk, view, checks);
  flush(kiosk.bundle.setting.slug);
}

function save({ id, letter: bytes }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/hpke" }));
  link.download = `fingerpost-${id}.sealed`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {string} time RFC 3339 */
function moment(time) {
  return new Date(time).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}
