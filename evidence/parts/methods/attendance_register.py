"""Tables of the chapter on the register: the study's own tables, and where the change of a share comes from."""

from __future__ import annotations

from io import StringIO

import pandas as pd

from evidence.attendance.intervals import KITAGAWA, decomposed
from evidence.attendance.register import FORM, NON_RETURN, PROFILE, VALID, counted, problems, profile, shares
from evidence.data import store
from evidence.figures.tallies import YEARS

NATIONAL = "kazakhstan"  # the row of the annex that prints the sum
FAULTY = """child,region,school_year,outcome,first_day,return_day,days_missed
child-1,North,2011-12,out,2012-01-10,2012-02-01,15
child-2,North,2011-12,returned,2012-01-10,2012-02-01,12
child-3,North,2011-12,returned_elsewhere,2012-02-01,2012-01-10,12
child-4,North,2011-12,out,2012-01-10,,10
child-5,North,2011-12,out,,,
child-5,South,2011-12,out,,,
"""  # entries of invented children, each with a fault


def printed() -> pd.DataFrame:
    """Return the counts of whole regions and of the country, as the annex prints them (Tables 6 and 7)."""
    rows = store.load("antonowicz2013oosc_profiles")
    return rows[rows["area"] == "total"]


def entries(rows: pd.DataFrame) -> pd.DataFrame:
    """Return entries of a register that have the counts of printed rows; no entry stands for a real child.

    The first of those still out have each mark of ``PROFILE``. Columns: ``region``, ``school_year``, ``outcome`` and
    those of ``PROFILE`` (0 or 1).
    """
    made = []
    for row in rows.to_dict("records"):
        registered, out = int(row["registered"]), int(row["out_of_school"])
        for number in range(registered):
            marks = {name: int(number < int(row[f"{name}_n"])) for name in PROFILE}
            outcome = "out" if number < out else "returned_mainstream"
            made.append({"region": row["place"], "school_year": row["school_year"], "outcome": outcome} | marks)
    return pd.DataFrame(made)


def _entries_of_regions() -> pd.DataFrame:
    rows = printed()
    return entries(rows[rows["place"] != NATIONAL])


def national() -> pd.DataFrame:
    """Return the register of the country as the toolkit counts it from the regions, one row per school year.

    Columns: ``School year``, ``Registered``, ``Returned``, ``Not returned`` (children), ``Share not returned, %`` with
    its interval ``Interval from, %`` and ``Interval to, %``, and what the study prints: ``In the study: registered``,
    ``Printed: not returned``.
    """
    found = shares(counted(_entries_of_regions(), ["school_year"])).set_index("school_year")
    given = printed().query("place == @NATIONAL").set_index("school_year")
    found = found[["registered", "returned", "out", "share_pct", "low_pct", "high_pct"]]
    found = found.assign(printed=given["registered"], printed_out=given["out_of_school"]).reset_index()
    heads = [
        "School year",
        "Registered",
        "Returned",
        "Not returned",
        "Share not returned, %",
        "Interval from, %",
        "Interval to, %",
    ]
    return found.set_axis([*heads, "In the study: registered", "In the study: not returned"], axis=1)


def agreement() -> pd.DataFrame:
    """Return how many printed cells the toolkit gives again, one row per kind of cell.

    Columns: ``Cells of the annex``, ``Compared``, ``Equal``, ``Not compared`` (regions where nobody was out: the study
    prints a share of nobody). Source: Annex 1, Tables 6 and 7.
    """
    keys = ["region", "school_year"]
    found = profile(_entries_of_regions(), keys).set_index(keys)
    given = printed().query("place != @NATIONAL").rename(columns={"place": "region"}).set_index(keys)
    found = found.reindex(given.index)
    pairs = {
        "Children registered": [("registered", "registered")],
        "Children not returned": [("out", "out_of_school")],
        "Children not returned, by category": [(f"{name}_n", f"{name}_n") for name in PROFILE],
        "Shares of those not returned, by category": [(f"{name}_pct", f"{name}_pct") for name in PROFILE],
    }
    rows = []
    for kind, columns in pairs.items():
        ours = pd.concat([found[one].astype("Float64") for one, _ in columns])
        theirs = pd.concat([given[other].astype("Float64") for _, other in columns])
        known = ours.notna()
        rounded = (ours[known] + 0.5).astype(int) if "Shares" in kind else ours[known]
        equal = (rounded.astype(float).to_numpy() == theirs[known].astype(float).to_numpy()).sum()
        rows.append((kind, int(known.sum()), int(equal), int((~known).sum())))
    return pd.DataFrame(rows, columns=["Cells of the annex", "Compared", "Equal", "Not compared"])


