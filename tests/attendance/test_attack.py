"""An attacker who has only the files of a report, all of them, cannot work out a count that was left out.

The attacker knows what the tables mean, writes down every equation and every "at least" between their cells, also
across files and years, and asks for each missing cell how small and how large it can be.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evidence.attendance.analysis import COUNTS, Results
from evidence.attendance.commands import run
from evidence.attendance.demo import schools, write_demo
from evidence.attendance.kinds import MARKS, STATES
from evidence.attendance.publishing import published
from evidence.attendance.thresholds import THRESHOLDS
from evidence.toolkit.linear import ranges

UNDER = 5
RULES = ("over_10", "from_10", "run_over_10", "run_from_10", "days_15", "days_30", "calendar_15", "quarter_3",
         "window_5_in_20", "half_of_period")  # fmt: skip
WIDER = {  # whoever reaches the first reaches the others
    "over_10": ["from_10", "quarter_3"],
    "from_10": ["quarter_3"],
    "run_over_10": ["run_from_10", "over_10", "window_5_in_20"],
    "run_from_10": ["from_10", "window_5_in_20"],
    "days_15": ["over_10"],
    "days_30": ["days_15"],
    "window_5_in_20": ["quarter_3"],  # in a calendar whose quarters have more than twenty school days, as here
}
SUMS = ("over_10", "from_10", "days_15", "days_30", "quarter_3")
OUTCOMES = ("registered", "returned", "returned_mainstream", "returned_elsewhere", "out")


class Notebook:
    """What an attacker writes down: known numbers, and sums of unknown ones."""

    def __init__(self) -> None:
        self.known: dict[Hashable, float] = {}
        self.sums: list[tuple[dict[Hashable, int], float]] = []

    def see(self, name: Hashable, value: float) -> None:
        if not pd.isna(value):
            self.known[name] = value

    def equal(self, total: Hashable, *parts: Hashable) -> None:
        self.sums.append(({total: -1} | dict.fromkeys(parts, 1), 0.0))

    def at_most(self, small: Hashable, large: Hashable) -> None:
        self.equal(large, small, ("room", small, large, len(self.sums)))

    def at_most_days(self, terms: dict[Hashable, int], sum_: float) -> None:
        """So many days of each such child are no more than all days: ``sum_`` may be missing."""
        if not pd.isna(sum_):
            self.sums.append((terms | {("days", len(self.sums)): 1}, float(sum_)))

    def answers(self, wanted: list[Hashable]) -> dict[Hashable, tuple[float, float]]:
        """Return between what each unknown lies."""
        names: dict[Hashable, int] = {}
        for terms, _ in self.sums:
            for name in terms:
                if name not in self.known:
                    names.setdefault(name, len(names))
        rows = [(terms, right) for terms, right in self.sums if any(name in names for name in terms)]
        matrix, rights = np.zeros((len(rows), len(names))), np.zeros(len(rows))
        for row, (terms, right) in enumerate(rows):
            rights[row] = right - sum(sign * self.known[name] for name, sign in terms.items() if name in self.known)
            for name, sign in terms.items():
                if name in names:
                    matrix[row, names[name]] += sign
        place = {names[name]: name for name in wanted if name in names}
        return {place[position]: bounds for position, bounds in ranges(matrix, rights, place).items()}


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """Return all tables of a report."""
    return {path.stem: pd.read_csv(path) for path in (folder / "tables").glob("*.csv")}


def noted(tables: dict[str, pd.DataFrame]) -> Notebook:
    """Return what the tables say."""
    book = Notebook()
    overview = dict(zip(tables["overview"]["what"], tables["overview"]["number"]))
    book.see("all", overview.get("children on roll"))
    book.see("absent", overview.get("children absent on any day"))
    book.at_most("absent", "all")
    days, unexcused = overview.get("days absent"), overview.get("of them without a valid reason")
    for row in tables["thresholds"].to_dict("records"):
        rule, found = row["rule"], ("children", row["rule"])
        for column in ("children", "certain", "undetermined", "not_reached"):
            book.see((column, rule), row[column])
        if not pd.isna(row["share_pct"]) and "all" in book.known:
            book.see(found, round(row["share_pct"] * book.known["all"] / 100))
        book.equal("all", *((column, rule) for column in ("certain", "undetermined", "not_reached")))
        book.at_most(("certain", rule), found)
        book.equal(("most", rule), ("certain", rule), ("undetermined", rule))
        book.at_most(found, ("most", rule))
        book.at_most(found, "absent")
    for rule, others in WIDER.items():
        for other in others:
            book.at_most(("children", rule), ("children", other))
            book.at_most(("certain", rule), ("certain", other))
            book.at_most(("most", rule), ("most", other))
            for wide, narrow in itertools.combinations_with_replacement(("most", "children", "certain"), 2):
                book.equal((wide, other), (narrow, rule), ("gap", wide, other, narrow, rule))
    for rule in SUMS:  # days that nobody recorded add none: whoever is found is found for certain
        book.equal(("children", rule), ("certain", rule))
    limits = {"over_10": 11, "from_10": 10, "run_over_10": 11, "run_from_10": 10, "days_15": 15, "days_30": 30}
    for rule, number in (limits | {"quarter_3": 3, "window_5_in_20": 5}).items():
        book.at_most_days({("children", rule): number}, unexcused)
    steps = {
        "quarter_3": 3,
        "from_10": 7,
        "over_10": 1,
        "days_15": 4,
        "days_30": 15,
    }  # so many more days than the wider
    book.at_most_days({("children", rule): more for rule, more in steps.items()}, unexcused)
    every = {("children", rule): more for rule, more in (steps | {"quarter_3": 2}).items()}
    book.at_most_days({"absent": 1} | every, days)
    for position, row in enumerate(tables["moves"].to_dict("records")):
        cells = [(name, position) for name in ("both", "only_one", "only_other")]
        for cell in cells:
            book.see(cell, row[cell[0]])
        book.equal(("children", row["one"]), cells[0], cells[1])
        book.equal(("children", row["other"]), cells[0], cells[2])
        book.equal("all", *cells, ("neither", position))
    for name in ("region", "district", "area", "school", "sex", "grade"):
        rows = tables[f"by_{name}"].to_dict("records")
        for row in rows:
            for column in ("on_roll", "children"):
                book.see((column, name, row[name]), row[column])
            if not pd.isna(row["share_pct"]) and not pd.isna(row["on_roll"]):
                book.see(("children", name, row[name]), round(row["share_pct"] * row["on_roll"] / 100))
            book.at_most(("children", name, row[name]), ("on_roll", name, row[name]))
        book.equal("all", *(("on_roll", name, row[name]) for row in rows))
        book.equal(("children", "over_10"), *(("children", name, row[name]) for row in rows))
    noted_places(book)
    noted_episodes(book, tables["episodes"], days)
    if "register" in tables:
        noted_register(book, tables)
    return book


def noted_places(book: Notebook) -> None:
    """Write down that schools lie in districts, areas and regions, and districts in regions: everybody knows that."""
    district = {school: f"district {school[-1]}" for school, *_ in schools()}
    inside = {
        ("school", "region"): {school: region for school, region, *_ in schools()},
        ("school", "area"): {school: area for school, _, area, _ in schools()},
        ("school", "district"): district,
    }
    for (inner, outer), where in inside.items():
        for place in dict.fromkeys(where.values()):
            for column in ("on_roll", "children"):
                parts = [(column, inner, school) for school in where if where[school] == place]
                book.equal((column, outer, place), *parts)


def noted_episodes(book: Notebook, episodes: pd.DataFrame, days: float | None) -> None:
    """Write down the episodes: each has at least the days of its band."""
    rows = episodes.to_dict("records")
    for row in rows:
        book.see(("episodes", row["from_days"]), row["episodes"])
    if not pd.isna(days):
        terms = {("episodes", row["from_days"]): int(row["from_days"]) for row in rows}
        book.sums.append((terms | {"days over": 1}, float(days)))
    book.equal("runs", *(("episodes", row["from_days"]) for row in rows))
    for rule, least in (("run_from_10", 10), ("run_over_10", 11)):
        long = [row["from_days"] for row in rows if pd.isna(row["to_days"]) or row["to_days"] >= least]
        book.equal(("long", least), *(("episodes", low) for low in long))
        book.at_most(("children", rule), ("long", least))
    book.at_most("absent", "runs")


def noted_register(book: Notebook, tables: dict[str, pd.DataFrame]) -> None:
    """Write down the register: outcomes add up, and so do regions and areas to the year."""
    for name in ("", "region", "area"):
        table = tables[f"register_by_{name}" if name else "register"]
        for row in table.to_dict("records"):
            where = (name, row["school_year"], row[name] if name else "")
            for outcome in OUTCOMES:
                book.see((outcome, *where), row[outcome])
            book.equal(("registered", *where), ("returned", *where), ("out", *where))
            book.equal(("returned", *where), ("returned_mainstream", *where), ("returned_elsewhere", *where))
            if not pd.isna(row["share_pct"]) and not pd.isna(row["registered"]):
                book.see(("out", *where), round(row["share_pct"] * row["registered"] / 100))
        for year, rows in table.groupby("school_year") if name else ():
            for outcome in OUTCOMES:
                book.equal((outcome, "", year, ""), *((outcome, name, year, group) for group in rows[name]))
    if "decomposition" in tables:
        for row in tables["decomposition"].to_dict("records"):
            assert row["group"] != "total" or not tables["register_by_region"].isna().any(axis=None)


def secrets(tables: dict[str, pd.DataFrame]) -> dict[Hashable, float]:
    """Return every count of a report that shows all, and every difference of nested ones, by the attacker's names."""
    book = noted(tables)
    truth = dict(book.known)
    for terms, right in book.sums:
        unknown = [name for name in terms if name not in truth]
        if len(unknown) == 1 and unknown[0][0] == "gap":
            rest = sum(sign * truth[name] for name, sign in terms.items() if name in truth)
            truth[unknown[0]] = (right - rest) / terms[unknown[0]]
    return truth


