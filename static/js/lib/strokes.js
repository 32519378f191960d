/** Strokes as data, in the shape of signature_pad's toData(), and how many points they may hold. */

// The server would take 20,000 points but no body above 512 kB, and a point is about 50 bytes. At
// 120 points a second, a finger fills the sheet in more than a minute of drawing.
export const MOST_POINTS = 8_000;
export const MOST_STROKES = 500;
// Below a third of a pixel it is the glass that trembles and not the hand.
const LEAST_WAY = 0.3;
// The record keeps ink that slid off the sheet up to this share of its size, and so does the screen.
const MARGIN = 0.2;

/** @typedef {{x: number, y: number, time: number}} Point */
/** @typedef {{penColor: string, points: Point[]}} Group */

/** @param {string} penColor @returns {Group & Record<string, any>} a stroke without points yet */
export function newGroup(penColor) {
  return {
    penColor,
    dotSize: 0,
    minWidth: 0.5,
    maxWidth: 2.5,
    velocityFilterWeight: 0.7,
    compositeOperation: "source-over",
    points: [],
  };
}

/** @param {Group[]} groups @returns {number} how many points may still be added */
export function room(groups) {
  return MOST_POINTS - groups.reduce((sum, group) => sum + group.points.length, 0);
}

/** @param {Group[]} groups true when no further stroke may begin */
export function isFull(groups) {
  return room(groups) <= 0 || groups.length >= MOST_STROKES;
}

/**
 * Adds a point unless it lies where the last one is.
 * @param {Group} group
 * @param {Point} point
 * @param {{width: number, height: number}} sheet
 * @returns {Point | null} the point as it is kept
 */
export function keep(group, { x, y, time }, { width, height }) {
  const point = {
    x: rounded(within(x, width), 100),
    y: rounded(within(y, height), 100),
    time: rounded(time, 10),
  };
  const last = group.points.at(-1);
  if (last && Math.hypot(point.x - last.x, point.y - last.y) < LEAST_WAY) return null;
  group.points.push(point);
  return point;
}

/**
 * A hundredth of a pixel is finer than any finger, and halves what has to be sent.
 * @template {Group} Kept
 * @param {Kept[]} groups @returns {Kept[]} a copy
 */
export function toSend(groups) {
  return groups.map((group) => ({
    ...group,
    points: group.points.map(({ x, y, time }) => ({ x: rounded(x, 100), y: rounded(y, 100), time })),
  }));
}

function within(value, size) {
  return Math.min(Math.max(value, -MARGIN * size), (1 + MARGIN) * size);
}

function rounded(number, parts) {
  return Math.round(number * parts) / parts;
}
