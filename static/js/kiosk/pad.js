/** The sheet of paper to sign on: keeps the strokes as data and redraws them when it is turned. */

import SignaturePad from "../../vendor/signature_pad.js";
import { fit } from "../lib/fit.js";

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
    this.onStroke = onStroke;
    this.margin = locked ? SHOWN_WITH_MARGIN : 0;
    this.width = drawing?.width ?? 0;
    this.height = drawing?.height ?? 0;
    this.groups = structuredClone(drawing?.groups ?? []);
    this.ink = new SignaturePad(canvas, { penColor: getComputedStyle(canvas).color });
    if (locked) this.ink.off();
    else this.listen(signal);
    const sizes = new ResizeObserver(() => this.draw());
    sizes.observe(canvas);
    signal.addEventListener("abort", () => {
      sizes.disconnect();
      this.ink.off();
      this.ink.clear();
    });
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    this.ink.addEventListener("endStroke", () => {
      this.groups = structuredClone(this.ink.toData());
      this.onStroke();
    });
    // Otherwise Chromium swallows the first tap after a quick stroke: "I had to press twice".
    const consume = (event) => event.preventDefault();
    this.canvas.addEventListener("touchstart", consume, { passive: false, signal });
  }

  /** A canvas forgets its picture whenever its size changes, so it is drawn again from the data. */
  draw() {
    const { canvas } = this;
    // Hidden while somebody types instead: the sheet keeps the size it had.
    if (canvas.clientWidth === 0) return;
    this.width = canvas.clientWidth;
    this.height = canvas.clientHeight;
    const ratio = Math.max(1, devicePixelRatio);
    canvas.width = Math.round(this.width * ratio);
    canvas.height = Math.round(this.height * ratio);
    canvas.getContext("2d").scale(ratio, ratio);
    this.show(fit(this.groups, this.width - this.margin, this.height - this.margin));
  }

  show(groups) {
    this.groups = groups;
    this.ink.fromData(structuredClone(groups));
  }

  undo() {
    this.show(this.groups.slice(0, -1));
    this.onStroke();
  }

  clear() {
    this.show([]);
    this.onStroke();
  }

  /** @returns {Drawing} */
  drawing() {
    return { width: this.width, height: this.height, groups: this.groups.map(rounded) };
  }
}

/** A hundredth of a pixel is finer than any finger, and halves what has to be sent. */
function rounded(group) {
  const short = (number) => Math.round(number * 100) / 100;
  return {
    ...group,
    points: group.points.map(({ x, y, pressure, time }) => ({
      x: short(x),
      y: short(y),
      pressure: short(pressure),
      time,
    })),
  };
}
