"""The tables of a report as they may be published: small cells left out, and with them what would bring them back."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from evidence.attendance.analysis import GROUPS, MAIN, PAIRS, UNKNOWN_DAYS, Results
from evidence.attendance.counts import BANDS
from evidence.attendance.intervals import with_interval
from evidence.attendance.kinds import KEYS, MARKS, by, has, registered
from evidence.attendance.thresholds import HALF, THRESHOLDS, Threshold, within
from evidence.toolkit.cells import Cells, visible
from evidence.toolkit.nesting import Overlap, near, near_unions, nesting, overlap
from evidence.toolkit.suppression import Sum

STATE = ("certain", "undetermined", "not_reached")
OUTCOMES = ("registered", "returned_mainstream", "returned_elsewhere", "returned", "out")
COLUMNS = ["rule", "title", "children", "share_pct", "low_pct", "high_pct", *STATE, "note"]
CHILDREN, ABSENT, NOBODY = "children on roll", "children absent on any day", "of them recorded by nobody"
MOVES = ("both", "only_one", "only_other")
DAYS = ("days absent", "of them without a valid reason")
SHOWN = {"children": CHILDREN, "absent": ABSENT, "unknown days": UNKNOWN_DAYS} | dict(zip(("days", "without"), DAYS))
RULES = (*KEYS, HALF.key)
INSIDE = (("school", "district"), ("school", "region"), ("school", "area"), ("district", "region"))
NO_WEIGHT = 0.05  # of sums of days: readers miss them less than the children of any rule, and they are large
SUMS = sorted((one for one in THRESHOLDS if one.how in ("quarter", "cumulative")), key=lambda one: one.days)


def cells_of(results: Results, under: int = 5) -> Cells:
    """Return every count of the results with the sums and the bounds that a reader can make.

    A bound is a sum too: of what is no larger, and of a rest that no table shows.
    """
    cells = Cells()
    total = results.overview[CHILDREN]
    children = None if total is None else cells.add("children", total, 50)
    cells.add("absent", results.overview[ABSENT] or 0, 10)
    for row in results.thresholds.dropna(subset="children").to_dict("records"):
        _rule(cells, row, children)
    for row, pair in zip(results.moves.to_dict("records"), PAIRS):
        both, one, other = (cells.add((name, *pair), row[name]) for name in MOVES)
        cells.sums += [Sum(("rule", pair[0]), (both, one)), Sum(("rule", pair[1]), (both, other))]
        if children is not None:
            neither = cells.unseen(("neither", *pair), cells.values[children] - sum(row[name] for name in MOVES))
            cells.sums.append(Sum(children, (both, one, other, neither)))
    for name, table in results.groups.items():
        rolls = [cells.add(("on_roll", name, row[name]), row["on_roll"]) for row in table.to_dict("records")]
        finds = [cells.add(("found", name, row[name]), row["children"]) for row in table.to_dict("records")]
        for roll, find in zip(rolls, finds):
            cells.rest(roll, find)
        cells.sums += [Sum(children, tuple(rolls)), Sum(("rule", MAIN), tuple(finds))]
    for inner, outer in INSIDE:
        if results.kinds is not None and {inner, outer} <= set(results.groups):
            _inside(cells, by(results.kinds, [inner, outer], MAIN), inner, outer)
    _days(cells, results, under)
    if results.register is not None:
        _register(cells, results.register, results.register_by)
    if results.kinds is not None:
        _nested(cells, results.kinds, list(results.register_by), under)
    return cells


def _rule(cells: Cells, row: dict, children: Hashable | None) -> None:
    """Add what one rule finds, and of whom that is certain, open and out of the question."""
    cells.add(("rule", row["rule"]), row["children"], 10)
    parts = tuple(cells.add((state, row["rule"]), row[state]) for state in STATE if not pd.isna(row[state]))
    if children is not None:
        cells.sums.append(Sum(children, parts))
    if len(parts) > 1:
        most = cells.unseen(("most", row["rule"]), row["certain"] + row["undetermined"])
        cells.sums.append(Sum(most, parts[:2]))


def _nested(cells: Cells, kinds: pd.DataFrame, register_by: Sequence[str], under: int) -> None:
    """Add which of the counted groups of children lie in which, as the children themselves tell.

    A reader may know it from the rules, the calendar or the place: who is found for certain is found, more than ten
    days are at least ten, and all grades above the ninth may be in one school.
    """
    everybody = {"children": kinds["is_known"].to_numpy(dtype=bool)} | {mark: has(kinds, mark) for mark in MARKS}
    for pair in PAIRS:
        one, other = (everybody["rule", rule] for rule in pair)
        everybody |= dict(zip(((name, *pair) for name in MOVES), (one & other, one & ~other, other & ~one)))
    by_rule = {key: members for key, members in everybody.items() if key in cells.values}
    groups = registered(kinds, register_by) | _others(everybody)
    for name in (name for name in GROUPS if name in kinds):
        for value in kinds[name].dropna().unique():
            members = (kinds[name] == value).fillna(False).to_numpy(dtype=bool)
            groups |= {("on_roll", name, value): members, ("found", name, value): members & by_rule["rule", MAIN]}
    found = nesting(by_rule, kinds["children"].to_numpy(dtype=float))
    cells.nested(found)
    again = {key for keys in found.same for key in keys[1:]}
    every = {key: rows for key, rows in (by_rule | groups).items() if key in cells.values}
    overlaps = overlap(every, kinds["children"].to_numpy(dtype=float))
    _near(cells, overlaps, again, under)
    _near_unions(cells, overlaps, under)


def _others(everybody: Mapping[Hashable, np.ndarray]) -> dict[Hashable, np.ndarray]:
    """Return the groups that are what is left of others: undetermined, not reached, found by neither of two rules."""
    children = everybody["children"]
    left: dict[Hashable, np.ndarray] = {}
    for rule in RULES:
        left["undetermined", rule] = everybody["most", rule] & ~everybody["certain", rule]
        left["not_reached", rule] = children & ~everybody["most", rule]
    for one, other in PAIRS:
        left["neither", one, other] = children & ~everybody["rule", one] & ~everybody["rule", other]
    return left


def _near(cells: Cells, overlaps: Overlap, again: set[Hashable], under: int) -> None:
    """Add the small differences of groups that lie in each other, but of those that are the same as another."""
    for wide, narrow in near(overlaps, under):
        if not {wide, narrow} & again and ("rest", wide, narrow) not in cells.values:
            cells.rest(wide, narrow)


def _near_unions(cells: Cells, overlaps: Overlap, under: int) -> None:
    """Add the small differences of a group and of several parts of a division together, such as two of the grades."""
    divided: dict[tuple, list[Hashable]] = {}
    for key in overlaps.keys:
        if isinstance(key, tuple) and key[0] in ("on_roll", "found"):
            divided.setdefault(key[:2], []).append(key)
    for group, parts, is_inside in near_unions(overlaps, list(divided.values()), under):
        union = ("union", *parts)
        if union not in cells.values:
            cells.unseen(union, sum(cells.values[part] for part in parts))
            cells.sums.append(Sum(union, parts))
        wide, narrow = (union, group) if is_inside else (group, union)
        if ("rest", wide, narrow) not in cells.values:
            cells.rest(wide, narrow)


def _days(cells: Cells, results: Results, under: int) -> None:
    """Add episodes and sums of days: they bound how many children were absent so long.

    A child of each rule has at least the days of the rule, one of a narrower rule so many more. Whoever is absent has
    an episode, and a run of unexcused days lies in one that is at least as long.
    """
    bands = results.lengths.to_dict("records")
    keys = [cells.add(("episodes", row["from_days"]), row["episodes"]) for row in bands]
    runs = cells.unseen("runs", sum(row["episodes"] for row in bands))
    cells.sums.append(Sum(runs, tuple(keys)))
    cells.rest(runs, "absent")
    for rule in (one for one in THRESHOLDS if one.how == "consecutive"):
        long = [key for key, row in zip(keys, bands) if pd.isna(row["to_days"]) or row["to_days"] >= rule.days]
        total = cells.unseen(("runs", rule.days), sum(cells.values[key] for key in long))
        cells.sums.append(Sum(total, tuple(long)))
        cells.rest(total, ("rule", rule.key))
    unknown = results.overview.get(UNKNOWN_DAYS)
    if unknown is not None:
        cells.add("unknown days", unknown, NO_WEIGHT)
        open_ = [("undetermined", rule.key) for rule in THRESHOLDS if ("undetermined", rule.key) in cells.values]
        for key in open_ if results.overview[NOBODY] == 0 else ():  # then nothing else leaves a rule open
            if cells.values[key] <= unknown:  # part of a day may be open too
                cells.rest("unknown days", key)
    if _are_few(results, under):
        return
    days, without = (
        cells.add(key, results.overview[name] or 0, NO_WEIGHT) for key, name in zip(("days", "without"), DAYS)
    )
    cells.rest(days, without)
    chain: list[Threshold] = []
    for rule in SUMS:
        chain += [rule] if not chain or within(rule, chain[-1]) else []
    steps = [(("rule", rule.key), rule.days - before) for rule, before in zip(chain, (0, *(one.days for one in chain)))]
    cells.at_least(without, steps)
    cells.at_least(days, [("absent", 1), (steps[0][0], steps[0][1] - 1), *steps[1:]])
    cells.at_least(days, [(key, int(row["from_days"])) for key, row in zip(keys, bands)])
    for rule in THRESHOLDS:
        if rule not in chain and rule.how != "calendar":
            cells.at_least(without, [(("rule", rule.key), rule.days)])


def _are_few(results: Results, under: int) -> bool:
    """Return whether sums of days are those of few children: then they are not shown."""
    return any(0 < number < under for number in (*results.behind_days, *results.lengths["episodes"]))


def _inside(cells: Cells, places: pd.DataFrame, inner: str, outer: str) -> None:
    """Add that places lie inside larger ones, as readers know: their counts add up to those of the larger.

    One that lies in several has a part in each, which no table shows.
    """
    both = places.groupby([inner, outer], as_index=False)[["on_roll", "children"]].sum()
    alone = ~both[inner].duplicated(keep=False)
    for kind, column in (("on_roll", "on_roll"), ("found", "children")):
        keys = [
            (kind, inner, row[inner])
            if is_alone
            else cells.unseen((kind, inner, row[inner], outer, row[outer]), row[column])
            for row, is_alone in zip(both.to_dict("records"), alone)
        ]
        both[f"{kind} key"] = pd.Series(keys, index=both.index, dtype=object)
        for place, rows in both.groupby(outer):
            cells.sums.append(Sum((kind, outer, place), tuple(rows[f"{kind} key"])))
        for place, rows in both[~alone].groupby(inner):
            cells.sums.append(Sum((kind, inner, place), tuple(rows[f"{kind} key"])))


def _register(cells: Cells, years: pd.DataFrame, groups: dict[str, pd.DataFrame]) -> None:
    """Add the counts of the register of long absences: each division of a year adds up to it."""
    tables = {"all": years.assign(all="")} | groups
    for name, table in tables.items():
        for row in table.to_dict("records"):
            where = (name, row["school_year"], row[name])
            weight = 5 if name == "all" else 1
            registered, mainstream, elsewhere, returned, out = (
                cells.add((one, *where), row[one], weight) for one in OUTCOMES
            )
            cells.sums += [Sum(registered, (returned, out)), Sum(returned, (mainstream, elsewhere))]
    for name, table in groups.items():
        for year, rows in table.groupby("school_year"):
            for one in OUTCOMES:
                parts = tuple((one, name, year, group) for group in rows[name])
                cells.sums.append(Sum((one, "all", year, ""), parts))


def _children(row: Mapping, behind: pd.DataFrame) -> int:
    """Return how many children have an episode of a band, or of several that lie side by side."""
    inside = [
        low >= row["from_days"] and (pd.isna(row["to_days"]) or (high is not None and high <= row["to_days"]))
        for low, high in BANDS
    ]
    bits = sum(2**position for position, is_inside in enumerate(inside) if is_inside)
    return int(behind.loc[(behind["code"] & bits) > 0, "children"].sum())


def merged(lengths: pd.DataFrame, under: int, behind: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return episodes by length without bands of few episodes, or of few children: each goes into the next shorter.

    It begins with the longest. ``behind`` has the children of the bands (see ``behind_lengths`` of the results). A
    small count that is only hidden could be worked out from the sum of days absent.
    """

    def is_small(row: Mapping) -> bool:
        counts = [row["episodes"], *([] if behind is None else [_children(row, behind)])]
        return any(0 < number < under for number in counts)

    rows: list[dict] = []
    for row in lengths.to_dict("records")[::-1]:
        if rows and is_small(rows[-1]):
            longer = rows.pop()
            row = row | {"to_days": longer["to_days"], "episodes": row["episodes"] + longer["episodes"]}
        rows.append(row)
    if len(rows) > 1 and is_small(rows[-1]):
        shortest, next_ = rows.pop(), rows.pop()
        rows.append(next_ | {"from_days": shortest["from_days"], "episodes": next_["episodes"] + shortest["episodes"]})
    return pd.DataFrame(rows[::-1]).astype(lengths.dtypes.to_dict())


