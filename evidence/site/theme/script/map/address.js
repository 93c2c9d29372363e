// Addresses: what the map shows, as its own address says it, and what the finder is asked for when a cell is opened.

/** Return what the address asks for, of what there is: `axes` by name, each with its labels. */
export function readChoice(axes) {
  const given = new URLSearchParams(location.search);
  const across = axes.has(given.get("across")) ? given.get("across") : "document";
  const chosen = new Map();
  for (const [name, { labels }] of axes) {
    if (labels.has(given.get(name))) chosen.set(name, given.get(name));
  }
  return { across, chosen };
}

export function keepChoice({ across, chosen }) {
  const given = new URLSearchParams(chosen);
  if (across !== "document") given.set("across", across);
  const text = given.size ? `?${given}` : "";
  try {
    history.replaceState(history.state, "", location.pathname + text + location.hash);
  } catch {
    // some browsers let no page of a folder change its address
  }
}

/** Return the part of an address of the finder that asks for codes of facets, for the periods' years. */
export function askedFor(chosen, periods) {
  const parts = [...chosen].map(([facet, code]) =>
    facet === "period" ? `year=${periods.get(code).years.join(",")}` : `${facet}=${code}`,
  );
  return parts.join("&amp;");
}
