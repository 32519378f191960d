import assert from "node:assert/strict";
import test from "node:test";

import { round } from "../../static/js/kiosk/round.js";

const SETTING = "bluebells";

/** A box with letters 1, 2, 3 and a server that answers each by the next of these. */
function postOf(answers, changes = {}) {
  const letters = new Map(
    ["1", "2", "3"].map((id) => [id, { id, setting: SETTING, last_status: null, ...changes[id] }]),
  );
  const sent = [];
  const told = [];
  const box = {
    all: async () => [...letters.values()],
    remove: async (id) => void letters.delete(id),
    note: async (id, status) => void (letters.get(id).last_status = status),
  };
  const send = async ({ id }) => {
    sent.push(id);
    const { status, data = { record_id: id }, wait = 0 } = answers[sent.length - 1];
    return { status, data, wait };
  };
  const go = () => round(box, SETTING, send, (id, outcome) => told.push(`${id} ${outcome}`));
  return { go, letters, sent, told };
}

const saved = { status: 201 };

test("what the server confirms leaves the box, in the order it was signed", async () => {
  const { go, letters, sent, told } = postOf([saved, { status: 200 }, saved]);
  assert.equal(await go(), 0);
  assert.deepEqual(sent, ["1", "2", "3"]);
  assert.deepEqual(told, ["1 saved", "2 saved", "3 saved"]);
  assert.equal(letters.size, 0);
});

test("a 200 that is not about this very id keeps the letter", async () => {
  const other = { status: 200, data: { record_id: "another" } };
  const { go, letters } = postOf([other, { status: 200, data: null }, saved]);
  await go();
  assert.deepEqual([...letters.keys()], ["1", "2"]);
});

test("a refused letter stays, is not sent again, and holds up nobody", async () => {
  const { go, letters, sent } = postOf([{ status: 422 }, saved, saved, saved]);
  await go();
  await go();
  assert.deepEqual(sent, ["1", "2", "3"]);
  assert.deepEqual([...letters.values()], [{ id: "1", setting: SETTING, last_status: 422 }]);
});

test("a fault with one letter does not keep the others back", async () => {
  const { go, letters, sent } = postOf([{ status: 500 }, saved, saved]);
  await go();
  assert.deepEqual(sent, ["1", "2", "3"]);
  assert.deepEqual([...letters.keys()], ["1"]);
});

test("when the way is shut nothing more is tried, and nothing is lost", async () => {
  for (const status of [0, 401, 403, 429, 502, 503, 504]) {
    const { go, letters, sent } = postOf([{ status, data: null, wait: 7 }]);
    assert.equal(await go(), 7, String(status));
    assert.deepEqual(sent, ["1"]);
    assert.equal(letters.size, 3);
  }
});

test("letters for another setting stay until the tablet belongs to it again", async () => {
  const { go, letters, sent } = postOf([saved, saved], { 2: { setting: "little-owls" } });
  await go();
  assert.deepEqual(sent, ["1", "3"]);
  assert.deepEqual([...letters.keys()], ["2"]);
});