@pytest.fixture(scope="module", params=[(40, 1), (150, 2), (300, 3), (900, 4)], ids=str)
def pair(request, tmp_path_factory):
    """Return the tables of two reports of the same synthetic files: as published, and with every count."""
    pupils, seed = request.param
    folder = tmp_path_factory.mktemp(f"attack-{pupils}")
    write_demo(folder / "files", pupils, seed)
    with_districts(folder / "files")
    thinned(folder / "files", seed)
    for name, under in (("shown", UNDER), ("all", 0)):
        assert run(["report", str(folder / "files"), "--to", str(folder / name), "--under", str(under)]) == 0
    return read(folder / "shown"), read(folder / "all")


def with_districts(folder: Path) -> None:
    """Put each school into a district, some of which lie in both regions."""
    path = folder / "enrolment-synthetic.csv"
    rows = pd.read_csv(path, dtype="string", keep_default_na=False)
    rows.assign(district="district " + rows["school"].str[-1]).to_csv(path, index=False)


def thinned(folder: Path, seed: int) -> None:
    """Leave a part of the register of long absences, so that regions and areas have few children."""
    path = folder / "ten_day_register-synthetic.csv"
    rows = pd.read_csv(path)
    rows.sample(30 + 40 * (seed % 4), random_state=seed).sort_index().to_csv(path, index=False)


