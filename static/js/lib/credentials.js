/** What a server says about passkeys as JSON, and what the browser wants: bytes instead of letters. */

/** @param {string} text base64url @returns {Uint8Array} */
export function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} bytes @returns {string} base64url without padding */
export function textOf(bytes) {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {any} options for making or for using one @returns {any} the same with bytes in it */
export function wanted(options) {
  const bytes = { ...options, challenge: bytesOf(options.challenge) };
  if (options.user) bytes.user = { ...options.user, id: bytesOf(options.user.id) };
  if (options.excludeCredentials) {
    bytes.excludeCredentials = options.excludeCredentials.map((/** @type {any} */ one) => ({
      ...one,
      id: bytesOf(one.id),
    }));
  }
  return bytes;
}

/** @param {any} credential as the browser gives it @returns {string} JSON, ready to send */
export function answerOf({ id, rawId, type, response }) {
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = textOf(response[name]);
  }
  return JSON.stringify({ id, rawId: textOf(rawId), type, response: said });
}
