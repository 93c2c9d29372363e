// The contents of the book. Beside the page they are always open; where they do not fit they are a drawer, which opens
// by itself, without this script. The script closes it by Escape or when one of its links is followed.

import { find } from "./dom.js";

const DRAWER = matchMedia("(max-width: 60rem)");
const MARGIN = 8; // layout: pixels above the first entry

/**
 * Scroll a long list to the entry of this page, so that it begins with an entry: the heading of the part where both fit.
 */
function showCurrent(list) {
  const current = find("[aria-current]", list);
  if (!current || current.offsetTop + current.offsetHeight <= list.clientHeight) return;
  const before = [...list.querySelectorAll("p, li > a")].filter(
    (entry) => entry.offsetTop < current.offsetTop,
  );
  const fits = (entry) => current.offsetTop - entry.offsetTop < list.clientHeight * 0.6;
  const heading = before.filter((entry) => entry.matches("p")).at(-1);
  const first = heading && fits(heading) ? heading : before.find(fits);
  if (!first) return;
  // measured on the screen, below the bar at the top of the page, which may cover the beginning of the list
  const bar = find("header").getBoundingClientRect().bottom;
  const top = Math.max(list.getBoundingClientRect().top, bar);
  list.scrollTop += first.getBoundingClientRect().top - top - MARGIN;
}

export function startMenu() {
  const contents = find(".contents");
  const summary = find("summary", contents);
  const nav = find("nav", contents);
  const fit = () => {
    contents.open = !DRAWER.matches;
  };
  fit();
  DRAWER.addEventListener("change", fit);
  contents.addEventListener("toggle", () => {
    document.body.style.overflow = contents.open && DRAWER.matches ? "hidden" : "";
    if (contents.open) showCurrent(nav);
  });
  nav.addEventListener("click", (event) => {
    if (DRAWER.matches && event.target.closest("a")) contents.open = false;
  });
  // Escape closes it from the whole page, unless it has just closed a card.
  addEventListener("keydown", (event) => {
    const isOpen = contents.open && DRAWER.matches;
    if (event.key === "Escape" && isOpen && !event.defaultPrevented) {
      contents.open = false;
      summary.focus();
    }
  });
  if (contents.open) showCurrent(contents);
}
