"""Derived tables of the part on children out of school: against the printed totals and the coded rows."""

import math

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.figures.calculations import of_document
from evidence.parts.education import register as oos

YEARS = {"2010-11": "2011", "2011-12": "2012"}


# --- the register by region ----------------------------------------------------------------


@pytest.fixture(scope="module")
def register():
    return oos.register_by_region()


def test_the_register_has_16_regions_in_each_of_two_years(register):
    assert len(register) == 32
    assert register.groupby("school_year")["place"].nunique().to_dict() == {"2010-11": 16, "2011-12": 16}
    assert set(register["place"]) < set(store.load("places")["name"])


@pytest.mark.parametrize("year", YEARS)
def test_the_regions_sum_to_the_printed_national_totals(register, year):
    sums = register[register["school_year"] == year].sum(numeric_only=True)
    printed = {
        "registered": f"register-registered-{YEARS[year]}",
        "out_of_school": f"register-out-{YEARS[year]}",
        "rural_registered": f"chart3-registered-rural-{YEARS[year]}",
    }
    assert {name: sums[name] for name in printed} == {name: fact(key).value for name, key in printed.items()}
    assert sums["urban_registered"] + sums["rural_registered"] == sums["registered"]


def test_no_region_has_fewer_than_0_urban_children(register):
    assert register[register["urban_registered"] < 0]["place"].tolist() == []


def test_the_two_cities_have_no_rural_children(register):
    cities = register[register["place"].isin(["Almaty city", "Astana city"])]
    assert (len(cities), cities["rural_registered"].sum()) == (4, 0)


def test_a_region_shows_the_share_its_counts_give_inside_its_interval(register):
    for row in register.itertuples():
        assert row.share_pct == pytest.approx(100 * row.out_of_school / row.registered), row
        if row.is_small:
            assert math.isnan(row.low_pct) and math.isnan(row.high_pct) and math.isnan(row.ranked_pct), row
        else:
            assert row.low_pct - 1e-9 <= row.share_pct <= row.high_pct + 1e-9, row


def test_small_registers_are_those_under_ten_children(register):
    small = register[register["is_small"]]
    assert sorted(zip(small["school_year"], small["place"])) == [("2011-12", "Atyrau"), ("2011-12", "Mangystau")]


def test_a_small_register_has_a_share_that_is_not_ranked(register):
    small = register[register["is_small"]]
    assert small["share_pct"].notna().all()
    assert small["ranked_pct"].isna().all()
    ranked = register[~register["is_small"]]
    assert ranked["ranked_pct"].tolist() == ranked["share_pct"].tolist()


def test_a_region_has_the_id_of_its_name(register):
    names = dict(zip(store.load("places")["id"], store.load("places")["name"]))
    assert register["place_id"].map(names).tolist() == register["place"].tolist()


# --- the other derived tables ---------------------------------------------------------------


def test_the_register_by_year_has_the_printed_counts_and_their_shares():
    table = oos.register_by_year().dropna()
    assert table.iloc[:, :3].values.tolist() == [["2008-09", 3512, 347], ["2010-11", 1756, 214], ["2011-12", 894, 188]]
    assert table["Share not returned, %"].tolist() == pytest.approx([9.880410, 12.186788, 21.029083])


def test_urban_and_rural_children_sum_to_the_register_by_year():
    table = oos.register_by_area()
    assert table[["Area", "School year"]].values.tolist() == [
        ["Rural", "2010-11"],
        ["Rural", "2011-12"],
        ["Urban", "2010-11"],
        ["Urban", "2011-12"],
    ]
    counts = ["On the register", "Not returned"]
    sums = table.groupby("School year")[counts].sum()
    assert (
        sums.values.tolist() == oos.register_by_year().set_index("School year")[counts].loc[sums.index].values.tolist()
    )
    shares = 100 * table["Not returned"] / table["On the register"]
    assert table["Share not returned, %"].tolist() == pytest.approx(shares.tolist())


def test_every_mechanism_is_counted_once_at_its_stage():
    table = oos.mechanisms_by_stage()
    assert table["Stage"].tolist() == list(oos.STAGES.values())
    assert table[["with limits", "without limits named"]].sum().sum() == len(
        of_document("mechanisms", oos.OUT_OF_SCHOOL)
    )
    assert table.set_index("Stage").loc["Following up"].tolist() == [1, 0]


def test_a_finding_counts_at_each_of_its_stages_and_descriptions_do_not():
    table = oos.findings_by_stage().set_index("Stage")
    assert list(table.index) == [*oos.STAGES.values(), "Statistics"]
    findings = [row for row in of_document("findings", oos.OUT_OF_SCHOOL).itertuples() if row.stance != "description"]
    for theme, stage in (oos.STAGES | {"reporting": "Statistics"}).items():
        stances = [row.stance for row in findings if theme in row.themes.split(";")]
        assert table.loc[stage].to_dict() == {name: stances.count(name) for name in ("gap", "strength", "weakness")}


def test_every_risk_factor_with_a_text_is_counted_at_its_level():
    table = oos.risk_factors_by_level()
    assert table["domain"].tolist() == oos.DOMAINS
    rows = of_document("risk_factors", oos.OUT_OF_SCHOOL)
    assert table.drop(columns="domain").sum().sum() == (rows["factor"] != "").sum()
    assert table.set_index("domain").loc["systemic"].to_dict() == {
        "Almaty city officials": 0,
        "International literature": 7,
        "Study on Kazakhstan": 0,
    }


def test_a_call_names_its_recommendation_addressee_and_number_of_findings():
    rows, table = of_document("recommendations", oos.OUT_OF_SCHOOL), oos.calls()
    assert table["id"].tolist() == rows["id"][rows["part"] != ""].tolist()
    first = table.set_index("id").loc["oosc-r01-a"]
    assert first[["Recommendation", "Addressee", "Findings it answers"]].tolist() == [
        "1 (a)",
        "Government of Kazakhstan",
        3,
    ]
    inferred = table["addressee_basis"] == "inferred"
    assert inferred.any()
    assert (table["Addressee"].str.endswith(" (inferred)") == inferred).all()
    assert (table["Findings it answers"] == 0).tolist() == (table["rests_on"] == "").tolist()


def test_a_call_counts_under_each_of_its_themes():
    table = oos.calls_by_theme()
    assert list(table.columns) == ["Theme", "mixed", "national", "oblast", "school"]
    parts = [row for row in of_document("recommendations", oos.OUT_OF_SCHOOL).itertuples() if row.part]
    assert table.drop(columns="Theme").sum().sum() == sum(len(row.themes.split(";")) for row in parts)
    assert table.set_index("Theme").loc["Statistical reporting"].tolist() == [1, 20, 0, 0]
