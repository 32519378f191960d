/** Keeps count of how far down a text somebody has been: a fact about the display, no more. */

// Rounding in the browser can leave the last line a pixel short of the end.
const END = 0.995;

/**
 * @param {string} openedAt when the text came up, RFC 3339
 * @returns {{see: (top: number, bottom: number, view: number, now: string) => void,
 *   facts: {opened_at: string, reached_end_at: string | null, furthest: number,
 *     read_aloud: boolean, text_size: string}}}
 */
export function readingFrom(openedAt) {
  const facts = {
    opened_at: openedAt,
    reached_end_at: null,
    furthest: 0,
    read_aloud: false,
    text_size: "normal",
  };
  /** Top and bottom of the text and the bottom of what can be seen, all on the same scale. */
  function see(top, bottom, view, now) {
    if (bottom <= top) return;
    const share = Math.min(1, Math.max(0, (view - top) / (bottom - top)));
    const reached = share >= END ? 1 : Math.round(share * 1000) / 1000;
    facts.furthest = Math.max(facts.furthest, reached);
    if (reached === 1) facts.reached_end_at ??= now;
  }
  return { see, facts };
}
