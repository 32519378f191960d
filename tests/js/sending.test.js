import assert from "node:assert/strict";
import test from "node:test";

import { seal, send } from "../../static/js/kiosk/sending.js";
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

/** A server that answers each PUT by the next of these statuses and remembers what came. */
function serverAnswering(t, ...statuses) {
  const seen = [];
  t.mock.method(globalThis, "fetch", async (url, { body, headers }) => {
    seen.push({ id: url.split("/").at(-1), body, headers });
    const status = statuses.shift() ?? 201;
    if (status === 0) throw new TypeError("network");
    const saved = { record_id: seen.at(-1).id, code: "7K3MQ9TZ04XWB2HC" };
    return new Response(JSON.stringify(status < 300 ? saved : { error: "…" }), { status });
  });
  return seen;
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

test("one signing for each agreement: own ids, the same sitting", () => {
  const sitting = signed();
  seal(sitting, bundle);
  const [first, second] = sitting.envelopes;
  assert.ok(first.id < second.id);
  assert.equal(JSON.parse(first.body).sitting_id, JSON.parse(second.body).sitting_id);
});

test("trying again repeats the same id and the same body, whatever has changed since", async (t) => {
  const seen = serverAnswering(t, 503, 0, 401);
  const sitting = signed();
  seal(sitting, bundle);
  sitting.typedName = "changed";
  assert.equal((await send(sitting)).outcome, "again");
  assert.equal((await send(sitting)).outcome, "again");
  assert.equal((await send(sitting)).outcome, "pair");
  assert.equal((await send(sitting)).outcome, "saved");
  assert.equal(seen.length, 5);
  const [first, ...repeats] = seen.slice(0, 4);
  for (const repeat of repeats) {
    assert.equal(repeat.id, first.id);
    assert.equal(repeat.body, first.body);
  }
});

test("what is saved is not sent again, and what was refused gets a new id", async (t) => {
  const seen = serverAnswering(t, 201, 422);
  const sitting = signed();
  seal(sitting, bundle);
  assert.equal((await send(sitting)).outcome, "refused");
  seal(sitting, bundle);
  assert.equal((await send(sitting)).outcome, "saved");
  const versions = seen.map((put) => JSON.parse(put.body).version_id);
  assert.deepEqual(versions, ["version-social", "version-phones", "version-phones"]);
  assert.equal(new Set(seen.map((put) => put.id)).size, 3);
  assert.equal(sitting.envelopes.filter((envelope) => envelope.receipt).length, 2);
});

test("each attempt says who it comes from and when it was sent", async (t) => {
  const [put] = await attempt(t);
  assert.equal(put.headers["Fingerpost-Tablet"], "1");
  assert.equal(put.headers["Content-Type"], "application/json");
  assert.ok(Date.parse(put.headers["Fingerpost-Sent-At"]));
});

async function attempt(t) {
  const seen = serverAnswering(t);
  const sitting = signed();
  seal(sitting, bundle);
  await send(sitting);
  return seen;
}
