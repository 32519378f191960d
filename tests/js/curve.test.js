import assert from "node:assert/strict";
import test from "node:test";

import { Stroke, steps } from "../../static/js/lib/curve.js";
import { newGroup } from "../../static/js/lib/strokes.js";

const loops = Array.from({ length: 60 }, (_, i) => ({
  x: 100 + i * 4 + 30 * Math.cos(i / 2),
  y: 100 + 40 * Math.sin(i / 2),
  time: i * 8,
}));
const group = (points) => ({ ...newGroup("navy"), points });
const xy = ({ x, y }) => [x, y];
const pieces = (stroke) => Array.from({ length: stroke.length }, (_, i) => stroke.piece(i));

test("the curve meets every point, the last as well", () => {
  const drawn = pieces(new Stroke(group(loops)));
  const spots = [drawn[0].start, ...drawn.map((piece) => piece.end)];
  assert.deepEqual(spots.map(xy), loops.map(xy));
});

test("no joint has a kink", () => {
  const angle = (from, to) => Math.atan2(to.y - from.y, to.x - from.x);
  const drawn = pieces(new Stroke(group(loops)));
  for (const [i, after] of drawn.slice(1).entries()) {
    const turn = angle(drawn[i].handle2, drawn[i].end) - angle(after.start, after.handle1);
    assert.ok(Math.abs(Math.sin(turn / 2)) < 1e-9, `joint ${i} turns by ${turn}`);
  }
});

test("point by point gives the same as all at once", () => {
  const slowly = new Stroke(group([]));
  for (const point of loops) slowly.trace(point);
  assert.deepEqual(pieces(slowly), pieces(new Stroke(group(loops))));
});

test("a next point changes the newest piece and no other", () => {
  const stroke = new Stroke(group(loops.slice(0, 10)));
  const before = structuredClone(pieces(stroke));
  stroke.trace(loops[10]);
  assert.deepEqual(pieces(stroke).slice(0, 8), before.slice(0, 8));
  assert.notDeepEqual(stroke.piece(8), before[8]);
});

test("a faster finger draws a thinner line", () => {
  const line = (way) => group([0, 1, 2, 3].map((i) => ({ x: i * way, y: 0, time: i * 8 })));
  const last = (stroke) => stroke.samples.at(-1).width;
  assert.ok(last(new Stroke(line(40))) < last(new Stroke(line(4))));
});

test("a dot is a piece that stays where it is", () => {
  const [dot, ...more] = pieces(new Stroke(group([{ x: 5, y: 6, time: 7 }])));
  assert.deepEqual([more.length, xy(dot.start), xy(dot.end), dot.endWidth], [0, [5, 6], [5, 6], 3]);
});

test("a piece is cut where its thickness changes, and nowhere is a gap", () => {
  const [piece] = pieces(new Stroke(group([loops[0], { x: 300, y: 20, time: 40 }])));
  const parts = steps({ ...piece, startWidth: 3, endWidth: 1.9 });
  assert.deepEqual(parts.map(({ width }) => width), [3, 2.75, 2.5, 2.25, 2]);
  assert.deepEqual(xy(parts[0].start), xy(piece.start));
  for (const [i, part] of parts.slice(1).entries()) {
    assert.deepEqual(xy(part.start), xy(parts[i].end));
  }
  assert.deepEqual(xy(parts.at(-1).end), xy(piece.end));
});
