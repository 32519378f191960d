/** Runs axe-core on the page, and looks again at each text whose background it could not tell. */
async (rules) => {
  const LEAST = 4.5;
  const CONTRAST = { runOnly: { type: "rule", values: ["color-contrast"] } };
  const say = (rule, node) => [
    rule.id, node.target.join(" "), ...node.any.map((check) => check.data?.messageKey),
  ].join(" ");
  const told = (list) => list.flatMap((rule) => rule.nodes.map((node) => say(rule, node)));

  /** A colour of a style, as axe's own maths takes it. */
  function colour(text) {
    const made = new axe.commons.color.Color();
    made.parseString(text);
    return made;
  }

  /** The nearest ground that lets nothing through; over it there may be ink, and no picture. */
  function ground(element) {
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const own = colour(backgroundColor);
    return own.alpha === 1 && backgroundImage === "none" ? own : ground(element.parentElement);
  }

  /** Text over the sheet that is signed on: the canvas hides what axe would compare with. */
  function isOnTheSheet(element) {
    const box = element.getBoundingClientRect();
    const over = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return over.some((one) => one.matches(".paper > canvas")) && element.closest(".paper");
  }

  /** Words in a drawing: axe judges none of them. Ours stand beside what is drawn, not on it. */
  const isInADrawing = (element) => element instanceof SVGTextElement;

  function byHand(element) {
    const { color, fill } = getComputedStyle(element);
    const ink = colour(isInADrawing(element) ? fill : color);
    const contrast = axe.commons.color.getContrast(ground(element), ink);
    return contrast < LEAST ? [`${element.textContent}: contrast ${contrast.toFixed(2)}`] : [];
  }

  // What is well is only counted: axe need not say where each piece of it stands.
  const WANTED = { resultTypes: ["violations", "incomplete"] };
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules }, ...WANTED });
  const violations = told(found.violations);
  const undecided = found.incomplete.filter((rule) => rule.id === "color-contrast");
  const incomplete = told(found.incomplete.filter((rule) => rule.id !== "color-contrast"));
  const [left, top] = [scrollX, scrollY];
  // What the bar with the main button half covers is judged where a person reads it: clear of it.
  for (const { target } of undecided.flatMap((rule) => rule.nodes)) {
    const element = document.querySelector(target.join(" "));
    if (isInADrawing(element)) {
      violations.push(...byHand(element));
      continue;
    }
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const again = await axe.run(element, CONTRAST);
    violations.push(...told(again.violations));
    if (!again.incomplete.length) continue;
    if (isOnTheSheet(element)) violations.push(...byHand(element));
    else incomplete.push(...told(again.incomplete));
  }
  scrollTo(left, top);
  return { violations, incomplete, passes: found.passes.length };
}
