/** Counts a text's sections: each begins with a second-level heading. */

/**
 * @param {Element} text
 * @param {(place: number, count: number) => string} words e.g. "Section 3 of 8"
 * @returns {Element[]} the headings, each with its count above it; none when there is only one
 */
export function sectionsOf(text, words) {
  const headings = [...text.querySelectorAll("h2")];
  for (const title of text.querySelectorAll("h1")) lower(title);
  if (headings.length < 2) return [];
  headings.forEach((heading, index) => {
    const count = document.createElement("p");
    count.className = "section-count";
    count.dataset.aside = "";
    count.textContent = words(index + 1, headings.length);
    heading.before(count);
  });
  return headings;
}

/** The page has a first-level heading of its own; the text's title comes below it. */
function lower(title) {
  const heading = document.createElement("h2");
  heading.className = "text-title";
  heading.append(...title.childNodes);
  title.replaceWith(heading);
}
