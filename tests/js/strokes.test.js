import assert from "node:assert/strict";
import test from "node:test";

import {
  MOST_POINTS,
  MOST_STROKES,
  isFull,
  keep,
  newGroup,
  room,
  toSend,
} from "../../static/js/lib/strokes.js";

const sheet = { width: 600, height: 200 };
const at = (x, y, time = 0) => ({ x, y, time });
const filled = (count) => ({ points: Array.from({ length: count }, (_, i) => at(i, 0)) });

test("a point is kept to the hundredth of a pixel, with the time to a tenth", () => {
  const group = newGroup("navy");
  assert.deepEqual(keep(group, at(12.34567, 5, 1763970000123.456), sheet), {
    x: 12.35,
    y: 5,
    time: 1763970000123.5,
  });
  assert.equal(group.points.length, 1);
});

test("only what does not move is dropped", () => {
  const group = newGroup("navy");
  keep(group, at(10, 10, 1), sheet);
  assert.equal(keep(group, at(10, 10, 2), sheet), null);
  assert.equal(keep(group, at(10.2, 10.2, 3), sheet), null);
  assert.ok(keep(group, at(10.3, 10, 4), sheet));
  assert.equal(group.points.length, 2);
});

test("a slow finger is not lost: its small ways add up", () => {
  const group = newGroup("navy");
  for (let i = 0; i <= 100; i += 1) keep(group, at(10 + i * 0.1, 10, i), sheet);
  assert.ok(group.points.length > 24);
  assert.ok(group.points.at(-1).x > 19.7);
});

test("ink off the sheet stays within what the record keeps", () => {
  const group = newGroup("navy");
  keep(group, at(-900, 50), sheet);
  keep(group, at(610, 900), sheet);
  assert.deepEqual(group.points.map(({ x, y }) => [x, y]), [[-120, 50], [610, 240]]);
});

test("the sheet is full by points or by strokes", () => {
  assert.equal(isFull([filled(MOST_POINTS - 1)]), false);
  assert.equal(room([filled(MOST_POINTS - 1)]), 1);
  assert.equal(isFull([filled(1), filled(MOST_POINTS - 1)]), true);
  assert.equal(isFull(Array.from({ length: MOST_STROKES - 1 }, () => filled(1))), false);
  assert.equal(isFull(Array.from({ length: MOST_STROKES }, () => filled(1))), true);
});

test("the fullest sheet fits into what the server takes", () => {
  const longest = at(-1234.56, -1234.56, 1763970000123.5);
  const groups = Array.from({ length: MOST_STROKES }, () => newGroup("rgb(27, 42, 65)"));
  groups[0].points = Array(MOST_POINTS).fill(longest);
  const everythingElse = 20_000;
  assert.ok(JSON.stringify(toSend(groups)).length + everythingElse < 512 * 1024);
});

test("what is sent tells nothing about pressure, whoever wrote it", () => {
  const [sent] = toSend([{ penColor: "navy", points: [{ ...at(1.23456, 2, 3), pressure: 0.7 }] }]);
  assert.deepEqual(sent, { penColor: "navy", points: [{ x: 1.23, y: 2, time: 3 }] });
});
