// How an answer of the engine reads. All that is not HTML of ours is escaped.

import { wordsOf } from "../shared/words.js";
import { stemsOf } from "./stems.js";
import { escaped, hasCyrillic, hasKazakh, marked } from "./text.js";

/** Return what is said before the number of results: that no document treats the subject, or that none fits well. */
function warningOf({ untreated, isWeak, total }) {
  if (untreated.length > 0) {
    const missing = `No document here treats ${untreated.join(" or ")}.`;
    return total ? `${missing} Nearest: ` : missing;
  }
  return isWeak && total ? "No result has most of these words. Nearest: " : "";
}

/** Return what is said of an answer, aloud too: how well it fits, how many results, of which kind. */
export function statusOf(answer, query, kind) {
  const warning = warningOf(answer);
  return warning && !answer.total ? warning : warning + countOf(answer, query, kind);
}

function countOf({ total, kinds }, query, kind) {
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  if (total && kind) return `${total} of ${all} results: ${kind}`;
  if (total) return `${total} result${total === 1 ? "" : "s"}`;
  if (all) return `None of the ${all} results for “${query}” is of the kind “${kind}”.`;
  return `Nothing found for “${query}”. Try another word for it.`;
}

/** Return the options of the choice of a kind: all, then each there is with its number of results. */
export function optionsOf(kinds, chosen) {
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  const known =
    kinds.some(([kind]) => kind === chosen) || !chosen ? kinds : [...kinds, [chosen, 0]];
  const options = [["", all], ...known.toSorted(([one], [two]) => (one < two ? -1 : 1))];
  return options
    .map(([kind, count]) => {
      const selected = kind === chosen ? " selected" : "";
      const name = kind ? kind[0].toUpperCase() + kind.slice(1) : "All kinds";
      return `<option value="${escaped(kind)}"${selected}>${escaped(name)} (${count})</option>`;
    })
    .join("");
}

/** Return [language, name] of a record in the language of a query, where that is Russian or Kazakh and it has one. */
function nameFor(query, { ru, kk }) {
  if (!ru || !kk || !hasCyrillic(query)) return [];
  const asked = new Set(wordsOf(query).flatMap(stemsOf));
  const shared = (name) =>
    wordsOf(name).filter((word) => stemsOf(word).some((stem) => asked.has(stem)));
  const isKazakh = hasKazakh(query) || shared(kk).length > shared(ru).length;
  return isKazakh ? ["kk", kk] : ["ru", ru];
}

/** Return results of a query as items of a list; addresses are relative to `root`. */
export function itemsOf({ records, isFound }, query, root) {
  return records
    .map(({ title, url, kind, where, summary, names }) => {
      const link = `<a href="${escaped(new URL(url, root).href)}">${marked(title, isFound)}</a>`;
      const text = summary ? `<p>${marked(summary, isFound)}</p>` : "";
      const [language, name] = nameFor(query, names);
      const called = name ? `<span class="called" lang="${language}">${escaped(name)}</span>` : "";
      const from = where ? ` <span class="from">${escaped(where)}</span>` : "";
      return `<li><span class="kind">${escaped(kind)}</span> <div>${link}${called}${text}</div>${from}</li>`;
    })
    .join("");
}
