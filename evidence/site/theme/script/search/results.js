// How an answer of the engine reads. All that is not HTML of ours is escaped.

import { escaped, marked } from "./text.js";

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

/** Return results as items of a list; addresses are relative to `root`. */
export function itemsOf({ records, isFound }, root) {
  return records
    .map(({ title, url, kind, where, summary }) => {
      const link = `<a href="${escaped(new URL(url, root).href)}">${marked(title, isFound)}</a>`;
      const about = [kind, where].filter(Boolean).map(escaped).join(" · ");
      const text = summary ? `<p>${marked(summary, isFound)}</p>` : "";
      return `<li>${link} <span class="kind">${about}</span>${text}</li>`;
    })
    .join("");
}
