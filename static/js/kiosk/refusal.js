/** Reads why a signing was not taken, and which step can mend it. */

const STEP_OF_FIELD = new Map([
  ["full_name", "person"],
  ["category", "person"],
  ["organisation", "person"],
  ["email", "person"],
  ["person", "person"],
  ["person_id", "person"],
  ["under_18", "person"],
  ["drawing", "sign"],
  ["typed_name", "sign"],
  ["method", "sign"],
  ["witness", "sign"],
  ["declaration", "declare"],
]);

// The way on leads through the later steps again, so the earliest is the one to go back to.
const IN_ORDER = /** @type {const} */ (["person", "declare", "sign"]);

/**
 * @param {any} data the JSON of a 4xx answer, or null
 * @returns {{sentences: string[], mend: "person" | "sign" | "declare" | "check",
 *   remarks: Record<string, string>}} remarks: a sentence for each field
 */
export function refusalOf(data) {
  const remarks = data?.errors ?? {};
  const errors = Object.entries(remarks);
  const sentences = errors.map(([, sentence]) => String(sentence));
  if (data?.error) sentences.push(String(data.error));
  const steps = new Set(errors.map(([field]) => STEP_OF_FIELD.get(field)));
  return { sentences, mend: IN_ORDER.find((step) => steps.has(step)) ?? "check", remarks };
}