def test_no_small_count_can_be_worked_out_from_all_files_together(pair):
    shown, whole = pair
    book, truth = noted(shown), secrets(whole)
    small = [name for name, value in truth.items() if 0 < value < UNDER and name in all_cells(book)]
    assert small, "a report without a small count tests nothing"
    assert not [name for name in small if name in book.known]
    for name, (low, high) in book.answers(small).items():
        assert low - 1e-6 <= truth[name] <= high + 1e-6, f"the attacker is wrong on {name}"
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= UNDER - 1, (name, truth[name], low, high)


def all_cells(book: Notebook) -> set[Hashable]:
    return {name for terms, _ in book.sums for name in terms}


def test_differences_of_shown_counts_are_small_nowhere(pair):
    """Of whom one rule finds and a narrower one does not there are five or more, or none."""
    shown, _ = pair
    found = shown["thresholds"].set_index("rule")
    for rule, others in WIDER.items():
        for other in others:
            for column, sign in (("children", 1), ("certain", 1), ("not_reached", -1)):
                gap = sign * (found.loc[other, column] - found.loc[rule, column])
                assert pd.isna(gap) or gap == 0 or gap >= UNDER, (rule, other, column)


def test_the_attack_succeeds_where_a_count_is_only_left_out_alone(pair):
    """Each cell is missing from its own table, nothing else: then other tables give it back."""
    _, whole = pair
    truth, book = secrets(whole), noted(whole)
    name = next(name for name, value in truth.items() if name[0] == "out" and name[1] == "area" and value > 0)
    del book.known[name]
    low, high = book.answers([name])[name]
    assert low == pytest.approx(high) == pytest.approx(truth[name])


