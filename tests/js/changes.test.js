import assert from "node:assert/strict";
import test from "node:test";

import { changes } from "../../static/js/lib/changes.js";

test("the same text has no changes", () => {
  assert.deepEqual(changes(["One", "Two"], ["One", "Two"]), { fresh: [], gone: [] });
  assert.deepEqual(changes([], []), { fresh: [], gone: [] });
});

test("what is new, what was changed, and what is gone", () => {
  const before = ["Title", "Be kind.", "No phones.", "Sign here."];
  const now = ["Title", "Be kind always.", "No cameras.", "Sign here.", "Ask."];
  assert.deepEqual(changes(before, now), {
    fresh: ["Be kind always.", "No cameras.", "Ask."],
    gone: ["Be kind.", "No phones."],
  });
});

test("a block that only stands elsewhere has neither come nor gone", () => {
  assert.deepEqual(changes(["One", "Two", "Three"], ["Three", "One", "Two"]), {
    fresh: [],
    gone: [],
  });
});

test("a sentence that stands there once more, or once less, is told", () => {
  assert.deepEqual(changes(["Yes", "No"], ["Yes", "No", "Yes"]), { fresh: ["Yes"], gone: [] });
  assert.deepEqual(changes(["Yes", "Yes", "No"], ["Yes", "No"]), { fresh: [], gone: ["Yes"] });
});

test("everything at once: a text from nothing, and nothing from a text", () => {
  assert.deepEqual(changes([], ["One"]), { fresh: ["One"], gone: [] });
  assert.deepEqual(changes(["One"], []), { fresh: [], gone: ["One"] });
});
