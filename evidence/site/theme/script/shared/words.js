// Text as the search and every filter compare it: one rule for the words of the book and for those a reader types.
// Its twin for the build is evidence/site/search/words.py; a test holds both to the same answers.

const UNSEEN = /[\u0300-\u0305\u0307-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/g; // й keeps its breve, \u0306
const APOSTROPHES = /['’‘ʼʹ`´′]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const THOUSANDS = /(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?!\d)/g;
const DECIMAL_COMMA = /(?<=\d),(?=\d)/g;
const MIXED = /(?=[а-ӿ]*[a-z])(?=[a-z]*[а-ӿ])[a-zа-ӿ]+/g;
const LATIN = "acehikmoptxyb"; // each looks like the sign below it, in capitals at least
const CYRILLIC = "асенікмортхув";
const KAZAKH = "әғқңөұүһі"; // often typed on a Russian keyboard, as the signs below
const RUSSIAN = "агкноуухи";
const WORD = /\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu;
const COMPOUND = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;

/** Return a text with signs of `from` as those at the same places of `to`. */
export function exchanged(text, from, to) {
  return [...text].map((sign) => to[from.indexOf(sign)] ?? sign).join("");
}

/** Return a word of both scripts in one: in that of its letters which look like no other, else in that of most. */
function inOneScript(word) {
  const signs = [...word];
  const own = signs.filter((sign) => !LATIN.includes(sign) && !CYRILLIC.includes(sign));
  const telling = own.length > 0 ? own : signs;
  const isCyrillic = telling.filter((sign) => sign > "z").length * 2 > telling.length;
  return isCyrillic ? exchanged(word, LATIN, CYRILLIC) : exchanged(word, CYRILLIC, LATIN);
}

/** Return a text without what readers do not type alike: case, ё, accents, apostrophes, "1,756", look-alikes. */
function normal(text) {
  const plain = text
    .normalize("NFKD")
    .replace(UNSEEN, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(APOSTROPHES, "")
    .replace(DASHES, "-")
    .replace(THOUSANDS, (number) => number.replace(/[ ,]/g, ""))
    .replace(DECIMAL_COMMA, ".")
    .replace(MIXED, inOneScript);
  return exchanged(plain, KAZAKH, RUSSIAN);
}

/** Return the words of a text; "drop-out" is two. */
export function wordsOf(text) {
  return normal(text).match(WORD) ?? [];
}

/** Return the words of a text in a line, "drop-out" also as one: what holds a word that is looked for. */
export function searchable(text) {
  const compounds = normal(text).match(COMPOUND) ?? [];
  const joined = compounds.map((compound) => compound.replaceAll("-", ""));
  return [...wordsOf(text), ...joined].join(" ");
}
