/** Cuts a text into its blocks (headings, paragraphs, items, cells) in the order of reading. */

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, th, td";

/**
 * @param {Element} text
 * @returns {{element: Element, words: string}[]} each with its own words, without those of the
 *   blocks inside it; what is only there for the eye (data-aside) is left out
 */
export function blocksOf(text) {
  return [...text.querySelectorAll(BLOCKS)]
    .filter((element) => !element.matches("[data-aside]"))
    .map((element) => ({ element, words: wordsOf(element).trim().replace(/\s+/g, " ") }))
    .filter(({ words }) => words);
}

/** @param {Node} node @returns {string} */
function wordsOf(node) {
  const own = [...node.childNodes].filter(
    (child) => !(child instanceof Element && child.matches(`${BLOCKS}, ul, ol, table`)),
  );
  return own.map((child) => (child.hasChildNodes() ? wordsOf(child) : said(child))).join("");
}

/** A line that breaks glues no words together. */
function said(child) {
  return child.nodeName === "BR" ? " " : child.textContent;
}
