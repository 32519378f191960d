/** Follows the one finger, pen or mouse that draws: the first that touches, until it leaves. */

const START = performance.timeOrigin;

/**
 * @typedef {object} Hand what is told about it; x and y count from the sheet's top left corner
 * @property {() => void} start
 * @property {(points: {x: number, y: number, time: number}[]) => void} move
 * @property {() => void} end
 * @property {() => void} drop it was the palm: what it drew is to go
 */

/** @param {HTMLElement} sheet @param {AbortSignal} signal @param {Hand} hand */
export function follow(sheet, signal, hand) {
  /** @type {PointerEvent | null} */
  let held = null;
  /** @type {DOMRect | null} where the sheet is; asking at each move would cost more than the ink */
  let corner = null;
  const moved = () => {
    corner = null;
  };
  const on = (type, act) => sheet.addEventListener(type, act, { signal, passive: false });
  const onHeld = (type, act) =>
    on(type, (event) => event.pointerId === held?.pointerId && act(event));
  const end = () => {
    held = null;
    hand.end();
  };
  const tell = (events) => {
    corner ??= sheet.getBoundingClientRect();
    hand.move(pointsOf(events, corner));
  };
  on("pointerdown", (event) => {
    if (event.button !== 0 || (held && !outranks(event, held))) return;
    if (held) hand.drop();
    held = event;
    moved();
    sheet.setPointerCapture(event.pointerId);
    hand.start();
    tell([event]);
  });
  onHeld("pointermove", (event) => tell(samplesOf(event)));
  onHeld("pointerup", (event) => {
    tell([event]);
    end();
  });
  // A cancelled contact says nothing about where it was, but what it drew before is ink.
  onHeld("pointercancel", end);
  onHeld("lostpointercapture", end);
  // The sheet is elsewhere when the tablet is turned in mid-stroke.
  addEventListener("resize", moved, { signal });
  addEventListener("scroll", moved, { signal, passive: true });
  // Otherwise Chromium swallows the first tap after a quick stroke ("I had to press twice"), and
  // an iPad takes short strokes of a pen for handwriting of its own.
  on("touchstart", consume);
  on("touchmove", consume);
}

/** A palm rests on the glass before the pen comes down; the pen is what was meant. */
function outranks(event, held) {
  return event.pointerType === "pen" && held.pointerType === "touch";
}

/** Everything the glass noticed since the last frame, where the browser tells. */
function samplesOf(event) {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length ? all : [event];
}

/** @returns {{x: number, y: number, time: number}[]} */
function pointsOf(events, { left, top }) {
  return events.map(({ clientX, clientY, timeStamp }) => ({
    x: clientX - left,
    y: clientY - top,
    time: START + timeStamp,
  }));
}

function consume(event) {
  event.preventDefault();
}
