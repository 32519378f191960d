/** What one person has told the tablet so far; a new one is made when they are done. */

/**
 * @typedef {object} Person
 * @property {string | null} id null for somebody who is new here
 * @property {string} full_name
 * @property {string} category
 * @property {string | null} organisation
 * @property {string | null} email
 * @property {boolean} under_18
 */

/**
 * @typedef {object} Envelope one signing, ready to send; its body never changes
 * @property {string} id
 * @property {string} agreementId
 * @property {string} title
 * @property {string} body
 * @property {any} receipt the server's answer once it is saved
 */

export function newSitting() {
  return {
    /** Set when the first signing is ready to send; the same for all of the sitting. */
    id: "",
    /** The setting it was signed for, in case the tablet is paired with another meanwhile. */
    setting: "",
    /** @type {string} what was typed to find a name */
    query: "",
    /** @type {Person | null} */
    person: null,
    /** @type {any[]} per agreement the stage and dates, from the server or made for a newcomer */
    standing: [],
    /** @type {string[]} ids of the agreements to sign */
    toSign: [],
    /** Which of them is being read. */
    reading: 0,
    /** @type {Map<string, ReturnType<import("../lib/reading.js").readingFrom>>} by version id */
    readings: new Map(),
    /** @type {{answer: string, kind: string, note: string | null} | null} */
    declaration: null,
    /** @type {"drawn" | "typed"} */
    method: "drawn",
    /** @type {{width: number, height: number, groups: any[]} | null} */
    drawing: null,
    typedName: "",
    /** @type {Envelope[]} */
    envelopes: [],
    /** @type {string[]} sentences the server gave when it could not take the signing */
    refusals: [],
  };
}
