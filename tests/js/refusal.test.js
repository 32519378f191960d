import assert from "node:assert/strict";
import test from "node:test";

import { refusalOf } from "../../static/js/kiosk/refusal.js";

test("leads to the earliest step that has something to mend", () => {
  const errors = { drawing: "Draw your signature.", organisation: "Say which agency." };
  assert.deepEqual(refusalOf({ errors }), {
    sentences: ["Draw your signature.", "Say which agency."],
    mend: "person",
    remarks: errors,
  });
  assert.equal(refusalOf({ errors: { typed_name: "…", declaration: "…" } }).mend, "declare");
  assert.equal(refusalOf({ errors: { drawing: "…" } }).mend, "sign");
  assert.equal(refusalOf({ errors: { witness: "…" } }).mend, "sign");
});

test("a single sentence, or a field nobody can change, leads to the summary", () => {
  const one = { sentences: ["Signed already."], mend: "check", remarks: {} };
  assert.deepEqual(refusalOf({ error: "Signed already." }), one);
  assert.equal(refusalOf({ errors: { signed_at: "…" } }).mend, "check");
});

test("an answer that is not ours still has a way on", () => {
  assert.deepEqual(refusalOf(null), { sentences: [], mend: "check", remarks: {} });
});
