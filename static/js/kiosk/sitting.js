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
 * @typedef {object} Envelope one signing; its body never changes
 * @property {string} id
 * @property {string} agreementId
 * @property {string} title
 * @property {string} body empty once it is kept, sealed, in the outbox
 * @property {Uint8Array | null} letter the sealed body, until it is kept
 * @property {string | null} instead the refused signing that this one mends
 * @property {boolean} kept
 * @property {string} outcome of the newest attempt to send it, if there was one
 * @property {any} receipt the server's answer once it is saved
 * @property {any} refusal the server's reasons, if it can never be taken
 */

export function newSitting() {
  return {
    /** Set when the first signing is ready to send; the same for all of the sitting. */
    id: "",
    /** The setting it was signed for. */
    setting: "",
    /** @type {string} what was typed to find a name */
    query: "",
    /** True when names could not be looked up, so nobody knows whether they signed before. */
    unlooked: false,
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
    /** @type {"drawn" | "typed" | "mark"} */
    method: "drawn",
    /** @type {{width: number, height: number, groups: any[]} | null} */
    drawing: null,
    typedName: "",
    /** Who saw the mark being made. */
    witness: { full_name: "", category: "" },
    /** @type {Record<string, string>} what the server would not take, until it is shown */
    remarks: {},
    /** @type {string | null} what they put off when they were here before */
    putOff: null,
    /** @type {{id: string, kind: string} | null} what they put off now */
    pause: null,
    /** @type {{before: any, now: any, html?: string}[]} agreements that were published anew meanwhile */
    replaced: [],
    /** @type {string[]} ids of those that are to be read anew, and the step to go on with then */
    anew: [],
    goOn: "",
    /** @type {Envelope[]} */
    envelopes: [],
  };
}
