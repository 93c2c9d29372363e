// What a query asks for: its words, each with all terms of the index that may stand for it, and how well each does.

import { wordsOf } from "../shared/words.js";
import { heard, onItsKeyboard, otherReadings, parted, spelledOut, spelt } from "./readings.js";
import { isCyrillic, stemsOf } from "./stems.js";

const LONGEST = 6; // search: words of a name
// search: how well each way of meaning a word stands for it; held by the queries of the tests
const WEIGHTS = {
  exact: 1,
  concept: 0.9,
  place: 1.3,
  inner: 0.35,
  begun: 0.5,
  mended: 0.6,
  spelt: 0.6,
  part: 0.8,
  translated: 0.85,
};
const BEGUN_MOST = 40; // search: terms that a word may be the beginning of
const BEGUN_LEAST = 3; // search: letters of such a word
const MENDED = [4, 7]; // search: letters that a stem has at least in which one may be wrong, and two
const SLIP_LEAST = 6; // search: letters of a stem that is rather misspelt than two words without a space
const NAMED_BY = 4; // search: stems of a word that names are looked for with
const NUMBER = /^\d/;
const YEAR = /^(?:19|20)\d\d$/;
const ADDED = 0.4; // search: what a word counts that people add to any question: a year, the country, "how many"

/** Return whether two words differ by at most `most` letters added, left out, changed or swapped. */
export function isNear(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return false;
  let [before, last] = [[], [...Array(two.length + 1).keys()]];
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= two.length; column += 1) {
      const same = one[row - 1] === two[column - 1];
      next[column] = Math.min(
        last[column] + 1,
        next[column - 1] + 1,
        last[column - 1] + (same ? 0 : 1),
      );
      const swapped = one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1];
      if (row > 1 && column > 1 && swapped)
        next[column] = Math.min(next[column], before[column - 2] + 1);
    }
    if (Math.min(...next) > most) return false;
    [before, last] = [last, next];
  }
  return last[two.length] <= most;
}

/** Return the words of a query that tell something; all of them, where none does. "79 738" may be two numbers. */
function telling(query, { stop }, isInBook, wordsLike) {
  const meant = onItsKeyboard(query, isInBook);
  const joined = wordsOf(meant);
  const isUnknown = joined.some((word) => NUMBER.test(word) && !isInBook(word));
  const words = isUnknown ? meant.split(/\s+/).flatMap(wordsOf) : joined;
  const some = words.filter((word) => !stop.has(word));
  return (some.length > 0 ? some : words).flatMap((word) =>
    isInBook(word) || isSlip(word, wordsLike(word)) ? word : parted(word, isInBook),
  );
}

/** Return the words of the book that a word may be the beginning of. */
function begunBy(word, known, least = BEGUN_LEAST) {
  if (NUMBER.test(word) || word.length < least) return [];
  return known.filter((term) => term.startsWith(word)).slice(0, BEGUN_MOST);
}

/** Return the words of the book that a word misspells: nearest first, those of one letter's difference or two. */
function misspeltBy(word, known) {
  if (NUMBER.test(word)) return [];
  for (const [differ, least] of MENDED.entries()) {
    const stems = stemsOf(word).filter((stem) => stem.length >= least);
    const near = known.filter((term) => stems.some((stem) => isNear(stem, term, differ + 1)));
    if (near.length > 0) return near;
  }
  return [];
}

/** Return whether a long word is a word of the book but for one letter. */
function isSlip(word, known) {
  const stems = stemsOf(word).filter((stem) => stem.length >= SLIP_LEAST);
  return known.some((term) => stems.some((stem) => isNear(stem, term, 1)));
}

/** Return [term, weight] of the words of the book that a word unknown to it may mean. */
function meantBy(word, known, isOpen) {
  const begun = begunBy(word, known, isOpen ? BEGUN_LEAST : MENDED[0]).map((term) => [
    term,
    WEIGHTS.begun,
  ]);
  return begun.length > 0 ? begun : misspeltBy(word, known).map((term) => [term, WEIGHTS.mended]);
}

function raise(terms, term, weight) {
  terms.set(term, Math.max(terms.get(term) ?? 0, weight));
}

/** Yield every sequence of one stem of each word. */
function* sequences(choices) {
  if (choices.length === 0) yield [];
  else
    for (const stem of choices[0])
      for (const rest of sequences(choices.slice(1))) yield [stem, ...rest];
}

/** Return [from, to, meanings] of each name among words: `named` gives the meanings of a name as stems. */
function namesIn(stems, named) {
  const found = [];
  for (let from = 0; from < stems.length; from += 1) {
    for (let to = from + 1; to <= Math.min(stems.length, from + LONGEST); to += 1) {
      const terms = [...sequences(stems.slice(from, to))].flatMap(
        (form) => named.get(form.join(" ")) ?? [],
      );
      if (terms.length > 0) found.push([from, to, terms]);
    }
  }
  return found;
}

