// The search box: nothing of the search is fetched before the box is used. "/" leads to it.

import { find, loadScript } from "./dom.js";

let isAsked = false;

function loadSearch() {
  if (!isAsked) loadScript("_static/search.js");
  isAsked = true;
}

function isTyping() {
  return /INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName);
}

export function startSearchBox() {
  const box = find("#q");
  box.addEventListener("focus", loadSearch, { once: true });
  if (find("#search-results")) loadSearch();
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping()) {
      event.preventDefault();
      box.focus();
    }
  });
}
