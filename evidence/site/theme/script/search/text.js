// Text as the search compares and shows it.

import { wordsOf } from "../shared/words.js";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const CYRILLIC_RUN = /[\u0400-\u04ff](?:[^<>&A-Za-z0-9]*[\u0400-\u04ff])*/g;
const KAZAKH_SIGN = /[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/;
const LONG = 5; // letters from which a word is cut to its stem
const ENDING = 2; // letters an ending has at most

/** Return a text fit to stand in HTML. */
export function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

/** Return HTML with its words in Cyrillic each in an element that names their language. */
export function spoken(html) {
  return html.replace(CYRILLIC_RUN, (run) => {
    return `<span lang="${KAZAKH_SIGN.test(run) ? "kk" : "ru"}">${run}</span>`;
  });
}

/** Return a word without its ending: rough, but for English, Russian and Kazakh alike. */
function stem(word) {
  return word.length > LONG ? word.slice(0, word.length - ENDING) : word;
}

/** Return the words of a query without their endings. */
export function stemsOf(query) {
  return wordsOf(query).map(stem);
}

/** Return where a word of a text begins with `start`, -1 if none does. */
export function placeOf(text, start) {
  const first = text.indexOf(start);
  if (first <= 0 || /[^\p{L}\p{N}]/u.test(text[first - 1])) return first;
  const literal = start.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}])${literal}`, "u"));
}
