/** The smooth curve through a stroke and its thickness: the same sums as records/drawing.py. */

// Written out number by number: a finger gives 120 samples a second, and on a slow tablet a list
// for each of them costs more than all the sums.

// Thickness is drawn in steps that are too small to be seen, on the sheet as in the record.
const STEP = 0.25;
// pixels per millisecond; a faster finger is a fault of the clock.
const FASTEST = 1e6;

/** @typedef {{x: number, y: number, way: number, width: number, before: Spot, after: Spot}} Sample */
/** @typedef {{x: number, y: number}} Spot */
/** @typedef {{start: Spot, handle1: Spot, handle2: Spot, end: Spot, startWidth: number, endWidth: number}} Piece */

/** One stroke whose thickness grows with its points: a fast finger draws a thin line. */
export class Stroke {
  /** @param {any} group one of signature_pad's point groups */
  constructor(group) {
    this.group = group;
    /** @type {Sample[]} */
    this.samples = [];
    this.speed = 0;
    this.time = 0;
    for (const point of group.points) this.trace(point);
  }

  /** @param {{x: number, y: number, time: number}} point the stroke's next one */
  trace({ x, y, time }) {
    const { samples } = this;
    const last = samples[samples.length - 1];
    const sample = { x, y, way: 0, width: 0, before: { x, y }, after: { x, y } };
    if (last) {
      sample.way = Math.hypot(x - last.x, y - last.y);
      sample.width = this.width(sample.way, time);
      bend(samples[samples.length - 2] ?? last, last, sample);
      // Nothing comes after the newest yet.
      sample.before.x += (last.x - x) / 2;
      sample.before.y += (last.y - y) / 2;
    } else {
      sample.width = this.thick();
    }
    this.time = time;
    samples.push(sample);
  }

  thick() {
    return this.group.minWidth + this.group.maxWidth;
  }

  /** @param {number} way since the point before @param {number} time */
  width(way, time) {
    const { velocityFilterWeight: weight, minWidth, maxWidth } = this.group;
    const taken = Math.max(time - this.time, 0);
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
    const start = this.samples[index];
    if (this.samples.length === 1) return this.dot(start);
    const end = this.samples[index + 1];
    const { width: startWidth, after: handle1 } = start;
    const { width: endWidth, before: handle2 } = end;
    return { start, handle1, handle2, end, startWidth, endWidth };
  }

  dot(spot) {
    const width = 2 * this.group.dotSize || this.thick();
    return { start: spot, handle1: spot, handle2: spot, end: spot, startWidth: width, endWidth: width };
  }
}

/**
 * Cuts a piece where its thickness changes.
 * @param {Piece} piece
 * @returns {{width: number, start: Spot, handle1: Spot, handle2: Spot, end: Spot}[]}
 */
export function steps({ start, handle1, handle2, end, startWidth, endWidth }) {
  const change = endWidth - startWidth;
  const count = Math.ceil(Math.abs(change) / STEP) || 1;
  const parts = [];
  let rest = { width: 0, start, handle1, handle2, end };
  for (let index = 0; index < count; index += 1) {
    const part = rest;
    if (index < count - 1) rest = cut(part, 1 / (count - index));
    const width = startWidth + (change * (index + 0.5)) / count;
    part.width = Math.max(STEP, Math.round(width / STEP) * STEP);
    parts.push(part);
  }
  return parts;
}

/** Gives b its handles before and after it, on one straight line through it: so there is no kink. */
function bend(a, b, c) {
  const both = b.way + c.way;
  const share = both ? c.way / both : 0;
  // From the middle of b and c to the middle of a and b; its point at this share moves onto b.
  const x = (a.x - c.x) / 2;
  const y = (a.y - c.y) / 2;
  const { before, after } = b;
  after.x = b.x - x * share;
  after.y = b.y - y * share;
  before.x = after.x + x;
  before.y = after.y + y;
}

/** Leaves the share t of a part where it is, and gives the rest: de Casteljau's construction. */
function cut(part, t) {
  const { start, handle1, handle2, end } = part;
  const before = between(start, handle1, t);
  const bow = between(handle1, handle2, t);
  const after = between(handle2, end, t);
  const in1 = between(before, bow, t);
  const in2 = between(bow, after, t);
  const middle = between(in1, in2, t);
  part.handle1 = before;
  part.handle2 = in1;
  part.end = middle;
  return { width: 0, start: middle, handle1: in2, handle2: after, end };
}

/** @returns {Spot} */
function between(a, b, t) {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}
