// What a reader has chosen, as the address says it: `?theme=law,media&q=police&sort=newest&headings=document`.

const OWN = new Set(["q", "sort", "headings"]);

export function readState(facets) {
  const given = new URLSearchParams(location.search);
  const chosen = new Map([...facets.keys()].map((facet) => [facet, new Set()]));
  for (const [name, value] of given) {
    if (OWN.has(name) || !facets.has(name)) continue;
    for (const code of value.split(",")) {
      if (facets.get(name).labels.has(code)) chosen.get(name).add(code);
    }
  }
  return {
    chosen,
    query: given.get("q") ?? "",
    sort: given.get("sort") ?? "listed",
    group: given.get("headings") ?? "",
  };
}

/** Return whether an address says that something is chosen. */
export function isAsked() {
  return location.search.length > 1;
}

export function isActive({ chosen, query, sort, group }) {
  const isChosen = [...chosen.values()].some((codes) => codes.size);
  return isChosen || query.trim() !== "" || sort !== "listed" || group !== "";
}

/** Return the part of an address that says what is chosen. */
function writtenState({ chosen, query, sort, group }) {
  const parts = [...chosen]
    .filter(([, codes]) => codes.size)
    .map(([facet, codes]) => `${facet}=${[...codes].map(encodeURIComponent).join(",")}`);
  if (query.trim()) parts.push(`q=${encodeURIComponent(query.trim())}`);
  if (sort !== "listed") parts.push(`sort=${sort}`);
  if (group) parts.push(`headings=${group}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

export function keepState(state) {
  const written = writtenState(state);
  if (written === location.search) return;
  const address = location.pathname + written + location.hash;
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // some browsers let no page of a folder change its address
  }
}
