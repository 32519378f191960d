/** The sheet of paper to sign on: keeps the strokes as data and redraws them when it is turned. */

import { follow } from "../lib/contact.js";
import { Stroke } from "../lib/curve.js";
import { fit } from "../lib/fit.js";
import { Paper } from "../lib/paper.js";
import { isFull, keep, newGroup, room, toSend } from "../lib/strokes.js";

const SHOWN_WITH_MARGIN = 12;

/** @typedef {{width: number, height: number, groups: any[]}} Drawing */

export class Pad {
  /**
   * @param {HTMLCanvasElement} canvas its size comes from the style sheet, its ink from its colour
   * @param {AbortSignal} signal ends with the step
   * @param {{drawing?: Drawing | null, locked?: boolean, onStroke?: () => void}} [options]
   *   locked: the sheet only shows, it takes no ink
   */
  constructor(canvas, signal, { drawing, locked = false, onStroke = () => {} } = {}) {
    this.canvas = canvas;
    this.paper = new Paper(canvas);
    this.onStroke = onStroke;
    this.margin = locked ? SHOWN_WITH_MARGIN : 0;
    this.width = drawing?.width ?? 0;
    this.height = drawing?.height ?? 0;
    this.groups = structuredClone(drawing?.groups ?? []);
    /** @type {Stroke | null} the one that is being drawn; its group is the last */
    this.live = null;
    if (!locked) follow(canvas, signal, this);
    const sizes = new ResizeObserver(() => this.turn());
    sizes.observe(canvas);
    signal.addEventListener("abort", () => {
      sizes.disconnect();
      this.show([]);
    });
  }

  /** The sheet has another size, perhaps in the middle of a stroke, which then goes on. */
  turn() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    // Hidden while somebody types instead: the sheet keeps the size it had.
    if (width === 0) return;
    Object.assign(this, { width, height });
    this.paper.size(width, height);
    this.groups = fit(this.groups, width - this.margin, height - this.margin);
    const strokes = this.groups.map((group) => new Stroke(group));
    if (this.live) this.live = /** @type {Stroke} */ (strokes.pop());
    this.paper.repaint(strokes);
    if (this.live) this.paper.add(this.live);
  }

  /** True when there is as much ink as the server can take. */
  get full() {
    return !this.live && isFull(this.groups);
  }

  start() {
    if (this.full) return;
    const group = newGroup(this.paper.colour);
    this.groups.push(group);
    this.live = new Stroke(group);
  }

  /** Browsers tell of moves once a frame, so what came is painted at once. */
  move(points) {
    const { live } = this;
    if (!live) return;
    for (const point of points.slice(0, room(this.groups))) {
      const kept = keep(live.group, point, this);
      if (kept) live.trace(kept);
    }
    this.paper.add(live);
  }

  end() {
    const { live } = this;
    this.live = null;
    if (live && !this.paper.finish(live)) this.show(this.groups);
    this.onStroke();
  }

  drop() {
    if (this.live) this.show(this.groups.slice(0, -1));
  }

  undo() {
    this.show(this.groups.slice(0, -1));
    this.onStroke();
  }

  clear() {
    this.show([]);
    this.onStroke();
  }

  /** A stroke that is still being drawn ends here, whether it is shown or taken away. */
  show(groups) {
    this.live = null;
    this.groups = groups;
    this.paper.repaint(groups.map((group) => new Stroke(group)));
  }

  /** @returns {Drawing} */
  drawing() {
    return { width: this.width, height: this.height, groups: toSend(this.groups) };
  }
}
