// The index, as scripts of the build hand it over (evidence/site/search/shelves.py): first what answers questions,
// then single records. A shelf is opened when it is there; the search goes on with those it has.

const LEVELS = "abcdefgh";
const FIRST_CAPITAL = "A".charCodeAt(0);

/** Return [number, level] of each record of a term (level up to 1): steps from one number to the next, each with its level's letter. */
function entriesOf(posting) {
  const found = [];
  let number = -1;
  for (const [, step, level] of posting.matchAll(/(\d*)([a-h])/g)) {
    number += step ? Number(step) : 1;
    found.push([number, (LEVELS.indexOf(level) + 1) / LEVELS.length]);
  }
  return found;
}

/** Return the words that a text holds, each as a capital for how many letters of the one before it begins with, and the rest. */
function wordsIn(coded) {
  let before = "";
  return [...coded.matchAll(/([A-Z])([^A-Z]*)/g)].map(([, shared, rest]) => {
    before = before.slice(0, shared.charCodeAt(0) - FIRST_CAPITAL) + rest;
    return before;
  });
}

function linesOf(text) {
  return text.split("\n");
}

function filledLinesOf(text) {
  return linesOf(text).filter(Boolean);
}

/** Return a shelf as it is asked: its records by number, and what finds them by term; `spoken` has their names by language. */
function openShelf(held, spoken = {}) {
  const kinds = held.kind.split(" ").map(Number);
  const postings = held.postings.split(" ");
  const [titles, addresses, wheres, summaries] = [
    held.titles,
    held.addresses,
    held.wheres,
    held.summaries,
  ].map(linesOf);
  const names = Object.entries(spoken).map(([language, text]) => [language, linesOf(text)]);
  const terms = new Map(wordsIn(held.terms).map((term, number) => [term, postings[number]]));
  const read = new Map();
  return {
    size: kinds.length,
    terms,
    /** Return the records of a term, as entriesOf does; each is read once. */
    entries(term) {
      if (!read.has(term)) read.set(term, entriesOf(terms.get(term) ?? ""));
      return read.get(term);
    },
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
        names: Object.fromEntries(names.map(([language, lines]) => [language, lines[number]])),
      };
    },
  };
}

function conceptsIn(numbers) {
  return new Set(numbers.split(" ").map((number) => `#${number}`));
}

/** Return what subjects that no document treats are called: the subject by each of its names as stems. */
function untreatedIn(text) {
  const lines = linesOf(text).map((line) => line.split("="));
  return new Map(
    lines.flatMap(([subject, forms]) => wordsIn(forms).map((form) => [form, [subject]])),
  );
}

/** Return what a query is understood by: concepts by their names as stems, English stems by the words that translate them, names by concept, the stems of all names, places, what people add to any question, subjects treated nowhere, words that tell nothing. */
function openVocabulary([held, ...later]) {
  const concepts = new Map();
  const names = new Map();
  for (const line of [held, ...later].flatMap(({ forms }) => filledLinesOf(forms))) {
    const [ids, forms] = line.split("=");
    const terms = ids.split(" ").map((id) => `#${id}`);
    for (const form of wordsIn(forms)) {
      concepts.set(form, terms);
      for (const term of terms) names.set(term, [...(names.get(term) ?? []), form]);
    }
  }
  const translations = new Map();
  for (const line of later.flatMap(({ lexicon }) => filledLinesOf(lexicon))) {
    const [english, forms] = line.split("=");
    for (const form of wordsIn(forms))
      translations.set(form, [...(translations.get(form) ?? []), ...english.split(" ")]);
  }
  const forms = [...concepts.keys(), ...translations.keys()];
  const stems = new Set(forms.flatMap((form) => form.split(" ")));
  const [places, added] = [held.places, held.added].map(conceptsIn);
  const untreated = untreatedIn(held.untreated);
  const stop = new Set(held.stop.split(" "));
  return { concepts, translations, names, stems, places, added, untreated, stop };
}

/** Return the words of the book, its stems and those of names, by their first letter. */
function wordsByLetter(shelves, { stems }) {
  const known = new Set([...shelves.flatMap(({ terms }) => [...terms.keys()]), ...stems]);
  const found = new Map();
  for (const term of known) {
    if (term[0] === "#" || /^\d/.test(term)) continue;
    if (!found.has(term[0])) found.set(term[0], []);
    found.get(term[0]).push(term);
  }
  return found;
}

/** Return the index of shelves as the build made them, the first with the vocabulary. */
export function openIndex(held) {
  const spoken = held.find((shelf) => shelf.spoken)?.spoken;
  const shelves = held.map((shelf, at) => openShelf(shelf, at === 0 ? spoken : {}));
  const vocabulary = openVocabulary(held);
  let byLetter;
  return {
    shelves,
    vocabulary,
    limits: held[0].limits,
    /** Return the words of the book that begin as a word does. */
    wordsLike(word) {
      byLetter ??= wordsByLetter(shelves, vocabulary);
      return byLetter.get(word[0]) ?? [];
    },
  };
}
