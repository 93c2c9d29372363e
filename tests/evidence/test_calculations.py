"""Derived figures: formulas against values worked out by hand, declarations against the data."""

import math

import pandas as pd
import pytest

from evidence import calculations as calc
from evidence import derivations, store
from evidence.provenance import UnknownId, fact

KEYS = sorted(calc.CALCULATIONS)
YEARS = {"2010-11": "2011", "2011-12": "2012"}


@pytest.mark.parametrize(
    ("formula", "arguments", "expected"),
    [
        (calc.share_pct, (1, 8), 12.5),
        (calc.change_pct, (200, 150), -25),
        (calc.change_pct, (150, 200), 33.333333),
        (calc.fall_pct, (1756, 894), 49.088838),
        (calc.difference, (47.5, 20.1), 27.4),
        (calc.remainder_share_pct, (214, 1756, 15, 798), 20.772443),  # 199 of 958
        (calc.remainder_fall_pct, (1756, 894, 798, 150), 22.338205),  # 958 to 744
        (calc.share_of_change_pct, (1756, 894, 798, 150), 75.174014),  # 648 of 862
        (calc.complement_pct, (81.6,), 18.4),
        (calc.total, (17, 10), 27),
        (calc.implied_total, (20, 8), 250),
        (calc.implied_weight_pct, (41.6, 47.5, 20.1), 78.467153),  # 21.5 of 27.4
    ],
)
def test_a_formula_gives_the_value_worked_out_by_hand(formula, arguments, expected):
    assert formula(*arguments) == pytest.approx(expected, abs=1e-6)


def test_a_fall_undone_by_the_rise_back_gives_the_first_value():
    after = 1756 * (1 - calc.fall_pct(1756, 894) / 100)
    assert after * (1 + calc.change_pct(894, 1756) / 100) == pytest.approx(1756)


def test_the_parts_of_a_change_share_the_whole_of_it():
    parts = [(798, 150), (232, 194), (726, 550)]
    before, after = (sum(column) for column in zip(*parts))
    assert sum(calc.share_of_change_pct(before, after, *part) for part in parts) == pytest.approx(100)


def test_taking_nothing_out_leaves_the_share_and_the_fall():
    assert calc.remainder_share_pct(214, 1756, 0, 0) == calc.share_pct(214, 1756)
    assert calc.remainder_fall_pct(1756, 894, 0, 0) == calc.fall_pct(1756, 894)


def test_the_implied_total_has_the_share_it_was_made_from():
    assert calc.share_pct(20, calc.implied_total(20, 9)) == pytest.approx(9)


def test_the_implied_weights_average_to_the_whole():
    weight = calc.implied_weight_pct(41.6, 47.5, 20.1) / 100
    assert weight * 47.5 + (1 - weight) * 20.1 == pytest.approx(41.6)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0, 27.753),  # z² / (10 + z²) of 100
        (5, 10, 23.659, 76.341),
        (10, 10, 72.247, 100),
        (81, 263, 25.53, 36.62),  # this and the next three: Newcombe (1998), Table I, method 3
        (15, 148, 6.24, 16.05),
        (0, 20, 0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_the_wilson_interval_is_the_published_one(part, whole, low, high):
    assert calc.wilson_interval_pct(part, whole) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize("whole", [1, 2, 10, 13, 33, 1756])
def test_the_wilson_interval_holds_the_share_and_stays_within_0_and_100(whole):
    for part in range(whole + 1):
        low, high = calc.wilson_interval_pct(part, whole)
        assert 0 <= low < high <= 100, (part, whole)
        assert low - 1e-9 <= calc.share_pct(part, whole) <= high + 1e-9, (part, whole)


def test_the_wilson_interval_of_the_rest_is_the_mirror_image():
    low, high = calc.wilson_interval_pct(3, 40)
    assert calc.wilson_interval_pct(37, 40) == pytest.approx((100 - high, 100 - low))


def test_the_wilson_interval_narrows_with_more_children_and_widens_with_more_confidence():
    def width(*arguments):
        low, high = calc.wilson_interval_pct(*arguments)
        return high - low

    assert width(50, 100) < width(5, 10) < width(5, 10, 0.99)


def test_the_wilson_interval_of_nobody_is_an_error():
    with pytest.raises(ZeroDivisionError):
        calc.wilson_interval_pct(0, 0)


# --- declarations --------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_a_declared_calculation_gives_a_finite_number(key):
    assert math.isfinite(calc.compute(key))


@pytest.mark.parametrize("key", KEYS)
def test_the_inputs_of_a_calculation_have_a_value_and_a_place(key):
    for name, reference, shown, place in calc.input_lines(calc.calculation(key)):
        assert math.isfinite(calc.resolve(reference)), (name, reference)
        assert shown != "not given", (name, reference)
        assert place == "our calculation" or "page not known" not in place, (name, reference, place)


@pytest.mark.parametrize("key", [key for key in KEYS if calc.CALCULATIONS[key].formula is calc.share_pct])
def test_a_share_lies_between_0_and_100_per_cent(key):
    assert 0 <= calc.compute(key) <= 100


def test_a_calculation_uses_the_cells_and_facts_it_names():
    east, all_children = calc.resolve(derivations.profile("2011-12", "east-kazakhstan", "total", "registered")), 894
    assert (east, fact("register-registered-2012").value) == (150, all_children)
    assert calc.compute("register-east-share-2012") == pytest.approx(100 * 150 / 894)
    assert calc.calc_reads("register-east-share-2012") == "16.8%"
    assert calc.calc_reads("register-without-east-2012") == "744"


def test_a_calculation_cannot_be_declared_twice():
    before = calc.CALCULATIONS[KEYS[0]]
    with pytest.raises(ValueError, match=KEYS[0]):
        calc.declare(KEYS[0], "Another", calc.total, "children", first="a", second="b")
    assert calc.CALCULATIONS[KEYS[0]] is before


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: calc.compute("register-fal-2011-2012"), "did you mean register-fall-2011-2012"),
        (lambda: calc.resolve("register-out-2021"), "did you mean register-out-2012"),
        (lambda: calc.cell("antonowicz2013oosc_regions#aktob/registered_2010_11"), "did you mean aktobe"),
        (lambda: calc.cell("antonowicz2013oosc_regions#aktobe/registered_2010"), "registered_2010_11"),
        (lambda: calc.cell("no_table#aktobe/registered_2010_11"), "no row of no_table"),
    ],
)
def test_an_unknown_reference_is_named_with_the_nearest_one(ask, message):
    with pytest.raises(UnknownId, match=message):
        ask()


