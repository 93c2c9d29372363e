// The search box: nothing of the search is fetched before the box is used. On a phone a sign opens it. No key of its
// own leads to it: one that readers do not know seizes the focus of those who speak or type.

import { find, loadScript } from "./dom.js";

let isAsked = false;

/** Load the search and what it looks through first, at once: a slow network makes readers wait for each turn. */
function loadSearch() {
  if (isAsked) return;
  isAsked = true;
  const missing = () => {}; // the search says so itself
  for (const path of ["search/first.js", "_static/search.js"]) loadScript(path).catch(missing);
}

/** Say in the title of the page of the search what is looked for; more of the page would fetch letters before results. */
function nameQuery(box) {
  const plain = document.title;
  const say = (query) => {
    document.title = query ? `${query} · ${plain}` : plain;
  };
  box.addEventListener("input", () => say(box.value.trim()));
  say((new URLSearchParams(location.search).get("q") ?? "").trim());
}

export function startSearchBox() {
  const box = find("#q");
  if (find("#search-results")) {
    nameQuery(box);
    if (location.search) loadSearch(); // with a query in the address
  }
  box.addEventListener("focus", loadSearch, { once: true });
  find(".find").addEventListener("click", (event) => {
    event.preventDefault();
    find(".search")?.classList.toggle("open");
    if (box.offsetParent) box.focus();
  });
}
