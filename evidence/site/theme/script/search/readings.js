// What was meant by what was typed: on the keyboard of another language, in Latin letters, or without a space.
// Each reading is tried only on words the book does not have.

import { exchanged, wordsOf } from "../shared/words.js";
import { stemsOf } from "./stems.js";

const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>";
const RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю";
const KAZAKH_KEYS = { 2: "ә", 3: "і", 4: "ң", 5: "ғ", 8: "ү", 9: "ұ", 0: "қ" }; // where others have digits
const LEAST_TYPED = 3; // search: letters of a word that tells of another keyboard
const AGAINST = /^(?:anti|анти)/; // antibullying, антибуллинг
const LEAST_PART = 4; // search: letters of a word that stands in another without a space

// Latin spellings of Russian and Kazakh, the longer first; Kazakh letters as words.js compares them.
const IN_LATIN =
  "shch sch tsk zh kh ts ch sh gh yo ye yu iu ju ya ia ja a b c d e f g h i j k l m n o p q r s t u v w x y z ı";
const IN_CYRILLIC =
  "щ щ тск ж х ц ч ш г е е ю ю ю я я я а б ц д е ф г х и ж к л м н о п к р с т у в у х ы з ы";
const CYRILLIC_LETTERS = IN_CYRILLIC.split(" ");
const SPELLINGS = new Map(
  IN_LATIN.split(" ").map((letters, at) => [letters, CYRILLIC_LETTERS[at]]),
);
const SPELT = new RegExp([...SPELLINGS.keys()].join("|"), "g");
const IN_LATIN_ONLY = /^[a-zı]{3,}$/;
const IN_CYRILLIC_ONLY = /^[а-я]{4,}$/;
// Latin spellings of Cyrillic letters, for names that the book has in Latin letters only.
const LATIN_SPELLINGS = new Map(
  "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya"
    .match(/\S+ \S+/g)
    .map((pair) => pair.replace("_", "").split(" ")),
);
const ALIKE = { ы: "и", й: "и", э: "е", щ: "ш", ь: "", ъ: "" }; // letters that Latin ones do not tell apart
const LIKE_OTHERS = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "g");
const DOUBLE = /(.)\1/g;

/** Return a query as the same keys write it in Russian or Kazakh; numbers stay. */
function inRussianKeys(query) {
  const tokens = query.toLowerCase().split(/(\s+)/);
  const letters = tokens.map((token) =>
    /[a-z]/.test(token) ? token.replace(/\d/g, (digit) => KAZAKH_KEYS[digit] ?? digit) : token,
  );
  return exchanged(letters.join(""), LATIN_KEYS, RUSSIAN_KEYS);
}

/** Return a query as the same keys write it in English. */
function inLatinKeys(query) {
  return exchanged(query.toLowerCase(), RUSSIAN_KEYS, LATIN_KEYS);
}

/** Return a query as the keyboard of its language writes it: the reading with most letters in words the book has. */
export function onItsKeyboard(query, isInBook) {
  const readings = [query, inRussianKeys(query), inLatinKeys(query)];
  const known = readings.map((reading) =>
    wordsOf(reading)
      .filter((word) => word.length >= LEAST_TYPED && isInBook(word))
      .reduce((sum, word) => sum + word.length, 0),
  );
  return readings[known.indexOf(Math.max(...known))];
}

/** Return a word in Latin letters as Russian or Kazakh spell it. */
function inCyrillic(word) {
  return word.replace(SPELT, (letters) => SPELLINGS.get(letters));
}

/** Return a word in Cyrillic as Latin letters spell it. */
function inLatin(word) {
  return [...word].map((letter) => LATIN_SPELLINGS.get(letter) ?? letter).join("");
}

/** Return the spellings that a misspelt word may be nearest to: its own, that in Cyrillic, those of other keyboards. */
export function otherReadings(word) {
  return new Set([word, inCyrillic(word), inRussianKeys(word), inLatinKeys(word)]);
}

function sounds(word) {
  return word.replace(LIKE_OTHERS, (letter) => ALIKE[letter]).replace(DOUBLE, "$1");
}

/** Return the stems of the book that a word in Latin letters spells. */
export function spelt(word, isKnown) {
  return IN_LATIN_ONLY.test(word) ? stemsOf(inCyrillic(word)).filter(isKnown) : [];
}

/** Return the stems of names in Latin letters that a word in Cyrillic spells. */
export function spelledOut(word, isKnown) {
  if (!IN_CYRILLIC_ONLY.test(word)) return [];
  const written = [word, ...stemsOf(word)].map(inLatin);
  return [...new Set(written.flatMap((latin) => [latin, ...stemsOf(latin)]))].filter(isKnown);
}

/** Return the stems of the book that sound like a word in Latin letters. */
export function heard(word, wordsLike) {
  if (!IN_LATIN_ONLY.test(word)) return [];
  const stems = stemsOf(inCyrillic(word));
  const said = new Set(stems.map(sounds));
  return wordsLike(stems[0]).filter((term) => said.has(sounds(term)));
}

/** Return the words of the book that one is made of: two typed without a space, one after "anti"; or only itself. */
export function parted(word, isInBook) {
  const against = word.replace(AGAINST, "");
  if (against !== word && isInBook(against)) return [against];
  for (let at = word.length - LEAST_PART; at >= LEAST_PART; at -= 1) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every(isInBook)) return parts;
  }
  return [word];
}
