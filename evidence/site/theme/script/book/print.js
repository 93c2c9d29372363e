// On paper nothing can be opened: what is folded in the text opens for it, and closes again.

import { findAll } from "./dom.js";

export function startPrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = findAll("main details:not([open])").filter((part) => !part.closest(".tools"));
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
}
