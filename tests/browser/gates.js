/** Asks the page what a person could not read, reach or hit; each answer lists the faults' words. */
(gate) => {
  const FINGER = 48;
  const PRESSED = 'a[href], button, input, select, textarea, summary, [role="button"]';
  const place = document.querySelector("dialog[open]") ?? document.body;
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest(".visually-hidden, .skip-link");
  const all = (selector) => [...place.querySelectorAll(selector)].filter(seen);
  const words = (element) =>
    (element.textContent.trim() || element.id || element.tagName).replace(/\s+/g, " ").slice(0, 40);

  const gates = {
    /** Words and things beyond the edges, or cut off by a box too narrow for them. */
    lost() {
      const room = document.documentElement;
      const wide = room.scrollWidth > room.clientWidth ? ["the page scrolls sideways"] : [];
      const out = all("*").filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const cuts = getComputedStyle(element).overflowX !== "visible" && element.tagName !== "INPUT";
        const cut = cuts && element.scrollWidth > element.clientWidth + 1;
        return cut || left < -1 || right > room.clientWidth + 1;
      });
      return [...wide, ...out.map(words)];
    },

    /** Main buttons that cannot be scrolled to where nothing covers them. */
    unreachable() {
      const mains = all(".button.main, .actions .button.wide");
      if (!mains.length) return ["there is no main button"];
      const covered = mains.filter((main) => {
        main.scrollIntoView({ block: "center", behavior: "instant" });
        const { left, top, right, bottom } = main.getBoundingClientRect();
        const corners = [[left + 8, top + 8], [right - 8, bottom - 8]];
        return !corners.every(([x, y]) => main.contains(document.elementFromPoint(x, y)));
      });
      return covered.map(words);
    },

    /** What is pressed with a finger and is smaller than one; a tick's label is pressed with it. */
    small() {
      return all(PRESSED).flatMap((element) => {
        const ticked = element.matches('[type="radio"], [type="checkbox"]');
        const { width, height } = (ticked ? element.labels[0] : element).getBoundingClientRect();
        // A layout may lose a hundredth of a pixel to rounding.
        if (Math.min(width, height) > FINGER - 0.01) return [];
        return [`${words(element)}: ${width.toFixed(1)} × ${height.toFixed(1)}`];
      });
    },
  };
  return gates[gate]();
}
