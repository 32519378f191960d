// Prints the paths that the vendored signature_pad writes for each case on standard input.
import { readFileSync } from "node:fs";

class Element {
  constructor(tag) {
    this.tag = tag;
    this.attributes = {};
    this.children = [];
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  appendChild(child) {
    this.children.push(child);
  }
  get outerHTML() {
    return JSON.stringify(this.children.map((c) => ({ tag: c.tag, ...c.attributes })));
  }
}

globalThis.window = { devicePixelRatio: 1 };
const made = (tag) => new Element(tag);
globalThis.document = { createElement: made, createElementNS: (_, tag) => made(tag) };
const { default: SignaturePad } = await import(process.argv[2]);

const cases = JSON.parse(readFileSync(0, "utf8"));
const drawn = cases.map((groups) => {
  const pad = Object.create(SignaturePad.prototype);
  pad.canvas = { width: 600, height: 200 };
  pad._data = groups;
  pad._ctx = { canvas: pad.canvas };
  return JSON.parse(pad.toSVG());
});
process.stdout.write(JSON.stringify(drawn));
