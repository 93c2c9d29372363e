// The engine: a query in, ranked records out. Words are added up, not required: a record that has more of them, and
// the rarer ones, comes first. The kind of a record, and a title that says the words as typed, count too.

import { wordsOf } from "../shared/words.js";
import { askedFor } from "./query.js";
import { isCyrillic, stemsOf } from "./stems.js";

const KIND = 0.25; // search: power of the weight of a kind
const COVERAGE = 1.5; // search: power of the share of the query that a record has
const LOOKED_AT = 80; // search: of so many records the titles are read
const TITLE = { said: 1, told: 1, typed: 0.5 }; // search: what a title adds that says all that is asked, only that, as typed
const OVERVIEW = 0.5; // search: what the title of a subject adds that says all that is asked: it shows all on it at once
const MEANT = 0.5; // search: weight from which a concept means a word
const REPEATED = 0.6; // search: of a record with the title of one before it
const FIRST = 3; // search: results that are looked at for what is asked: by them all are weak or not
const ENOUGH = 0.6; // search: of what is asked: first results of which one has it need no other
const MORE = 0.1; // search: of what is asked, that another one has to have beyond them
const NOTHING = { score: 0, sure: 0 }; // search: of a record without a word

/** Return how rare it is that a record of the shelves has what `count` of them have: the idf of BM25. */
function rarityOf(count, shelves) {
  const size = shelves.reduce((sum, shelf) => sum + shelf.size, 0);
  return Math.log(1 + (size - count + 0.5) / (count + 0.5));
}

/** Return how rare a term is in all shelves. */
function rarity(term, shelves) {
  return rarityOf(
    shelves.reduce((sum, shelf) => sum + shelf.entries(term).length, 0),
    shelves,
  );
}

/**
 * Return how rare at most any term of a word is. Few records say anything in Russian or Kazakh, so that there "детях"
 * would be rarer than "portfolio": a word in Cyrillic is as rare as all that stands for it together.
 */
function mostRare(word, terms, shelves) {
  if (!isCyrillic(word)) return Infinity;
  const counts = shelves.map((shelf) => {
    const entries = terms.flatMap(([term, weight]) => (weight >= MEANT ? shelf.entries(term) : []));
    return new Set(entries.map(([number]) => number)).size;
  });
  return rarityOf(
    counts.reduce((sum, count) => sum + count, 0),
    shelves,
  );
}

/** Return for each word of a query { rare, share, scores }: how rare it is, what it counts, and { score, sure } of each record of a shelf: what it has of the word, and how surely it means that. */
function scored(asked, shelves) {
  return asked.map(({ word, terms, share }) => {
    const present = [...terms].filter(([term]) =>
      shelves.some((shelf) => shelf.entries(term).length),
    );
    const found = present.map(([term, weight]) => ({ term, weight, idf: rarity(term, shelves) }));
    const surest = Math.max(0, ...found.map(({ weight }) => weight));
    const most = mostRare(word, present, shelves);
    const scores = shelves.map((shelf) => {
      const best = new Map();
      for (const { term, weight, idf } of found) {
        const worth = share * weight * idf;
        for (const [number, level] of shelf.entries(term)) {
          const had = best.get(number) ?? NOTHING;
          best.set(number, {
            score: Math.max(had.score, worth * level),
            sure: Math.max(had.sure, weight / surest),
          });
        }
      }
      return best;
    });
    const rare = found.map(({ weight, idf }) => share * weight ** 2 * Math.min(idf, most));
    return { rare: Math.max(0, ...rare), share, scores };
  });
}

/** Return { shelf, number, score, told } of each record that has a word and at least a part of the best score (`least`), the best first; told is the part of what is asked that it has. */
function ranked(words, shelves, { least }) {
  const all = words.reduce((sum, { rare }) => sum + rare, 0);
  const unknown = words.filter(({ rare }) => rare === 0);
  const lost = unknown.reduce((sum, { share }) => sum + share, 0) * rarity("", shelves);
  const found = [];
  shelves.forEach((shelf, at) => {
    const numbers = new Set(words.flatMap(({ scores }) => [...scores[at].keys()]));
    for (const number of numbers) {
      let [sum, covered] = [0, 0];
      for (const { rare, scores } of words) {
        const { score, sure } = scores[at].get(number) ?? NOTHING;
        sum += score;
        covered += rare * sure;
      }
      const weight = shelf.weightOf(number) ** KIND;
      const score = sum * (covered / all) ** COVERAGE * weight;
      found.push({ shelf, number, score, told: covered / (all + lost) });
    }
  });
  found.sort((one, two) => two.score - one.score);
  return found.filter(({ score }) => score >= least * found[0].score);
}

