/** Paints strokes on a canvas: all of them when it changes its size, else only what is new. */

import { steps } from "./curve.js";

// A canvas paints no line without length, and a dot is one.
const HAIR = 0.005;
// A cubic moves by at most this share of the way that one of its handles moves.
const FARTHEST = 4 / 9;
// The newest piece is painted this thin, so that the true one covers it wherever it will bend.
const THIN = 0.25;

/** @typedef {import("./curve.js").Stroke} Stroke */

export class Paper {
  /** @param {HTMLCanvasElement} canvas its ink is the colour that the style sheet gives it */
  constructor(canvas) {
    this.canvas = canvas;
    this.colour = getComputedStyle(canvas).color;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** How many pieces of the stroke that is being drawn are painted for good. */
    this.painted = 0;
    /** @type {import("./curve.js").Spot | null} the handle with which its newest was painted */
    this.guess = null;
    /** True when a guess left ink that the true curve does not cover. */
    this.strayed = false;
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
      this.begin();
      this.line(stroke, stroke.length);
    }
    this.begin();
  }

  begin() {
    this.painted = 0;
    this.guess = null;
    this.strayed = false;
  }

  /** Paints what has come since the last time; the newest piece thinly, for it may still bend. */
  add(stroke) {
    const newest = stroke.length - 1;
    this.line(stroke, newest);
    const piece = stroke.piece(newest);
    this.pen(THIN * Math.min(piece.startWidth, piece.endWidth), piece.start);
    this.bow(piece);
    this.context.stroke();
    // The stroke moves this handle when the next point comes.
    this.guess = { ...piece.handle2 };
  }

  /** @param {Stroke} stroke it has come to its end @returns {boolean} false: it needs a repaint */
  finish(stroke) {
    this.line(stroke, stroke.length);
    const { strayed } = this;
    this.begin();
    return !strayed;
  }

  /** The unpainted pieces before `upTo`; neighbours of the same thickness are one line. */
  line(stroke, upTo) {
    let width = 0;
    for (; this.painted < upTo; this.painted += 1) {
      const piece = stroke.piece(this.painted);
      this.compare(piece);
      for (const part of steps(piece)) {
        if (part.width !== width) {
          if (width) this.context.stroke();
          width = part.width;
          this.pen(width, part.start);
        }
        this.bow(part);
      }
    }
    if (width) this.context.stroke();
  }

  /** Does ink of the time when this piece was the newest lie beside its true place? */
  compare({ handle2, startWidth, endWidth }) {
    const { guess } = this;
    if (!guess) return;
    const away = FARTHEST * Math.hypot(guess.x - handle2.x, guess.y - handle2.y);
    if (away > ((1 - THIN) * Math.min(startWidth, endWidth)) / 2) this.strayed = true;
    this.guess = null;
  }

  pen(width, { x, y }) {
    const { context } = this;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x, y);
  }

  bow({ handle1, handle2, end }) {
    this.context.bezierCurveTo(handle1.x, handle1.y, handle2.x, handle2.y, end.x + HAIR, end.y);
  }
}
