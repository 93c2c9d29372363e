// The explorer below an exhibit: a rule on each side, and whom one finds and the other does not.

import { find, findAll, make } from "../book/dom.js";
import { keepChoice, readChoice } from "./choice.js";
import { compareRules, reachOf } from "./count.js";

const SHOWN = 12; // layout: units listed of each side

function makeSelect(label, entries, value, onchange) {
  const select = make("select", { onchange: () => onchange(select.value) });
  select.append(...entries.map(([key, text]) => make("option", { value: key, textContent: text })));
  select.value = value;
  return make("label", { textContent: `${label} ` }, select);
}

function ruleFields(name, offer, rule, changed) {
  const measures = offer.measures.map((text, at) => [at, text]);
  const steps = offer.steps.map((text, at) => [at, text]);
  const legend = make("legend", { textContent: name });
  const measure = makeSelect("Count", measures, rule.measure, (value) => {
    rule.measure = Number(value);
    changed();
  });
  const step = makeSelect("from", steps, rule.step, (value) => {
    rule.step = Number(value);
    changed();
  });
  return make("fieldset", {}, legend, measure, step);
}

/** Return a table of rows, whose first cell heads its row. */
function makeTable(caption, heads, rows) {
  const headCells = heads.map((text) => make("th", { scope: "col", textContent: text }));
  const body = rows.map(([first, ...others]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", textContent: first }),
      ...others.map((text) => make("td", { className: "n", textContent: text })),
    ),
  );
  const table = make("table", {}, make("caption", { textContent: caption }));
  table.append(make("thead", {}, make("tr", {}, ...headCells)), make("tbody", {}, ...body));
  const box = make("div", { className: "scroll", tabIndex: 0 }, table);
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", `Table: ${caption}`);
  return box;
}

function summary(offer, found) {
  const none = offer.all - found.both.length - found.one.length - found.other.length;
  return makeTable(
    `${offer.noun} found by these rules`,
    ["Found by", offer.noun],
    [
      ["both rules", found.both.length],
      ["the first only", found.one.length],
      ["the second only", found.other.length],
      ["neither", none],
    ],
  );
}

function moving(offer, choice, units, name) {
  const rows = units
    .slice(0, SHOWN)
    .map((unit) => [
      `${offer.unit} ${offer.units[unit]}`,
      ...offer.measures.map((_, measure) => reachOf(offer, choice.data, unit, measure) || "–"),
    ]);
  const listed = units.length > SHOWN ? `, the first ${SHOWN} of ${units.length}` : "";
  const caption = `Found by ${name} only${listed}: the highest number offered that each reaches`;
  return rows.length ? makeTable(caption, [offer.unit, ...offer.measures], rows) : "";
}

function startExplorer(place) {
  const offer = JSON.parse(find("script", place).textContent);
  const choice = readChoice(offer);
  const result = make("div");
  const said = make("p", { className: "status" });
  said.setAttribute("role", "status");

  function show() {
    const width = offer.measures.length;
    const found = compareRules(offer.levels[choice.data], width, choice.one, choice.other);
    const [first, second] = [
      found.both.length + found.one.length,
      found.both.length + found.other.length,
    ];
    said.textContent = `The first rule finds ${first}, the second ${second}.`;
    result.replaceChildren(
      summary(offer, found),
      moving(offer, choice, found.one, "the first rule"),
      moving(offer, choice, found.other, "the second rule"),
    );
  }

  function changed() {
    keepChoice(choice);
    show();
  }

  place.append(
    ruleFields("First rule", offer, choice.one, changed),
    ruleFields("Second rule", offer, choice.other, changed),
    makeSelect("How days are taken:", Object.entries(offer.data), choice.data, (value) => {
      choice.data = value;
      changed();
    }),
    said,
    result,
  );
  show();
}

for (const place of findAll(".explore")) startExplorer(place);
