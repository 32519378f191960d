/** Makes a drawing fit a pad that has become smaller, as when a tablet is turned. */

/**
 * @template {{points: {x: number, y: number}[]}} Group
 * @param {Group[]} groups signature_pad's point groups
 * @param {number} width of the pad now, in CSS pixels
 * @param {number} height
 * @returns {Group[]} the same curve; only ever smaller, so that turning back and forth is harmless
 */
export function fit(groups, width, height) {
  const points = groups.flatMap((group) => group.points);
  const right = points.reduce((most, point) => Math.max(most, point.x), 0);
  const foot = points.reduce((most, point) => Math.max(most, point.y), 0);
  const scale = Math.min(1, width / (right || 1), height / (foot || 1));
  if (scale === 1) return groups;
  return groups.map((group) => ({
    ...group,
    points: group.points.map((point) => ({ ...point, x: point.x * scale, y: point.y * scale })),
  }));
}
