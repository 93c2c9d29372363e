// Records in registers: each that opens gets its tools. Links of exhibits copy.

import { citeTools, copyText } from "./cite.js";
import { find, findAll, loadScript, plainText } from "./dom.js";

// Scripts of their own, and the place that needs each.
const SCRIPTS = {
  finder: ".finder",
  explore: ".explore",
  map: ".map[data-finder]",
  graph: ".graph",
};

function addTools(row) {
  const record = find(".record", row);
  if (!record || find(".ways", record)) return;
  const page = row.closest("[data-page]")?.dataset.page ?? "";
  const id = record.id.slice(record.id.indexOf("-") + 1);
  const title = plainText(find(".head", row));
  record.append(citeTools({ id, title, path: `${page}#${record.id}` }));
}

export function startRecords() {
  for (const row of findAll(".register details.card")) {
    row.addEventListener("toggle", () => row.open && addTools(row));
  }
  for (const link of findAll("a.copy")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      copyText(link.href, link);
    });
  }
  requestAnimationFrame(() => setTimeout(loadParts)); // after the page is shown: it need not share the way with them
}

function loadParts() {
  for (const [name, place] of Object.entries(SCRIPTS)) {
    if (find(place)) loadScript(`_static/${name}.js`);
  }
}
