import assert from "node:assert/strict";
import test from "node:test";

import { answerOf, bytesOf, textOf, wanted } from "../../static/js/lib/credentials.js";

const EVERY = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test("letters and bytes go both ways, without padding or letters that addresses dislike", () => {
  for (let length = 0; length <= 256; length += 1) {
    const text = textOf(EVERY.slice(0, length).buffer);
    assert.match(text, /^[A-Za-z0-9_-]*$/);
    assert.deepEqual(bytesOf(text), EVERY.slice(0, length));
  }
});

test("what is asked for gets bytes where the browser wants them", () => {
  const asked = wanted({
    challenge: "AQI",
    user: { id: "AwQ", name: "alice@example.org" },
    excludeCredentials: [{ id: "BQY", type: "public-key" }],
    timeout: 5,
  });
  assert.deepEqual(asked.challenge, Uint8Array.of(1, 2));
  assert.deepEqual(asked.user, { id: Uint8Array.of(3, 4), name: "alice@example.org" });
  assert.deepEqual(asked.excludeCredentials, [{ id: Uint8Array.of(5, 6), type: "public-key" }]);
  assert.equal(asked.timeout, 5);
  assert.deepEqual(Object.keys(wanted({ challenge: "AQI" })), ["challenge"]);
});

test("what the device says is sent as letters, and what it does not say is left out", () => {
  const bytes = (/** @type {number[]} */ ...list) => Uint8Array.from(list).buffer;
  const said = answerOf({
    id: "AQI",
    rawId: bytes(1, 2),
    type: "public-key",
    response: { clientDataJSON: bytes(3), signature: bytes(4), userHandle: null },
  });
  assert.deepEqual(JSON.parse(said), {
    id: "AQI",
    rawId: "AQI",
    type: "public-key",
    response: { clientDataJSON: "Aw", signature: "BA" },
  });
});
