/** When nobody has touched the tablet for so long that they have probably left. */

// Long enough to come back from a child who fell over; WCAG asks for at least 20 seconds.
export const WARNING_MS = 25_000;

/**
 * @param {number} now milliseconds, by a clock that goes on while the tablet sleeps
 * @param {number} last when somebody last did something
 * @param {number} limit milliseconds without anybody until the warning; 0: never
 * @returns {"here" | "warn" | "gone"}
 */
export function presence(now, last, limit) {
  if (limit === 0) return "here";
  const quiet = now - last;
  if (quiet >= limit + WARNING_MS) return "gone";
  return quiet >= limit ? "warn" : "here";
}
