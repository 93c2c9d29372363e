// What a reader has chosen, as the address says it: `?one=0-3&other=2-3&data=absent`, measure and step by position.

/** Return a rule from the address, or the one given where the address names none that there is. */
function ruleIn(text, { measures, steps }, usual) {
  const [measure, step] = (text ?? "").split("-").map(Number);
  return measure in measures && step in steps ? { measure, step } : usual;
}

export function readChoice(offer) {
  const given = new URLSearchParams(location.search);
  const [one, other] = offer.start.map(([measure, step]) => ({ measure, step }));
  const data = given.get("data");
  return {
    one: ruleIn(given.get("one"), offer, one),
    other: ruleIn(given.get("other"), offer, other),
    data: data in offer.levels ? data : Object.keys(offer.levels)[0],
  };
}

export function keepChoice({ one, other, data }) {
  const written = [one, other].map(({ measure, step }) => `${measure}-${step}`);
  const search = new URLSearchParams({ one: written[0], other: written[1], data });
  try {
    history.replaceState(history.state, "", `${location.pathname}?${search}${location.hash}`);
  } catch {
    // some browsers let no page of a folder change its address
  }
}
