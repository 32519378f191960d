/** Paints strokes on a canvas: all of them when it changes its size, else only what is new. */

import { steps } from "./curve.js";

// A canvas paints no line without length, and a dot is one.
const HAIR = 0.005;

/** @typedef {import("./curve.js").Stroke} Stroke */

export class Paper {
  /** @param {HTMLCanvasElement} canvas its ink is the colour that the style sheet gives it */
  constructor(canvas) {
    this.canvas = canvas;
    this.colour = getComputedStyle(canvas).color;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** How many pieces of the stroke that is being drawn are painted for good. */
    this.painted = 0;
  }

  /** A canvas forgets its picture and its pen whenever its size is set. */
  size(width, height) {
    const { canvas, context } = this;
    const ratio = Math.max(1, devicePixelRatio);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = this.colour;
  }

  /** @param {Stroke[]} strokes */
  repaint(strokes) {
    const { canvas, context } = this;
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const stroke of strokes) {
      this.painted = 0;
      this.finish(stroke);
    }
    this.painted = 0;
  }

  /** Paints what has come since the last time; the newest piece thinly, for it may still bend. */
  add(stroke) {
    this.line(this.parts(stroke, stroke.length - 1));
    const { start, handle1, handle2, end, startWidth, endWidth } = stroke.piece(stroke.length - 1);
    const width = Math.min(startWidth, endWidth) / 2;
    this.line([{ width, curve: [start, handle1, handle2, end] }]);
  }

  /** @param {Stroke} stroke it has come to its end */
  finish(stroke) {
    this.line(this.parts(stroke, stroke.length));
    this.painted = 0;
  }

  /** The unpainted pieces before `upTo`, cut where their thickness changes. */
  parts(stroke, upTo) {
    const parts = [];
    for (; this.painted < upTo; this.painted += 1) parts.push(...steps(stroke.piece(this.painted)));
    return parts;
  }

  /** Neighbours of the same thickness are one line. */
  line(parts) {
    const { context } = this;
    let width = 0;
    for (const { width: wanted, curve: [start, handle1, handle2, end] } of parts) {
      if (wanted !== width) {
        if (width) context.stroke();
        width = wanted;
        context.lineWidth = width;
        context.beginPath();
        context.moveTo(...start);
      }
      context.bezierCurveTo(...handle1, ...handle2, end[0] + HAIR, end[1]);
    }
    if (width) context.stroke();
  }
}
