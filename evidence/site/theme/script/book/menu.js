// The contents of the book. Beside the page they are always open; where they do not fit they are a drawer, which opens
// by itself, without this script. The script closes it by Escape or when one of its links is followed.

import { find } from "./dom.js";

const DRAWER = matchMedia("(max-width: 60rem)");

/** Scroll a long list to the entry of this page. */
function showCurrent(list) {
  const current = find("[aria-current]", list);
  if (current && current.offsetTop > list.clientHeight) {
    list.scrollTop = current.offsetTop - list.clientHeight / 2;
  }
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
  showCurrent(contents);
}
