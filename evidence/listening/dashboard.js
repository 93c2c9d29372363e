// One table at a time, filtered and sorted; the state stands in the address. Without script every table is on the page.
(() => {
  const sections = [...document.querySelectorAll("section[data-table]")];
  const choose = document.getElementById("table");
  const find = document.getElementById("find");
  const status = document.getElementById("status");
  document.getElementById("controls").hidden = false;

  const state = () => new URLSearchParams(location.hash.slice(1));

  const number = (text) => {
    const plain = text.replace(/[\u202f ]/g, "").replace("−", "-");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
  };

  const before = (one, other) => {
    const [a, b] = [number(one), number(other)];
    if (a === null || b === null) return (a === null) - (b === null) || one.localeCompare(other);
    return a - b;
  };

  function sorted(table, column, down) {
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((one, other) => {
      const order = before(one.cells[column].textContent, other.cells[column].textContent);
      return down ? -order : order;
    });
    body.append(...rows);
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      if (place === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  function show() {
    const now = state();
    const name = sections.some((one) => one.dataset.table === now.get("table"))
      ? now.get("table")
      : sections[0].dataset.table;
    const words = (now.get("find") || "").toLowerCase();
    choose.value = name;
    if (find.value.toLowerCase() !== words) find.value = words;
    for (const section of sections) {
      section.hidden = section.dataset.table !== name;
      if (section.hidden) continue;
      const table = section.querySelector("table");
      if (now.has("sort"))
        sorted(table, Number(now.get("sort")) % table.tHead.rows[0].cells.length, now.has("down"));
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = !row.textContent.toLowerCase().includes(words);
        shown += row.hidden ? 0 : 1;
      }
      status.textContent = `${shown} of ${table.tBodies[0].rows.length} rows`;
    }
  }

  function set(changes) {
    const now = state();
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === "") now.delete(key);
      else now.set(key, value);
    }
    history.replaceState(null, "", `#${now}`);
    show();
  }

  for (const section of sections) {
    [...section.querySelector("thead").rows[0].cells].forEach((head, place) => {
      const button = document.createElement("button");
      button.textContent = head.textContent;
      button.addEventListener("click", () => {
        const again = state().get("sort") === String(place) && !state().has("down");
        set({ sort: String(place), down: again ? "1" : null });
      });
      head.replaceChildren(button);
    });
  }
  choose.addEventListener("change", () => set({ table: choose.value, sort: null, down: null }));
  find.addEventListener("input", () => set({ find: find.value }));
  addEventListener("hashchange", show);
  show();
})();
