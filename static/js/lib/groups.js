/** Cuts a code into groups of four, so that it can be read aloud and typed. */

/**
 * @param {string} code
 * @returns {string[]} the groups, without whatever stood between them
 */
export function groupsOfFour(code) {
  return code.replace(/[^0-9a-z]/gi, "").toUpperCase().match(/.{1,4}/g) ?? [];
}
