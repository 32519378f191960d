/** What is different between two editions of a text, block by block. */

/**
 * @param {string[]} before the blocks of the edition that was read
 * @param {string[]} now the blocks of the new one
 * @returns {{fresh: string[], gone: string[]}} fresh: new or changed, in the new order; gone: in
 *   the old order; a block that only stands elsewhere is in neither
 */
export function changes(before, now) {
  return { fresh: missingFrom(before, now), gone: missingFrom(now, before) };
}

/** The blocks that one edition has and the other has not, or not as often. */
function missingFrom(other, blocks) {
  const left = new Map();
  for (const words of other) left.set(words, (left.get(words) ?? 0) + 1);
  return blocks.filter((words) => {
    const count = left.get(words) ?? 0;
    left.set(words, count - 1);
    return count < 1;
  });
}
