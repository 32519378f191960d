import assert from "node:assert/strict";
import test from "node:test";

import { groupsOfFour } from "../../static/js/lib/groups.js";

test("cuts a check code into four groups", () => {
  assert.deepEqual(groupsOfFour("7K3MQ9TZ04XWB2HC"), ["7K3M", "Q9TZ", "04XW", "B2HC"]);
});

test("takes no notice of the dashes and spaces already there", () => {
  assert.deepEqual(groupsOfFour("bcdf-ghjk"), ["BCDF", "GHJK"]);
  assert.deepEqual(groupsOfFour(" 7K3M Q9 "), ["7K3M", "Q9"]);
});

test("nothing gives nothing", () => {
  assert.deepEqual(groupsOfFour(""), []);
});
