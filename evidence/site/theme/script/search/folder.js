// The engine where the book is opened from a folder, and no part of a file can be loaded: the
// book's own index, one script with every record. Answers as the engine of served.js does.

import { searchable } from "../shared/words.js";
import { escaped, placeOf, stemsOf } from "./text.js";

const BEFORE = 60; // characters of an excerpt before the word found
const LENGTH = 200; // characters of an excerpt

function loadIndex(root) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL("search-index.js", root);
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

function recordsOf(index) {
  return index.map(([title, url, kind, text]) => {
    return { title, url, kind, text, words: searchable(`${title} ${text}`) };
  });
}

/** Return the records that hold every word, those with most of them in their title first. */
function findRecords(records, words) {
  const holds = (text) => (word) => placeOf(text, word) >= 0;
  const score = ({ title }) => words.filter(holds(searchable(title))).length;
  return records
    .filter((record) => words.length > 0 && words.every(holds(record.words)))
    .sort((one, two) => score(two) - score(one));
}

function countKinds(records) {
  const counts = new Map();
  for (const { kind } of records) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}

function excerptOf(text, word) {
  const start = Math.max(0, placeOf(text.toLowerCase(), word) - BEFORE);
  return escaped(text.slice(start, start + LENGTH));
}

export async function folderEngine(root, limit) {
  await loadIndex(root);
  const records = recordsOf(window.evidenceIndex);

  return async (query, kind) => {
    const words = stemsOf(query);
    const found = findRecords(records, words);
    const chosen = kind ? found.filter((record) => record.kind === kind) : found;
    return {
      total: chosen.length,
      kinds: countKinds(found),
      results: chosen.slice(0, limit).map((record) => ({
        title: record.title,
        url: new URL(record.url, root).href,
        kind: record.kind,
        excerpt: excerptOf(record.text, words[0]),
      })),
    };
  };
}
