// The evidence map: what stands across and what is filtered by, chosen by the reader; arrow keys move between cells.

import { countText, find, findAll, inSteps, loadScript, make, makeButton } from "../book/dom.js";
import { readRecords } from "../finder/model.js";
import { askedFor, keepChoice, readChoice } from "./address.js";
import { cellHtml } from "./cells.js";
import { countCells, GAP, KINDS, newCell, periodsOf, prepare } from "./count.js";

const ACROSS = {
  document: ["Document", "Documents"],
  group: ["Group", "Groups of children"],
  evidence: ["Rests on", "What it rests on"],
  period: ["Years", "Years"],
  place: ["Place", "Places"],
};
const AT_ONCE = 20; // speed: lines written at once, so that typing and scrolling go on
const PAUSE_MS = 40; // speed: before more lines: those in view are painted first
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }; // layout: where a key of an arrow leads

function selectOf(label, options, onchange) {
  const select = make("select", { onchange: () => onchange(select.value) });
  for (const [value, textContent] of options) select.append(make("option", { value, textContent }));
  return [make("label", {}, `${label} `, select), select];
}

/** Return where the focus goes from a cell by a key, null where that key moves nothing. */
function cellFrom(cell, key) {
  const row = cell.parentElement;
  if (key === "Home") return row.cells[1];
  if (key === "End") return row.cells[row.cells.length - 1];
  const step = STEPS[key];
  if (!step) return null;
  const [down, right] = step;
  const next = row.parentElement.rows[row.sectionRowIndex + down];
  return cell.cellIndex + right > 0 ? (next?.cells[cell.cellIndex + right] ?? null) : null;
}

class EvidenceMap {
  constructor(place) {
    this.place = place;
    this.table = find("table", place);
    this.lines = findAll("tbody tr", place);
    this.themes = this.lines.map((line) => line.dataset.themes);
    this.names = this.lines.map((line) => line.cells[0].outerHTML);
    this.documents = findAll("thead th[data-code]", place).map((head) => [
      head.dataset.code,
      head.textContent,
    ]);
    this.finder = place.dataset.finder;
    this.shades = place.dataset.shades.split(" ").map(Number);
    this.ready = null;
    this.status = make("p", { className: "status" });
    this.status.setAttribute("role", "status");
    this.said = make("p", { className: "said" });
    this.said.setAttribute("aria-hidden", "true");
    this.controls = make("div", { className: "choices" });
    this.table.addEventListener("keydown", (event) => this.move(event));
    for (const name of ["focusin", "mouseover"]) {
      this.table.addEventListener(name, ({ target }) => this.say(target.closest("td")));
    }
    const opener = makeButton("Choose what the map shows", () => this.load());
    this.controls.append(opener);
    place.prepend(this.controls, this.status, this.said);
    if (location.search.length > 1) this.load();
  }

  load() {
    this.ready ??= this.loadAll();
    return this.ready;
  }

  async loadAll() {
    const kinds = [...Object.keys(KINDS), GAP];
    await Promise.all(kinds.map((kind) => loadScript(`finder/${kind}.js`)));
    const kept = kinds.map((kind) => [kind, window.evidenceRecords[kind]]);
    const read = await inSteps(readRecords(kept));
    const years = [...(read.facets.get("year")?.labels.keys() ?? [])];
    this.periods = periodsOf(this.place.dataset.periods, years);
    this.records = read.records;
    prepare(
      read.records,
      this.themes.map((themes) => themes.split(",")),
      this.periods,
    );
    const names = new Map([...this.periods].map(([code, { name }]) => [code, name]));
    const labels = (name) => (name === "period" ? names : read.facets.get(name)?.labels);
    this.axes = new Map(
      Object.keys(ACROSS).map((name) => [name, { labels: labels(name) ?? new Map() }]),
    );
    this.choice = readChoice(this.axes);
    this.offer();
    this.show();
  }

  offer() {
    const across = Object.entries(ACROSS).map(([name, [, several]]) => [name, several]);
    const [label, select] = selectOf("Across", across, (name) => {
      this.choice.across = name;
      this.show();
    });
    select.value = this.choice.across;
    const filters = [...this.axes].map(([name, { labels }]) => {
      const [one, several] = ACROSS[name];
      const sorted = name === "period" ? [...labels] : sortedLabels(labels);
      const options = [
        ["", `All ${several === "What it rests on" ? "kinds" : several.toLowerCase()}`],
      ];
      const [box, filter] = selectOf(one, [...options, ...sorted], (code) => {
        if (code) this.choice.chosen.set(name, code);
        else this.choice.chosen.delete(name);
        this.show();
      });
      filter.value = this.choice.chosen.get(name) ?? "";
      filter.dataset.facet = name;
      return box;
    });
    const clear = makeButton("Clear", () => {
      this.choice = { across: "document", chosen: new Map() };
      for (const field of findAll("select", this.controls)) field.selectedIndex = 0;
      this.show();
    });
    this.controls.replaceChildren(label, ...filters, clear);
    select.dataset.facet = "across";
    select.focus();
  }

