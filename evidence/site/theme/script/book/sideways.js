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

export function startSideways() {
  const all = new Map(findAll(AREAS).map((area, at) => [area, new Sideways(area, at + 1)]));
  const sizes = new ResizeObserver((entries) => {
    const areas = new Set(entries.map(({ target }) => target.closest(AREAS)));
    for (const area of areas) all.get(area).mark();
  });
  for (const area of all.keys()) {
    sizes.observe(area);
    if (area.firstElementChild) sizes.observe(area.firstElementChild);
  }
}
