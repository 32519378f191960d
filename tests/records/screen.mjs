// Prints the pieces, and their parts, that the tablet's pad draws for each case on standard input.
import { readFileSync } from "node:fs";

const { Stroke, steps } = await import(process.argv[2]);

const cases = JSON.parse(readFileSync(0, "utf8"));
const drawn = cases.map((groups) =>
  groups.map((group) => {
    const stroke = new Stroke(group);
    return Array.from({ length: stroke.length }, (_, index) => {
      const piece = stroke.piece(index);
      const numbers = [...spots(piece), piece.startWidth, piece.endWidth];
      return { numbers, parts: steps(piece).map((part) => [part.width, ...spots(part)]) };
    });
  }),
);

function spots({ start, handle1, handle2, end }) {
  return [start, handle1, handle2, end].flatMap(({ x, y }) => [x, y]);
}

process.stdout.write(JSON.stringify(drawn));
