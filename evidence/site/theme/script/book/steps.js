// A long page is laid out in steps: what the first screens hold before it is shown, the rest right after, a part at a
// time, so that a slow phone shows the page soon and answers meanwhile. It is laid out at once where a place in it is
// asked for, where a reader comes back to it, and for paper. The style sheet names the same parts (base.css).

import { findAll, inSteps } from "./dom.js";
import { fitTables } from "./tables.js";

const PARTS =
  "main :is(section section ~ section, .scroll:not(details .scroll), .citation, :is(.gallery, .elements > ul) > li)";
const SMALL = ".citation, li";
const AT_ONCE = 25; // speed: small parts: to lay out each alone would measure the page as often
const SCREENS = 1.5; // layout: below them nobody sees a part change its height

let waiting = []; // parts that are not laid out, in their order

function layOut(part) {
  part.classList.add("laid");
}

/** Return whether a reader meets the page at its top: neither at a place in it nor where it was left. */
function isFresh() {
  return !location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate";
}

/** Lay out what is left, and return whether there was something: then places on the page have moved. */
export function layOutRest() {
  const parts = waiting;
  waiting = [];
  parts.forEach(layOut);
  if (parts.length) fitTables([document]);
  return parts.length > 0;
}

function layOutFirst() {
  const edge = SCREENS * innerHeight;
  while (waiting.length && waiting[0].getBoundingClientRect().top < edge) layOut(waiting.shift());
}

/** Return the part that is laid out next, or the small ones that are laid out together. */
function nextParts() {
  const large = waiting.findIndex((part) => !part.matches(SMALL));
  const small = large < 0 ? waiting.length : large;
  return waiting.slice(0, Math.max(1, Math.min(small, AT_ONCE)));
}

/** Lay out what is left, in steps: a part, then its tables. */
function* layOutParts() {
  while (waiting.length) {
    const parts = nextParts();
    parts.forEach(layOut);
    parts[0].getBoundingClientRect(); // now, so that its time counts
    yield;
    fitTables(parts);
    waiting.splice(0, parts.length); // not before: until its tables fit it is not laid out
    yield;
  }
}

export function startSteps() {
  if (CSS.supports("content-visibility: auto")) waiting = findAll(PARTS);
  if (isFresh()) layOutFirst();
  else waiting.splice(0).forEach(layOut);
  fitTables([document]);
  addEventListener("beforeprint", layOutRest);
  if (document.readyState === "complete") inSteps(layOutParts());
  else addEventListener("load", () => setTimeout(() => inSteps(layOutParts())));
}
