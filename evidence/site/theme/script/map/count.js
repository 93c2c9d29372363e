// What each cell of the evidence map says, counted from the finder's records: the rules of figures/evidence_map.py.

import { partsWith } from "../finder/model.js";

export const KINDS = {
  finding: ["finding", "findings"],
  fact: ["fact", "facts"],
  message: ["key message", "key messages"],
  recommendation: ["recommendation", "recommendations"],
};
export const GAP = "gap";
const LOST = "lost";
const NO_BASIS = "unsourced";
const LEVELS = ["high", "moderate", "low", "very low"];

/** Return the periods of `"0-2005 2006-2010"` by code: what readers call each and the years it covers. */
export function periodsOf(text, years) {
  const periods = new Map();
  for (const code of text.split(" ")) {
    const [first, last] = code.split("-").map(Number);
    const inside = years.filter((year) => first <= Number(year) && Number(year) <= last);
    const open = first ? `since ${first}` : `until ${last}`;
    const name = first && last < 9999 ? `${first}–${last}` : open;
    periods.set(code, { name, years: inside });
  }
  return periods;
}

/** Give each record its lines of the map (`lines` are sets of themes) and its periods. */
export function prepare(records, lines, periods) {
  const at = new Map();
  lines.forEach((themes, line) => {
    for (const theme of themes) at.set(theme, [...(at.get(theme) ?? []), line]);
  });
  for (const record of records) {
    const { has } = record;
    for (const part of record.parts ?? [has]) {
      part.lines = [...new Set((part.theme ?? []).flatMap((theme) => at.get(theme) ?? []))];
    }
    has.period = [...periods]
      .filter(([, { years }]) => has.year?.some((year) => years.includes(year)))
      .map(([code]) => code);
    record.isOpen =
      record.kind === GAP ||
      (has.stance?.includes("gap") ?? false) ||
      (has["own-flags"]?.includes("lost_in_source") ?? false);
  }
}

export function newCell() {
  return {
    counts: { finding: 0, fact: 0, message: 0, recommendation: 0 },
    total: 0,
    known: 0,
    levels: [],
    bases: new Set(),
    asked: 0,
    lost: 0,
  };
}

function addTo(cell, { kind, has, isOpen }) {
  if (kind === GAP) {
    if (has.empty[0] === LOST) cell.lost += 1;
    else cell.asked += 1;
    return;
  }
  cell.counts[kind] += 1;
  cell.total += 1;
  if (!isOpen) cell.known += 1;
  if (kind === "message") cell.levels.push(...(has.confidence ?? []));
  if (kind === "finding" || kind === "fact") {
    for (const basis of has.evidence ?? []) if (basis !== NO_BASIS) cell.bases.add(basis);
  }
}

/** Return the cells that a record stands in, of those parts of it that have what is chosen: line and column of each. */
function placesOf(record, facet, chosen) {
  if (!chosen.every(([name, code]) => record.has[name]?.includes(code))) return null;
  if (!record.parts) return pairs(record.has, record.has[facet]);
  const asked = chosen.map(([name, code]) => [name, new Set([code])]);
  const parts = partsWith(record, asked);
  if (!parts.length) return null;
  const found = new Map();
  for (const part of parts) {
    for (const pair of pairs(part, part[facet])) found.set(pair.join(" "), pair);
  }
  return [...found.values()];
}

function pairs({ lines }, codes) {
  return lines.flatMap((line) => (codes ?? []).map((code) => [line, code]));
}

/** Return the cells of each line by code of the column, and the records that were counted: `{ cells, found }`. */
export function countCells(records, lineCount, facet, chosen) {
  const cells = Array.from({ length: lineCount }, () => new Map());
  let found = 0;
  for (const record of records) {
    const places = placesOf(record, facet, chosen);
    if (!places) continue;
    if (record.kind !== GAP) found += 1;
    for (const [line, code] of places) {
      let cell = cells[line].get(code);
      if (!cell) {
        cell = newCell();
        cells[line].set(code, cell);
      }
      addTo(cell, record);
    }
  }
  return { cells, found };
}

/** Return the middle level of confidence of a cell, the lower of two, and the highest; "" of none. */
export function levelsOf({ levels }) {
  const ranks = levels.map((level) => LEVELS.indexOf(level)).toSorted((one, two) => two - one);
  const named = (rank) => LEVELS[rank] ?? "";
  return [named(ranks[Math.floor((ranks.length - 1) / 2)]), named(ranks.at(-1))];
}

/** Return why a cell has no answer: "silent", "unanswered", "lost"; "" where it has one. */
export function emptyOf({ known, total, asked, lost }) {
  if (known) return "";
  if (!total && !asked && !lost) return "silent";
  return lost && !asked ? "lost" : "unanswered";
}

export function some(count, [one, several]) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** Return what a cell says to those who do not see it. */
export function cellInWords(cell) {
  const counts = Object.entries(KINDS)
    .filter(([kind]) => cell.counts[kind])
    .map(([kind, words]) => some(cell.counts[kind], words));
  const [typical, highest] = levelsOf(cell);
  const said = [`records: ${counts.join(", ")}`];
  if (typical) said.push(`confidence of its messages ${typical}, at best ${highest}`);
  said.push(some(cell.bases.size, ["kind of evidence", "kinds of evidence"]));
  return said.join("; ");
}
