// Filters over records, above a register or on the page of all records. Before something is chosen, a register stays the
// list it is; what a link leads to is shown whatever is chosen.

import { addressOf, copyText, saveFile } from "../book/cite.js";
import {
  atOnce,
  countText,
  find,
  findAll,
  inSteps,
  linkedId,
  loadScript,
  make,
  makeButton,
  root,
} from "../book/dom.js";
import { facetPanel } from "./facets.js";
import { csvOf, jsonOf, tableOf } from "./files.js";
import { arrange, filterRecords, readRecords } from "./model.js";
import { loadMore, rowOf } from "./rows.js";
import { isActive, isAsked, keepState, readState } from "./state.js";

const AT_ONCE = 50; // layout: rows shown before a reader asks for more
const PAUSE_MS = 120; // speed: so long typing rests before the list is filtered

/** Return the parts of the page that are the list without script: hidden while something is chosen. */
function listOf(place) {
  const listed = place.dataset.list ?? ".register, .gallery";
  const parts = findAll(`main :is(${listed}, nav.pages)`);
  const sections = parts.map((part) => part.closest("section"));
  return parts.map((part, at) => (sections[at]?.contains(place) ? part : (sections[at] ?? part)));
}

class Finder {
  constructor(place) {
    this.place = place;
    this.base = new URL(root.dataset.root || "./", document.baseURI).href;
    this.kinds = place.dataset.kinds.split(" ");
    this.isWhole = "whole" in place.dataset;
    this.list = listOf(place);
    this.ready = null;
    this.first = null; // what is found when the page has loaded, until it is shown
    this.limit = AT_ONCE;
    this.input = make("input", { type: "search", placeholder: "Words" });
    this.input.setAttribute("aria-label", "Words to filter by");
    this.status = make("span", { className: "status" });
    this.status.setAttribute("role", "status");
    this.opener = make("summary", { textContent: "Filter and sort" });
    this.options = make("details", { className: "options" }, this.opener);
    this.tools = make("p", { className: "ways" });
    this.found = make("div", { className: "found" });
    place.append(make("div", { className: "asked" }, this.input, this.status));
    place.append(this.options, this.tools, this.found);
    this.listen();
    this.options.open = this.isWhole && matchMedia("(min-width: 60rem)").matches;
    if (this.isWhole || isAsked() || this.isElsewhere()) this.show();
  }

