import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { workerAddress } from "../../static/js/lib/trusted.js";

const SCRIPTS = new URL("../../static/js/", import.meta.url);
const DOORS = /innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write|createPolicy/;

test("HTML comes into a page through js/lib/trusted.js and nowhere else", () => {
  const files = readdirSync(SCRIPTS, { recursive: true }).filter((name) => name.endsWith(".js"));
  const using = files.filter((name) => DOORS.test(readFileSync(new URL(name, SCRIPTS), "utf8")));
  assert.deepEqual(using, ["lib/trusted.js"]);
});

test("there is one worker, and its address is fixed", () => {
  assert.equal(workerAddress(), "/service-worker.js");
});
