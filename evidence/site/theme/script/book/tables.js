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
const GROWN = 1.25; // layout: of the room of a box, up to which rows that were shown stay
const SLACK = 4; // layout: pixels a box may hide without a button for them

/** Return how far below the top of what a box holds each of its rows ends, however far its reader has scrolled it. */
function endsOfRows(box) {
  const top = box.getBoundingClientRect().top - box.scrollTop;
  const rows = findAll("tbody tr:not([hidden])", box);
  return rows.map((row) => row.getBoundingClientRect().bottom - top);
}

/**
 * Return how high a box is that ends below its last whole row, or below its first where that is higher than the box.
 * Rows that were shown stay when letters that arrive make them a little higher: nothing moves by a whole row.
 */
function heightOfWholeRows(box) {
  const room = box.clientHeight;
  const ends = endsOfRows(box);
  const shown = ends[box.dataset.rows - 1];
  if (shown <= room * GROWN) return shown;
  const number = Math.max(1, ends.filter((end) => end <= room).length);
  box.dataset.rows = number;
  return ends[number - 1] ?? room;
}

/** Return whether a box that was cut still ends below the row that it was cut at. */
function endsBelowRow(box) {
  return Math.abs(endsOfRows(box)[box.dataset.rows - 1] - box.clientHeight) <= 1;
}

/** Cut boxes between rows: all are measured, then all changed. */
function cutBetweenRows(boxes) {
  for (const box of boxes) box.style.removeProperty("--cut");
  const heights = boxes.map(heightOfWholeRows);
  boxes.forEach((box, index) => {
    const around = box.offsetHeight - box.clientHeight; // a bar to scroll sideways
    box.style.setProperty("--cut", `${Math.ceil(heights[index]) + around}px`);
  });
}

// Rows grow after they are measured: letters arrive, a window is made narrower. Rows further down do so as they are met.
const followSizes = new ResizeObserver((entries) => {
  const boxes = entries.map(({ target }) => target.closest(".scroll.long:not(.whole)"));
  cutBetweenRows(boxes.filter((box) => box !== null && isLaidOut(box) && !endsBelowRow(box)));
});

function offerAllRows(box) {
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

/** Return whether a table needs more room than its box has. */
function isTooWide(box) {
  const table = find("table:not(.stacked)", box);
  return table !== null && table.scrollWidth > box.clientWidth;
}

function isCut(box) {
  return box.clientHeight > 0 && box.scrollHeight > box.clientHeight + SLACK;
}

/** Return whether what a box holds is laid out: neither folded away nor left for later, alone or with what is around. */
function isLaidOut(box) {
  if (getComputedStyle(box).contentVisibility === "auto") return false;
  return box.checkVisibility?.({ contentVisibilityAuto: true }) ?? box.clientHeight > 0;
}

/** Return the boxes of tables that elements are or hold, of what is laid out. */
function boxesOf(scopes) {
  const isBox = (scope) => scope !== document && scope.matches(".scroll");
  return scopes
    .flatMap((scope) => (isBox(scope) ? [scope] : findAll(".scroll", scope)))
    .filter(isLaidOut);
}

/** Fit the tables of elements: all are measured, then all changed, so that the page is laid out once for each. */
export function fitTables(scopes) {
  const boxes = boxesOf(scopes);
  if (matchMedia(NARROW).matches) {
    const wide = boxes.filter(isTooWide);
    for (const box of wide) stackRows(find("table", box));
  }
  const cut = boxes.filter((box) => box.matches(".long:not([data-seen])") && isCut(box));
  cutBetweenRows(cut);
  cut.forEach(offerAllRows);
  for (const box of cut) followSizes.observe(find("table", box));
}

export function startTables() {
  const fit = ({ target }) => target.matches("details") && fitTables([target]);
  document.addEventListener("toggle", fit, true);
}