  listen() {
    let wait = 0;
    this.input.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => this.change(), PAUSE_MS);
    });
    this.options.addEventListener("toggle", () => {
      if (this.options.open && !this.ready) this.show();
    });
    addEventListener("hashchange", () => this.isElsewhere() && this.show());
  }

  /** Return whether the address leads to a record that the page itself does not hold. */
  isElsewhere() {
    const anchor = linkedId();
    const kind = this.kinds.find((one) => anchor.startsWith(`${one}-`));
    return Boolean(kind) && !document.getElementById(anchor);
  }

  /** Load the records once, and make the filters. */
  load() {
    this.ready ??= this.loadAll();
    return this.ready;
  }

  async loadAll() {
    await Promise.all(this.kinds.map((kind) => loadScript(`finder/${kind}.js`)));
    const kinds = this.kinds.map((kind) => [kind, window.evidenceRecords[kind]]);
    const { records, facets } = await inSteps(readRecords(kinds));
    const only = this.place.dataset.document;
    this.records = only ? records.filter(({ has }) => isOnly(has.document, only)) : records;
    this.facets = facets;
    if (this.kinds.length > 1) dropOwn(facets);
    dropSingle(facets);
    this.state = readState(facets);
    this.input.value ||= this.state.query;
    const query = this.input.value;
    this.first = { query, result: await inSteps(this.filtering(query)) };
    this.panel = facetPanel(facets, this.state, () => this.show());
    this.options.append(this.panel.panel);
  }

  /** Take over what was typed, with the words of what opens below the lines. */
  async change() {
    await this.load();
    this.limit = AT_ONCE;
    await this.show();
    await Promise.all(this.kinds.map((kind) => this.addWords(kind)));
    await this.show();
  }

  async addWords(kind) {
    const more = await loadMore(kind);
    for (const record of this.records) {
      if (record.kind !== kind || record.more !== undefined) continue;
      const [pairs, places] = more[record.id];
      record.more = [...pairs.flat(), ...places].join(" ");
      record.words = undefined;
    }
  }

  async show() {
    await this.load();
    this.state.query = this.input.value;
    keepState(this.state);
    this.renew();
  }

  /** Return the steps in which the records are found that have what was chosen and these words. */
  filtering(query) {
    return filterRecords(this.records, this.facets, this.state.chosen, query);
  }

  /** Return the records found and the counts: those that the page begins with were made while it loaded. */
  filtered() {
    const { first } = this;
    const { query } = this.state;
    this.first = null;
    return first?.query === query ? first.result : atOnce(this.filtering(query));
  }

  renew() {
    const { sort, group } = this.state;
    const { found, counts } = this.filtered();
    const active = this.isWhole || isActive(this.state) || this.isElsewhere();
    for (const part of this.list) part.hidden = active;
    this.panel.show(counts);
    this.status.textContent = `${countText(found.length)} of ${countText(this.records.length)}`;
    this.tools.replaceChildren(...this.toolsOf(found));
    this.found.replaceChildren(...(active ? this.rowsOf(found, sort, group) : []));
  }

  rowsOf(found, sort, group) {
    const nodes = [];
    const names = this.isWhole && group !== "document" ? this.facets.get("document")?.labels : null;
    const linked = this.records.find(({ anchor }) => anchor === linkedId());
    if (linked) {
      const label = make("h2", { className: "group", textContent: "The record that was linked" });
      nodes.push(label, rowOf(linked, this.base, names, true));
    }
    let left = this.limit;
    for (const [heading, records] of arrange(found, this.facets, sort, group)) {
      if (left <= 0) break;
      const text = heading ? `${heading} (${records.length})` : "Records";
      nodes.push(
        make("h2", { className: heading ? "group" : "visually-hidden", textContent: text }),
      );
      nodes.push(...records.slice(0, left).map((record) => rowOf(record, this.base, names)));
      left -= records.length;
    }
    if (found.length > this.limit) {
      const more = makeButton(`Show ${Math.min(AT_ONCE, found.length - this.limit)} more`, () => {
        const at = this.limit;
        this.limit += AT_ONCE;
        this.renew();
        find("summary", findAll("details.card", this.found)[at])?.focus();
      });
      nodes.push(make("p", { className: "more" }, more));
    }
    return nodes;
  }

  toolsOf(found) {
    const about = () => ({ selection: location.search, address: location.href });
    const table = () => tableOf(found, this.facets, addressOf);
    const csv = makeButton("Selection as CSV", () =>
      saveFile("selection.csv", csvOf(table()), "text/csv"),
    );
    const json = makeButton("JSON", () =>
      saveFile("selection.json", jsonOf(table(), about()), "application/json"),
    );
    json.setAttribute("aria-label", "Selection as JSON");
    const copy = makeButton("Copy link to this selection", () => copyText(location.href, copy));
    const clear = makeButton("Clear", () => this.clear());
    return isActive(this.state) ? [csv, json, copy, clear] : [csv, json];
  }

  clear() {
    for (const codes of this.state.chosen.values()) codes.clear();
    Object.assign(this.state, { query: "", sort: "listed", group: "" });
    this.input.value = "";
    for (const select of findAll("select", this.options)) select.selectedIndex = 0;
    this.show();
    this.input.focus();
  }
}

function isOnly(documents, document) {
  return documents?.length === 1 && documents[0] === document;
}

/** Take away facets that only one of several kinds has. */
function dropOwn(facets) {
  for (const id of [...facets.keys()]) if (id.startsWith("own-")) facets.delete(id);
}

/** Take away facets that all records share. */
function dropSingle(facets) {
  for (const [id, { labels }] of [...facets]) if (labels.size < 2) facets.delete(id);
}

for (const place of findAll(".finder")) new Finder(place);
