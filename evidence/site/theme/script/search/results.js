// How an answer of an engine reads. All that is not HTML of ours is escaped.

import { escaped, spoken } from "./text.js";

function statusOf(total, query) {
  if (total) return `${total} result${total === 1 ? "" : "s"}`;
  return `Nothing found for “${escaped(query)}”. Try fewer or shorter words.`;
}

function choiceOf(kind, label, chosen) {
  const checked = kind === chosen ? " checked" : "";
  return `<label>
    <input class="visually-hidden" type="radio" name="kind" value="${escaped(kind)}"${checked}>
    <span>${escaped(label)}</span>
  </label>`;
}

/** Return the choice of a kind of result: all, or one of those there are. */
function choicesOf(kinds, chosen) {
  const choices = kinds
    .toSorted()
    .map(([kind, count]) => choiceOf(kind, `${kind} ${count}`, chosen));
  return `<fieldset class="kinds">
    <legend class="visually-hidden">Kind of result</legend>
    ${choiceOf("", "All", chosen)}${choices.join("")}
  </fieldset>`;
}

function itemOf({ title, url, kind, excerpt }) {
  const link = `<a href="${escaped(url)}">${spoken(escaped(title ?? ""))}</a>`;
  const label = `<span class="kind">${escaped(kind ?? "")}</span>`;
  return `<li>${link}${label}<p>${spoken(excerpt)}</p></li>`;
}

/** Return results as HTML; `more` is the address of all of them, "" where all are shown. */
export function resultsHtml(query, chosen, { total, kinds, results }, more) {
  const link = more ? `<p><a href="${escaped(more)}">All ${total} results</a></p>` : "";
  return `<p role="status">${statusOf(total, query)}</p>
    ${choicesOf(kinds, chosen)}
    <ol>${results.map(itemOf).join("")}</ol>${link}`;
}