/** Return the terms that a word stands for, each with how well: its own, else those it sounds like, begins or misspells. */
function termsOf(word, isUnfinished, isKnown, wordsLike) {
  const terms = new Map();
  for (const stem of stemsOf(word).filter(isKnown)) raise(terms, stem, WEIGHTS.exact);
  for (const stem of spelt(word, isKnown)) raise(terms, stem, WEIGHTS.spelt);
  if (terms.size === 0)
    for (const stem of [...spelledOut(word, isKnown), ...heard(word, wordsLike)])
      raise(terms, stem, WEIGHTS.spelt);
  if (terms.size > 0) {
    const begun = isUnfinished ? begunBy(word, wordsLike(word)) : [];
    for (const term of begun) raise(terms, term, WEIGHTS.inner);
    return terms;
  }
  for (const written of otherReadings(word))
    for (const [term, weight] of meantBy(written, wordsLike(written), isUnfinished))
      raise(terms, term, weight);
  return terms;
}

/** Return what a word of a query counts beside the others. */
function shareOf(word, terms, { added }) {
  const isAdded = [...terms].some(([term, weight]) => weight >= WEIGHTS.begun && added.has(term));
  return isAdded || YEAR.test(word) ? ADDED : 1;
}

/**
 * Return the words of a query as [{ word, untreated, terms, share }]: untreated the subject it names that no document
 * treats, terms a map from each to how well it stands for the word, share what the word counts; `isOpen`: the last one
 * may still be unfinished.
 */
export function askedFor(query, { shelves, vocabulary, wordsLike }, isOpen) {
  const isKnown = (stem) =>
    vocabulary.stems.has(stem) || shelves.some(({ terms }) => terms.has(stem));
  const words = telling(query, vocabulary, (word) => stemsOf(word).some(isKnown), wordsLike);
  const missing = namesIn(words.map(stemsOf), vocabulary.untreated);
  const asked = words.map((word, position) => {
    const isUnfinished = isOpen && position === words.length - 1;
    const untreated = missing.find(([from, to]) => from <= position && position < to)?.[2][0];
    const like = untreated ? () => [] : wordsLike; // a word that is understood misspells none
    return { word, untreated, terms: termsOf(word, isUnfinished, isKnown, like) };
  });
  addNames(asked, vocabulary);
  addTranslations(asked, vocabulary);
  addJoined(asked, isKnown);
  return asked.map((item) => ({ ...item, share: shareOf(item.word, item.terms, vocabulary) }));
}

/** Return the stems of a word that names are looked for with: its own, and those of words it misspells. */
function namedBy({ word, terms }) {
  const mended = [...terms].filter(([, weight]) => weight >= WEIGHTS.begun).map(([term]) => term);
  return [...new Set([...stemsOf(word), ...mended])].slice(0, NAMED_BY);
}

/** Add to words the concepts they name; a name inside a longer one counts less, and so do the words of a long one; a place counts more. */
function addNames(asked, vocabulary) {
  const names = namesIn(asked.map(namedBy), vocabulary.concepts);
  for (const [from, to, concepts] of names) {
    const isInner = names.some(([a, b]) => a <= from && b >= to && b - a > to - from);
    for (const { terms } of asked.slice(from, to)) {
      if (to - from > 1)
        for (const [term, weight] of terms)
          if (term[0] !== "#") terms.set(term, Math.min(weight, WEIGHTS.part));
      for (const term of concepts) {
        const weight = vocabulary.places.has(term) ? WEIGHTS.place : WEIGHTS.concept;
        raise(terms, term, isInner ? WEIGHTS.inner : weight);
      }
    }
  }
}

/** Add to words the English ones that translate them; a word of the book in Latin letters is English itself. */
function addTranslations(asked, { translations }) {
  const isEnglish = ({ word, terms }) => !isCyrillic(word) && terms.has(stemsOf(word)[0]);
  const stems = asked.map((item) => (isEnglish(item) ? [] : namedBy(item)));
  for (const [from, to, english] of namesIn(stems, translations))
    for (const { terms } of asked.slice(from, to))
      for (const term of english) raise(terms, term, WEIGHTS.translated);
}

/** Add to "drop" and "out", one after the other, the word "dropout". */
function addJoined(asked, isKnown) {
  for (let at = 0; at + 1 < asked.length; at += 1) {
    const [stem] = stemsOf(asked[at].word + asked[at + 1].word);
    if (!isKnown(stem)) continue;
    for (const { terms } of asked.slice(at, at + 2)) raise(terms, stem, WEIGHTS.concept);
  }
}
