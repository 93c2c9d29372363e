"""Tables of the chapter on services: against the coded rows, the facts and the printed tables."""

import pytest

from evidence.data import store
from evidence.data.records import PLACE, fact
from evidence.exhibits.frames import rows_of
from evidence.figures.calculations import compute
from evidence.parts.child_protection import services as cp

STUDY_REGIONS = {"Astana city", "East Kazakhstan", "Mangystau", "Turkistan Region"}


def coded():
    return store.of_document("services", cp.EVALUATION).set_index("id")


# --- services -------------------------------------------------------------------------------


def test_every_service_is_listed_once_under_its_tier_and_the_tiers_follow_one_another():
    shown = cp.services()
    assert sorted(shown["id"]) == sorted(coded().index)
    tiers = store.labels("services", "tier")
    assert shown["For whom"].tolist() == [tiers[coded().at[key, "tier"]] for key in shown["id"]]
    assert shown["For whom"].drop_duplicates().tolist() == [
        "All (prevention)",
        "At risk (prevention)",
        "Affected (response)",
    ]


def test_a_service_shows_its_ages_or_says_that_none_is_printed():
    for row in cp.services().to_dict("records"):
        printed = coded().at[row["id"], "ages"]
        assert row["Who may use it"].endswith("No age given.") == (printed == ""), row["id"]
        assert printed in row["Who may use it"], row["id"]


def test_the_sectors_of_a_service_are_read_by_their_labels():
    shown = cp.services().set_index("id")["Sector"]
    assert shown["vac-svc-helpline-111"] == "Across sectors"
    assert shown["vac-svc-social-pedagogues"] == "Education, Social protection"


def test_the_catalogue_leads_from_each_service_to_its_card():
    shown = cp.catalogue()
    assert {cell["to"] for cell in shown["Service"]} == {f"service:{key}" for key in coded().index}
    assert shown.columns[-len(PLACE) :].tolist() == PLACE


def test_ages_run_from_low_to_high_and_match_the_printed_facts():
    shown = cp.services().set_index("id")
    spans = shown.dropna(subset=["From age", "To age"])
    assert len(cp.ages_served()) == len(spans) < len(shown)
    assert (spans["From age"] < spans["To age"]).all()
    assert shown["From age"].isna().equals(shown["To age"].isna())
    for service, key in {
        "vac-svc-youth-health-centres": "vac-youth-health-centre-ages",
        "vac-svc-social-pedagogues": "vac-social-pedagogue-ages",
        "vac-svc-juvenile-courts": "vac-juvenile-court-ages",
        "vac-svc-adaptation-centres": "vac-tsan-street-children-ages",
        "vac-svc-whole-school-programme": "vac-whole-school-programme-ages",
    }.items():
        printed = (fact(key).value, fact(key).value_high)
        assert (spans.loc[service, "From age"], spans.loc[service, "To age"]) == printed, service


def test_no_running_universal_service_with_a_printed_age_names_ages_7_to_9():
    shown = cp.services().query("`For whom` == 'All (prevention)'")
    reach = shown[(shown["From age"] <= 9) & (shown["To age"] >= 7)]
    assert reach["id"].tolist() == ["vac-svc-whole-school-programme"]  # the chapter says so; it was left to schools
    assert "left to schools" in reach["What it misses"].item()


# --- centres --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def centres():
    return cp.centres()


def test_centres_are_the_printed_totals_of_the_country_and_the_study_regions(centres):
    assert len(centres) == 20
    assert not centres.duplicated(["Kind of centre", "Place"]).any()
    country = centres.query("Place == 'Kazakhstan'").set_index("Kind of centre")["Centres"].to_dict()
    assert country == {"Youth health": 128, "Youth resource": 208, "Crisis": 33, "With shelter": 27}


def test_the_total_of_each_kind_is_the_fact_that_its_row_names(centres):
    country = centres.query("Place == 'Kazakhstan'")
    named = [(row.label, fact(row.fact).value) for row in rows_of("cp-services-centres")]
    assert list(zip(country["Kind of centre"], country["Centres"])) == named


def test_the_chart_of_centres_leaves_out_the_country_only(centres):
    regions = cp.centres_by_region()
    assert set(regions["Place"]) == STUDY_REGIONS
    assert len(regions) == len(centres) - 4


def test_the_study_regions_hold_no_more_centres_than_the_country(centres):
    for kind, rows in centres.groupby("Kind of centre"):
        is_country = rows["Place"] == "Kazakhstan"
        assert 0 < rows[~is_country]["Centres"].sum() <= rows[is_country]["Centres"].item(), kind


