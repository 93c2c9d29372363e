// The filters of a list: words, facets with the number of records of each value, order and groups.

import { findAll, make, makeButton } from "../book/dom.js";
import { ORDERS } from "./model.js";

const MANY = 12; // layout: values from which a facet has a field to find one

function selectOf(label, options, value, onchange) {
  const select = make("select", { onchange: () => onchange(select.value) });
  for (const [key, text] of options) {
    select.append(make("option", { value: key, textContent: text, selected: key === value }));
  }
  return make("label", { className: "order" }, `${label} `, select);
}

/** Return the values of a facet that some record has or that are chosen, those of most records first, years last first. */
function valuesOf(id, facet, counts, codes) {
  const values = [...facet.labels].filter(([code]) => counts.get(code) || codes.has(code));
  return id === "year"
    ? values.toSorted((one, two) => two[0].localeCompare(one[0]))
    : values.toSorted((one, two) => (counts.get(two[0]) ?? 0) - (counts.get(one[0]) ?? 0));
}

function facetBox(id, facet, state, onchange) {
  const list = make("ul");
  const said = make("span", { className: "count" });
  const box = make("details", { className: "facet" });
  box.dataset.facet = id;
  box.append(make("summary", {}, facet.name, " ", said), list);
  let counts = new Map();

  function fill() {
    const codes = state.chosen.get(id);
    const filter = valuesOf(id, facet, counts, codes).map(([code, label]) => {
      const input = make("input", { type: "checkbox", checked: codes.has(code), value: code });
      input.addEventListener("change", () => {
        if (input.checked) codes.add(code);
        else codes.delete(code);
        onchange();
      });
      const count = make("span", { className: "count", textContent: counts.get(code) ?? 0 });
      return make("li", {}, make("label", {}, input, ` ${label} `, count));
    });
    const at = document.activeElement?.closest?.("li") && document.activeElement.value;
    list.replaceChildren(...filter);
    if (at && box.open)
      findAll("input", list)
        .find((input) => input.value === at)
        ?.focus();
    list.classList.toggle("many", filter.length > MANY);
  }

  box.addEventListener("toggle", () => box.open && fill());
  return {
    box,
    show(now) {
      counts = now;
      const chosen = state.chosen.get(id).size;
      said.textContent = chosen ? `${chosen} chosen` : "";
      box.hidden = counts.size === 0 && !chosen;
      if (box.open) fill();
    },
  };
}

/** Return the chosen values as buttons that take them back. */
function chips(facets, state, onchange) {
  return [...state.chosen].flatMap(([id, codes]) =>
    [...codes].map((code) => {
      const facet = facets.get(id);
      const button = makeButton(`${facet.name}: ${facet.labels.get(code)} ×`, () => {
        codes.delete(code);
        onchange();
      });
      button.setAttribute("aria-label", `Remove ${facet.name}: ${facet.labels.get(code)}`);
      return button;
    }),
  );
}

/** Return the panel of facets and what renews it: `show(counts)`. */
export function facetPanel(facets, state, onchange) {
  const boxes = [...facets].map(([id, facet]) => [id, facetBox(id, facet, state, onchange)]);
  const groups = [["", "None"], ...[...facets].map(([id, { name }]) => [id, name])];
  const orders = Object.entries(ORDERS).map(([key, [name]]) => [key, name]);
  const chosen = make("p", { className: "chosen" });
  const panel = make(
    "div",
    { className: "panel" },
    make("div", { className: "facets" }, ...boxes.map(([, { box }]) => box)),
    selectOf("Order", orders, state.sort, (value) => {
      state.sort = value;
      onchange();
    }),
    selectOf("Headings", groups, state.group, (value) => {
      state.group = value;
      onchange();
    }),
    chosen,
  );
  return {
    panel,
    show(counts) {
      for (const [id, facet] of boxes) facet.show(counts.get(id));
      chosen.replaceChildren(...chips(facets, state, onchange));
    },
  };
}
