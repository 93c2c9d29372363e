// What is wider than its place scrolls sideways and says so: a line above it, which also describes it to those who listen,
// and a shade at each edge behind which there is more (sideways.css). It can be reached by Tab and moved by arrow keys.

import { find, findAll, make } from "./dom.js";

const AREAS = ".scroll, .across, .graph";
const HIDDEN = 2; // layout: pixels an area may hide without saying so

/** Return what there is to see: all columns of a table, or the whole drawing. */
function wordsFor(area) {
  const head = find("thead tr", area);
  const all = head ? `all ${head.cells.length} columns` : "the whole drawing";
  return `Scroll sideways to see ${all}.`;
}

class Sideways {
  constructor(area, number) {
    this.area = area;
    this.line = make("p", { className: "sideways", id: `sideways-${number}`, hidden: true });
    area.before(this.line);
    area.addEventListener("scroll", () => this.mark(), { passive: true });
  }

  /** Say what is hidden at which edge; nothing where all is seen. */
  mark() {
    const { scrollLeft, scrollWidth, clientWidth } = this.area;
    const after = scrollWidth - clientWidth - scrollLeft;
    const edges = [scrollLeft > HIDDEN && "left", after > HIDDEN && "right"].filter(Boolean);
    const isWide = edges.length > 0;
    if (this.line.hidden === isWide) this.tell(isWide);
    if (isWide) this.area.dataset.more = edges.join(" ");
    else delete this.area.dataset.more;
  }

  tell(isWide) {
    this.line.hidden = !isWide;
    this.line.textContent = isWide ? wordsFor(this.area) : "";
    if (isWide) this.area.setAttribute("aria-describedby", this.line.id);
    else this.area.removeAttribute("aria-describedby");
    if (isWide) this.area.tabIndex = 0;
  }
}

const watched = new WeakMap(); // what looks after an area, by the area
let count = 0;

const followWidths = new ResizeObserver((entries) => {
  const areas = new Set(entries.map(({ target }) => target.closest(AREAS)));
  for (const area of areas) watched.get(area)?.mark();
});

function watch(area) {
  if (watched.has(area)) return;
  count += 1;
  watched.set(area, new Sideways(area, count));
  followWidths.observe(area);
  if (area.firstElementChild) followWidths.observe(area.firstElementChild);
}

function areasOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  return node.matches(AREAS) ? [node] : findAll(AREAS, node);
}

export function startSideways() {
  findAll(AREAS).forEach(watch);
  // tables that a reader asks for come later
  const later = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) [...addedNodes].flatMap(areasOf).forEach(watch);
  });
  later.observe(find("main"), { childList: true, subtree: true });
}
