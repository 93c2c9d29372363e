// A record in a selection: a line that opens on what is known of it, its full record and its tools.

import { citeTools } from "../book/cite.js";
import { find, loadScript, make } from "../book/dom.js";

const loading = new Map();

/** Return what opens below the records of a kind, loaded once. */
export function loadMore(kind) {
  if (!loading.has(kind)) loading.set(kind, loadScript(`finder/${kind}-more.js`));
  return loading.get(kind).then(() => window.evidenceMore[kind]);
}

async function fill(record, box, root) {
  const [pairs, places] = (await loadMore(record.kind))[record.id];
  const list = make("dl");
  for (const [label, text] of pairs) {
    list.append(make("dt", { textContent: label }), make("dd", { textContent: text }));
  }
  const path = `${record.page}#${record.anchor}`;
  const whole = make("a", { href: root + path, textContent: "Full record" });
  const where = places.length
    ? make("p", { className: "foot", textContent: places.join("; ") })
    : "";
  box.append(where, list, make("p", {}, whole), citeTools({ ...record, path }));
}

/** Return the row of a record; `names` are those of documents where rows of several stand together. */
export function rowOf(record, root, names, isOpen = false) {
  const head = make("h3", { className: "head" });
  const picture = record.picture
    ? make("img", { src: `${root}${record.picture}`, alt: "", loading: "lazy" })
    : "";
  head.append(record.title);
  const documents = names ? (record.has.document ?? []).map((code) => names.get(code)) : [];
  const said = [record.kindName, documents.join(", "), record.brief].filter(Boolean).join(" · ");
  const brief = make("span", { className: "brief", textContent: said });
  const box = make("div", { className: "record" });
  const row = make(
    "details",
    { className: "card" },
    make("summary", {}, picture, head, brief),
    box,
  );
  row.addEventListener("toggle", () => {
    if (row.open && !find("*", box)) fill(record, box, root);
  });
  row.open = isOpen;
  return row;
}
