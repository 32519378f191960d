/** Judges a drawing by its samples, never by its pixels: a browser may refuse to read those. */

// A short name is small, and a cross for a mark is smaller; below this it may be a slip.
const LITTLE_LENGTH = 60;
const LITTLE_SIZE = 24;

/**
 * @param {{points: {x: number, y: number}[]}[]} groups signature_pad's point groups
 * @returns {"none" | "little" | "enough"}
 */
export function inkIn(groups) {
  const points = groups.flatMap((group) => group.points);
  if (points.length === 0) return "none";
  const across = (axis) => {
    const values = points.map((point) => point[axis]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  };
  const enough = length(groups) >= LITTLE_LENGTH && across("x") + across("y") >= LITTLE_SIZE;
  return enough ? "enough" : "little";
}

/** @param {{points: {x: number, y: number}[]}[]} groups */
function length(groups) {
  let sum = 0;
  for (const { points } of groups) {
    for (let i = 1; i < points.length; i += 1) {
      sum += Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    }
  }
  return sum;
}
