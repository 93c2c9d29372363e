"""Derived tables of the part on child protection, journeys: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.store import items, line_range, of_document
from evidence.parts.child_protection import journeys as cp
from evidence.parts.child_protection.evaluation import EVALUATION

RANGES = {  # lines of Annex 2 on each case study
    "Home visits": (3059, 3111),
    "Psycho-social support": (3113, 3183),
    "Bullying at school": (3185, 3231),
}


@pytest.fixture(scope="module")
def steps():
    return cp.journeys()


def test_a_case_shows_codes_in_general_words_and_no_detail_of_persons():
    table = cp.coded_cases()
    assert table["id"].tolist() == of_document("cases", EVALUATION)["id"].tolist()
    assert table["Case"].tolist() == [
        "Case A, at home: sexual violence",
        "Case B, outside the home: bullying",
        "Case C, in an institution: bullying",
        "Case D, at work and at home: sexual violence, exploitation",
    ]
    assert table["Services reached"].tolist()[1:3] == ["none", "Institution"]
    shown = ["Case", "Services reached", "Where the system failed", "What came of it"]
    assert table.columns[: len(shown)].tolist() == shown
    assert not table[shown].map(lambda text: any(letter.isdigit() for letter in text)).any(axis=None)


def test_the_label_of_a_case_names_no_place():
    labels = of_document("cases", EVALUATION)["label"].str.lower().str.findall(r"\w+")
    places = {word for key in store.load("places")["id"] for word in key.split("-") if len(word) > 3}
    assert "almaty" in places
    assert not [words for words in labels if places & set(words)]


def test_the_forms_left_out_of_the_names_of_cases_are_those_of_all_cases():
    forms = [set(items(cell)) for cell in of_document("cases", EVALUATION)["form"]]
    assert set.intersection(*forms) == {"physical", "mental"}
    assert not [cell for cell in cp.forms_apart() if "physical" in cell or "mental" in cell]


def test_a_journey_has_every_coded_step_of_its_case_in_order(steps):
    rows = of_document("case_steps", EVALUATION)
    assert sorted(steps["id"]) == sorted(rows["id"])
    for _, journey in steps.groupby("Case"):
        assert journey["case"].nunique() == 1
        assert journey["Step"].tolist() == list(range(1, len(journey) + 1))
    assert steps[["Case", "Part of the system", "Result"]].notna().all(axis=None)
    assert steps.set_index("id").loc["case-d-05", "Result"] == "Reached in part"
    assert set(steps["Result"]) == set(cp.results())


def test_the_chart_tells_what_was_reached_first():
    assert cp.results() == ["Reached", "Broke down", "Reached in part", "Missed"]


def test_no_step_of_the_first_case_rests_on_what_a_relative_said(steps):
    lines = steps.set_index("id")["lines"]
    assert lines["case-a-04"] == "2836"
    assert not [key for key, cell in lines.items() if line_range(cell)[0] <= 2840 <= line_range(cell)[1]]


def test_the_page_may_say_that_identification_was_missed_and_one_report_reached_an_organisation(steps):
    assert set(steps["Result"][steps["Kind of step"] == "identification"]) == {"Missed"}
    reports = steps[(steps["Kind of step"] == "reporting") & (steps["Result"] == "Reached")]
    assert reports["Part of the system"].tolist() == ["Crisis centre or NGO"]


def test_the_page_may_say_who_reached_who_broke_down_and_who_missed(steps):
    reached = steps["Part of the system"][steps["Result"] == "Reached"]
    assert reached.value_counts().to_dict() == {"Crisis centre or NGO": 4}
    broke = steps["Part of the system"][steps["Result"] == "Broke down"]
    assert broke.isin(["Police", "Court"]).sum() > len(broke) / 2
    for part in ("School", "Health care", "Social protection", "Institution"):
        results = steps["Result"][steps["Part of the system"] == part]
        assert (results == "Missed").sum() > len(results) / 2, part
    placed = steps[steps["Kind of step"] == "placement"]
    assert placed["Result"].tolist() == ["Reached in part"], "violence took place there"


def test_every_service_of_the_annex_belongs_to_a_case_study():
    services = cp.study_services()
    annex = store.load("services").query("locator.str.contains('Annex 2')")
    assert set(annex["id"]) <= set(services["id"])
    assert services["Case study"].value_counts().to_dict() == {
        "Psycho-social support": 4,
        "Home visits": 2,
        "Bullying at school": 1,
    }
    assert services["Case study"].drop_duplicates().tolist() == list(RANGES)
    assert [cell["to"] for cell in services["Service"]] == [f"service:{key}" for key in services["id"]]


def test_the_findings_of_the_case_studies_are_those_of_their_lines():
    expected = {
        (study, row.id)
        for row in of_document("findings", EVALUATION).itertuples()
        for study, (start, end) in RANGES.items()
        if start <= line_range(row.lines)[0] and line_range(row.lines)[1] <= end
    }
    findings = cp.study_findings()
    assert len(findings) == 47
    assert set(zip(findings["Case study"], findings["id"])) == expected


def test_findings_stand_by_case_study_then_stance_then_line():
    findings = cp.study_findings()
    assert findings["Case study"].drop_duplicates().tolist() == list(RANGES)
    stances = ["description", "strength", "weakness", "gap"]
    for _, rows in findings.groupby("Case study"):
        assert rows["stance"].map(stances.index).is_monotonic_increasing
        for _, alike in rows.groupby("stance"):
            assert alike["lines"].map(lambda lines: line_range(lines)[0]).is_monotonic_increasing


def test_a_finding_names_the_questions_it_answers():
    row = cp.study_findings().set_index("id").loc["vac-find-case-bullying-training"]
    assert row["Question"] == store.names("evaluation_questions")["vac-q3-1"]
    assert row["Finding"]["to"] == "finding:vac-find-case-bullying-training"


def test_weaknesses_outnumber_strengths_in_every_case_study():
    for study, findings in cp.study_findings().groupby("Case study"):
        assert (findings["stance"] == "weakness").sum() > (findings["stance"] == "strength").sum(), study
