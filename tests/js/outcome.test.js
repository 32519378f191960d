import assert from "node:assert/strict";
import test from "node:test";

import { outcomeOf } from "../../static/js/lib/outcome.js";

const ID = "019a0000-0000-7000-8000-000000000001";

test("saved is only what our own server confirms for this very id", () => {
  assert.equal(outcomeOf(201, { record_id: ID }, ID), "saved");
  assert.equal(outcomeOf(200, { record_id: ID }, ID), "saved");
  assert.equal(outcomeOf(200, { record_id: "another" }, ID), "again");
  assert.equal(outcomeOf(200, null, ID), "again");
  assert.equal(outcomeOf(204, null, ID), "again");
});

test("whatever may come right later is tried again", () => {
  for (const status of [0, 302, 403, 408, 425, 429, 500, 502, 503, 504, 507]) {
    assert.equal(outcomeOf(status, null, ID), "again", String(status));
  }
});

test("a tablet that was disconnected has to be paired", () => {
  assert.equal(outcomeOf(401, { error: "…" }, ID), "pair");
});

test("what will never be taken is refused", () => {
  for (const status of [400, 404, 409, 413, 415, 422]) {
    assert.equal(outcomeOf(status, {}, ID), "refused", String(status));
  }
});
