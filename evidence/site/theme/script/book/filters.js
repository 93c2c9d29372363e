// Long tables: a field that leaves the rows which hold every word typed, and heads of columns that sort.

import { searchable, wordsOf } from "../shared/words.js";
import { find, findAll, make, makeButton } from "./dom.js";

/** Put a field before an element that hides those rows of `items` without the words typed in it. */
function addFilter(name, items, element) {
  const input = make("input", { type: "search", placeholder: "Filter…" });
  const count = make("span");
  const textsOf = () =>
    items.map(({ cells }) => searchable([...cells].map((cell) => cell.textContent).join(" ")));
  let texts; // read when something is typed: most readers never do
  input.setAttribute("aria-label", `Filter: ${name}`);
  count.setAttribute("role", "status");
  input.addEventListener("input", () => {
    texts ??= textsOf();
    const words = wordsOf(input.value);
    let shown = 0;
    items.forEach((item, index) => {
      item.hidden = !words.every((word) => texts[index].includes(word));
      if (!item.hidden) shown += 1;
    });
    count.textContent = `${shown} of ${items.length} shown`;
  });
  element.before(make("div", { className: "filter" }, input, count));
}

/** Return the number a cell shows, NaN for other text. */
function numberIn(text) {
  return Number(text.replaceAll(",", "").replace("−", "-").replace("%", ""));
}

function compareCells(one, two) {
  const difference = numberIn(one) - numberIn(two);
  return Number.isNaN(difference)
    ? one.localeCompare(two, undefined, { numeric: true })
    : difference;
}

/** Return rows in the order of a column; equal ones stay as they are printed. */
function sortRows(rows, column, isUp) {
  const textOf = (row) => row.cells[column].textContent.trim();
  const sorted = rows.toSorted((one, two) => compareCells(textOf(one), textOf(two)));
  return isUp ? sorted : sorted.toReversed();
}

function addSorting(table) {
  const heads = findAll("thead th", table);
  const rows = findAll("tbody tr", table);
  heads.forEach((head, column) => {
    const button = makeButton("", () => {
      const isUp = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      find("tbody", table).append(...sortRows(rows, column, isUp));
    });
    button.title = "Sort";
    button.append(...head.childNodes); // a range in it stays on one line
    head.append(button);
  });
}

export function startFilters() {
  for (const table of findAll("table[data-filter]")) {
    addFilter(table.caption.textContent, findAll("tbody tr", table), table.parentElement);
    addSorting(table);
  }
}
