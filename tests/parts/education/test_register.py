"""Tables of the chapter on the register: against the printed totals and the annex."""

import math

import pytest

from evidence.data import store
from evidence.data.records import fact, own_limit
from evidence.parts.education import register

YEARS = {"2010-11": "2011", "2011-12": "2012"}


@pytest.fixture(scope="module")
def regions():
    return register.by_region()


# --- by region ---------------------------------------------------------------------------


def test_the_register_has_16_regions_in_each_of_two_years(regions):
    assert len(regions) == 32
    assert regions.groupby("school_year")["place"].nunique().to_dict() == {"2010-11": 16, "2011-12": 16}
    assert set(regions["place"]) < set(store.load("places")["name"])


@pytest.mark.parametrize("year", YEARS)
def test_the_regions_sum_to_the_printed_national_totals(regions, year):
    sums = regions[regions["school_year"] == year].sum(numeric_only=True)
    printed = {
        "registered": f"register-registered-{YEARS[year]}",
        "out_of_school": f"register-out-{YEARS[year]}",
        "rural_registered": f"chart3-registered-rural-{YEARS[year]}",
    }
    assert {name: sums[name] for name in printed} == {name: fact(key).value for name, key in printed.items()}
    assert sums["urban_registered"] + sums["rural_registered"] == sums["registered"]


def test_no_region_has_fewer_than_0_urban_children(regions):
    assert regions[regions["urban_registered"] < 0]["place"].tolist() == []


def test_the_two_cities_have_no_rural_children(regions):
    cities = regions[regions["place"].isin(["Almaty city", "Astana city"])]
    assert (len(cities), cities["rural_registered"].sum()) == (4, 0)


def test_a_region_shows_the_share_its_counts_give_inside_its_interval(regions):
    for row in regions.itertuples():
        assert row.share_pct == pytest.approx(100 * row.out_of_school / row.registered), row
        if row.is_small:
            assert math.isnan(row.low_pct) and math.isnan(row.high_pct) and math.isnan(row.ranked_pct), row
        else:
            assert row.low_pct - 1e-9 <= row.share_pct <= row.high_pct + 1e-9, row


def test_small_registers_are_those_under_ten_children(regions):
    assert own_limit("small-register") == 10
    small = regions[regions["is_small"]]
    assert sorted(zip(small["school_year"], small["place"])) == [("2011-12", "Atyrau"), ("2011-12", "Mangystau")]


def test_a_register_of_as_many_children_as_the_limit_is_not_small(monkeypatch):
    monkeypatch.setattr(register, "own_limit", lambda key: 15)
    latest = register.by_region().query("school_year == '2011-12'").set_index("place")
    assert latest["registered"]["Aktobe"] == 15
    assert not latest["is_small"]["Aktobe"]


def test_a_small_register_has_a_share_that_is_not_ranked(regions):
    small = regions[regions["is_small"]]
    assert small["share_pct"].notna().all()
    assert small["ranked_pct"].isna().all()
    ranked = regions[~regions["is_small"]]
    assert ranked["ranked_pct"].tolist() == ranked["share_pct"].tolist()


def test_a_region_has_the_id_of_its_name(regions):
    names = dict(zip(store.load("places")["id"], store.load("places")["name"]))
    assert regions["place_id"].map(names).tolist() == regions["place"].tolist()


# --- change and shares -------------------------------------------------------------------


def test_the_change_lists_every_region_with_the_most_children_in_the_first_year_first():
    table = register.change_by_region()
    assert list(table.columns) == ["Region", "2010-11", "2011-12"]
    assert len(table) == 16
    assert table.head(4).values.tolist() == [
        ["East Kazakhstan", 798, 150],
        ["Karaganda", 232, 194],
        ["North Kazakhstan", 99, 100],
        ["Akmola", 94, 64],
    ]
    assert table.tail(1).values.tolist() == [["Atyrau", 14, 1]]


def test_shares_are_those_of_the_last_school_year_by_name_and_missing_where_small():
    table = register.shares_by_region()
    assert table["Region"].str.lower().is_monotonic_increasing and len(table) == 16
    rows = table.set_index("Region")
    assert rows.loc["Kostanay", ["Not returned", "On the register", "Share, %"]].tolist() == [0, 23, 0]
    almaty = rows.loc["Almaty Region", ["Share, %", "Interval from, %", "to, %"]]
    assert almaty.tolist() == pytest.approx([56.52, 36.81, 74.37], abs=0.005)  # 13 of 23, Wilson by hand
    assert rows.loc["Mangystau", ["Not returned", "On the register"]].tolist() == [4, 4]
    assert rows.loc[["Atyrau", "Mangystau"], ["Share, %", "Interval from, %", "to, %"]].isna().all(axis=None)
    assert rows.loc["Almaty Region", "place_id"] == "almaty-region"


def test_regions_are_ranked_by_their_share_without_the_small_ones():
    table = register.ranked_regions()
    assert len(table) == 14
    assert table["Region"].head(3).tolist() == ["Almaty Region", "South Kazakhstan", "West Kazakhstan"]
    assert table["Region"].tail(2).tolist() == ["Kyzylorda", "Kostanay"]
    assert not set(table["Region"]) & {"Atyrau", "Mangystau"}


# --- years, areas, categories ------------------------------------------------------------


def test_the_register_by_year_has_the_printed_counts_and_their_shares():
    table = register.by_year()
    assert list(table.columns) == ["School year", "On the register", "Not returned", "Share not returned, %"]
    printed = table.dropna()
    assert printed.iloc[:, :3].values.tolist() == [
        ["2008-09", 3512, 347],
        ["2010-11", 1756, 214],
        ["2011-12", 894, 188],
    ]
    assert printed["Share not returned, %"].tolist() == pytest.approx([9.880410, 12.186788, 21.029083])


def test_the_school_year_that_is_not_printed_keeps_its_place_and_shows_no_number():
    table = register.by_year()
    assert table["School year"].tolist() == ["2008-09", "2009-10", "2010-11", "2011-12"]
    assert table.iloc[1, 1:].isna().all()


def test_rural_children_are_printed_and_urban_ones_are_the_rest_of_the_country():
    table = register.by_area()
    assert table.iloc[:, :4].values.tolist() == [
        ["Rural", "2010-11", 440, 41],
        ["Rural", "2011-12", 234, 25],
        ["Urban", "2010-11", 1756 - 440, 214 - 41],
        ["Urban", "2011-12", 894 - 234, 188 - 25],
    ]
    assert table["Share not returned, %"].tolist() == pytest.approx([9.318182, 10.683761, 13.145897, 24.696970])


def test_the_profile_has_the_four_printed_shares_of_both_years():
    assert register.profile().values.tolist() == [
        ["Family called dysfunctional", 74, 57],
        ["Low-income family", 9, 22],
        ["“Did not want to study”", 26, 29],
        ["Migrated", 19, 19],
    ]
