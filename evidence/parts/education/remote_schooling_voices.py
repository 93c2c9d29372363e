"""Tables of the chapter on who was heard on schooling under COVID-19."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import fact
from evidence.figures.counts import people

PROFILE, SITES = "covidgender2021_profile", "covidgender2021_sites"
GROUPS = store.labels("voices", "group")
LOCATIONS = ["Urban", "Semi-urban", "Rural"]
TOGETHER = "together"


def heard(group: str) -> float:
    """Return how many people of a group took part. Source: covidgender2021, Table 1 and p. 7."""
    return float(fact(f"covid-{group}").value)


def people_in(characteristic: str, category: str, group: str) -> float:
    """Return the people behind a share of Table 2, NaN where the table prints none."""
    row = store.row(PROFILE, f"{characteristic}-{category}")
    share = getattr(row, f"{group}_percent")
    return people(float("nan") if pd.isna(share) else float(share), heard(group))


def composition() -> pd.DataFrame:
    """Return Table 2 as numbers of people, a row per category and, for each characteristic, their sum.

    Columns: ``Characteristic``, ``Category``, then for each group its people (from the printed share) and ``%`` (as
    printed; missing for a sum). Source: covidgender2021, Table 2.
    """
    labels, found = {name: store.labels(PROFILE, name) for name in ("characteristic", "category")}, []
    rows = store.load(PROFILE).sort_values("lines", key=lambda lines: lines.str.split("-").str[0].astype(int))
    for characteristic, of_one in rows.groupby("characteristic", sort=False):
        name = labels["characteristic"][characteristic]
        counts = pd.DataFrame()
        for group, head in GROUPS.items():
            shares = of_one[f"{group}_percent"].astype(float)
            counts[head] = [people(share, heard(group)) for share in shares]
            counts[f"{head}, %"] = list(shares)
        counts.insert(0, "Category", list(of_one["category"].map(labels["category"])))
        counts.insert(0, "Characteristic", name)
        sums = {head: counts[head].sum(min_count=1) for head in GROUPS.values()}
        last = {"Characteristic": name, "Category": TOGETHER} | sums
        found.append(pd.concat([counts, pd.DataFrame([last])], ignore_index=True))
    return pd.concat(found, ignore_index=True)


def by_location() -> pd.DataFrame:
    """Return the people heard by where they live, one row per group.

    Columns: ``Group`` and one per kind of place (people). Source: covidgender2021, Table 2.
    """
    rows = composition().query("Category in @LOCATIONS").set_index("Category")
    return pd.DataFrame([{"Group": head} | rows[head].to_dict() for head in GROUPS.values()])[["Group", *LOCATIONS]]


def sites() -> pd.DataFrame:
    """Return who was heard where, one row per field site and their sum as printed.

    Columns: ``Site``, ``Teachers`` and ``Parents`` (interviews) each with ``in person``, ``Students`` with
    ``Discussions``, ``All`` (people). Source: covidgender2021, Table 1.
    """
    rows, names, found = store.load(SITES), store.names("places"), []
    for place, here in rows.groupby("place", sort=False):
        of = here.set_index("group")
        interviews = {group: of.loc[group, ["virtual", "in_person"]].fillna(0) for group in ("teachers", "parents")}
        found.append(
            {
                "Site": names[place],
                "Teachers": interviews["teachers"].sum(),
                "Teachers in person": interviews["teachers"]["in_person"],
                "Parents": interviews["parents"].sum(),
                "Parents in person": interviews["parents"]["in_person"],
                "Students": of.loc["students", "virtual"],
                "Discussions": of.loc["students", "discussions"],
                "All": of.loc["all", "participants"],
            }
        )
    frame = pd.DataFrame(found)
    is_sum = frame["Site"] == names["kazakhstan"]
    return pd.concat([frame[~is_sum], frame[is_sum].assign(Site=TOGETHER)], ignore_index=True)


def quotations() -> pd.DataFrame:
    """Return whose words the findings use, one row per group.

    Columns: ``Group``, ``Heard`` and ``Quoted`` (people), ``Times quoted``, ``One person, at most`` (times), then the
    times by site. Source: covidgender2021, Findings, as counted in ``voices.csv``.
    """
    rows, names = store.load("voices").set_index("group").loc[list(GROUPS)].reset_index(), store.names("places")
    frame = pd.DataFrame({"Group": rows["group"].map(GROUPS), "Heard": [heard(group) for group in rows["group"]]})
    frame["Quoted"], frame["Times quoted"], frame["One person, at most"] = rows["voices"], rows["uses"], rows["most"]
    for site in store.load(SITES)["place"].unique():
        if (column := site.replace("-", "_")) in rows:
            frame[names[site]] = rows[column]
    return frame
