import assert from "node:assert/strict";
import test from "node:test";

import { hear, seal } from "../../static/js/kiosk/sending.js";
import { newSitting } from "../../static/js/kiosk/sitting.js";
import { readingFrom } from "../../static/js/lib/reading.js";

const agreements = ["social", "phones"].map((name) => ({
  agreement_id: `agreement-${name}`,
  version_id: `version-${name}`,
  title: name,
}));
const bundle = { setting: { slug: "little-acorns" }, agreements };
const sian = {
  full_name: "Siân Llewellyn",
  category: "agency_worker",
  organisation: "Bright Staff Ltd",
  email: null,
  under_18: false,
};
const drawing = { width: 600, height: 200, groups: [{ points: [{ x: 1, y: 2, time: 3 }] }] };

function signed(person = { id: null, ...sian }) {
  const sitting = newSitting();
  return Object.assign(sitting, {
    person,
    drawing,
    toSign: agreements.map((one) => one.agreement_id),
    readings: new Map(
      agreements.map((one) => [one.version_id, readingFrom("2026-11-24T08:45:00.000Z")]),
    ),
    declaration: { answer: "speak", kind: "none", note: null },
  });
}

test("the body is what the contract says", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const body = JSON.parse(sitting.envelopes[0].body);
  const { sitting_id: sittingId, signed_at: signedAt, ...rest } = body;
  assert.match(sittingId, /^[0-9a-f-]{36}$/);
  assert.equal(new Date(signedAt).toISOString(), signedAt);
  assert.deepEqual(rest, {
    format: 1,
    version_id: "version-social",
    person_id: null,
    person: sian,
    method: "drawn",
    drawing,
    typed_name: null,
    witness: null,
    declaration: { kind: "none", note: null },
    reading: {
      opened_at: "2026-11-24T08:45:00.000Z",
      reached_end_at: null,
      furthest: 0,
      read_aloud: false,
      text_size: "normal",
    },
  });
});

test("a name on file goes by its id alone, and a typed name takes no drawing with it", () => {
  const sitting = signed({ id: "person-1", ...sian });
  Object.assign(sitting, { method: "typed", typedName: "Siân Llewellyn" });
  seal(sitting, bundle);
  const body = JSON.parse(sitting.envelopes[0].body);
  assert.equal(body.person_id, "person-1");
  assert.equal(body.person, null);
  assert.equal(body.drawing, null);
  assert.equal(body.typed_name, "Siân Llewellyn");
});

test("a mark takes its drawing and its witness with it, and no typed name", () => {
  const witness = { full_name: "Priya Raman", category: "employee" };
  const sitting = Object.assign(signed(), { method: "mark", typedName: "Siân", witness });
  seal(sitting, bundle);
  const body = JSON.parse(sitting.envelopes[0].body);
  assert.deepEqual([body.method, body.witness, body.drawing], ["mark", witness, drawing]);
  assert.equal(body.typed_name, null);
});

test("a witness typed and then not needed is not sent", () => {
  const witness = { full_name: "Priya Raman", category: "employee" };
  for (const method of ["drawn", "typed"]) {
    const sitting = Object.assign(signed(), { method, typedName: "Siân", witness });
    seal(sitting, bundle);
    assert.equal(JSON.parse(sitting.envelopes[0].body).witness, null);
  }
});

test("one signing for each agreement: own ids, the same sitting", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const [first, second] = sitting.envelopes;
  assert.ok(first.id < second.id);
  assert.equal(JSON.parse(first.body).sitting_id, JSON.parse(second.body).sitting_id);
});

test("what was sealed is never minted again, whatever has changed since", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const [first, second] = sitting.envelopes.map(({ id, body }) => ({ id, body }));
  sitting.typedName = "changed";
  seal(sitting, bundle);
  assert.deepEqual(sitting.envelopes.map(({ id, body }) => ({ id, body })), [first, second]);
});

test("only what was refused is signed anew, in place of the refused one", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const [saved, refused] = sitting.envelopes.map(({ id }) => id);
  hear(sitting, { id: saved, outcome: "saved", data: { code: "7K3MQ9TZ04XWB2HC" } });
  hear(sitting, { id: refused, outcome: "refused", data: { errors: {} } });
  seal(sitting, bundle);
  const [stays, mended] = sitting.envelopes;
  assert.equal(sitting.envelopes.length, 2);
  assert.equal(stays.id, saved);
  assert.notEqual(mended.id, refused);
  assert.equal(mended.instead, refused);
  assert.equal(JSON.parse(mended.body).version_id, "version-phones");
});

test("what waits for the network is not signed a second time while another part is mended", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const [refused, waiting] = sitting.envelopes.map(({ id }) => id);
  hear(sitting, { id: refused, outcome: "refused", data: null });
  hear(sitting, { id: waiting, outcome: "again", data: null });
  seal(sitting, bundle);
  assert.ok(sitting.envelopes.some(({ id }) => id === waiting));
  assert.equal(sitting.envelopes.length, 2);
});

test("an answer about somebody else's signing changes nothing here", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const before = structuredClone(sitting.envelopes);
  hear(sitting, { id: "of the person before", outcome: "saved", data: {} });
  assert.deepEqual(sitting.envelopes, before);
});
