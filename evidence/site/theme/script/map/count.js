// What each cell of the evidence map says, counted from the finder's records: the rules of figures/evidence_map.py.

import { countText } from "../book/dom.js";
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

/** Give each record what counting needs: its lines of the map (`lines` are sets of themes), its periods, its bases. */
export function prepare(records, lines, periods) {
  const at = new Map();
  lines.forEach((themes, line) => {
    for (const theme of themes) at.set(theme, [...(at.get(theme) ?? []), line]);
  });
  const bits = new Map();
  const bitOf = (basis) => {
    if (!bits.has(basis)) bits.set(basis, 1 << bits.size);
    return bits.get(basis);
  };
  for (const record of records) {
    const { has, kind } = record;
    for (const part of record.parts ?? [has]) {
      part.lines = [...new Set((part.theme ?? []).flatMap((theme) => at.get(theme) ?? []))];
    }
    has.period = [...periods]
      .filter(([, { years }]) => has.year?.some((year) => years.includes(year)))
      .map(([code]) => code);
    record.isOpen =
      (has.stance?.includes("gap") ?? false) ||
      (has["own-flags"]?.includes("lost_in_source") ?? false);
    const bases = kind === "finding" || kind === "fact" ? (has.evidence ?? []) : [];
    record.bases = bases
      .filter((basis) => basis !== NO_BASIS)
      .reduce((sum, basis) => sum | bitOf(basis), 0);
    record.level = kind === "message" ? LEVELS.indexOf(has.confidence?.[0]) : -1;
  }
}

export function newCell() {
  const counts = { finding: 0, fact: 0, message: 0, recommendation: 0 };
  return { counts, total: 0, known: 0, levels: [0, 0, 0, 0], bases: 0, asked: 0, lost: 0 };
}

function addTo(cell, record) {
  if (record.kind === GAP) {
    if (record.has.empty[0] === LOST) cell.lost += 1;
    else cell.asked += 1;
    return;
  }
  cell.counts[record.kind] += 1;
  cell.total += 1;
  if (!record.isOpen) cell.known += 1;
  if (record.level >= 0) cell.levels[record.level] += 1;
  cell.bases |= record.bases;
}

/** Return what of a record has what is chosen: the parts it rests on, or the record itself; none where it has not. */
function partsAmong(record, chosen, asked) {
  for (const [name, code] of chosen) if (!record.has[name]?.includes(code)) return [];
  return record.parts ? partsWith(record, asked) : [record.has];
}

/** Return the cells, line after line with a place for each of `codes` (none where nothing is), and how many records. */
export function countCells(records, lineCount, facet, codes, chosen) {
  const columns = new Map(codes.map((code, at) => [code, at]));
  const asked = chosen.map(([name, code]) => [name, new Set([code])]);
  const cells = new Array(lineCount * codes.length);
  let found = 0;
  for (const record of records) {
    const parts = partsAmong(record, chosen, asked);
    if (parts.length && record.kind !== GAP) found += 1;
    const seen = parts.length > 1 ? new Set() : null;
    for (const { lines, [facet]: own = [] } of parts) {
      for (const code of own) {
        const column = columns.get(code);
        if (column === undefined) continue;
        for (const line of lines) {
          const place = line * codes.length + column;
          if (seen?.has(place)) continue;
          seen?.add(place);
          cells[place] ??= newCell();
          addTo(cells[place], record);
        }
      }
    }
  }
  return { cells, found };
}

/** Return the middle level of confidence of a cell, the lower of two, and the highest; "" of none. */
export function levelsOf({ levels }) {
  const count = levels.reduce((sum, one) => sum + one, 0);
  let left = Math.floor((count - 1) / 2);
  let typical = "";
  for (let rank = LEVELS.length - 1; count && rank >= 0 && !typical; rank -= 1) {
    if (left < levels[rank]) typical = LEVELS[rank];
    left -= levels[rank];
  }
  return [typical, LEVELS[levels.findIndex((one) => one)] ?? ""];
}

/** Return how many kinds of evidence a cell has. */
export function basesOf({ bases }) {
  let count = 0;
  for (let left = bases; left; left &= left - 1) count += 1;
  return count;
}

/** Return why a cell has no answer: "silent", "unanswered", "lost"; "" where it has one. */
export function emptyOf({ known, total, asked, lost }) {
  if (known) return "";
  if (!total && !asked && !lost) return "silent";
  return lost && !asked ? "lost" : "unanswered";
}

export function some(count, [one, several]) {
  return `${countText(count)} ${count === 1 ? one : several}`;
}
