// A cell of the evidence map as the page has it: the same elements that the table has without script.

import { make } from "../book/dom.js";
import { finderAddress } from "./address.js";
import { cellInWords, emptyOf, GAP, KINDS, levelsOf, some } from "./count.js";

const EMPTY = { silent: "silent", unanswered: "asked, not found", lost: "lost in our copy" };
const MARKS = { unanswered: "?", lost: "lost " };
const ONE_OF = {
  unanswered: ["question asked and not answered", "questions asked and not answered"],
  lost: ["item lost in our copy", "items lost in our copy"],
};
const OPEN = "looked-for,not-known,left-out";

function hidden(text) {
  return make("span", { className: "visually-hidden", textContent: ` ${text}` });
}

function gapLinks(cell, to) {
  const links = [];
  for (const [name, empty] of [
    ["unanswered", OPEN],
    ["lost", "lost"],
  ]) {
    const count = name === "lost" ? cell.lost : cell.asked;
    if (!count) continue;
    const words = some(count, ONE_OF[name]).replace(/^\S+ /, "");
    const properties = { className: name, href: to(GAP, empty), textContent: MARKS[name] + count };
    links.push(" ", make("a", properties, hidden(words)));
  }
  return links;
}

function shadeOf(count, shades) {
  return shades.filter((least, at) => at && count >= least).length;
}

/** Return a cell of the table; `map` has finder, shades and periods, `chosen` is what is filtered by. */
export function cellOf(cell, map, themes, column, chosen) {
  const to = (kinds, empty) =>
    finderAddress(map.finder, kinds, themes, column, chosen, map.periods, empty);
  const empty = emptyOf(cell);
  if (!cell.total) {
    return make("td", { className: empty }, EMPTY[empty], ...gapLinks(cell, to));
  }
  const shown = empty ? EMPTY[empty] : levelsOf(cell)[0];
  const link = make(
    "a",
    { href: to(Object.keys(KINDS).join(","), "") },
    cell.total.toLocaleString("en"),
    ...(shown ? [make("small", { textContent: shown })] : []),
    hidden(cellInWords(cell)),
  );
  const look = `shade-${shadeOf(cell.total, map.shades)} kinds-${cell.bases.size}`;
  return make("td", { className: empty || look }, link, ...gapLinks(cell, to));
}
