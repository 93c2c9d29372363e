"""Derived tables of the part on child protection, journeys: against the coded rows and the facts."""

from evidence.data import store
from evidence.figures.calculations import of_document
from evidence.parts.child_protection import evaluation as frame
from evidence.parts.child_protection import journeys as cp


def test_a_case_shows_codes_in_general_words_and_no_detail_of_persons():
    table = cp.coded_cases()
    assert table["id"].tolist() == of_document("cases", cp.EVALUATION)["id"].tolist()
    assert table["Case"].iloc[0] == "Case A, at home: sexual violence"
    assert table["Case"].iloc[1] == "Case B, outside the home: bullying"
    assert table["Services reached"].tolist()[1:3] == ["none", "institution"]
    shown = ["Case", "Services reached", "Where the system failed", "What came of it"]
    assert table.columns[: len(shown)].tolist() == shown
    assert not table[shown].map(lambda text: any(letter.isdigit() for letter in text)).any(axis=None)


def test_the_forms_left_out_of_the_names_of_cases_are_those_of_all_cases():
    forms = [set(text.split(";")) for text in of_document("cases", cp.EVALUATION)["form"]]
    assert set.intersection(*forms) == set.union(*forms) - set(cp.FORMS) == {"physical", "mental"}


def test_a_journey_has_every_coded_step_of_its_case_in_order():
    steps, rows = cp.journeys(), of_document("case_steps", cp.EVALUATION)
    assert sorted(steps["id"]) == sorted(rows["id"])
    for _, journey in steps.groupby("Case"):
        assert journey["case"].nunique() == 1
        assert journey["Step"].tolist() == list(range(1, len(journey) + 1))
    assert steps[["Case", "Part of the system", "Result"]].notna().all(axis=None)
    assert steps.set_index("id").loc["case-d-05", "Result"] == "Reached in part"


def test_the_page_may_say_that_identification_was_missed_and_one_report_reached_an_organisation():
    steps = cp.journeys()
    assert set(steps["Result"][steps["Kind of step"] == "identification"]) == {"Missed"}
    reports = steps[(steps["Kind of step"] == "reporting") & (steps["Result"] == "Reached")]
    assert reports["Part of the system"].tolist() == ["Crisis centre or NGO"]


def test_every_step_is_counted_once_at_its_part_of_the_system():
    table = cp.steps_by_part()
    rows = of_document("case_steps", cp.EVALUATION)
    sums = table.set_index("Part of the system").sum(axis=1)
    assert sums.to_dict() == rows["sector"].map(cp.PARTS).value_counts().to_dict()
    assert sums.tolist() == sorted(sums, reverse=True)
    for code, name in cp.RESULTS.items():
        assert table[name].sum() == (rows["result"] == code).sum()


def test_the_page_may_say_who_reached_who_broke_down_and_who_missed():
    table = cp.steps_by_part().set_index("Part of the system")
    assert table["Reached"][table["Reached"] > 0].to_dict() == {"Crisis centre or NGO": 4, "Institution": 1}
    assert table.loc[["Police", "Court"], "Broke down"].sum() > table["Broke down"].sum() / 2
    for part in ("School", "Health care", "Social protection", "Institution"):
        assert table.loc[part, "Missed"] > table.loc[part].sum() / 2, part
    steps = cp.journeys().query("sector == 'institution' and Result == 'Reached'")
    assert steps["Kind of step"].tolist() == ["placement"]


def test_every_service_of_the_annex_belongs_to_a_case_study():
    services = cp.study_services()
    annex = store.load("services").query("locator.str.contains('Annex 2')")
    assert set(annex["id"]) <= set(services["id"])
    assert set(services["Case study"]) == set(cp.STUDIES.values())
    assert services["id"].tolist() == list(cp.STUDY_SERVICES)


def test_the_findings_of_the_case_studies_are_those_of_their_lines():
    findings = cp.study_findings()
    rows = of_document("findings", cp.EVALUATION)
    lines = rows["lines"].map(store.line_range)
    assert set(findings["id"]) == set(rows["id"][lines.map(lambda pair: pair[0] >= 3043 and pair[1] <= 3231)])
    ranges = {"Home visits": (3059, 3111), "Psycho-social support": (3113, 3183), "Bullying at school": (3185, 3231)}
    for row in findings.itertuples():
        first, last = ranges[row[1]]
        assert first <= store.line_range(row.lines)[0] <= last, row.id


def test_weaknesses_outnumber_strengths_in_every_case_study():
    for study, findings in cp.study_findings().groupby("Case study"):
        assert (findings["stance"] == "weakness").sum() > (findings["stance"] == "strength").sum(), study


def test_a_finding_counts_once_for_each_aspect_it_answers_and_descriptions_do_not():
    table = cp.study_aspects().set_index("Aspect")
    assert len(table) == len(cp.STUDIES) * len(cp.ASPECTS)
    findings = cp.study_findings()
    for study in cp.STUDIES.values():
        for question, aspect in cp.ASPECTS.items():
            held = findings[(findings["Case study"] == study) & frame.holding(findings["questions"], question)]
            expected = [int((held["stance"] == stance).sum()) for stance in cp.STANCES]
            assert table.loc[f"{study}: {aspect}"].tolist() == expected
