// Search in place: Pagefind where the book is served, the book's own index from a folder.
"use strict";
(async () => {
  const base = document.documentElement.dataset.root;
  const root = new URL(base || "./", document.baseURI);
  const box = document.querySelector("#q");
  const page = document.querySelector("#search-results");
  const served = location.protocol.startsWith("http");
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const folded = (text) => text.toLowerCase().replace(/(?<=\p{L})[-‑](?=\p{L})/gu, "").replace(/(?<=\d),(?=\d)/g, ""); // drop-out, 1,756
  const LIMIT = page ? 60 : 10;

  // Two engines, one answer: [{ title, url, kind, excerpt (safe HTML) }], kinds with counts.
  const engines = {
    async served() {
      const pagefind = await import(new URL("pagefind/pagefind.js", root));
      await pagefind.options({ excerptLength: 24 });
      await pagefind.filters();
      await pagefind.mergeIndex(new URL("pagefind/", root).href, { language: "ru" });
      return async (query, kind) => {
        const found = await pagefind.search(query, { filters: kind ? { kind } : {} });
        const results = await Promise.all(found.results.slice(0, LIMIT).map((result) => result.data()));
        return {
          total: found.results.length,
          kinds: Object.entries((await pagefind.search(query)).totalFilters?.kind ?? {}).filter(([, count]) => count),
          results: results.map((result) => ({ title: result.meta.title, url: new URL(result.meta.link, root).href, kind: (result.filters.kind ?? [])[0], excerpt: result.excerpt })),
        };
      };
    },
    async folder() {
      await new Promise((done, failed) => document.head.append(Object.assign(document.createElement("script"), { src: new URL("search-index.js", root), onload: done, onerror: failed })));
      const records = window.evidenceIndex.map(([title, url, kind, text]) => ({ title, url, kind, text, words: folded(`${title} ${text}`) }));
      const stem = (word) => (word.length > 5 ? word.slice(0, word.length - 2) : word); // endings of all three languages
      return async (query, kind) => {
        const words = folded(query).split(/[^\p{L}\p{N}.%]+/u).filter(Boolean).map(stem);
        const start = (text, word) => { const at = text.indexOf(word); return at < 0 ? -1 : at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]) ? at : text.search(new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u")); };
        const hits = records.filter((record) => words.length && words.every((word) => start(record.words, word) >= 0));
        const score = (record) => words.filter((word) => start(folded(record.title), word) >= 0).length;
        hits.sort((one, two) => score(two) - score(one));
        const kinds = new Map();
        for (const hit of hits) kinds.set(hit.kind, (kinds.get(hit.kind) ?? 0) + 1);
        const chosen = kind ? hits.filter((hit) => hit.kind === kind) : hits;
        return {
          total: chosen.length,
          kinds: [...kinds],
          results: chosen.slice(0, LIMIT).map((hit) => {
            const at = Math.max(0, start(hit.text.toLowerCase(), words[0]) - 60);
            return { ...hit, url: new URL(hit.url, root).href, excerpt: escaped(hit.text.slice(at, at + 200)) };
          }),
        };
      };
    },
  };

  let engine;
  try {
    engine = await engines[served ? "served" : "folder"]();
  } catch {
    engine = await engines.folder();
  }

  const panel = page ?? Object.assign(document.createElement("div"), { className: "results", hidden: true });
  if (!page) { panel.setAttribute("role", "region"); panel.setAttribute("aria-label", "Search results"); box.form.append(panel); }
  let kind = "", asked = 0;
  const show = async () => {
    const query = box.value.trim(), ticket = ++asked;
    if (!query) { panel.hidden = !page; panel.replaceChildren(); return; }
    const { total, kinds, results } = await engine(query, kind);
    if (ticket !== asked) return;
    const choice = (name, text) => `<label><input class="visually-hidden" type="radio" name="kind" value="${escaped(name)}"${name === kind ? " checked" : ""}><span>${escaped(text)}</span></label>`;
    panel.innerHTML = `<p role="status">${total ? `${total} result${total === 1 ? "" : "s"}` : `Nothing found for “${escaped(query)}”. Try fewer or shorter words.`}</p>`
      + `<fieldset class="kinds"><legend class="visually-hidden">Kind of result</legend>${choice("", "All")}${kinds.sort().map(([name, count]) => choice(name, `${name} ${count}`)).join("")}</fieldset>`
      + `<ol>${results.map((result) => `<li><a href="${escaped(result.url)}">${escaped(result.title ?? "")}</a><span class="kind">${escaped(result.kind ?? "")}</span><p>${result.excerpt}</p></li>`).join("")}</ol>`
      + (total > results.length && !page ? `<p><a href="${root}search.html?q=${encodeURIComponent(query)}">All ${total} results</a></p>` : "");
    panel.hidden = false;
  };
  panel.addEventListener("change", async (event) => { kind = event.target.value; await show(); panel.querySelector(`[value="${CSS.escape(kind)}"]`)?.focus(); });
  let wait;
  box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 120); });
  box.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  box.form.addEventListener("keydown", (event) => { if (event.key === "Escape") { if (!page) panel.hidden = true; box.focus(); } });
  addEventListener("pointerdown", (event) => { if (!page && !box.form.contains(event.target)) panel.hidden = true; });
  if (page) box.value = new URLSearchParams(location.search).get("q") ?? box.value;
  show();
})();
