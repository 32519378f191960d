import assert from "node:assert/strict";
import test from "node:test";

import { presence, WARNING_MS } from "../../static/js/lib/idle.js";

const MINUTE = 60_000;

test("asks after the limit, and clears when no answer comes", () => {
  assert.equal(presence(MINUTE - 1, 0, MINUTE), "here");
  assert.equal(presence(MINUTE, 0, MINUTE), "warn");
  assert.equal(presence(MINUTE + WARNING_MS - 1, 0, MINUTE), "warn");
  assert.equal(presence(MINUTE + WARNING_MS, 0, MINUTE), "gone");
});

test("a tablet that slept through the question is cleared as it wakes", () => {
  assert.equal(presence(60 * MINUTE, 0, MINUTE), "gone");
});

test("a step without a limit may lie there for ever", () => {
  assert.equal(presence(1e9, 0, 0), "here");
});
