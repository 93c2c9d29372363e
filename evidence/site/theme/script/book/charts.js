// Charts: their marks say their values where a reader points, touches or moves with the arrow keys. The drawing is the
// still one of the page; nothing is loaded.

import { find, findAll, make } from "./dom.js";

const NEAR = 14; // layout: pixels around a mark within which it is meant
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }; // layout: where a key of an arrow leads

/** Return the marks of the drawing that is shown, in the order they are drawn. */
function marksOf(chart) {
  const marks = findAll("[data-tip]", chart);
  return marks.filter((mark) => mark.getClientRects().length);
}

/** Return how far a point is from a mark, 0 within it. */
function distanceTo(mark, x, y) {
  const box = mark.getBoundingClientRect();
  const across = Math.max(box.left - x, 0, x - box.right);
  const down = Math.max(box.top - y, 0, y - box.bottom);
  return Math.hypot(across, down);
}

/** Return the mark that is pointed at, or the nearest one close by. */
function markAt(chart, event) {
  const under = event.target.closest("[data-tip]");
  if (under) return under;
  const near = marksOf(chart)
    .map((mark) => [distanceTo(mark, event.clientX, event.clientY), mark])
    .sort((one, two) => one[0] - two[0]);
  return near.length && near[0][0] <= NEAR ? near[0][1] : null;
}

class Tips {
  constructor(chart) {
    this.chart = chart;
    this.mark = null;
    this.tip = make("div", { className: "tip" });
    this.tip.setAttribute("role", "status");
    chart.after(this.tip);
    chart.tabIndex = 0;
    chart.addEventListener("pointermove", (event) => this.show(markAt(chart, event)));
    chart.addEventListener("pointerdown", (event) => this.show(markAt(chart, event)));
    chart.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") this.show(null);
    });
    chart.addEventListener("keydown", (event) => this.move(event));
    chart.addEventListener("blur", () => this.show(null));
  }

  /** Show what a mark says beside it, or nothing. */
  show(mark) {
    if (mark === this.mark) return;
    this.mark?.classList.remove("at");
    this.mark = mark;
    const parts = mark ? mark.dataset.tip.split("; ") : [];
    this.tip.replaceChildren(...parts.map((textContent) => make("span", { textContent })));
    if (!mark) return;
    mark.classList.add("at");
    this.place(mark.getBoundingClientRect());
  }

  /** Put the words above the mark, or below it where there is no room. */
  place(box) {
    const frame = this.tip.offsetParent.getBoundingClientRect();
    const { width, height } = this.tip.getBoundingClientRect();
    const middle = (box.left + box.right) / 2 - frame.left - width / 2;
    const left = Math.max(0, Math.min(middle, frame.width - width));
    const isAbove = box.top - height - 8 > 60;
    const top = isAbove ? box.top - frame.top - height - 8 : box.bottom - frame.top + 8;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${top}px`;
  }

  /** Go to the next or the last mark by an arrow key; Escape leaves. */
  move(event) {
    if (event.key === "Escape" && this.mark) {
      event.preventDefault();
      this.show(null);
      return;
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const marks = marksOf(this.chart);
    const at = marks.indexOf(this.mark);
    const next = at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step;
    this.show(marks[Math.max(0, Math.min(next, marks.length - 1))]);
  }
}

export function startCharts() {
  for (const chart of findAll(".exhibit .chart")) {
    if (find("[data-tip]", chart)) new Tips(chart);
  }
  addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".chart")) document.activeElement?.closest(".chart")?.blur();
  });
}
