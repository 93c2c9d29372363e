"""The tables of a report as they may be published: small cells left out, and with them what would bring them back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace

import pandas as pd

from evidence.attendance.analysis import MAIN, PAIRS, Results
from evidence.attendance.suppression import Sum, suppressed
from evidence.attendance.thresholds import THRESHOLDS

STATE = ("certain", "undetermined", "not_reached")
OUTCOMES = ("registered", "returned_mainstream", "returned_elsewhere", "returned", "out")
CHILDREN = "children on roll"
CHAIN = sorted((rule for rule in THRESHOLDS if rule.how == "cumulative"), key=lambda rule: rule.days)


class Cells:
    """Counts by key, the sums between them, and the keys of those that no table shows."""

    def __init__(self) -> None:
        self.values: dict[Hashable, int] = {}
        self.sums: list[Sum] = []
        self.unpublished: list[Hashable] = []

    def add(self, key: Hashable, value: int) -> Hashable:
        """Add a cell that is shown; return its key."""
        self.values[key] = int(value)
        return key

    def rest(self, total: Hashable, parts: Iterable[Hashable]) -> None:
        """Add what a total has beside some of its parts: a reader can work it out though no table shows it."""
        shown = tuple(parts)
        value = self.values[total] - sum(self.values[part] for part in shown)
        key = ("rest", total, shown)
        self.values[key] = value
        self.unpublished.append(key)
        self.sums.append(Sum(total, (*shown, key)))


def cells_of(results: Results) -> Cells:
    """Return every count of the results with the sums that a reader can make."""
    cells = Cells()
    children = cells.add("children", results.overview[CHILDREN])
    cells.rest(children, [cells.add("absent", results.overview["children absent on any day"])])
    for row in results.thresholds.to_dict("records"):
        found = cells.add(("rule", row["rule"]), row["children"])
        cells.rest(children, [found])
        parts = tuple(cells.add((state, row["rule"]), row[state]) for state in STATE)
        cells.sums.append(Sum(children, parts))
        if row["certain"] <= row["children"]:
            cells.rest(found, [(STATE[0], row["rule"])])
    for fewer, more in zip(CHAIN, CHAIN[1:]):
        cells.rest(("rule", fewer.key), [("rule", more.key)])
    for row, pair in zip(results.moves.to_dict("records"), PAIRS):
        both, one, other = (cells.add((name, *pair), row[name]) for name in ("both", "only_one", "only_other"))
        cells.sums += [Sum(("rule", pair[0]), (both, one)), Sum(("rule", pair[1]), (both, other))]
    for name, table in results.groups.items():
        rolls = [cells.add(("on_roll", name, row[name]), row["on_roll"]) for row in table.to_dict("records")]
        finds = [cells.add(("found", name, row[name]), row["children"]) for row in table.to_dict("records")]
        for roll, find in zip(rolls, finds):
            cells.rest(roll, [find])
        cells.sums += [Sum(children, tuple(rolls)), Sum(("rule", MAIN), tuple(finds))]
    for row in results.lengths.to_dict("records"):
        cells.add(("episodes", row["from_days"]), row["episodes"])
    if results.register is not None and results.register_regions is not None:
        _register(cells, results.register, results.register_regions)
    return cells


def _register(cells: Cells, years: pd.DataFrame, regions: pd.DataFrame) -> None:
    """Add the counts of the register of long absences."""
    for row in [*years.assign(region="all").to_dict("records"), *regions.to_dict("records")]:
        where = (row["school_year"], row["region"])
        registered, mainstream, elsewhere, returned, out = (cells.add((name, *where), row[name]) for name in OUTCOMES)
        cells.sums += [Sum(registered, (returned, out)), Sum(returned, (mainstream, elsewhere))]
    for year, rows in regions.groupby("school_year"):
        for name in OUTCOMES:
            cells.sums.append(Sum((name, year, "all"), tuple((name, year, region) for region in rows["region"])))


def _shown(values: pd.Series, keys: Iterable[Hashable], hidden: set) -> pd.Series:
    """Return counts, missing where their key is hidden."""
    return values.astype("Int64").mask([key in hidden for key in keys])


def published(results: Results, under: int = 5) -> tuple[Results, int]:
    """Return the results with what may not be shown missing, and how many counts that is.

    Shares are missing where their count or their base is. ``under`` is the parameter of
    :data:`evidence.attendance.suppression.SMALL_CELLS`; 0 shows everything.
    """
    cells = cells_of(results)
    hidden = suppressed(cells.values, cells.sums, under, cells.unpublished)
    overview = {
        name: value for name, value in results.overview.items() if not ("absent" in hidden and "any day" in name)
    }
    if "children" in hidden:
        overview.pop(CHILDREN)
    table = results.thresholds.copy()
    for name, kind in (("children", "rule"), *((state, state) for state in STATE)):
        table[name] = _shown(table[name], [(kind, rule) for rule in table["rule"]], hidden)
    table["share_pct"] = table["share_pct"].astype("Float64").mask(table["children"].isna() | ("children" in hidden))
    moves = results.moves.copy()
    for name in ("both", "only_one", "only_other"):
        moves[name] = _shown(moves[name], [(name, *pair) for pair in PAIRS], hidden)
    lengths = results.lengths.copy()
    lengths["episodes"] = _shown(lengths["episodes"], [("episodes", low) for low in lengths["from_days"]], hidden)
    groups = {name: _group(frame.copy(), name, hidden) for name, frame in results.groups.items()}
    years, regions, parts = results.register, results.register_regions, results.decomposition
    if years is not None and regions is not None:
        years = _outcomes(years.assign(region="all"), hidden).drop(columns="region")
        regions = _outcomes(regions, hidden)
        if parts is not None and regions[["registered", "out"]].isna().any(axis=None):
            parts = parts[parts["group"] == "total"]  # the parts add up: one left out could be worked out
        if parts is not None and years[["registered", "out"]].isna().any(axis=None):
            parts = None
    shown = replace(
        results,
        overview=overview,
        thresholds=table,
        moves=moves,
        lengths=lengths,
        groups=groups,
        register=years,
        register_regions=regions,
        decomposition=parts,
    )
    return shown, len(hidden)


def _group(table: pd.DataFrame, name: str, hidden: set) -> pd.DataFrame:
    """Return a table by group with ``share_pct``, what may not be shown missing."""
    table["on_roll"] = _shown(table["on_roll"], [("on_roll", name, one) for one in table[name]], hidden)
    table["children"] = _shown(table["children"], [("found", name, one) for one in table[name]], hidden)
    share = 100 * table["children"].astype("Float64") / table["on_roll"].astype("Float64")
    return table.assign(share_pct=share)


def _outcomes(table: pd.DataFrame, hidden: set) -> pd.DataFrame:
    """Return counts of the register with what may not be shown missing."""
    keys = list(zip(table["school_year"], table["region"]))
    for name in OUTCOMES:
        table = table.assign(**{name: _shown(table[name], [(name, *key) for key in keys], hidden)})
    no_share = table["registered"].isna() | table["out"].isna()
    return table.assign(**{name: table[name].mask(no_share) for name in ("share_pct", "low_pct", "high_pct")})
