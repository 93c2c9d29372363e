// The book's one script: colour scheme, menu, cards of numbers, tables, live charts, search on demand.
// Everything works without it; it only adds to what the page already says.
"use strict";
(() => {
  const root = document.documentElement;
  const base = root.dataset.root;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const load = (path) => new Promise((done, failed) => {
    document.head.append(make("script", { src: base + path, onload: done, onerror: failed }));
  });

  // --- colour scheme and menu
  const scheme = $(".scheme");
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => { scheme.textContent = dark() ? "Light" : "Dark"; scheme.setAttribute("aria-label", `${scheme.textContent} colours`); };
  scheme.hidden = false;
  scheme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private mode: for this page only */ }
    label();
  });
  label();
  const menu = $(".menu"), book = $("#book-menu");
  menu.setAttribute("role", "button");
  menu.setAttribute("aria-expanded", "false");
  const toggle = (open) => { book.classList.toggle("open", open); menu.setAttribute("aria-expanded", String(open)); };
  menu.addEventListener("click", (event) => { event.preventDefault(); toggle(!book.classList.contains("open")); });
  menu.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); menu.click(); } });
  book.addEventListener("keydown", (event) => { if (event.key === "Escape" && book.classList.contains("open")) { toggle(false); menu.focus(); } });
  const here = $("#book-menu [aria-current]");
  if (here && here.offsetTop > book.clientHeight) book.scrollTop = here.offsetTop - book.clientHeight / 2;

  // --- cards: click, touch, Enter and hover open; Escape, leaving or a click elsewhere close
  const templates = new Map($$("template[data-record]").map((node) => [node.dataset.record, node]));
  const card = make("div", { id: "card" });
  card.setAttribute("popover", "manual");
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "card-title");
  let owner = null, timer = 0, pinned = false;
  const place = () => {
    const box = owner.getClientRects()[0] || owner.getBoundingClientRect();
    card.style.maxHeight = "";
    const below = innerHeight - box.bottom - 12, above = box.top - 12;
    const { width, height } = card.getBoundingClientRect();
    const under = height <= below || below >= above; // never over the number itself
    card.style.maxHeight = `${under ? below : above}px`;
    card.style.top = `${under ? box.bottom + 6 : box.top - 6 - Math.min(height, above)}px`;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  };
  const shut = (refocus) => {
    clearTimeout(timer);
    if (!owner) return;
    const last = owner;
    owner.setAttribute("aria-expanded", "false");
    owner = null; pinned = false;
    card.hidePopover?.();
    if (refocus) last.focus();
  };
  const open = (link, keep) => {
    clearTimeout(timer);
    if (owner !== link) {
      shut(false);
      const template = templates.get(link.dataset.record);
      card.replaceChildren(template.content.cloneNode(true));
      const close = make("button", { type: "button", className: "close", textContent: "×", onclick: () => shut(true) });
      close.setAttribute("aria-label", "Close");
      card.append(close);
      link.after(card); // next in tab order
      owner = link;
      link.setAttribute("aria-expanded", "true");
      card.showPopover();
      place();
    }
    if (keep) pinned = true;
  };
  const leave = () => { clearTimeout(timer); if (!pinned) timer = setTimeout(() => shut(false), 250); };
  for (const link of $$("a.record")) {
    const key = link.hash.slice(1);
    if (!templates.has(key) || !card.showPopover) continue;
    link.dataset.record = key;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.removeAttribute("title");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (owner === link && pinned) shut(true); else open(link, true);
    });
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") { clearTimeout(timer); timer = setTimeout(() => open(link, false), owner ? 60 : 200); } });
    link.addEventListener("pointerleave", leave);
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && owner) { event.preventDefault(); shut(pinned); } });
  addEventListener("pointerdown", (event) => { if (owner && !card.contains(event.target) && !owner.contains(event.target)) shut(false); });
  addEventListener("focusin", (event) => { if (owner && pinned && !card.contains(event.target) && event.target !== owner) shut(false); });
  addEventListener("scroll", () => { if (owner && !pinned) shut(false); else if (owner) place(); }, { passive: true });

  // --- filters: long tables and registers
  const filter = (name, items, before) => {
    const input = make("input", { type: "search", placeholder: "Filter…" });
    input.setAttribute("aria-label", `Filter: ${name}`);
    const count = make("span");
    count.setAttribute("role", "status");
    const texts = items.map((item) => item.textContent.toLowerCase());
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, index) => { item.hidden = !words.every((word) => texts[index].includes(word)); shown += !item.hidden; });
      count.textContent = `${shown} of ${items.length} shown`;
    });
    before.before(make("div", { className: "filter" }, input, count));
  };
  for (const table of $$("table[data-filter]")) {
    const rows = $$("tbody tr", table), body = $("tbody", table);
    filter(table.caption.textContent, rows, table.parentElement);
    $$("thead th", table).forEach((head, column) => {
      const button = make("button", { type: "button", textContent: head.textContent, title: "Sort" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        $$("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = (row) => row.cells[column].textContent.trim();
        const number = (text) => Number(text.replaceAll(",", "").replace("−", "-").replace("%", ""));
        const order = rows.toSorted((one, two) => {
          const [a, b] = [value(one), value(two)], [x, y] = [number(a), number(b)];
          return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
        });
        body.append(...(up ? order : order.toReversed()));
      });
    });
  }
  for (const register of $$(".register")) filter("records on this page", $$(".card", register), register);

  // --- long tables: all rows at once; on a phone each row is a card
  const whole = (box) => {
    if (box.dataset.seen || box.scrollHeight <= box.clientHeight + 4) return;
    box.dataset.seen = "yes";
    const rows = $$("tbody tr", box).length, button = make("button", { type: "button", textContent: `Show all ${rows} rows` });
    button.addEventListener("click", () => { box.classList.add("whole"); button.parentElement.remove(); box.focus(); });
    box.after(make("p", { className: "more" }, button));
  };
  const roles = [["table", "table"], ["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]];
  const narrow = matchMedia("(max-width: 40rem)").matches;
  const stack = (box) => {
    const table = $("table", box);
    if (!narrow || !table || table.classList.contains("stacked") || table.scrollWidth <= box.clientWidth) return;
    for (const [name, role] of roles) for (const node of name === "table" ? [table] : $$(name, table)) node.setAttribute("role", role);
    const heads = $$("thead th", table).map((head) => head.textContent);
    for (const row of $$("tbody tr", table)) [...row.cells].forEach((cell, column) => { cell.dataset.label = heads[column]; });
    table.classList.add("stacked");
  };
  const fit = (scope) => { for (const box of $$(".scroll", scope)) if (box.clientHeight) { stack(box); whole(box); } };
  fit(document);
  for (const data of $$("details")) data.addEventListener("toggle", () => fit(data));

  // --- live charts: the bundle is fetched when a reader asks for it, and never before
  let bundle;
  const live = async (figure, button) => {
    const chart = $(".chart", figure), path = figure.dataset.exhibit, key = path.split("/").pop();
    button.disabled = true;
    button.textContent = "Loading…";
    try {
      bundle ||= load("_static/vendor/vega.min.js");
      await bundle;
      if (!window.evidenceExhibits?.[key]) await load(`exhibits/${key}.js`);
      const form = $(".wide", chart).offsetParent ? "wide" : "narrow";
      const holder = $(`.${form}`, chart);
      const view = new vega.View(vega.parse(window.evidenceExhibits[key][form]), { renderer: "svg", hover: true });
      const still = [...holder.childNodes];
      holder.replaceChildren();
      try { await view.initialize(holder).runAsync(); } catch (error) { holder.replaceChildren(...still); throw error; }
      chart.removeAttribute("role"); chart.classList.add("live");
      const hint = make("li", { textContent: "Point at a mark to read its values; the table has them all.", tabIndex: -1 });
      button.parentElement.replaceWith(hint);
      hint.focus();
    } catch {
      button.disabled = false;
      button.textContent = "Interactive chart could not be loaded; try again";
    }
  };
  const picture = async (figure) => {
    const svg = $$(".chart svg", figure).find((node) => node.getClientRects().length) || $(".chart svg", figure);
    const copy = svg.cloneNode(true), { width, height } = svg.viewBox.baseVal;
    const shapes = $$("*", svg), copies = $$("*", copy);
    shapes.forEach((node, index) => {
      const style = getComputedStyle(node);
      for (const name of ["fill", "stroke"]) if (node.hasAttribute(name)) copies[index].setAttribute(name, style[name]);
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width * 2);
    copy.setAttribute("height", height * 2);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = make("canvas", { width: width * 2, height: height * 2 }), pen = canvas.getContext("2d");
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0);
    make("a", { href: canvas.toDataURL("image/png"), download: `${figure.id.replace("exhibit-", "")}.png` }).click();
  };
  for (const figure of $$("figure.exhibit")) {
    if (!$(".chart", figure)) continue;
    const tools = $(".tools", figure);
    const png = make("button", { type: "button", textContent: "PNG", onclick: () => picture(figure) });
    const explore = make("button", { type: "button", textContent: "Explore interactively" });
    explore.addEventListener("click", () => live(figure, explore));
    tools.append(make("li", {}, png), make("li", {}, explore));
  }

  // --- search: nothing is fetched before the box is used
  const box = $("#q");
  let searching;
  const search = () => (searching ||= load("_static/search.js"));
  box.addEventListener("focus", search, { once: true });
  if ($("#search-results")) search();
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); }
  });
})();
