import assert from "node:assert/strict";
import test from "node:test";

import { readingFrom } from "../../static/js/lib/reading.js";

const OPENED = "2026-11-24T08:45:00.000Z";
const LATER = "2026-11-24T08:47:00.000Z";

test("starts with nothing read", () => {
  assert.deepEqual(readingFrom(OPENED).facts, {
    opened_at: OPENED,
    reached_end_at: null,
    furthest: 0,
    read_aloud: false,
    text_size: "normal",
  });
});

test("the furthest point stays when somebody scrolls back", () => {
  const reading = readingFrom(OPENED);
  reading.see(100, 1100, 600, LATER);
  reading.see(100, 1100, 300, LATER);
  assert.equal(reading.facts.furthest, 0.5);
  assert.equal(reading.facts.reached_end_at, null);
});

test("the end is noted once, and a pixel short counts", () => {
  const reading = readingFrom(OPENED);
  reading.see(0, 1000, 999, LATER);
  reading.see(0, 1000, 1400, "2026-11-24T09:00:00.000Z");
  assert.equal(reading.facts.furthest, 1);
  assert.equal(reading.facts.reached_end_at, LATER);
});

test("a text below the view, or without height, is not read", () => {
  const reading = readingFrom(OPENED);
  reading.see(900, 1900, 800, LATER);
  reading.see(0, 0, 800, LATER);
  assert.equal(reading.facts.furthest, 0);
});
