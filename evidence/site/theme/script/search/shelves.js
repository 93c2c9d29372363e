// The index, as scripts of the build hand it over (evidence/site/search/shelves.py): first what answers questions,
// then single records. A shelf is opened when it is there; the search goes on with those it has.

const LEVELS = "abcdefghijkl";

/** Return [number, level] of each record of a term: steps from one number to the next, each with its level's letter. */
export function entriesOf(posting) {
  const found = [];
  let number = -1;
  for (const [, step, level] of posting.matchAll(/(\d*)([a-l])/g)) {
    number += step ? Number(step) : 1;
    found.push([number, (LEVELS.indexOf(level) + 1) / LEVELS.length]);
  }
  return found;
}

function linesOf(text) {
  return text.split("\n");
}

/** Return a shelf as it is asked: its records by number, and what finds them by term. */
export function openShelf(held) {
  const kinds = held.kind.split(" ").map(Number);
  const postings = held.postings.split(" ");
  const [titles, addresses, wheres, summaries] = [
    held.titles,
    held.addresses,
    held.wheres,
    held.summaries,
  ].map(linesOf);
  return {
    size: kinds.length,
    terms: new Map(held.terms.split(" ").map((term, number) => [term, postings[number]])),
    weightOf: (number) => held.weights[kinds[number]],
    kindOf: (number) => held.kinds[kinds[number]],
    titleOf: (number) => titles[number],
    recordOf(number) {
      const [page, anchor] = addresses[number].split("#");
      return {
        title: titles[number],
        url: held.pages[page] + (anchor ? `#${anchor}` : ""),
        kind: held.kinds[kinds[number]],
        where: wheres[number],
        summary: summaries[number],
      };
    },
  };
}

/** Return what a query is understood by: concepts by their names as stems, names by concept, words that tell nothing. */
export function openVocabulary(held) {
  const concepts = new Map();
  const names = new Map();
  for (const line of linesOf(held.forms)) {
    const [form, ids] = line.split("=");
    const terms = ids.split(" ").map((id) => `#${id}`);
    concepts.set(form, terms);
    for (const term of terms) names.set(term, [...(names.get(term) ?? []), form]);
  }
  return { concepts, names, stop: new Set(held.stop.split(" ")) };
}
