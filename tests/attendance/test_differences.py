"""Whoever subtracts one published count from another finds no small group of children.

The attacker has everything that a report writes, and knows of any two groups whether one lies in the other: here from
the children themselves, of whom each group is written down as a set.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable
from pathlib import Path

import pandas as pd
import pytest

from evidence.attendance.analysis import GROUPS, PAIRS, choices, frames_of
from evidence.attendance.commands import run
from evidence.attendance.demo import write_demo
from evidence.attendance.reading.folder import read_folder
from evidence.attendance.thresholds import HALF, THRESHOLDS, missed_share, reached
from evidence.toolkit import engines

UNDER = 5
KEYS = [rule.key for rule in THRESHOLDS]
STATES = {"children": "skipped", "certain": "present", "most": "absent"}
OUTCOMES = ("registered", "returned", "returned_mainstream", "returned_elsewhere", "out")
Groups = dict[Hashable, frozenset]


def edited(folder: Path, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Write one of the synthetic files anew."""
    path = folder / f"{name}-synthetic.csv"
    change(pd.read_csv(path, dtype="string", keep_default_na=False)).to_csv(path, index=False)


def every_day_recorded(folder: Path) -> None:
    (folder / "recorded-synthetic.csv").unlink()


def two_schools(folder: Path) -> None:
    """Keep two schools, one of them small."""
    for name in ("enrolment", "absences", "calendar", "recorded"):
        edited(folder, name, lambda rows: rows[rows["school"].isin(["synthetic-school-01", "synthetic-school-02"])])
    few = set(pd.read_csv(folder / "enrolment-synthetic.csv").query("school == 'synthetic-school-02'")["child"][6:])
    for name in ("enrolment", "absences"):
        edited(folder, name, lambda rows: rows[~rows["child"].isin(few)])


def two_years(folder: Path) -> None:
    """Add a second year of 52 weeks later, in which every third absence comes again."""

    def again(rows: pd.DataFrame, every: int = 1) -> pd.DataFrame:
        later = (pd.to_datetime(rows["date"]) + pd.Timedelta(days=364)).dt.strftime("%Y-%m-%d")
        return pd.concat([rows, rows.assign(date=later)[::every]])

    on_roll = set(pd.read_csv(folder / "enrolment-synthetic.csv").query("end.isna()")["child"])
    edited(folder, "calendar", again)
    edited(folder, "recorded", again)
    edited(folder, "enrolment", lambda rows: rows[rows["child"].isin(on_roll)].drop_duplicates("child", keep=False))
    kept = set(pd.read_csv(folder / "enrolment-synthetic.csv")["child"])
    edited(folder, "absences", lambda rows: again(rows[rows["child"].isin(kept)], 3))


def without_roll(folder: Path) -> None:
    """Leave only absences, of days that all were recorded."""
    for name in ("enrolment", "recorded"):
        (folder / f"{name}-synthetic.csv").unlink()


def with_empty_cells(folder: Path) -> None:
    """Put a register of everyone in the place of the absences, in which one cell of forty is empty."""
    rows = pd.read_csv(folder / "enrolment-synthetic.csv", dtype="string", keep_default_na=False)
    days = pd.read_csv(folder / "recorded-synthetic.csv", dtype="string")
    rows = rows[["child", "school", "start", "end"]].merge(days, on="school")
    rows = rows[(rows["start"] <= rows["date"]) & ((rows["end"] == "") | (rows["date"] <= rows["end"]))]
    marks = pd.read_csv(folder / "absences-synthetic.csv", dtype="string")
    rows = rows.merge(marks, how="left", on=["child", "school", "date"]).fillna({"status": "present"})
    rows["status"] = rows["status"].mask(pd.Series(range(len(rows)), index=rows.index) % 41 == 7, "")
    rows[["child", "school", "date", "status"]].to_csv(folder / "register-synthetic.csv", index=False)
    for name in ("absences", "recorded"):
        (folder / f"{name}-synthetic.csv").unlink()