def published(results: Results, under: int = 5) -> tuple[Results, int]:
    """Return the results with what may not be shown missing, and how many counts that is.

    Shares are missing where their count or their base is. ``under`` is the parameter of
    :data:`evidence.attendance.suppression.SMALL_CELLS`; 0 shows everything.
    """
    results = replace(results, lengths=merged(results.lengths, under, results.behind_lengths))
    cells = cells_of(results, under)
    hidden = cells.hidden(under)
    gone = {name for key, name in SHOWN.items() if key in hidden}
    gone |= set(DAYS) if under and ("absent" in hidden or _are_few(results, under)) else set()
    overview = {name: None if name in gone else value for name, value in results.overview.items()}
    table = results.thresholds.copy()
    for name, kind in (("children", "rule"), *((state, state) for state in STATE)):
        table[name] = visible(table[name], [(kind, rule) for rule in table["rule"]], hidden)
    table = with_interval(table, "children", overview.get(CHILDREN))[COLUMNS]
    moves = results.moves.copy()
    for name in MOVES:
        moves[name] = visible(moves[name], [(name, *pair) for pair in PAIRS], hidden)
    lengths = results.lengths.copy()
    if any(0 < number < under for number in results.behind_days[:1]):  # each episode is one of few children
        hidden = hidden | {("episodes", low) for low in lengths["from_days"]}
    lengths["episodes"] = visible(lengths["episodes"], [("episodes", low) for low in lengths["from_days"]], hidden)
    groups = {name: _group(frame.copy(), name, hidden) for name, frame in results.groups.items()}
    years, parts = results.register, results.decomposition
    if years is not None:
        years = _outcomes(years.assign(all=""), "all", hidden).drop(columns="all")
    divided = {name: _outcomes(frame, name, hidden) for name, frame in results.register_by.items()}
    if any(frame[["registered", "out"]].isna().any(axis=None) for frame in divided.values()):
        parts = None  # sums of exact parts would give away the counts that are left out
    shown = replace(
        results,
        overview=overview,
        left_out=tuple(name for name in results.overview if name in gone),
        thresholds=table,
        moves=moves,
        lengths=lengths,
        groups=groups,
        register=years,
        register_by=divided,
        decomposition=parts,
        kinds=None,
    )
    return shown, len(hidden | {key for key, name in SHOWN.items() if name in gone})


def _group(table: pd.DataFrame, name: str, hidden: set) -> pd.DataFrame:
    """Return a table by group with ``share_pct`` and its interval, what may not be shown missing."""
    table["on_roll"] = visible(table["on_roll"], [("on_roll", name, one) for one in table[name]], hidden)
    table["children"] = visible(table["children"], [("found", name, one) for one in table[name]], hidden)
    return with_interval(table, "children", table["on_roll"])


def _outcomes(table: pd.DataFrame, by: str, hidden: set) -> pd.DataFrame:
    """Return counts of the register, divided by a column, with what may not be shown missing."""
    keys = list(zip(table["school_year"], table[by]))
    for name in OUTCOMES:
        table = table.assign(**{name: visible(table[name], [(name, by, *key) for key in keys], hidden)})
    no_share = table["registered"].isna() | table["out"].isna()
    return table.assign(**{name: table[name].mask(no_share) for name in ("share_pct", "low_pct", "high_pct")})