def test_only_the_resource_centres_of_mangystau_do_not_add_up_and_lead_to_the_log(centres):
    parts = centres.dropna(subset="Sum of parts")
    off = parts[parts["Sum of parts"] != parts["Centres"]]
    assert off[["Kind of centre", "Place"]].values.tolist() == [["Youth resource", "Mangystau"]]
    wrong = {"text": "does not add up", "to": "discrepancy:vac-dis-mangystau-resource-centres"}
    assert off["Check"].tolist() == [wrong]
    assert set(parts.drop(off.index)["Check"]) == {"adds up"}
    assert set(centres[centres["Sum of parts"].isna()]["Check"]) == {"no parts given"}


def test_the_region_with_most_young_people_has_the_fewest_youth_health_centres():
    young = store.load("cecchetti2021vac_youth_resource_centres").query("measure == 'youth-population'")
    young = young[young["place"] != "kazakhstan"].set_index("place")["value"]
    health = cp.centres_by_region().query("`Kind of centre` == 'Youth health'").set_index("Place")["Centres"]
    assert young.idxmax() == "turkistan"
    assert health.astype(int).idxmin() == "Turkistan Region"


# --- psychologists, barriers ------------------------------------------------------------------


def test_the_counts_make_more_students_for_a_psychologist_than_the_ministry_prints():
    shown = cp.psychologists()
    assert shown["Students"].tolist() == [300, 1000, 444]  # 3.4 million / 7,652
    assert shown["As given"].iloc[-1] == "3.4 million students; 7,652 school psychologists"


def test_every_barrier_of_the_evaluation_is_listed_once_the_most_frequent_kind_first():
    shown = cp.barriers()
    assert sorted(shown["Barrier"]) == sorted(store.of_document("barriers", cp.EVALUATION)["barrier"])
    many = shown["Kind"].value_counts()
    assert shown["Kind"].drop_duplicates().tolist() == [
        "Quality of services",
        "Rules and procedures",
        "Physical access",
        "School and society",
        "Family",
        "Economic",
    ]
    assert many[shown["Kind"].drop_duplicates()].is_monotonic_decreasing


def test_barriers_to_services_are_not_said_to_lie_in_the_quality_of_education():
    category = store.load("barriers").groupby("source")["category"].agg(set)
    assert "quality" not in category[cp.EVALUATION]
    assert all("service-quality" not in codes for codes in category.drop(cp.EVALUATION))


# --- crisis centres -------------------------------------------------------------------------


def test_crisis_help_is_table_18_with_its_own_sums():
    shown = cp.crisis_help().set_index("Place")
    assert shown.index.tolist() == ["Kazakhstan", "Astana city", "East Kazakhstan", "Mangystau", "Turkistan Region"]
    assert shown["Calls"].tolist() == [7159, 278, 1949, 1, 328]
    assert shown["People helped"].tolist() == [13333, 278, 3605, 56, 1223]
    assert shown["Sum of kinds"].tolist() == [15923, 1029, 3822, 48, 1216]
    assert shown.loc["Kazakhstan", "By kind of help"] == "consultant 4,088, psychologist 8,360, lawyer 3,475"


def test_what_does_not_fit_follows_from_the_numbers_and_leads_to_the_log():
    shown = cp.crisis_help().set_index("Place")["What does not fit"]
    assert shown["Astana city"]["text"].startswith("one kind alone")
    assert shown["Kazakhstan"]["text"] == shown["East Kazakhstan"]["text"] == "kinds make more than the people helped"
    assert shown["Mangystau"]["text"] == shown["Turkistan Region"]["text"] == "kinds make fewer than the people helped"
    assert shown["Astana city"]["to"] == "discrepancy:vac-dis-astana-helped-278"
    assert {cell["to"] for cell in shown.drop("Astana city")} == {"discrepancy:vac-dis-crisis-services-sum"}


# --- calculations: against values worked out by hand -------------------------------------------


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("vac-students-per-psychologist-counted", 444.32828),
        ("vac-psychologists-per-school-counted", 1.028495),
        ("vac-psychologists-for-printed-ratio", 11333.3333),
        ("vac-crisis-centres-without-shelter-2019", 6),
        ("vac-crisis-astana-psychologist-excess", 308),
        ("vac-adaptation-fall-2015-2019", 9.087343),
    ],
)
def test_a_figure_on_services_is_the_one_worked_out_by_hand(key, expected):
    assert compute(key) == pytest.approx(expected, abs=1e-4)