def kept_register(folder: Path) -> None:
    """Put into the register those who were absent longest without a reason, as the rules find them, and two more."""
    days = pd.read_csv(folder / "absences-synthetic.csv").query("status == 'unexcused'").groupby("child").size()
    roll = pd.read_csv(folder / "enrolment-synthetic.csv").drop_duplicates("child").set_index("child")
    listed = days[days >= 11].index.tolist() + days[days == 10].index.tolist()[:2]
    rows = pd.DataFrame({"child": listed}).assign(school_year="2012-13", days_missed=11)
    rows["outcome"] = ["out" if number % 4 else "returned_mainstream" for number in range(len(rows))]
    rows = rows.join(roll[["region", "area"]], on="child")
    rows.to_csv(folder / "ten_day_register-synthetic.csv", index=False)


def two_last_grades(folder: Path) -> None:
    """Let one school have the two last grades and no other; three children of them are elsewhere."""
    rows = pd.read_csv(folder / "enrolment-synthetic.csv", dtype="string", keep_default_na=False)
    is_there, is_last = rows["school"] == "synthetic-school-02", rows["grade"].isin(["10", "11"])
    gone = set(rows.loc[rows["child"].duplicated(keep=False) | (is_there & ~is_last), "child"])
    gone |= set(rows.loc[is_last & ~is_there & ~rows["child"].isin(gone), "child"].iloc[3:])
    for name in ("enrolment", "absences"):
        edited(folder, name, lambda rows: rows[~rows["child"].isin(gone)])


def as_it_is(_: Path) -> None:
    """Leave the files as they are: twelve schools in four districts, and days that nobody recorded."""


FOLDERS = {
    "sparse": (150, 2, as_it_is),
    "clean": (400, 3, every_day_recorded),
    "districts": (400, 3, as_it_is),
    "two schools": (900, 5, two_schools),
    "two years": (300, 6, two_years),
    "no roll": (300, 8, without_roll),
    "empty cells": (160, 7, with_empty_cells),
    "last grades": (900, 10, two_last_grades),
    "kept register": (300, 9, kept_register),
}


def in_truth(folder: Path) -> Groups:
    """Return the children of every group that a report counts, by the rules alone."""
    tables = read_folder(folder, engines.engine("duckdb"))
    frames = frames_of(tables)
    spells = tables.enrolment.df().sort_values(["start", "school"]).drop_duplicates("child")
    groups: Groups = {"all": frozenset(spells["child"])}
    for state, unrecorded in STATES.items():
        chosen = {name: value for name, value in choices(tables).items() if name != "unrecorded"}
        placed = frames.engine.checkpoint(frames.placed(unrecorded, **chosen), f"placed of {state}")
        table = frames.engine.collect(reached(placed))
        groups |= {(state, key): frozenset(table.loc[table[key].notna(), "child"]) for key in KEYS}
        groups |= {"absent": frozenset(table["child"])} if state == "children" else {}
        days = frames.days(unrecorded)
        span = (0, 99_999)
        gaps = frames.gaps(unrecorded, chosen["counts_from"])
        half = frames.engine.collect(missed_share(placed, days, frames.enrolment, *span, unknown=gaps))
        groups[state, HALF.key] = frozenset(half.loc[half["is_reached"] == 1, "child"])
    for key in (*KEYS, HALF.key):
        groups["undetermined", key] = groups["most", key] - groups["certain", key]
        groups["not_reached", key] = groups["all"] - groups["most", key]
    for pair in PAIRS:
        one, other = (groups["children", key] for key in pair)
        groups |= {("both", *pair): one & other, ("only_one", *pair): one - other, ("only_other", *pair): other - one}
        groups["neither", *pair] = groups["all"] - one - other
    for name in (name for name in GROUPS if name in spells):
        for value, rows in spells.astype({name: str}).groupby(name):
            groups["on_roll", name, value] = frozenset(rows["child"])
            groups["found", name, value] = groups["on_roll", name, value] & groups["children", "over_10"]
    register = pd.read_csv(folder / "ten_day_register-synthetic.csv", dtype="string")
    register["returned"] = register["outcome"].str.startswith("returned")
    for by in ("", "region", "area"):
        rows = register.assign(**{"": ""})
        for (year, value), some in rows.groupby(["school_year", by]):
            for outcome in OUTCOMES:
                is_one = some["returned"] if outcome == "returned" else some["outcome"] == outcome
                inside = some if outcome == "registered" else some[is_one]
                groups[outcome, by, year, str(value)] = frozenset(inside["child"])
    return groups


