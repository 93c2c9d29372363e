// The search in place: on its own page, or in a panel under the box of every page.

import { folderEngine } from "./folder.js";
import { resultsHtml } from "./results.js";
import { servedEngine } from "./served.js";

const LIMIT = { page: 60, panel: 10 }; // results shown
const PAUSE_MS = 120; // so long typing rests before the search starts

/** Return the engine for this address; a server without Pagefind's files is searched as a folder is. */
async function chooseEngine(root, limit) {
  if (location.protocol.startsWith("http")) {
    try {
      return await servedEngine(root, limit);
    } catch {
      // the index of the folder is there too
    }
  }
  return folderEngine(root, limit);
}

function makePanel(form) {
  const panel = document.createElement("div");
  panel.className = "results";
  panel.hidden = true;
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", "Search results");
  form.append(panel);
  return panel;
}

async function startSearch() {
  const root = new URL(document.documentElement.dataset.root || "./", document.baseURI);
  const box = document.querySelector("#q");
  const page = document.querySelector("#search-results");
  const engine = await chooseEngine(root, page ? LIMIT.page : LIMIT.panel);
  const panel = page ?? makePanel(box.form);
  let kind = "";
  let asked = 0; // number of the latest question; answers to earlier ones come too late
  let wait = 0;

  async function show() {
    const query = box.value.trim();
    asked += 1;
    const ticket = asked;
    if (!query) {
      panel.hidden = !page;
      panel.replaceChildren();
      return;
    }
    const answer = await engine(query, kind);
    if (ticket !== asked) return;
    const isAll = page || answer.total <= answer.results.length;
    const more = isAll ? "" : `${root}search.html?q=${encodeURIComponent(query)}`;
    panel.innerHTML = resultsHtml(query, kind, answer, more);
    panel.hidden = false;
  }

  panel.addEventListener("change", async (event) => {
    kind = event.target.value;
    await show();
    panel.querySelector(`[value="${CSS.escape(kind)}"]`)?.focus();
  });
  box.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(show, PAUSE_MS);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  box.form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!page) panel.hidden = true;
    box.focus();
  });
  addEventListener("pointerdown", (event) => {
    if (!page && !box.form.contains(event.target)) panel.hidden = true;
  });

  if (page) box.value = new URLSearchParams(location.search).get("q") ?? box.value;
  show();
}

startSearch();