# --- the register by region ----------------------------------------------------------------


@pytest.fixture(scope="module")
def register():
    return calc.register_by_region()


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
    table = calc.register_by_year().dropna()
    assert table.iloc[:, :3].values.tolist() == [["2008-09", 3512, 347], ["2010-11", 1756, 214], ["2011-12", 894, 188]]
    assert table["Share not returned, %"].tolist() == pytest.approx([9.880410, 12.186788, 21.029083])


def test_urban_and_rural_children_sum_to_the_register_by_year():
    table = calc.register_by_area()
    assert table[["Area", "School year"]].values.tolist() == [
        ["Rural", "2010-11"],
        ["Rural", "2011-12"],
        ["Urban", "2010-11"],
        ["Urban", "2011-12"],
    ]
    counts = ["On the register", "Not returned"]
    sums = table.groupby("School year")[counts].sum()
    assert (
        sums.values.tolist() == calc.register_by_year().set_index("School year")[counts].loc[sums.index].values.tolist()
    )
    shares = 100 * table["Not returned"] / table["On the register"]
    assert table["Share not returned, %"].tolist() == pytest.approx(shares.tolist())


def test_counting_pairs_gives_zero_where_there_is_none():
    table = calc.counted(pd.DataFrame({"a": ["x", "x", "y"], "b": ["p", "q", "p"]}), "a", "b")
    assert table.to_dict("list") == {"a": ["x", "y"], "p": [1, 1], "q": [1, 0]}


def test_every_mechanism_is_counted_once_at_its_stage():
    table = calc.mechanisms_by_stage()
    assert table["Stage"].tolist() == list(calc.STAGES.values())
    assert table[["with limits", "without limits named"]].sum().sum() == len(
        calc.of_document("mechanisms", calc.OUT_OF_SCHOOL)
    )
    assert table.set_index("Stage").loc["Following up"].tolist() == [1, 0]


def test_a_finding_counts_at_each_of_its_stages_and_descriptions_do_not():
    table = calc.findings_by_stage().set_index("Stage")
    assert list(table.index) == [*calc.STAGES.values(), "Statistics"]
    findings = [
        row for row in calc.of_document("findings", calc.OUT_OF_SCHOOL).itertuples() if row.stance != "description"
    ]
    for theme, stage in (calc.STAGES | {"reporting": "Statistics"}).items():
        stances = [row.stance for row in findings if theme in row.themes.split(";")]
        assert table.loc[stage].to_dict() == {name: stances.count(name) for name in ("gap", "strength", "weakness")}


def test_every_risk_factor_with_a_text_is_counted_at_its_level():
    table = calc.risk_factors_by_level()
    assert table["domain"].tolist() == calc.DOMAINS
    rows = calc.of_document("risk_factors", calc.OUT_OF_SCHOOL)
    assert table.drop(columns="domain").sum().sum() == (rows["factor"] != "").sum()
    assert table.set_index("domain").loc["systemic"].to_dict() == {
        "Almaty city officials": 0,
        "International literature": 7,
        "Study on Kazakhstan": 0,
    }


def test_a_call_names_its_recommendation_addressee_and_number_of_findings():
    rows, table = calc.of_document("recommendations", calc.OUT_OF_SCHOOL), calc.calls()
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
    table = calc.calls_by_theme()
    assert list(table.columns) == ["Theme", "mixed", "national", "oblast", "school"]
    parts = [row for row in calc.of_document("recommendations", calc.OUT_OF_SCHOOL).itertuples() if row.part]
    assert table.drop(columns="Theme").sum().sum() == sum(len(row.themes.split(";")) for row in parts)
    assert table.set_index("Theme").loc["Statistical reporting"].tolist() == [1, 20, 0, 0]
