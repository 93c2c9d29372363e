// What is wrong with the page one looks at, as `make live` says it. Added by its server, never part of the book.
(() => {
  const { page, version } = document.currentScript.dataset;
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    section, .state { position: fixed; z-index: 99; right: 0.75rem; bottom: 0.75rem; max-width: calc(100vw - 1.5rem);
      font: 0.9rem/1.45 system-ui, sans-serif; color: var(--ink, #1d2330); background: var(--paper, #fff);
      border: 1px solid var(--line, #7a8494); border-radius: 6px; box-shadow: var(--shade, 0 4px 18px #0004); }
    section { width: 34rem; max-height: min(24rem, 60vh); overflow: auto; padding: 0.7rem 0.9rem;
      border-left: 4px solid var(--weakness, #a8442a); }
    .state { padding: 0.2rem 0.6rem; pointer-events: none; }
    section:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--focus, #b5480f); outline-offset: 1px; }
    h2 { font-size: 1rem; margin: 0 2rem 0.3rem 0; }
    p { margin: 0.3rem 0 0; }
    h3 { font-size: 0.9rem; margin: 0.6rem 0 0; }
    ul { margin: 0.2rem 0 0; padding: 0 0 0 1.1rem; }
    li { margin: 0.25rem 0; overflow-wrap: anywhere; }
    code { font-size: 0.85rem; }
    b { color: var(--weakness, #a8442a); }
    a { color: var(--link, #174f91); }
    button { position: absolute; top: 0.45rem; right: 0.5rem; font: inherit; color: inherit; background: none;
      border: 1px solid var(--line, #7a8494); border-radius: 4px; cursor: pointer; min-width: 1.7rem; min-height: 1.7rem; }
    [hidden] { display: none; }`;
  const PASSING_MS = 3000; // speed: how long a note that all is well stays

  const element = (name, text = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const host = document.body.appendChild(element("div", "", { id: "live" }));
  const root = host.attachShadow({ mode: "open" });
  const state = element("div", "", { class: "state", role: "status" });
  const panel = element("section", "", { tabindex: "0", "aria-label": "Problems of the book" });
  const list = element("div", "", { "aria-live": "polite" });
  const close = element("button", "×", {
    type: "button",
    "aria-label": "Close the list of problems",
  });
  panel.append(list, close);
  panel.hidden = true;
  const sheet = new CSSStyleSheet(); // the policy of pages lets no style in as text
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(state, panel);

  let dismissed = "";
  let shown = "";
  let passing = 0;
  let source = null;

  const place = (note, isHere) => {
    const row = note.file.endsWith(".csv") ? "row" : "line";
    const parts = [
      isHere && note.row ? "" : note.file,
      note.row && `${row} ${note.row}`,
      note.column && `column ${note.column}`,
    ];
    return parts.filter(Boolean).join(", ");
  };

  const item = (note, isHere) => {
    const made = element("li");
    const where = place(note, isHere);
    if (where) made.append(element("b", where), ": ");
    if (note.value !== null) made.append(element("code", note.value), ": ");
    made.append(note.rule);
    return made;
  };

  const items = (found) => {
    const made = element("ul");
    made.append(...found);
    return made;
  };

  const hide = () => {
    dismissed = shown;
    panel.hidden = true;
  };
  close.addEventListener("click", hide);
  addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && hide());

  const say = (text, isPassing) => {
    clearTimeout(passing);
    state.hidden = false;
    if (state.textContent !== text) state.textContent = text;
    if (isPassing)
      passing = setTimeout(() => {
        state.hidden = true;
      }, PASSING_MS);
  };

  const reload = () => {
    if (version) sessionStorage.setItem(`live ${page}`, scrollY);
    location.reload();
  };

  const render = (told) => {
    if (told.version && told.version !== version) return reload();
    const count =
      told.here.length +
      told.book.length +
      told.more +
      told.pages.reduce((sum, other) => sum + other.count, 0);
    const now = JSON.stringify([told.here, told.book, told.pages]);
    if (now !== shown) {
      shown = now;
      const parts = [element("h2", `${count} ${count === 1 ? "problem" : "problems"}`)];
      if (told.here.length)
        parts.push(element("h3", "On this page"), items(told.here.map((note) => item(note, true))));
      if (told.book.length)
        parts.push(
          element("h3", "In the data and the book"),
          items(told.book.map((note) => item(note, false))),
        );
      if (told.more) parts.push(element("p", `and ${told.more} more, in the terminal`));
      if (told.pages.length) {
        const links = told.pages.map((other) => {
          const line = element("li", `${other.count} on `);
          line.append(element("a", other.page, { href: `/${encodeURI(other.page)}.html` }));
          return line;
        });
        parts.push(element("h3", "On other pages"), items(links));
      }
      list.replaceChildren(...parts);
    }
    panel.hidden = !count || dismissed === shown;
    host.dataset.phase = told.phase;
    say(told.said, told.phase === "built");
    state.style.bottom = panel.hidden ? "" : `${panel.offsetHeight + 18}px`;
  };

  const listen = () => {
    source?.close();
    source = null;
    if (document.hidden) return; // a browser keeps few connections to a host: those of pages one looks at
    source = new EventSource(`/-live/events?page=${encodeURIComponent(page)}`);
    source.onmessage = (event) => render(JSON.parse(event.data));
    source.onerror = () => say("make live does not answer", false);
  };

  const kept = sessionStorage.getItem(`live ${page}`);
  if (kept !== null && version) {
    sessionStorage.removeItem(`live ${page}`);
    addEventListener("load", () => scrollTo({ top: Number(kept), behavior: "instant" }));
  }
  addEventListener("visibilitychange", listen);
  listen();
})();
