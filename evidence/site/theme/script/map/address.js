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

/** Return the address of the finder with records of these kinds on themes, in a column, given what is chosen. */
export function finderAddress(finder, kinds, themes, column, chosen, periods, empty) {
  const parts = new Map([["kind", kinds]]);
  if (empty) parts.set("empty", empty);
  parts.set("theme", themes);
  for (const [facet, code] of new Map([...chosen, column])) {
    if (facet === "period") parts.set("year", periods.get(code).years.join(","));
    else parts.set(facet, code);
  }
  return `${finder}?${[...parts].map(([name, value]) => `${name}=${value}`).join("&")}`;
}
