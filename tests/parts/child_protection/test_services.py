"""Derived tables of the part on child protection, services: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.figures.calculations import compute
from evidence.parts.child_protection import services as cp

STUDY_REGIONS = {"astana-city", "east-kazakhstan", "mangystau", "turkistan"}


# --- services -------------------------------------------------------------------------------


def test_every_service_is_listed_once_under_a_readable_tier():
    shown = cp.services()
    coded = store.load("services").query("source == 'cecchetti2021vac'")
    assert sorted(shown["id"]) == sorted(coded["id"])
    assert shown["For whom"].drop_duplicates().tolist() == list(cp.TIERS.values())
    assert shown["For whom"].map({name: key for key, name in cp.TIERS.items()}).tolist() == shown["tier"].tolist()


def test_a_service_shows_its_ages_or_says_that_none_is_printed():
    for row in cp.services().to_dict("records"):
        assert row["Who may use it"].endswith("No age printed.") == (row["ages"] == ""), row["id"]
        assert row["ages"] in row["Who may use it"], row["id"]


def test_ages_run_from_low_to_high_and_match_the_printed_facts():
    shown = cp.services().set_index("id")
    spans = shown.dropna(subset=["From age", "To age"])
    assert 0 < len(spans) < len(shown)
    assert (spans["From age"] < spans["To age"]).all()
    assert shown["From age"].isna().equals(shown["To age"].isna())
    for service, key in {
        "vac-svc-youth-health-centres": "vac-youth-health-centre-ages",
        "vac-svc-social-pedagogues": "vac-social-pedagogue-ages",
        "vac-svc-juvenile-courts": "vac-juvenile-court-ages",
        "vac-svc-adaptation-centres": "vac-tsan-street-children-ages",
        "vac-svc-whole-school-programme": "vac-whole-school-programme-ages",
    }.items():
        assert (spans.loc[service, "From age"], spans.loc[service, "To age"]) == (
            fact(key).value,
            fact(key).value_high,
        ), service


def test_no_running_universal_service_with_a_printed_age_names_ages_7_to_9():
    shown = cp.services().query("tier == 'universal-prevention'")
    reach = shown[(shown["From age"] <= 9) & (shown["To age"] >= 7)]
    assert reach["id"].tolist() == ["vac-svc-whole-school-programme"]  # the chapter says so; it was left to schools
    assert "left to schools" in reach["limits"].item()


@pytest.fixture(scope="module")
def centres():
    return cp.centres()


def test_centres_are_the_printed_totals_of_the_country_and_the_study_regions(centres):
    assert len(centres) == 20
    assert set(centres["place_id"]) == STUDY_REGIONS | {"kazakhstan"}
    assert not centres.duplicated(["Kind", "place_id"]).any()
    country = centres.query("place_id == 'kazakhstan'").set_index("Kind")["Centres"].to_dict()
    assert country == {
        "Youth health": fact("vac-youth-health-centres-total").value,
        "Youth resource": fact("vac-youth-resource-centres-total").value,
        "Crisis": fact("vac-crisis-centres-2019").value,
        "With shelter": fact("vac-crisis-centres-shelters-2019").value,
    }


def test_the_study_regions_hold_no_more_centres_than_the_country(centres):
    for kind, rows in centres.groupby("Kind"):
        regions = rows[rows["place_id"] != "kazakhstan"]["Centres"].sum()
        assert 0 < regions <= rows[rows["place_id"] == "kazakhstan"]["Centres"].item(), kind


def test_only_the_resource_centres_of_mangystau_do_not_add_up_and_lead_to_the_log(centres):
    parts = centres.dropna(subset="Sum of parts")
    off = parts[parts["Sum of parts"] != parts["Centres"]]
    assert list(zip(off["Kind"], off["place_id"])) == list(cp.OFF)
    assert [cell["to"] for cell in off["Check"]] == [f"discrepancy:{key}" for key in cp.OFF.values()]
    assert set(parts.drop(off.index)["Check"]) == {"adds up"}
    assert set(centres[centres["Sum of parts"].isna()]["Check"]) == {"no parts printed"}
    assert set(cp.OFF.values()) <= set(store.load("discrepancies")["id"])


def test_the_region_with_most_young_people_has_the_fewest_youth_health_centres(centres):
    rows = store.load("cecchetti2021vac_youth_resource_centres").query("measure == 'youth-population'")
    young = rows[rows["place"].isin(STUDY_REGIONS)].set_index("place")["value"]
    health = centres[(centres["Kind"] == "Youth health") & centres["place_id"].isin(STUDY_REGIONS)]
    assert young.idxmax() == health.set_index("place_id")["Centres"].astype(int).idxmin() == "turkistan"


def test_crisis_help_is_table_18_with_its_own_sums():
    shown = cp.crisis_help().set_index("Place")
    rows = store.load("cecchetti2021vac_crisis_centres")
    assert shown.index[0] == "Kazakhstan"
    assert len(shown) == rows["place"].nunique() == 5
    assert sorted(shown["People helped"]) == sorted(rows.query("measure == 'people-helped'")["value"])
    assert shown["Sum of kinds"].sum() == rows.query("part_of == 'people-helped'")["value"].sum()
    assert shown["Calls"].iloc[1:].max() < shown.loc["Kazakhstan", "Calls"]
    for place, row in shown.iterrows():
        printed = [int(part.split()[-1].replace(",", "")) for part in row["By kind of help"].split(", ")]
        assert sum(printed) == row["Sum of kinds"], place


def test_what_does_not_fit_follows_from_the_numbers_and_leads_to_the_log():
    shown = cp.crisis_help().set_index("Place")["What does not fit"]
    assert {cell["to"].partition(":")[2] for cell in shown} <= set(store.load("discrepancies")["id"])
    assert shown["Astana city"]["text"].startswith("one kind alone")
    assert shown["Kazakhstan"]["text"] == shown["East Kazakhstan"]["text"] == "kinds make more than the people helped"
    assert shown["Mangystau"]["text"] == shown["Turkistan Region"]["text"] == "kinds make fewer than the people helped"


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
