/** Mints UUIDv7 ids: they sort by the moment they were made, on this tablet at least. */

let lastMs = 0;
let counter = 0;

/**
 * @param {number} [now] milliseconds since 1970
 * @returns {string} a UUIDv7, always later in order than the one before
 */
export function uuid7(now = Date.now()) {
  // A clock that stands still or is set back must not break the order, so the counter goes on.
  counter = now > lastMs ? 0 : counter + 1;
  lastMs = Math.max(now, lastMs) + (counter >> 12);
  counter &= 0xfff;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  bytes[0] = 0x80 | (bytes[0] & 0x3f);
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = lastMs.toString(16).padStart(12, "0");
  const order = counter.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${random.slice(0, 4)}-${random.slice(4)}`;
}
