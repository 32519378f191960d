import assert from "node:assert/strict";
import test from "node:test";

import { follow } from "../../static/js/lib/contact.js";

const glass = new EventTarget();
globalThis.addEventListener = glass.addEventListener.bind(glass);

/** A sheet at (100, 50) whose hand writes down what it is told. */
function watched() {
  const told = [];
  const ended = new AbortController();
  const sheet = Object.assign(new EventTarget(), {
    setPointerCapture: (id) => told.push(`captured ${id}`),
    corner: { left: 100, top: 50 },
    getBoundingClientRect: () => sheet.corner,
  });
  follow(sheet, ended.signal, {
    start: () => told.push("start"),
    move: (points) => told.push(...points.map(({ x, y }) => `${x},${y}`)),
    end: () => told.push("end"),
    drop: () => told.push("drop"),
  });
  const send = (type, id, x, y, more = {}) => {
    const event = new Event(type, { cancelable: true });
    const usual = { pointerId: id, clientX: x, clientY: y, pointerType: "touch", button: 0 };
    sheet.dispatchEvent(Object.assign(event, usual, more));
    return event;
  };
  return { told, ended, send, sheet };
}

test("one finger draws from its first touch to its last", () => {
  const { told, send } = watched();
  send("pointerdown", 1, 110, 60);
  send("pointermove", 1, 120, 70, { button: -1 });
  send("pointerup", 1, 130, 80);
  send("lostpointercapture", 1, 130, 80);
  assert.deepEqual(told, ["captured 1", "start", "10,10", "20,20", "30,30", "end"]);
});

test("a second finger draws nothing and ends nothing", () => {
  const { told, send } = watched();
  send("pointerdown", 1, 110, 60);
  send("pointerdown", 2, 300, 200);
  send("pointermove", 2, 310, 210);
  send("pointerup", 2, 310, 210);
  send("pointermove", 1, 120, 70);
  assert.deepEqual(told, ["captured 1", "start", "10,10", "20,20"]);
});

test("the second finger may go on drawing nothing when the first has left", () => {
  const { told, send } = watched();
  send("pointerdown", 1, 110, 60);
  send("pointerdown", 2, 300, 200);
  send("pointerup", 1, 110, 60);
  told.length = 0;
  send("pointermove", 2, 310, 210);
  send("pointerup", 2, 310, 210);
  assert.deepEqual(told, []);
  send("pointerdown", 2, 310, 210);
  assert.deepEqual(told, ["captured 2", "start", "210,160"]);
});

test("a pen takes over from the palm that came before it", () => {
  const { told, send } = watched();
  send("pointerdown", 1, 400, 300);
  send("pointerdown", 2, 110, 60, { pointerType: "pen" });
  send("pointermove", 1, 410, 310);
  send("pointermove", 2, 120, 70, { pointerType: "pen" });
  const palm = ["captured 1", "start", "300,250"];
  assert.deepEqual(told, [...palm, "drop", "captured 2", "start", "10,10", "20,20"]);
});

test("a palm does not take over from the pen", () => {
  const { told, send } = watched();
  send("pointerdown", 2, 110, 60, { pointerType: "pen" });
  send("pointerdown", 1, 400, 300);
  assert.deepEqual(told, ["captured 2", "start", "10,10"]);
});

test("a cancelled touch ends where it was last seen", () => {
  const { told, send } = watched();
  send("pointerdown", 1, 110, 60);
  send("pointercancel", 1, 0, 0);
  send("pointermove", 1, 0, 0);
  assert.deepEqual(told, ["captured 1", "start", "10,10", "end"]);
});

test("every sample counts, where the browser tells of them", () => {
  const { told, send } = watched();
  const seen = [{ clientX: 111, clientY: 61 }, { clientX: 112, clientY: 62 }];
  send("pointerdown", 1, 110, 60);
  send("pointermove", 1, 112, 62, { getCoalescedEvents: () => seen });
  send("pointermove", 1, 113, 63, { getCoalescedEvents: () => [] });
  assert.deepEqual(told.slice(2), ["10,10", "11,11", "12,12", "13,13"]);
});

test("only the main button of a mouse draws", () => {
  const { told, send } = watched();
  send("pointerdown", 1, 110, 60, { pointerType: "mouse", button: 2 });
  send("pointermove", 1, 110, 60, { pointerType: "mouse" });
  assert.deepEqual(told, []);
});

test("a sheet that moved in mid-stroke is found again", () => {
  for (const news of ["resize", "scroll"]) {
    const { told, send, sheet } = watched();
    send("pointerdown", 1, 110, 60);
    sheet.corner = { left: 0, top: 0 };
    glass.dispatchEvent(new Event(news));
    send("pointermove", 1, 120, 70);
    assert.deepEqual(told.slice(2), ["10,10", "120,70"]);
  }
});

test("each stroke begins by asking where the sheet is", () => {
  const { told, send, sheet } = watched();
  send("pointerdown", 1, 110, 60);
  send("pointerup", 1, 110, 60);
  sheet.corner = { left: 0, top: 0 };
  send("pointerdown", 1, 110, 60);
  assert.equal(told.at(-1), "110,60");
});

test("touches are consumed until the step is over", () => {
  const { ended, send } = watched();
  assert.ok(send("touchstart", 1, 0, 0).defaultPrevented);
  assert.ok(send("touchmove", 1, 0, 0).defaultPrevented);
  ended.abort();
  assert.ok(!send("touchstart", 1, 0, 0).defaultPrevented);
});
