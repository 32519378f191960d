/** The smooth curve through a stroke and its thickness: the same sums as records/drawing.py. */

// Thickness is drawn in steps that are too small to be seen, on the sheet as in the record.
const STEP = 0.25;
// pixels per millisecond; a faster finger is a fault of the clock.
const FASTEST = 1e6;

/** @typedef {[number, number]} Spot */
/** @typedef {[number, number, number]} Sample x, y and the line's thickness */
/** @typedef {{start: Spot, handle1: Spot, handle2: Spot, end: Spot, startWidth: number, endWidth: number}} Piece */

/** One stroke whose thickness grows with its points: a fast finger draws a thin line. */
export class Stroke {
  /** @param {any} group one of signature_pad's point groups */
  constructor(group) {
    this.group = group;
    /** @type {Sample[]} */
    this.samples = [];
    this.speed = 0;
    this.last = null;
    for (const point of group.points) this.trace(point);
  }

  /** @param {{x: number, y: number, time: number}} point the stroke's next one */
  trace(point) {
    this.samples.push([point.x, point.y, this.last ? this.width(point) : this.thick()]);
    this.last = point;
  }

  thick() {
    return this.group.minWidth + this.group.maxWidth;
  }

  width(point) {
    const { velocityFilterWeight: weight, minWidth, maxWidth } = this.group;
    const way = Math.hypot(point.x - this.last.x, point.y - this.last.y);
    const taken = Math.max(point.time - this.last.time, 0);
    const pace = taken ? Math.min(way / taken, FASTEST) : 0;
    this.speed = weight * pace + (1 - weight) * this.speed;
    return 2 * Math.max(maxWidth / (this.speed + 1), minWidth);
  }

  /** How many pieces there are: a dot is one piece that stays where it is. */
  get length() {
    return Math.max(this.samples.length - 1, 1);
  }

  /** @param {number} index @returns {Piece} the last one may still change with the next point */
  piece(index) {
    const { samples } = this;
    if (samples.length === 1) return this.dot();
    const b = samples[index];
    const c = samples[index + 1];
    const after = handles(samples[index - 1] ?? b, b, c)[1];
    const before = handles(b, c, samples[index + 2] ?? c)[0];
    const [start, end] = [b, c].map(([x, y]) => /** @type {Spot} */ ([x, y]));
    return { start, handle1: after, handle2: before, end, startWidth: b[2], endWidth: c[2] };
  }

  dot() {
    const [x, y] = this.samples[0];
    const width = 2 * this.group.dotSize || this.thick();
    const [start, handle1, handle2, end] = [0, 1, 2, 3].map(() => /** @type {Spot} */ ([x, y]));
    return { start, handle1, handle2, end, startWidth: width, endWidth: width };
  }
}

/**
 * Cuts a piece where its thickness changes.
 * @param {Piece} piece
 * @returns {{width: number, curve: Spot[]}[]} start, two handles and end of each part
 */
export function steps({ start, handle1, handle2, end, startWidth, endWidth }) {
  const change = endWidth - startWidth;
  const count = Math.max(1, Math.ceil(Math.abs(change) / STEP));
  const parts = [];
  let rest = [start, handle1, handle2, end];
  for (let index = 0; index < count; index += 1) {
    const width = startWidth + (change * (index + 0.5)) / count;
    const [curve, after] = cut(rest, 1 / (count - index));
    parts.push({ width: Math.max(STEP, Math.round(width / STEP) * STEP), curve });
    rest = after;
  }
  return parts;
}

/** The handles before and after b, on one straight line through it: so there is no kink. */
function handles(a, b, c) {
  const m1 = between(a, b, 0.5);
  const m2 = between(b, c, 0.5);
  const near = Math.hypot(a[0] - b[0], a[1] - b[1]);
  const far = Math.hypot(b[0] - c[0], b[1] - c[1]);
  const middle = between(m2, m1, near + far ? far / (near + far) : 0);
  const shift = ([x, y]) => /** @type {Spot} */ ([x + b[0] - middle[0], y + b[1] - middle[1]]);
  return [shift(m1), shift(m2)];
}

/** De Casteljau's construction. */
function cut(curve, t) {
  if (t === 1) return [curve, []];
  const [p0, p1, p2, p3] = curve;
  const [p01, p12, p23] = [between(p0, p1, t), between(p1, p2, t), between(p2, p3, t)];
  const [p012, p123] = [between(p01, p12, t), between(p12, p23, t)];
  const middle = between(p012, p123, t);
  return [[p0, p01, p012, middle], [middle, p123, p23, p3]];
}

/** @returns {Spot} */
function between(a, b, t) {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}
