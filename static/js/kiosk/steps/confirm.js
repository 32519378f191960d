/** "Is this you?": the full name that will be sealed, before anything else happens. */

/** @param {any} kiosk @param {import("../view.js").View} view */
export function confirm(kiosk, view) {
  const { found } = kiosk;
  view.fill({
    name: found.full_name,
    category: found.category_words,
    organisation: found.organisation ?? "",
  });
  view.on("click", "[data-no]", () => kiosk.show("who"));
  view.on("click", "[data-main]", () => {
    const person = {
      id: found.id,
      full_name: found.full_name,
      category: found.category,
      organisation: found.organisation,
      email: null,
      under_18: found.under_18,
    };
    kiosk.goOnAs(person, found.agreements, found.pause);
  });
}