def test_a_small_difference_is_not_narrowed_by_the_days_of_a_third_rule():
    """Twelve children reach ten days, nine of them more; eight reach fifteen. All days together leave
    at most one day over, so that eleven or more days can be those of ten children at most, and of eight at least."""
    found = {"quarter_3": 12, "from_10": 12, "over_10": 9, "days_15": 8, "days_30": 0}
    least = 3 * 12 + 7 * 12 + 9 + 4 * 8
    keys = [rule.key for rule in THRESHOLDS]
    table = pd.DataFrame({"rule": keys, "title": keys, "children": [found.get(key, 0) for key in keys], "note": ""})
    table = table.assign(certain=table["children"], undetermined=0, not_reached=300 - table["children"])
    table = table.astype(dict.fromkeys(COUNTS, "Int64"))
    results = Results(
        {"children on roll": 300, "of them recorded by nobody": 0, "children absent on any day": 40}
        | {"days absent": least + 300, "of them without a valid reason": least + 1},
        table.assign(share_pct=pd.NA),
        pd.DataFrame({"one": 0, "other": 0, "both": [9, 0, 0], "only_one": [3, 9, 8], "only_other": [0, 0, 0]}),
        pd.DataFrame({"from_days": [1, 11], "to_days": [10, None], "episodes": [80, 30]}).astype({"to_days": "Int64"}),
        behind_days=(40, 30, 20),
        kinds=_chain([("absent", 40), *((("rule", key), number) for key, number in found.items())], 300),
    )
    shown, _ = published(results, UNDER)
    left = shown.thresholds.set_index("rule")["children"]
    assert pd.isna(left["over_10"])
    days = shown.overview.get("of them without a valid reason")
    known = {key: value for key, value in left.items() if key in found and not pd.isna(value)}
    fits = [number for number in range(300) if _fits(known | {"over_10": number}, days)]
    assert 9 in fits and len(fits) >= UNDER, fits
    assert len([number for number in range(300) if _fits(found | {"over_10": number}, least + 1)]) < UNDER


def _chain(sizes: list[tuple[Hashable, int]], everyone: int) -> pd.DataFrame:
    """Return the kinds of children of groups of which each lies in the one before; all counts are certain."""
    rows, code, before = [], 0, everyone
    for mark, size in sizes:
        rows.append((code, before - size))
        marks = [mark] if mark == "absent" else [(state, mark[1]) for state in STATES]
        code, before = code | sum(1 << MARKS.index(one) for one in marks), size
    return pd.DataFrame([*rows, (code, before)], columns=["code", "children"]).assign(is_known=True, entries="")


def _fits(counts: dict[str, int], days: int | None) -> bool:
    """Return whether counts of rules, each within the one before, are possible with so many days in all."""
    order = [key for key in ("quarter_3", "from_10", "over_10", "days_15", "days_30") if key in counts]
    limits = {"quarter_3": 3, "from_10": 10, "over_10": 11, "days_15": 15, "days_30": 30}
    before = [0, *(limits[key] for key in order)]
    needed = sum(counts[key] * (limits[key] - less) for key, less in zip(order, before))
    falling = all(counts[one] >= counts[other] for one, other in zip(order, order[1:]))
    return falling and (days is None or needed <= days)
