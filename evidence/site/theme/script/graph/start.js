// A drawing of elements and links in which a reader moves: by pointer, by touch, or by arrow keys along the links. What
// is said of the chosen element is the item of the list on the page; it is kept in the address. Without script a box
// leads to that item.

import { find, findAll, make } from "../book/dom.js";
import { keep, readChoice } from "./state.js";

const HINT =
  "Choose a box, or press Tab and move with the arrow keys: right to what follows, left to what leads here, up and " +
  "down within a column.";
const BASES = "Lines that are";

class Graph {
  constructor(drawing) {
    this.drawing = drawing;
    this.boxes = new Map(findAll(".node", drawing).map((box) => [box.dataset.node, box]));
    this.edges = findAll(".edge", drawing);
    this.bases = new Map();
    this.panel = make("section", { className: "told" });
    this.panel.setAttribute("aria-label", "What is chosen in the drawing");
    this.panel.setAttribute("aria-live", "polite");
    const above = find(".sideways", drawing.parentElement) ?? drawing; // the line on scrolling stays at the drawing
    above.before(this.switches(), make("p", { className: "hint", textContent: HINT }));
    drawing.after(this.panel);
    drawing.addEventListener("keydown", (event) => this.move(event));
    for (const [id, box] of this.boxes) {
      box.addEventListener("click", (event) => this.take(event, id));
      box.addEventListener("focus", () => this.choose(id));
    }
    this.panel.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#element-"]');
      if (link) this.take(event, link.hash.slice("#element-".length));
    });
    const { element, hidden } = readChoice([...this.boxes.keys()], [...this.bases.keys()]);
    for (const basis of hidden) this.bases.get(basis).checked = false;
    this.showBases();
    this.reachable(element || this.boxes.keys().next().value);
    if (element) {
      this.choose(element);
      this.boxes.get(element).scrollIntoView({ block: "center", inline: "center" });
    }
  }

  /** Return the boxes to tick that show or hide lines by what they rest on. */
  switches() {
    const set = make("fieldset", { className: "bases" }, make("legend", { textContent: BASES }));
    for (const [basis, label] of Object.entries(
      JSON.parse(find("svg", this.drawing).dataset.bases),
    )) {
      const box = make("input", {
        type: "checkbox",
        checked: true,
        onchange: () => this.showBases(),
      });
      this.bases.set(basis, box);
      set.append(make("label", {}, box, ` ${label}`));
    }
    return set;
  }

  showBases() {
    for (const edge of this.edges) {
      edge.classList.toggle("off", !this.bases.get(edge.dataset.basis).checked);
    }
    this.mark();
    this.keep();
  }

  keep() {
    const hidden = [...this.bases].filter(([, box]) => !box.checked).map(([basis]) => basis);
    keep({ element: this.chosen ?? "", hidden });
  }

  take(event, id) {
    event.preventDefault();
    this.boxes.get(id).focus();
    this.choose(id);
  }

  /** Let Tab lead to one box of the drawing: from there on arrow keys lead. */
  reachable(id) {
    for (const [other, box] of this.boxes) box.setAttribute("tabindex", other === id ? "0" : "-1");
  }

  /** Show what is said of an element, nothing where none is chosen. */
  choose(id) {
    if (id === this.chosen) return;
    this.chosen = id;
    const item = id && document.getElementById(`element-${id}`);
    this.panel.replaceChildren(...(item ? item.cloneNode(true).childNodes : []));
    if (id) this.reachable(id);
    this.mark();
    this.keep();
  }

  /** Return the elements that shown lines join to an element: those it leads to, or those that lead to it. */
  joined(id, isAhead) {
    const [near, far] = isAhead ? ["from", "to"] : ["to", "from"];
    const lines = this.edges.filter((edge) => edge.dataset[near] === id && !edge.matches(".off"));
    return [...new Set(lines.map((edge) => edge.dataset[far]))];
  }

  mark() {
    const ends = new Set([true, false].flatMap((isAhead) => this.joined(this.chosen, isAhead)));
    this.drawing.classList.toggle("has-choice", Boolean(this.chosen));
    for (const [id, box] of this.boxes) {
      box.classList.toggle("taken", id === this.chosen);
      box.classList.toggle("near", ends.has(id));
    }
    for (const edge of this.edges) {
      edge.classList.toggle("lit", [edge.dataset.from, edge.dataset.to].includes(this.chosen));
    }
  }

  /** Return the boxes of the column of an element, from the top. */
  column(id) {
    const left = (box) => Math.round(box.getBoundingClientRect().left);
    const at = left(this.boxes.get(id));
    const boxes = [...this.boxes].filter(([, box]) => left(box) === at);
    return boxes
      .map(([other, box]) => [other, box.getBoundingClientRect().top])
      .sort((one, two) => one[1] - two[1])
      .map(([other]) => other);
  }

  /** Return the box an arrow key leads to from an element; the element itself where there is none. */
  next(id, key) {
    if (key === "ArrowRight" || key === "ArrowLeft") {
      return this.joined(id, key === "ArrowRight")[0] ?? id;
    }
    const boxes = this.column(id);
    if (key === "Home") return boxes[0];
    if (key === "End") return boxes.at(-1);
    return boxes[boxes.indexOf(id) + (key === "ArrowDown" ? 1 : -1)] ?? id;
  }

  move(event) {
    const id = event.target.closest(".node")?.dataset.node;
    if (!id) return;
    if (event.key === "Escape" && this.chosen) {
      event.preventDefault();
      this.choose(undefined);
    } else if (/^(Arrow|Home$|End$)/.test(event.key)) {
      event.preventDefault();
      this.boxes.get(this.next(id, event.key)).focus();
    }
  }
}

for (const drawing of findAll(".graph")) {
  const first = find(".node", drawing);
  if (first && document.getElementById(`element-${first.dataset.node}`)) new Graph(drawing);
}
