import assert from "node:assert/strict";
import test from "node:test";

import { uuid7 } from "../../static/js/lib/uuid7.js";

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const LATER = Date.UTC(2100, 0, 1);

test("has the version and variant bits of a UUIDv7", () => {
  for (let i = 0; i < 200; i += 1) assert.match(uuid7(), SHAPE);
});

test("begins with the moment it was made", () => {
  const id = uuid7(LATER);
  assert.equal(parseInt(id.slice(0, 8) + id.slice(9, 13), 16), LATER);
});

test("keeps its order within one millisecond, even past the counter", () => {
  const ids = Array.from({ length: 9000 }, () => uuid7(LATER + 5));
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, 9000);
});

test("keeps its order when the clock is set back", () => {
  const before = uuid7(LATER + 60_000);
  assert.ok(uuid7(LATER) > before);
});