def sums(groups: Groups) -> list[tuple[Hashable, list[Hashable]]]:
    """Return which groups are made up of which, as a reader of the tables knows."""
    found: list[tuple[Hashable, list[Hashable]]] = []
    for key in (*KEYS, HALF.key):
        found.append(("all", [("most", key), ("not_reached", key)]))
        found.append((("most", key), [("certain", key), ("undetermined", key)]))
    for one, other in PAIRS:
        found.append(("all", [(name, one, other) for name in ("both", "only_one", "only_other", "neither")]))
        found.append((("children", one), [("both", one, other), ("only_one", one, other)]))
        found.append((("children", other), [("both", one, other), ("only_other", one, other)]))
    for kind, whole in (("on_roll", "all"), ("found", ("children", "over_10"))):
        for name in GROUPS:
            found.append((whole, [key for key in groups if key[:2] == (kind, name)]))
    for outcome, by, year, value in [key for key in groups if key[0] in OUTCOMES]:
        if outcome == "registered":
            parts = [(one, by, year, value) for one in ("returned", "out")]
            found.append(((outcome, by, year, value), parts))
        if outcome == "returned":
            parts = [(one, by, year, value) for one in ("returned_mainstream", "returned_elsewhere")]
            found.append(((outcome, by, year, value), parts))
        if not by:
            for name in ("region", "area"):
                found.append(((outcome, "", year, ""), [key for key in groups if key[:3] == (outcome, name, year)]))
    return [(total, parts) for total, parts in found if parts]


def seen(folder: Path) -> dict[Hashable, int]:
    """Return every count of children that the tables of a report show."""
    tables = {path.stem: pd.read_csv(path) for path in (folder / "tables").glob("*.csv")}
    overview = tables["overview"].set_index("what")["number"]
    found = {"all": overview["children on roll"], "absent": overview["children absent on any day"]}
    for row in tables["thresholds"].to_dict("records"):
        found |= {(name, row["rule"]): row[name] for name in ("children", "certain", "undetermined", "not_reached")}
    for pair, row in zip(PAIRS, tables["moves"].to_dict("records")):
        found |= {(name, *pair): row[name] for name in ("both", "only_one", "only_other")}
    for name in GROUPS:
        for row in tables[f"by_{name}"].to_dict("records") if f"by_{name}" in tables else ():
            found["on_roll", name, str(row[name])] = row["on_roll"]
            found["found", name, str(row[name])] = row["children"]
    for name in ("", "region", "area"):
        for row in tables[f"register_by_{name}" if name else "register"].to_dict("records"):
            found |= {(one, name, row["school_year"], row[name] if name else ""): row[one] for one in OUTCOMES}
    return {key: int(value) for key, value in found.items() if not pd.isna(value)}


def worked_out(known: dict[Hashable, int], groups: Groups) -> tuple[dict[Hashable, int], Groups]:
    """Return what sums give beside the known counts, with the rests of sums as groups of their own."""
    known, groups = dict(known), dict(groups)
    equations = sums(groups)
    changed = True
    while changed:
        changed = False
        for total, parts in equations:
            unknown = [part for part in parts if part not in known]
            shown = sum(known[part] for part in parts if part in known)
            if total not in known and not unknown:
                known[total], changed = shown, True
            elif total in known and unknown:
                rest = unknown[0] if len(unknown) == 1 else ("rest of", total, *unknown)
                changed |= rest not in known
                known[rest] = known[total] - shown
                groups[rest] = frozenset().union(*(groups[part] for part in unknown))
    return known, groups


def small_differences(known: dict[Hashable, int], groups: Groups) -> list[tuple]:
    """Return pairs of known counts, one group inside the other, that differ by a small count, and small counts."""
    found = [(key, value) for key, value in known.items() if 0 < value < UNDER]
    for one, other in itertools.combinations(known, 2):
        narrow, wide = sorted((one, other), key=lambda key: len(groups[key]))
        if 0 < known[wide] - known[narrow] < UNDER and groups[narrow] < groups[wide]:
            found.append((wide, known[wide], narrow, known[narrow]))
    return found


def divisions(known: dict[Hashable, int]) -> list[list[Hashable]]:
    """Return the shown parts of each division of the children on roll, and of those found."""
    found = {(kind, name): [] for kind in ("on_roll", "found") for name in GROUPS}
    for key in known:
        if isinstance(key, tuple) and key[:2] in found:
            found[key[:2]].append(key)
    return list(found.values())


