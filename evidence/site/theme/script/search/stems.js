// Stems of words, as the build makes them: twin of evidence/site/search/stems.py, which says more.

const KAZAKH_ENDINGS = (
  "ндагы ндеги дагы деги тагы теги " +
  "нын нин дын дин тын тин нда нде нан нен дан ден тан тен мен бен пен " +
  "га ге ка ке на не ны ни ды ди ты ти да де та те " +
  "сы си ы и мыз миз ымыз имиз ныз низ ыныз иниз " +
  "лар лер дар дер тар тер " +
  "атын етин йтын йтин ган ген кан кен ады еди йды йди " +
  "лык лик дык дик тык тик лыгы лиги дыгы диги тыгы тиги лы ли сыз сиз " +
  "н у ша ше дай дей тай тей"
)
  .split(" ")
  .sort((one, two) => two.length - one.length || (one < two ? -1 : 1));
const KAZAKH_TIMES = 4; // search: endings of a word at most
const KAZAKH_LEAST = 3; // search: letters that a stem has at least
const RUSSIAN_CHILD = "ребенок дети детей детям детьми детях".split(" ");
const IRREGULAR = new Map([
  ...Object.entries({ children: "child", women: "woman", men: "man" }),
  ...RUSSIAN_CHILD.map((word) => [word, "ребенк"]),
]);
const HARDENED = { г: "к", б: "п" };

const english = new PorterStemmer();
const russian = new RussianStemmer();

/** Return whether a word, in one script, is in Cyrillic. */
export function isCyrillic(word) {
  return word >= "\u0400";
}

function kazakhStem(word) {
  let stem = word;
  for (let times = 0; times < KAZAKH_TIMES; times += 1) {
    const ending = KAZAKH_ENDINGS.find((end) => stem.endsWith(end));
    if (!ending || stem.length - ending.length < KAZAKH_LEAST) break;
    stem = stem.slice(0, -ending.length);
  }
  const last = stem.slice(-1);
  return stem.slice(0, -1) + (HARDENED[last] ?? last);
}

function regular(stemmer, word) {
  return IRREGULAR.get(word) ?? (stemmer.stemWord(word) || word);
}

function stems(word) {
  if (/^\d/.test(word)) return [word];
  if (!isCyrillic(word)) return [regular(english, word)];
  return [...new Set([regular(russian, word), kazakhStem(word)])];
}

const stemsKnown = new Map();

/** Return the stems of a word as it is compared: one, or those of Russian and Kazakh; a number is its own. */
export function stemsOf(word) {
  if (!stemsKnown.has(word)) stemsKnown.set(word, stems(word));
  return stemsKnown.get(word);
}
