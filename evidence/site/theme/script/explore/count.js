// Who is found by which rule: the results were computed beforehand, here they are only compared.

/** Return how many steps a unit reaches on a measure; `levels` has one figure to the base 36 for each. */
function levelOf(levels, width, unit, measure) {
  return Number.parseInt(levels[unit * width + measure], 36);
}

/** Return the positions of the units that both rules find, only the one, and only the other. */
export function compareRules(levels, width, one, other) {
  const found = { both: [], one: [], other: [] };
  for (let unit = 0; unit * width < levels.length; unit += 1) {
    const byOne = levelOf(levels, width, unit, one.measure) > one.step;
    const byOther = levelOf(levels, width, unit, other.measure) > other.step;
    if (byOne && byOther) found.both.push(unit);
    else if (byOne) found.one.push(unit);
    else if (byOther) found.other.push(unit);
  }
  return found;
}

/** Return the most steps that a unit reaches on a measure as its label, "" for none. */
export function reachOf({ levels, measures, steps }, choice, unit, measure) {
  const level = levelOf(levels[choice], measures.length, unit, measure);
  return level ? steps[level - 1] : "";
}