def small_unions(known: dict[Hashable, int], groups: Groups) -> list[tuple]:
    """Return groups and parts of a division that together differ from them by a small count, all of them shown."""
    found = []
    for parts, group in itertools.product(divisions(known), known):
        some = groups[group]
        for near in ([one for one in parts if groups[one] & some], [one for one in parts if groups[one] <= some]):
            both = frozenset().union(*(groups[one] for one in near))
            if (some < both or both < some) and len(both ^ some) < UNDER:
                found.append((group, near))
    return found


@pytest.fixture(scope="module", params=FOLDERS)
def attacked(request, tmp_path_factory):
    """Return what a report of a synthetic folder shows, with all that sums add, and who is in which group."""
    pupils, seed, change = FOLDERS[request.param]
    folder = tmp_path_factory.mktemp(request.param.replace(" ", "-"))
    write_demo(folder / "files", pupils, seed)
    change(folder / "files")
    if change is not kept_register:
        edited(folder / "files", "ten_day_register", lambda rows: rows.sample(60, random_state=seed).sort_index())
    assert run(["report", str(folder / "files"), "--to", str(folder / "report"), "--under", str(UNDER)]) == 0
    return seen(folder / "report"), in_truth(folder / "files")


def test_the_attacker_knows_the_groups(attacked):
    """Each count that is shown is the size of its group: else the attack would attack nothing."""
    shown, groups = attacked
    assert {key: value for key, value in shown.items() if value != len(groups[key])} == {}


def test_no_two_counts_of_groups_inside_each_other_differ_by_a_small_one(attacked):
    assert small_differences(*worked_out(*attacked)) == []


def test_no_parts_of_a_division_together_differ_from_a_group_by_a_small_count(attacked):
    shown, groups = attacked
    assert small_unions({key: value for key, value in shown.items() if value}, groups) == []


def test_the_attack_succeeds_where_all_is_shown(attacked):
    _, groups = attacked
    everything = {key: len(group) for key, group in groups.items()}
    assert len(small_differences(everything, groups)) > 20


def test_most_of_what_readers_come_for_is_shown(attacked):
    shown, _ = attacked
    assert "absent" in shown and sum(("children", key) in shown for key in KEYS) >= len(KEYS) // 2


def test_episodes_of_few_children_are_not_shown_apart(tmp_path):
    """Six children miss a day each, one of them nine times; two miss fifteen days in a row, three times a year each."""
    days = pd.bdate_range("2023-09-01", "2024-05-31").strftime("%Y-%m-%d")
    missed = [(f"c{number}", [5 * number]) for number in range(5)] + [("often", range(0, 90, 10))]
    missed += [(f"long{number}", [start + day for start in (10, 60, 110) for day in range(15)]) for number in range(2)]
    write(tmp_path / "in", missed, days)
    assert run(["report", str(tmp_path / "in"), "--to", str(tmp_path / "out")]) == 0
    shown = pd.read_csv(tmp_path / "out" / "tables" / "episodes.csv")
    assert (shown["from_days"].tolist(), shown["episodes"].tolist()) == ([1, 21], [20, 0])
    assert run(["report", str(tmp_path / "in"), "--to", str(tmp_path / "all"), "--under", "0"]) == 0
    assert pd.read_csv(tmp_path / "all" / "tables" / "episodes.csv")["episodes"].tolist() == [14, 0, 0, 0, 6, 0]
    write(tmp_path / "few", missed[5:7], days)
    assert run(["report", str(tmp_path / "few"), "--to", str(tmp_path / "none")]) == 0
    assert pd.read_csv(tmp_path / "none" / "tables" / "episodes.csv")["episodes"].isna().all()


def write(folder: Path, missed: list, days: pd.Index) -> None:
    """Write a school of thirty children, of whom some miss days by their number."""
    folder.mkdir()
    children = [child for child, _ in missed] + [f"there{number}" for number in range(30 - len(missed))]
    tables = {
        "absences": [(child, "s", days[number], "unexcused") for child, numbers in missed for number in numbers],
        "calendar": [("s", day) for day in days],
        "recorded": [("s", day) for day in days],
        "enrolment": [(child, "s", days[0]) for child in children],
    }
    heads = ("child", "school", "date", "status")
    for name, rows in tables.items():
        columns = {"enrolment": ("child", "school", "start"), "absences": heads}.get(name, ("school", "date"))
        pd.DataFrame(rows, columns=list(columns)).to_csv(folder / f"{name}.csv", index=False)
