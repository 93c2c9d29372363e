// The search in place: on its own page, or in a panel under the box of every page. Query and kind stand in the
// address of the page, so that going back, and sharing, lead to the same results.

import { answerTo } from "./engine.js";
import { itemsOf, optionsOf, statusOf } from "./results.js";
import { openIndex } from "./shelves.js";

const LIMIT = { page: 30, panel: 8 }; // layout: results shown at first
const PAUSE_MS = 120; // speed: so long typing rests before the search starts

/** Load a piece of the index, unless it is there; return it as the build made it. */
function loadPiece(name, root) {
  const found = () => window.evidenceShelves?.find((piece) => piece.name === name);
  return new Promise((done, failed) => {
    if (found()) return done(found());
    const script = document.createElement("script");
    script.src = new URL(`search/${name}.js`, root);
    script.onload = () => done(found());
    script.onerror = failed;
    document.head.append(script);
  });
}

/** Resolve when the browser has done what waits: a slow phone answers between two parts of work. */
function rested() {
  return new Promise((done) => setTimeout(done));
}

/** Return an element that holds what is found: what is said of it, the choice of a kind, the list, and more of it. */
function fill(element) {
  element.innerHTML = `<div class="answer-status"><p role="status"></p>
    <label hidden>Show <select></select></label><button type="button" class="reset" hidden>Show all kinds</button></div>
    <ol></ol><p class="more" hidden></p>`;
  const find = (selector) => element.querySelector(selector);
  return {
    element,
    status: find("[role=status]"),
    label: find("label"),
    select: find("select"),
    reset: find(".reset"),
    list: find("ol"),
    more: find(".more"),
  };
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

/** Let the arrow keys go from the box through the results and back. */
function walkByArrows(box, area, isShown) {
  const step = { ArrowDown: 1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    const by = step[event.key];
    const links = [...area.querySelectorAll("ol a")];
    const at = links.indexOf(document.activeElement);
    const isInside = at >= 0 || document.activeElement === box;
    if (!by || !isInside || !isShown() || links.length === 0) return;
    event.preventDefault();
    if (at + by < 0) box.focus();
    else links[Math.min(at + by, links.length - 1)].focus();
  });
}

async function startSearch() {
  const root = new URL(document.documentElement.dataset.root || "./", document.baseURI);
  const box = document.querySelector("#q");
  const page = document.querySelector("#search-results");
  const shown = fill(page ?? makePanel(box.form));
  const panel = shown.element;
  const given = new URLSearchParams(page ? location.search : "");
  let index = null;
  let kind = given.get("kind") ?? "";
  let limit = page ? LIMIT.page : LIMIT.panel;
  let wait = 0;
  let isClosed = false; // by the reader: what is loaded later does not open it again
  let isOpen = !page; // the last word may be unfinished: it is being typed
  if (page) box.value = given.get("q") ?? box.value;

  /** Return the address of all results. */
  function address() {
    const asked = Object.entries({ q: box.value.trim(), kind }).filter(([, value]) => value);
    return `${root}search.html?${new URLSearchParams(asked)}`;
  }

  function show() {
    const query = box.value.trim();
    if (page) history.replaceState(null, "", address());
    panel.hidden = !page && !query;
    if (!query || !index) {
      shown.list.replaceChildren();
      shown.label.hidden = shown.reset.hidden = shown.more.hidden = true;
      shown.status.textContent = query ? "Searching…" : "";
      return;
    }
    const answer = answerTo(query, index, { kind, limit, isOpen });
    shown.status.textContent = statusOf(answer, query, kind);
    shown.select.innerHTML = optionsOf(answer.kinds, kind);
    shown.label.hidden = answer.kinds.length === 0;
    shown.reset.hidden = !kind;
    shown.list.innerHTML = itemsOf(answer, query, root);
    shown.more.hidden = answer.total <= limit;
    shown.more.innerHTML = page
      ? `<button type="button">Show more results</button>`
      : `<a href="">All ${answer.total} results</a>`;
    if (!page) shown.more.firstChild.href = address();
  }

  /** Show the results anew, but to who is in the list already: they keep it until the next word. */
  function renew() {
    if (!shown.list.contains(document.activeElement)) show();
  }

  /** Load a shelf from its pieces and look through it too; return it. */
  async function add(names) {
    const pieces = await Promise.all(names.map((name) => loadPiece(name, root)));
    const shelf = Object.assign({}, ...pieces);
    await rested();
    if (index) index.add(shelf);
    else index = openIndex([shelf]);
    await rested();
    if (!isClosed) renew();
    return shelf;
  }

  function close() {
    isClosed = !page;
    if (!page) panel.hidden = true;
  }

  function choose(value) {
    kind = value;
    limit = page ? LIMIT.page : LIMIT.panel;
    show();
  }

  shown.select.addEventListener("change", () => choose(shown.select.value));
  shown.reset.addEventListener("click", () => {
    choose("");
    box.focus();
  });
  shown.more.addEventListener("click", (event) => {
    if (!page || !event.target.closest("button")) return;
    const last = limit;
    limit += LIMIT.page;
    show();
    shown.list.children[last]?.querySelector("a").focus();
  });
  box.addEventListener("input", () => {
    isClosed = false;
    isOpen = true;
    clearTimeout(wait);
    limit = page ? LIMIT.page : LIMIT.panel;
    wait = setTimeout(renew, PAUSE_MS);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    isOpen = !page;
    if (page) show();
    else if (box.value.trim()) location.href = address();
  });
  box.form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    box.focus();
    close();
  });
  addEventListener("pointerdown", (event) => {
    if (!box.form.contains(event.target)) close();
  });
  addEventListener("focusin", (event) => {
    if (page) return;
    if (!box.form.contains(event.target)) close();
    else if (panel.hidden && box.value.trim()) {
      isClosed = false;
      show();
    }
  });
  walkByArrows(box, panel, () => !panel.hidden);

  try {
    show();
    const first = await add(["first"]);
    await add(first.later);
  } catch {
    shown.status.textContent = "The search could not be loaded.";
  }
}

startSearch();