def parts_of_change() -> pd.DataFrame:
    """Return where the change of the share not returned comes from, one row per region, then the total.

    Two rows more have the total by the weights of either year, with the shares of the other.

    Columns: ``Region``, ``Share before, %``, ``Share after, %``, ``Weight before, %``, ``Weight after, %`` (of the
    register), ``By shares``, ``By weights`` and ``Change`` (points of per cent). The regions stand by the size of their
    change, the largest first. Source: Annex 1; Kitagawa 1955.
    """
    rows = printed().query("place != @NATIONAL")
    years = sorted(rows["school_year"].unique())
    counts = [
        {
            row.place: (int(row.out_of_school), int(row.registered))
            for row in rows.itertuples()
            if row.school_year == year
        }
        for year in years
    ]
    table = decomposed(*counts)
    regions, total = table.iloc[:-1], table.iloc[-1:]
    regions = regions.sort_values("change", ascending=False, key=abs)
    table = pd.concat([regions, total])
    table["group"] = table["group"].map(store.names("places") | {"total": "All regions"})
    heads = ["Region", "Share before, %", "Share after, %", "Weight before, %", "Weight after, %"]
    table = table.set_axis([*heads, "By shares", "By weights", "Change"], axis=1)
    return pd.concat([table, *(_by_weights_of(year, table) for year in years)], ignore_index=True)


def _by_weights_of(year: str, parts: pd.DataFrame) -> pd.DataFrame:
    """Return the last row of the parts of a change as it is by the weights of one year alone."""
    regions, total = parts.iloc[:-1], parts.iloc[-1:]
    weights = regions["Weight after, %" if year == YEARS[-1] else "Weight before, %"]
    by_shares = (weights * (regions["Share after, %"] - regions["Share before, %"])).sum() / 100
    name = f"All regions, by the weights of {year}"
    return total.assign(**{"Region": name, "By shares": by_shares, "By weights": total["Change"] - by_shares})


def form() -> pd.DataFrame:
    """Return the fields of the register, one row each: ``Field``, ``What it holds``, ``In the study``, ``Place``.

    ``In the study`` says whether the register has it or the study misses it there.
    """
    rows = [(one.name, one.about, "missed there" if one.is_missing else "held", one.where) for one in FORM]
    return pd.DataFrame(rows, columns=["Field", "What it holds", "In the study", "Place"])


def refused() -> pd.DataFrame:
    """Return what the validator says of invented entries: ``Row``, ``Field``, ``Value``, ``What is wrong``."""
    found = problems(pd.read_csv(StringIO(FAULTY), dtype="string", keep_default_na=False))
    rows = [(fault.row, fault.column, fault.value, fault.rule) for fault in found]
    return pd.DataFrame(rows, columns=["Row", "Field", "Value", "What is wrong"])


def rules() -> pd.DataFrame:
    """Return the rules of the register in their own words: ``Rule``, ``What it says``, ``Stated by``."""
    rows = [
        (rule.title, rule.sentence.format(**rule.values()), rule.source()) for rule in (VALID, NON_RETURN, KITAGAWA)
    ]
    return pd.DataFrame(rows, columns=["Rule", "What it says", "Stated by"])
