// Text as results show it.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const CYRILLIC_RUN = /[\u0400-\u04ff](?:[^<>&A-Za-z0-9]*[\u0400-\u04ff])*/g;
const KAZAKH_SIGN = /[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/;
const SHOWN_WORD = /[\p{L}\p{N}\p{M}\u00ad’']+/gu;

export function hasCyrillic(text) {
  return /[\u0400-\u04ff]/.test(text);
}

/** Return whether a text has a letter that Kazakh has and Russian has not. */
export function hasKazakh(text) {
  return KAZAKH_SIGN.test(text);
}

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

/** Return a text as HTML, the words marked that `isFound` says were looked for. */
export function marked(text, isFound) {
  let html = "";
  let end = 0;
  for (const match of text.matchAll(SHOWN_WORD)) {
    const word = escaped(match[0]);
    html += escaped(text.slice(end, match.index));
    html += isFound(match[0]) ? `<mark>${spoken(word)}</mark>` : spoken(word);
    end = match.index + match[0].length;
  }
  return html + escaped(text.slice(end));
}
