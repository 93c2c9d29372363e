// Records as the filters see them: which have what was chosen, how many there would be of each value, in which order.

import { searchable, wordsOf } from "../shared/words.js";

// Facets that several kinds have stand before those of one kind, in the order of NAMES in figures/facets.py.
const ORDER = [
  "kind",
  "document",
  "subject",
  "between",
  "theme",
  "group",
  "place",
  "evidence",
  "stance",
  "addressee",
  "year",
  "confidence",
  "empty",
];

// Of these a message or an answer has what its records have: what is asked of several has to hold for one of them.
const JOINT = new Set(["document", "theme", "group", "place", "evidence"]);

function codesOf(described, places) {
  const has = {};
  described.forEach((facet, at) => {
    has[facet.id] = places[at].map((place) => facet.codes[place][0]);
  });
  return has;
}

/**
 * Return, in steps of a record, the records and facets of what the scripts of kinds hold; `facets` are by id: name, labels,
 * whether shared.
 */
export function* readRecords(kinds) {
  const facets = new Map();
  const records = [];
  for (const [kind, { name, pages, facets: described, rows, parts }] of kinds) {
    for (const { id, name: facetName, codes } of described) {
      const facet = facets.get(id) ?? { name: facetName, labels: new Map() };
      for (const [code, label] of codes) facet.labels.set(code, label);
      facets.set(id, facet);
    }
    for (const [id, title, page, anchor, brief, places, value, unit, picture] of rows) {
      yield;
      records.push({
        kind,
        kindName: name,
        id,
        title,
        page: pages[page],
        anchor,
        brief,
        has: codesOf(described, places),
        parts: parts?.[id]?.map((part) => codesOf(described, part)),
        value,
        unit,
        picture,
      });
    }
  }
  const rank = (id) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  const inOrder = [...facets].toSorted(([one], [two]) => rank(one) - rank(two));
  return { records, facets: new Map(inOrder) };
}

function hasAny(codes, chosen) {
  return codes?.some((code) => chosen.has(code)) ?? false;
}

/** Return the parts of a record that have what is asked of joint facets, but for one facet. */
export function partsWith(record, asked, but = "") {
  const joint = asked.filter(([facet]) => facet !== but && JOINT.has(facet));
  return record.parts.filter((part) => joint.every(([facet, codes]) => hasAny(part[facet], codes)));
}

/** Return the codes of a facet that a record has, given what is asked of the others. */
function codesGiven(record, facet, asked) {
  if (!record.parts || !JOINT.has(facet)) return record.has[facet] ?? [];
  return new Set(partsWith(record, asked, facet).flatMap((part) => part[facet]));
}

function holdsWords(record, words) {
  if (!words.length) return true;
  record.words ??= searchable([record.title, record.brief, record.more ?? ""].join(" "));
  return words.every((word) => record.words.includes(word));
}

/**
 * Return, in steps of a record, the records that have what was chosen, and how many have each value of each facet, given the other facets.
 * `chosen` is a map from facets to sets of codes; of one facet any code will do, of several facets each is needed.
 */
export function* filterRecords(records, facets, chosen, query) {
  const words = wordsOf(query);
  const asked = [...chosen].filter(([, codes]) => codes.size);
  const counts = new Map([...facets.keys()].map((facet) => [facet, new Map()]));
  const count = (record, facet) => {
    const of = counts.get(facet); // none of a facet that is not offered here
    if (!of) return;
    for (const code of codesGiven(record, facet, asked)) of.set(code, (of.get(code) ?? 0) + 1);
  };
  const found = [];
  for (const record of records) {
    yield;
    if (!holdsWords(record, words)) continue;
    const missed = asked.filter(([facet, codes]) => !hasAny(record.has[facet], codes));
    const isApart = record.parts && partsWith(record, asked).length === 0;
    if (missed.length === 0 && isApart) {
      for (const [facet] of asked) count(record, facet);
    } else if (missed.length === 0) {
      found.push(record);
      for (const facet in record.has) count(record, facet);
    } else if (missed.length === 1) count(record, missed[0][0]);
  }
  return { found, counts };
}

const lastYear = (record) => record.has.year?.at(-1) ?? "";

export const ORDERS = {
  listed: ["As listed", null],
  title: ["A to Z", (one, two) => one.title.localeCompare(two.title)],
  newest: ["Newest first", (one, two) => lastYear(two).localeCompare(lastYear(one))],
  oldest: [
    "Oldest first",
    (one, two) => (lastYear(one) || "9").localeCompare(lastYear(two) || "9"),
  ],
};

/** Return records in an order, and those of a group together, each `[heading, records]`; "" heads all of no group. */
export function arrange(records, facets, order, group) {
  const by = ORDERS[order]?.[1];
  const sorted = by ? records.toSorted(by) : records;
  const facet = facets.get(group);
  if (!facet) return [["", sorted]];
  const groups = new Map([...facet.labels.values()].map((label) => [label, []]));
  const others = [];
  for (const record of sorted) {
    const code = record.has[group]?.[0];
    (code === undefined ? others : groups.get(facet.labels.get(code))).push(record);
  }
  return [...groups, ["Not said", others]].filter(([, inside]) => inside.length);
}
