/** Seals a text so that only the setting's server can open it: not this tablet, not a thief. */

import {
  Aes128Gcm,
  CipherSuite,
  DhkemP256HkdfSha256,
  HkdfSha256,
} from "../../vendor/hpke.js";

const INFO = "fingerpost-signing-v1";
const utf8 = new TextEncoder();

/**
 * HPKE (RFC 9180) in base mode; the id is bound in, so a letter is no use under another one.
 * @param {string} publicKey of the setting: a raw P-256 point in base64
 * @param {string} id of the signing
 * @param {string} text
 * @returns {Promise<Uint8Array>} enc, then the ciphertext
 */
export async function letterFor(publicKey, id, text) {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const point = Uint8Array.from(atob(publicKey), (letter) => letter.charCodeAt(0));
  const recipientPublicKey = await suite.kem.deserializePublicKey(point);
  const { enc, ct } = await suite.seal(
    { recipientPublicKey, info: utf8.encode(INFO + id) },
    utf8.encode(text),
  );
  const letter = new Uint8Array(enc.byteLength + ct.byteLength);
  letter.set(new Uint8Array(enc));
  letter.set(new Uint8Array(ct), enc.byteLength);
  return letter;
}
