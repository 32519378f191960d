/** Mounts each element's module; a page works without any of them. */
import { choose } from "./modules/choose.js";
import { copy } from "./modules/copy.js";
import { download } from "./modules/download.js";
import { drop } from "./modules/drop.js";
import { find } from "./modules/find.js";
import { menu } from "./modules/menu.js";
import { passkey } from "./modules/passkey.js";
import { preview } from "./modules/preview.js";
import { print } from "./modules/print.js";
import { reveal } from "./modules/reveal.js";
import { watch } from "./modules/watch.js";

const modules = {
  choose, copy, download, drop, find, menu, passkey, preview, print, reveal, watch,
};

for (const element of document.querySelectorAll("[data-module]")) {
  modules[element.dataset.module]?.(element);
}