function partOf(list, isTrue) {
  return list.length > 0 ? list.filter(isTrue).length / list.length : 0;
}

/** Return records, those first whose titles say what is asked, in any words, nothing else, and as it was typed. */
function byTitle(found, asked, meaning, { typed, stop }) {
  for (const item of found) {
    const words = wordsOf(item.shelf.titleOf(item.number));
    const telling = words.filter((word) => !stop.has(word));
    const shares = {
      said: partOf(asked, (_, at) => words.some(meaning[at])),
      told: partOf(telling, (word) => meaning.some((means) => means(word))),
      typed: partOf(typed, (word) => words.includes(word)),
    };
    const isOverview = shares.said === 1 && item.shelf.kindOf(item.number) === "topic";
    item.score *= Object.entries(shares).reduce(
      (sum, [name, share]) => sum + TITLE[name] * share,
      isOverview ? 1 + OVERVIEW : 1,
    );
  }
  return found.sort((one, two) => two.score - one.score);
}

/** Return records with those later whose title, without the place in brackets, was there before. */
function unrepeated(found) {
  const seen = new Set();
  for (const item of found) {
    const title = item.shelf.titleOf(item.number).split(" (")[0];
    if (seen.has(title)) item.score *= REPEATED;
    seen.add(title);
  }
  return found.sort((one, two) => two.score - one.score);
}

/** Return records, as the last of the first ones the fullest of all, where these miss what a later one has: a fact beside answers that are near. */
function withFullest(found) {
  const most = Math.max(...found.slice(0, FIRST).map(({ told }) => told));
  const later = found.slice(FIRST);
  const fullest = later.reduce(
    (one, two) => (two.told > (one?.told ?? most) + MORE ? two : one),
    null,
  );
  if (most >= ENOUGH || !fullest) return found;
  return [
    ...found.slice(0, FIRST - 1),
    fullest,
    ...found.slice(FIRST - 1).filter((item) => item !== fullest),
  ];
}

/**
 * Return for each word of a query a function that says whether a word of a text means it, in any of its names. A word of
 * a name of several, such as "school" of "school police", counts only where `isLoose`.
 */
function meanings(asked, { names }, isLoose) {
  return asked.map(({ terms }) => {
    const stems = new Set();
    for (const [term, weight] of terms) {
      if (term[0] !== "#") stems.add(term);
      else if (weight >= MEANT)
        for (const name of names.get(term) ?? [])
          if (isLoose || !name.includes(" ")) for (const stem of name.split(" ")) stems.add(stem);
    }
    return (word) => stemsOf(word).some((stem) => stems.has(stem));
  });
}

/**
 * Return the answer to a query: { total, kinds: [kind, count] of each kind, records: the first `limit`, isFound,
 * untreated: subjects that it names and no document treats, isWeak: no first record has most of what is asked }.
 * `kind` leaves only records of a kind; `isOpen` says that the last word may be unfinished.
 */
export function answerTo(query, index, { kind = "", limit = 10, isOpen = false } = {}) {
  const { shelves, vocabulary, limits } = index;
  const asked = askedFor(query, index, isOpen);
  const found = ranked(scored(asked, shelves), shelves, limits);
  const counts = new Map();
  for (const { shelf, number } of found) {
    const name = shelf.kindOf(number);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const chosen = kind ? found.filter(({ shelf, number }) => shelf.kindOf(number) === kind) : found;
  const meaning = meanings(asked, vocabulary, true);
  const named = meanings(asked, vocabulary, false);
  const spoken = { typed: wordsOf(query), stop: vocabulary.stop };
  const first = unrepeated(byTitle(chosen.slice(0, LOOKED_AT), asked, meaning, spoken));
  const records = [...withFullest(first), ...chosen.slice(LOOKED_AT)].slice(0, limit);
  return {
    untreated: [...new Set(asked.flatMap(({ untreated }) => untreated ?? []))],
    isWeak: first.slice(0, FIRST).every(({ told }) => told < limits.weak),
    total: chosen.length,
    kinds: [...counts],
    records: records.map(({ shelf, number, score }) => ({ ...shelf.recordOf(number), score })),
    isFound: (text) => wordsOf(text).some((word) => named.some((means) => means(word))),
  };
}
