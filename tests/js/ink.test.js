import assert from "node:assert/strict";
import test from "node:test";

import { inkIn } from "../../static/js/lib/ink.js";

const line = (...pairs) => ({ points: pairs.map(([x, y]) => ({ x, y })) });

test("an empty pad has no ink", () => {
  assert.equal(inkIn([]), "none");
  assert.equal(inkIn([line()]), "none");
});

test("a dot and a slip of the finger are little", () => {
  assert.equal(inkIn([line([10, 10])]), "little");
  assert.equal(inkIn([line([10, 10], [30, 14])]), "little");
});

test("scribbling on one spot is little, however long", () => {
  const wobble = Array.from({ length: 50 }, (_, i) => [100 + (i % 2) * 5, 50]);
  assert.equal(inkIn([line(...wobble)]), "little");
});

test("a cross and a signature are enough", () => {
  assert.equal(inkIn([line([0, 0], [40, 40]), line([40, 0], [0, 40])]), "enough");
  assert.equal(inkIn([line([0, 50], [60, 10], [120, 60], [200, 40])]), "enough");
});

test("many thousand points are no trouble", () => {
  const points = Array.from({ length: 200_000 }, (_, i) => ({ x: i % 600, y: i % 200 }));
  assert.equal(inkIn([{ points }]), "enough");
});
