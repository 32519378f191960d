/** The agreement was published anew while somebody read it: what is different, then on to it. */

import { changes } from "../../lib/changes.js";
import { fillWithServerHtml } from "../../lib/trusted.js";
import { blocksOf } from "../blocks.js";

/** @param {any} kiosk @param {import("../view.js").View} view */
export function replaced(kiosk, view) {
  const { sitting, bundle } = kiosk;
  view.fill({ setting: bundle.setting.name });
  for (const { before, now } of sitting.replaced) {
    const { category } = sitting.person;
    const found = changes(wordsOf(before, category), wordsOf(now, category));
    const part = view.copy("agreement", { title: now.title });
    list(view, part, "fresh", found.fresh);
    list(view, part, "gone", found.gone);
    part.querySelector("[data-same]").hidden = found.fresh.length + found.gone.length > 0;
    view.find("[data-agreements]").append(part);
  }
  view.on("click", "[data-main]", () => {
    sitting.reading = sitting.toSign.indexOf(sitting.anew[0]);
    kiosk.show("read");
  });
}

/** The text and the sentence that is signed under it, in blocks. */
function wordsOf({ html, wording }, category) {
  const text = document.createElement("div");
  fillWithServerHtml(text, html);
  return [...blocksOf(text).map(({ words }) => words), wording[category] ?? ""];
}

function list(view, part, name, blocks) {
  const place = part.querySelector(`[data-${name}]`);
  place.hidden = blocks.length === 0;
  place.querySelector("ul").append(...blocks.map((words) => view.copy("block", { words })));
}
