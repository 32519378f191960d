import assert from "node:assert/strict";
import test from "node:test";

import { longDate } from "../../static/js/lib/dates.js";

test("says a day in full", () => {
  assert.equal(longDate("2026-11-24", "Europe/London"), "Tuesday 24 November 2026");
});

test("a day is the same day wherever the setting is", () => {
  for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"]) {
    assert.equal(longDate("2028-02-29", zone), "Tuesday 29 February 2028");
  }
});

test("a moment falls on the setting's own day", () => {
  const lateSummerEvening = "2026-07-01T23:30:00+00:00";
  assert.equal(longDate(lateSummerEvening, "Europe/London"), "Thursday 2 July 2026");
  assert.equal(longDate(lateSummerEvening, "America/New_York"), "Wednesday 1 July 2026");
});
