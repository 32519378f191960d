/** Says of each text on stdin (JSON) whether the page takes it as a name and as an address. */

import { isEmail, isName } from "../../static/js/lib/acceptable.js";

let given = "";
for await (const piece of process.stdin) given += piece;
const said = JSON.parse(given).map((text) => ({ name: isName(text), email: isEmail(text) }));
process.stdout.write(JSON.stringify(said));
