/** Seals what it is given, as the tablet does: public key, id and text as JSON on stdin. */

import { readFileSync } from "node:fs";

import { letterFor } from "../../static/js/lib/letter.js";

const { publicKey, id, text } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(await letterFor(publicKey, id, text));
