// The index, as scripts of the build hand it over (evidence/site/search/shelves.py): first what answers questions,
// then single records, in pieces. A shelf is opened when it is there; the search goes on with those it has.

const LEVELS = "abcdefgh";
const FIRST_CAPITAL = "A".charCodeAt(0);

/** Return [number, level] of each record of a term (level up to 1): steps from one number to the next, each with its level's letter. */
function entriesOf(posting) {
  let number = -1;
  return (posting.match(/\d*[a-h]/g) ?? []).map((step) => {
    number += step.length > 1 ? Number.parseInt(step, 10) : 1;
    return [number, (LEVELS.indexOf(step.at(-1)) + 1) / LEVELS.length];
  });
}

/** Return the words that a text holds, each as a capital for how many letters of the one before it begins with, and the rest. */
function wordsIn(coded) {
  let before = "";
  return (coded.match(/[A-Z][^A-Z]*/g) ?? []).map((word) => {
    before = before.slice(0, word.charCodeAt(0) - FIRST_CAPITAL) + word.slice(1);
    return before;
  });
}

function linesOf(text) {
  return text.split("\n");
}

function filledLinesOf(text) {
  return linesOf(text).filter(Boolean);
}

/** Return a shelf as it is asked: its records by number, and what finds them by term; `spoken` are their names by language, told by a later shelf. */
function openShelf(held) {
  const [kinds, where] = [held.kind, held.where].map((text) => text.split(" ").map(Number));
  const postings = held.postings.split(" ");
  const [titles, addresses, wheres, summaries] = [
    held.titles,
    held.addresses,
    held.wheres,
    held.summaries,
  ].map(linesOf);
  const terms = new Map(wordsIn(held.terms).map((term, number) => [term, postings[number]]));
  const read = new Map();
  return {
    size: kinds.length,
    terms,
    spoken: [],
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
        where: wheres[where[number]],
        summary: summaries[number],
        names: Object.fromEntries(
          this.spoken.map(([language, lines]) => [language, lines[number]]),
        ),
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

/** Return what a query is understood by, as the first shelf tells it: concepts by their names as stems, English stems by the words that translate them, names by concept, the stems of all names, places, what people add to any question, subjects treated nowhere, words that tell nothing. */
function openVocabulary(held) {
  const vocabulary = {
    concepts: new Map(),
    translations: new Map(),
    names: new Map(),
    stems: new Set(),
    places: conceptsIn(held.places),
    added: conceptsIn(held.added),
    untreated: untreatedIn(held.untreated),
    stop: new Set(held.stop.split(" ")),
  };
  learn(vocabulary, held);
  return vocabulary;
}

/** Add to the list that a map has for a key. */
function append(map, key, items) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(...items);
}

/** Add to a vocabulary the names of concepts and the translations that a shelf brings. */
function learn({ concepts, names, translations, stems }, { forms, lexicon = "" }) {
  const known = (form) => {
    for (const stem of form.split(" ")) stems.add(stem);
  };
  for (const line of filledLinesOf(forms)) {
    const [ids, coded] = line.split("=");
    const terms = ids.split(" ").map((id) => `#${id}`);
    for (const form of wordsIn(coded)) {
      known(form);
      concepts.set(form, terms);
      for (const term of terms) append(names, term, [form]);
    }
  }
  for (const line of filledLinesOf(lexicon)) {
    const [english, coded] = line.split("=");
    for (const form of wordsIn(coded)) {
      known(form);
      append(translations, form, english.split(" "));
    }
  }
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

/** Return the index of shelves as the build made them, the first with the vocabulary; `add` takes one more. */
export function openIndex(held) {
  const [first, ...later] = held;
  const shelves = [openShelf(first)];
  const vocabulary = openVocabulary(first);
  let byLetter;
  const index = {
    shelves,
    vocabulary,
    limits: first.limits,
    add(more) {
      shelves.at(-1).spoken = Object.entries(more.spoken).map(([name, text]) => [
        name,
        linesOf(text),
      ]);
      shelves.push(openShelf(more));
      learn(vocabulary, more);
      byLetter = undefined;
    },
    /** Return the words of the book that begin as a word does. */
    wordsLike(word) {
      byLetter ??= wordsByLetter(shelves, vocabulary);
      return byLetter.get(word[0]) ?? [];
    },
  };
  for (const more of later) index.add(more);
  return index;
}
