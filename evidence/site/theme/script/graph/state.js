// What a reader has chosen in a drawing, as the address says it: `?element=ID&hidden=layout,wording`.

export function readChoice(elements, bases) {
  const given = new URLSearchParams(location.search);
  const element = given.get("element") ?? "";
  const hidden = (given.get("hidden") ?? "").split(",").filter((basis) => bases.includes(basis));
  return { element: elements.includes(element) ? element : "", hidden };
}

export function keep({ element, hidden }) {
  const parts = [element && `element=${element}`, hidden.length && `hidden=${hidden.join(",")}`];
  const query = parts.filter(Boolean).join("&");
  try {
    history.replaceState(
      history.state,
      "",
      location.pathname + (query && `?${query}`) + location.hash,
    );
  } catch {
    // some browsers let no page of a folder change its address
  }
}
