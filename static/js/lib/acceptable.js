/**
 * What the server would take. Without Wi-Fi nobody is there any more when it says no, so the
 * tablet never lets somebody sign under what would be refused: these are at least as strict.
 */

const LONGEST_NAME = 100;
// Joiners hold emoji and some letters together; the other invisible signs are not sealed.
const INVISIBLE = /[^\P{C}\u200c\u200d\s]/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}]/u;
const BURIED_UNDER_MARKS = /\p{M}{5}/u;
const NOT_IN_EMAIL = String.raw`@\s\x00-\x1f\x7f<>,;`;
const EMAIL = new RegExp(`^[^${NOT_IN_EMAIL}]+@[^.${NOT_IN_EMAIL}]+(\\.[^.${NOT_IN_EMAIL}]+)+$`, "u");

/** @param {string} typed a person's or an organisation's name */
export function isName(typed) {
  const name = typed.normalize("NFC").replace(INVISIBLE, "");
  if ([...name].length > LONGEST_NAME || BURIED_UNDER_MARKS.test(name)) return false;
  return SAYS_SOMETHING.test(name);
}

/** @param {string} typed */
export function isEmail(typed) {
  return EMAIL.test(typed);
}
