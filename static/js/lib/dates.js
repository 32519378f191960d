/** Says a date the way people do: "Tuesday 24 November 2026". */

const JUST_A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @param {string} value a day ("2026-11-24") or a moment (RFC 3339)
 * @param {string} timeZone where the setting is; a day without a time is the same everywhere
 * @returns {string}
 */
export function longDate(value, timeZone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: JUST_A_DAY.test(value) ? "UTC" : timeZone,
  });
  const parts = Object.fromEntries(
    format.formatToParts(new Date(value)).map((part) => [part.type, part.value]),
  );
  // Put together by hand because browsers disagree about the comma after the weekday.
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`;
}
