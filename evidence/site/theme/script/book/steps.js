// A long page is laid out in steps: what the first screens hold before it is shown, the rest right after, a part at a
// time, so that a slow phone shows the page soon and answers meanwhile. It is laid out at once where a place in it is
// asked for, where a reader comes back to it, and for paper. The style sheet names the same parts (base.css).

import { findAll, STEP_MS } from "./dom.js";
import { fitTables } from "./tables.js";

const PARTS =
  "main :is(section section ~ section, .scroll:not(details .scroll), .citation, .gallery > li)";
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

function takeStep() {
  const start = performance.now();
  while (waiting.length && performance.now() - start < STEP_MS) {
    const parts = waiting.splice(0, waiting[0].matches(SMALL) ? AT_ONCE : 1);
    parts.forEach(layOut);
    fitTables(parts);
    parts[0].getBoundingClientRect(); // now, so that its time counts
  }
  if (waiting.length) setTimeout(takeStep);
}

export function startSteps() {
  if (CSS.supports("content-visibility: auto")) waiting = findAll(PARTS);
  if (isFresh()) layOutFirst();
  else waiting.splice(0).forEach(layOut);
  fitTables([document]);
  addEventListener("beforeprint", layOutRest);
  if (document.readyState === "complete") takeStep();
  else addEventListener("load", () => setTimeout(takeStep));
}
