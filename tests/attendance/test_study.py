"""The study's own tables come out exactly, from the facts of the book."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.attendance.days import PARAMETERS
from evidence.attendance.intervals import decomposed, share_pct, wilson_pct
from evidence.attendance.register import PROFILE, counted, profile, shares
from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.data import store
from evidence.data.records import fact
from evidence.figures.intervals import interval_pct
from evidence.parts.methods.attendance_register import entries

COLUMNS = {name: name for name in PROFILE}
YEARS = {"2010-11": "2011", "2011-12": "2012"}
FLAWED = {  # printed figures that its own counts refute: the book's discrepancies name them
    ("2010-11", "atyrau", "rural"),  # one child of nobody
}


def printed() -> pd.DataFrame:
    """Return Annex 1, Tables 6 and 7, as printed."""
    return store.load("antonowicz2013oosc_profiles")


REGIONS = printed().query("area == 'total' and place != 'kazakhstan'")
ENTRIES = entries(REGIONS)


@pytest.mark.parametrize("year", YEARS)
def test_table_3_comes_out(year):
    row = shares(counted(ENTRIES, ["school_year"])).set_index("school_year").loc[year]
    key = YEARS[year]
    expected = [fact(f"register-{what}-{key}").value for what in ("registered", "returned", "out")]
    assert [row["registered"], row["returned"], row["out"]] == expected


def test_table_5_comes_out():
    found = counted(ENTRIES, ["region", "school_year"]).set_index(["region", "school_year"])
    table = store.load("antonowicz2013oosc_regions").set_index("place")
    for year, suffix in (("2010-11", "2010_11"), ("2011-12", "2011_12")):
        for region, row in table.iterrows():
            got = found.loc[(region, year)]
            assert [got["registered"], got["out"]] == [row[f"registered_{suffix}"], row[f"out_of_school_{suffix}"]]


@pytest.mark.parametrize("year", YEARS)
def test_annex_tables_come_out_with_their_percentages(year):
    found = profile(ENTRIES, ["region", "school_year"]).set_index(["region", "school_year"])
    rows = printed().query("school_year == @year and area == 'total' and place != 'kazakhstan'")
    assert len(rows) == 16
    for row in rows.to_dict("records"):
        got = found.loc[(row["place"], year)]
        for name in PROFILE:
            assert got[f"{name}_n"] == row[f"{name}_n"], (row["place"], name)
            if got["out"]:
                assert int(got[f"{name}_pct"] + 0.5) == row[f"{name}_pct"], (row["place"], name)
            else:
                assert pd.isna(got[f"{name}_pct"])  # the study prints 0 % of nobody


def test_percentages_of_every_row_that_has_children_out_are_those_printed():
    for row in printed().to_dict("records"):
        for name in PROFILE:
            part, whole = int(row[f"{name}_n"]), int(row["out_of_school"])
            if (row["school_year"], row["place"], row["area"]) in FLAWED:
                with pytest.raises(ValueError):
                    [share_pct(int(row[f"{key}_n"]), whole) for key in PROFILE]
            elif whole:
                assert int(share_pct(part, whole) + 0.5) == row[f"{name}_pct"], (row["id"], name)


@pytest.mark.parametrize("year", YEARS)
def test_national_rows_are_the_sums_of_the_regions(year):
    rows = printed().query("school_year == @year and area == 'total'").set_index("place")
    names = ["registered", "out_of_school", *(f"{name}_n" for name in PROFILE)]
    assert rows.drop("kazakhstan")[names].sum().tolist() == rows.loc["kazakhstan", names].tolist()


def test_intervals_are_those_of_the_book():
    for part, whole in ((214, 1756), (188, 894), (0, 4), (4, 4), (50, 90)):
        assert wilson_pct(part, whole) == pytest.approx(interval_pct(part, whole), abs=1e-12)


def test_the_rise_of_the_share_is_mostly_east_kazakhstan_growing_smaller():
    """Worked out apart: the rates at the average sizes, the sizes at the average rates."""
    found = counted(ENTRIES, ["region", "school_year"])
    years = [
        {row.region: (row.out, row.registered) for row in found[found["school_year"] == year].itertuples()}
        for year in YEARS
    ]
    table = decomposed(*years).set_index("group")
    total = table.loc["total"]
    change = 100 * (188 / 894 - 214 / 1756)
    assert total["change"] == pytest.approx(change, abs=1e-9)
    assert table.drop("total")["change"].sum() == pytest.approx(change, abs=1e-9)
    east = table.loc["east-kazakhstan"]
    by_hand = (150 / 894 - 798 / 1756) * (15 / 798 + 13 / 150) / 2 * 100
    assert east["by_composition"] == pytest.approx(by_hand, abs=1e-9)
    rates = sum(
        (years[1][key][0] / years[1][key][1] - years[0][key][0] / years[0][key][1])
        * (years[0][key][1] / 1756 + years[1][key][1] / 894) / 2
        for key in years[0]
    )  # fmt: skip
    assert total["by_rates"] == pytest.approx(100 * rates, abs=1e-9)


@pytest.mark.parametrize(
    ("rule", "facts"),
    {
        "over_10": ["threshold-register", "threshold-protocol", "threshold-conclusion"],
        "from_10": ["threshold-school-notification", "threshold-profile-heading"],
        "days_15": ["threshold-international"],
        "days_30": ["threshold-international"],
        "quarter_3": ["usa-absence-threshold"],
    }.items(),
)
def test_a_threshold_is_the_figure_of_the_book_and_cites_its_page(rule, facts):
    found = next(one for one in THRESHOLDS if one.key == rule)
    values = [value for key in facts for value in (fact(key).value, fact(key).value_high) if value == value]
    over = 1 if rule == "over_10" else 0
    assert found.days in {int(value) + over for value in values}
    pages = {str(fact(key).page) for key in facts}
    assert any(f"p. {page}" in found.where for page in pages), (found.where, pages)


def test_every_threshold_shows_its_parameters_and_who_set_them():
    for rule in (*(threshold.rule for threshold in THRESHOLDS), HALF):
        text = rule.text()
        assert rule.where in text and all(str(value) in text for value in rule.values().values())
    assert all(parameter.basis == "ours" for parameter in PARAMETERS)
    changed = THRESHOLDS[0].rule.text(transfers="end")
    assert "end (set by the user)" in changed and changed != THRESHOLDS[0].rule.text()
    with pytest.raises(ValueError, match="it has: days, unrecorded"):
        THRESHOLDS[0].rule.text(colour="red")