  /** Return what may stand across: codes and names. */
  offered() {
    const { across, chosen } = this.choice;
    const { labels } = this.axes.get(across);
    if (chosen.has(across)) return [[chosen.get(across), labels.get(chosen.get(across))]];
    if (across === "document") return this.documents;
    return across === "period" ? [...labels] : sortedLabels(labels);
  }

  show() {
    const { across, chosen } = this.choice;
    const offered = this.offered();
    const codes = offered.map(([code]) => code);
    const count = this.lines.length;
    const { cells, found } = countCells(this.records, count, across, codes, [...chosen]);
    const used = new Set(Object.keys(cells).map((place) => place % codes.length));
    const columns = offered
      .map(([code, name], at) => ({ code, name, at, asked: this.asked(code) }))
      .filter(({ at }) => across === "document" || used.has(at));
    const heads = columns.map(({ code, name }) => {
      const head = make("th", { scope: "col", textContent: name });
      head.dataset.code = code;
      return head;
    });
    find("thead tr", this.table).replaceChildren(find("thead th", this.table), ...heads);
    this.writeLines((line) => this.cellsOf(line, columns, cells, codes.length));
    const all = this.records.filter(({ kind }) => kind !== GAP).length;
    this.status.textContent = `${countText(found)} of ${countText(all)} records`;
    keepChoice(this.choice);
  }

  /** Return what a column and the filters ask of the finder. */
  asked(code) {
    const { across, chosen } = this.choice;
    return askedFor(new Map([...chosen, [across, code]]), this.periods);
  }

  /** Return the cells of a line as HTML. */
  cellsOf(line, columns, cells, width) {
    const nothing = newCell();
    const theme = `&amp;theme=${this.themes[line]}&amp;`;
    const html = columns.map(({ at, asked }) => {
      const addressOf = (kinds, empty) =>
        `${this.finder}?kind=${kinds}${empty && `&amp;empty=${empty}`}${theme}${asked}`;
      return cellHtml(cells[line * width + at] ?? nothing, this.shades, addressOf);
    });
    return html.join("");
  }

  /** Write the lines in view at once, the others in steps after they have been painted. */
  writeLines(cellsOf) {
    clearTimeout(this.pending);
    const isInView = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const seen = this.lines.map((line) => isInView(line.getBoundingClientRect()));
    const order = [...this.lines.keys()].toSorted((one, two) => seen[two] - seen[one]);
    const write = (count) => {
      for (const line of order.splice(0, count)) {
        this.lines[line].innerHTML = this.names[line] + cellsOf(line);
      }
      this.table.ariaBusy = String(order.length > 0);
      if (order.length) this.pending = setTimeout(() => write(AT_ONCE), PAUSE_MS);
    };
    write(seen.filter(Boolean).length);
  }

  move(event) {
    const cell = event.target.closest("td");
    const next = cell && cellFrom(cell, event.key);
    if (!next || next.tagName !== "TD") return;
    event.preventDefault();
    const link = find("a", next);
    if (!link) next.tabIndex = -1;
    (link ?? next).focus();
  }

  /** Say of a cell what is under the pointer or has the focus, in words, for those who see the page. */
  say(cell) {
    if (!cell) return;
    const line = cell.parentElement.cells[0].textContent;
    const column = find("thead tr", this.table).cells[cell.cellIndex].textContent;
    this.said.textContent = `${line}, ${column}: ${spoken(cell)}`;
  }
}

/** Return what a cell says in words: that of its links, or its text. */
function spoken(cell) {
  const links = findAll("a", cell).map((link) => link.getAttribute("aria-label"));
  const alone = cell.firstChild.nodeType === Node.TEXT_NODE ? [cell.firstChild.textContent] : [];
  return [...alone, ...links].join("; ");
}

function sortedLabels(labels) {
  return [...labels].toSorted(([, one], [, two]) => one.localeCompare(two));
}

for (const place of findAll(".map[data-finder]")) new EvidenceMap(place);
