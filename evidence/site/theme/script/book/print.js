// On paper nothing can be opened: what is folded in the text opens for it, and closes again. Each page has the address and
// the day at its foot.

import { findAll } from "./dom.js";

const FACE = "font: 8pt sans-serif; color: #444";

/** Return the rule that writes address, day and number at the foot of each page. */
function footRule() {
  const address = JSON.stringify(location.href);
  const day = JSON.stringify(new Date().toLocaleDateString("en-GB", { dateStyle: "long" }));
  return `@page { @bottom-left { content: ${address}; ${FACE} } @bottom-right { content: ${day} " · " counter(page); ${FACE} } }`;
}

export function startPrint() {
  let opened = [];
  const foot = new CSSStyleSheet(); // of the object model: the policy of pages lets no style in as text
  addEventListener("beforeprint", () => {
    opened = findAll("main details:not([open])").filter(
      (part) => !part.closest(".tools, .finder .options"),
    );
    for (const part of opened) part.open = true;
    foot.replaceSync(footRule());
    document.adoptedStyleSheets = [foot];
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
    document.adoptedStyleSheets = [];
  });
}
