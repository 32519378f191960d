import assert from "node:assert/strict";
import test from "node:test";

import { fit } from "../../static/js/lib/fit.js";

const drawn = [{ penColor: "navy", points: [{ x: 0, y: 20, time: 1 }, { x: 800, y: 200, time: 2 }] }];

test("a drawing that fits stays as it is", () => {
  assert.equal(fit(drawn, 800, 300), drawn);
  assert.equal(fit([], 10, 10).length, 0);
});

test("a narrower pad makes the whole curve smaller, alike in both directions", () => {
  const [group] = fit(drawn, 400, 300);
  assert.equal(group.penColor, "navy");
  assert.deepEqual(group.points, [{ x: 0, y: 10, time: 1 }, { x: 400, y: 100, time: 2 }]);
});

test("turning to and fro shrinks it once only", () => {
  const once = fit(drawn, 400, 300);
  assert.deepEqual(fit(fit(once, 900, 200), 400, 300), once);
});
