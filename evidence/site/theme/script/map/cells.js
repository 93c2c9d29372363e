// A cell of the evidence map as HTML: the same that the table has without script. Codes are letters, digits and hyphens.

import { countText } from "../book/dom.js";
import { basesOf, emptyOf, GAP, KINDS, levelsOf, some } from "./count.js";

const EMPTY = { silent: "nothing", unanswered: "asked, not found", lost: "lost in our copy" };
const GAPS = [
  // class, mark, in words, what the finder is asked for
  {
    name: "unanswered",
    mark: "?",
    words: ["question asked and not answered", "questions asked and not answered"],
    empty: "looked-for,not-known,left-out",
  },
  {
    name: "lost",
    mark: "lost ",
    words: ["item lost in our copy", "items lost in our copy"],
    empty: "lost",
  },
];
const ALL = Object.keys(KINDS).join(",");

/** Return what a cell says in words: it begins with what the eye sees. */
function inWords(cell, shown) {
  const counts = [];
  for (const kind in KINDS)
    if (cell.counts[kind]) counts.push(some(cell.counts[kind], KINDS[kind]));
  const [typical, highest] = levelsOf(cell);
  const sure = typical ? `; confidence of its messages ${typical}, at best ${highest}` : "";
  const bases = some(basesOf(cell), ["kind of evidence", "kinds of evidence"]);
  return `${countText(cell.total)}${shown ? ` ${shown}` : ""}: ${counts.join(", ")}${sure}; ${bases}`;
}

function gapLinks(cell, addressOf) {
  let links = "";
  for (const { name, mark, words, empty } of GAPS) {
    const count = name === "lost" ? cell.lost : cell.asked;
    if (!count) continue;
    const label = `${mark}${count}: ${some(count, words)}`;
    links += ` <a class="${name}" href="${addressOf(GAP, empty)}" aria-label="${label}">${mark}${count}</a>`;
  }
  return links;
}

function shadeOf(count, shades) {
  let shade = 0;
  while (shade + 1 < shades.length && count >= shades[shade + 1]) shade += 1;
  return shade;
}

/** Return a cell of the table; `addressOf(kinds, empty)` is where its links lead. */
export function cellHtml(cell, shades, addressOf) {
  const empty = emptyOf(cell);
  const tail = gapLinks(cell, addressOf);
  if (!cell.total) return `<td class="${empty}">${EMPTY[empty]}${tail}</td>`;
  const shown = empty ? EMPTY[empty] : levelsOf(cell)[0];
  const look = empty || `shade-${shadeOf(cell.total, shades)} kinds-${basesOf(cell)}`;
  const text = countText(cell.total) + (shown ? ` <small>${shown}</small>` : "");
  const link = `<a href="${addressOf(ALL, "")}" aria-label="${inWords(cell, shown)}">${text}</a>`;
  return `<td class="${look}">${link}${tail}</td>`;
}
