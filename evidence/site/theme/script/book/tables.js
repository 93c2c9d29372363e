// Tables that do not fit: a long one shows all its rows on request, and on a phone each row of a
// wide one becomes a card. A table inside a closed part is fitted when the part opens.

import { find, findAll, make, makeButton } from "./dom.js";

// Elements that are laid out as blocks lose their roles; the script says them again.
const ROLES = {
  "thead, tbody": "rowgroup",
  tr: "row",
  "thead th": "columnheader",
  "tbody th": "rowheader",
  td: "cell",
};
const NARROW = "(max-width: 40rem)";
const SLACK = 4; // pixels a box may hide without a button for them

function offerAllRows(box) {
  const isLong = box.classList.contains("long");
  if (!isLong || box.dataset.seen || box.scrollHeight <= box.clientHeight + SLACK) return;
  box.dataset.seen = "yes";
  const rows = findAll("tbody tr", box).length;
  const button = makeButton(`Show all ${rows} rows`, () => {
    showAllRows(box);
    box.focus();
  });
  box.after(make("p", { className: "more" }, button));
}

/** Let a long table stand whole, and take away the button that offered it. */
export function showAllRows(box) {
  box.classList.add("whole");
  box.dataset.seen = "yes";
  if (box.nextElementSibling?.matches("p.more")) box.nextElementSibling.remove();
}

function sayRoles(table) {
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const node of findAll(selector, table)) node.setAttribute("role", role);
  }
}

function stackRows(table) {
  const heads = findAll("thead th", table).map((head) => head.textContent);
  for (const row of findAll("tbody tr", table)) {
    [...row.cells].forEach((cell, column) => {
      cell.dataset.label = heads[column];
    });
  }
  sayRoles(table);
  table.classList.add("stacked");
}

function fitTables(scope) {
  const isNarrow = matchMedia(NARROW).matches;
  for (const box of findAll(".scroll", scope)) {
    const table = find("table", box);
    const isVisible = box.clientHeight > 0;
    if (!isVisible) continue;
    const isTooWide = table && table.scrollWidth > box.clientWidth;
    if (isNarrow && isTooWide && !table.classList.contains("stacked")) stackRows(table);
    offerAllRows(box);
  }
}

export function startTables() {
  fitTables(document);
  for (const part of findAll("details")) part.addEventListener("toggle", () => fitTables(part));
}
