// What a link leads to is open: every folded part around it, and the long table that it stands in or is the place of.

import { findAll, linkedId } from "./dom.js";
import { layOutRest } from "./steps.js";
import { showAllRows } from "./tables.js";

const PLACES = "section, figure"; // what may hold a table of its own

/** Return the folded parts around an element, itself included. */
function foldsAround(target) {
  const found = [];
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    found.push(fold);
  }
  return found;
}

/** Return the long table that a link to an element means: a place with several is read from its top. */
function tableMeant(target) {
  const around = target.closest(".scroll.long");
  if (around || !target.matches(PLACES)) return around;
  const own = findAll(".scroll.long", target).filter(
    (box) => target.matches("figure") || box.closest("section") === target,
  );
  return own.length === 1 ? own[0] : null;
}

function openLinked() {
  const target = document.getElementById(linkedId());
  if (!target) return;
  const hasMoved = layOutRest();
  const closed = foldsAround(target).filter((fold) => !fold.open);
  for (const fold of closed) fold.open = true;
  const table = tableMeant(target);
  const isCut = table !== null && !table.classList.contains("whole");
  if (isCut) showAllRows(table);
  if (closed.length || isCut || hasMoved) target.scrollIntoView();
}

export function startLinked() {
  addEventListener("hashchange", openLinked);
  openLinked();
}
