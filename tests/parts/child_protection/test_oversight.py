"""Tables of the chapter on oversight: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.data.store import items, of_document
from evidence.exhibits.frames import rows_of
from evidence.figures.calculations import compute
from evidence.parts.child_protection import oversight as cp

# --- coverage ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_setting():
    return cp.coverage_by_setting().set_index("Form")


def test_the_grid_has_a_row_for_every_form_a_measurement_may_name_and_one_for_none():
    forms = [*store.labels("measurements", "form").values(), "No form named"]
    assert cp.coverage()["Form"].drop_duplicates().tolist() == forms
    assert cp.coverage_by_setting()["Form"].tolist() == forms
    assert len(cp.coverage()) == 13 * 5


def test_every_setting_a_measurement_may_name_stands_under_one_head():
    grouped = [row.setting for row in store.rows("setting_groups").values()]
    assert sorted(grouped) == sorted([*store.labels("measurements", "setting"), cp.NO_SETTING])


def test_public_life_and_care_are_heads_of_two_settings_each():
    heads = {}
    for row in store.rows("setting_groups").values():
        heads.setdefault(row.place, set()).add(row.setting)
    assert heads["public"] == {"community", "online"}
    assert heads["care"] == {"residential-institution", "alternative-care"}
    assert heads["none"] == {"all", "not-named"}


def test_the_heads_of_the_grid_hold_what_their_settings_hold(by_setting):
    cover = cp.coverage().pivot_table("Measurements", "Form", "Place", sort=False)
    assert cover["Home"].tolist() == by_setting["Home"].tolist()
    assert (
        cover["In care"].tolist() == (by_setting["Residential institution"] + by_setting["Alternative care"]).tolist()
    )


def test_a_measurement_counts_once_in_every_pair_it_names(by_setting):
    rows = of_document("measurements", cp.EVALUATION).query("left_out == ''")
    pairs = sum(len(row.form.split(";")) * len(row.setting.split(";")) for row in rows.itertuples())
    excepted = sum(len(items(row.except_pairs)) for row in rows.itertuples())
    assert by_setting.to_numpy().sum() == pairs - excepted


@pytest.mark.parametrize(
    ("form", "setting", "expected"),
    [
        ("Physical violence", "Home", 4),  # two household surveys, two surveys of attitudes
        ("Physical violence", "School", 1),  # the survey of pupils
        ("Corporal punishment", "Home", 2),
        ("Neglect", "Home", 3),
        ("Sexual violence", "School", 1),
        ("Exploitation", "Residential institution", 1),
        ("Recorded crime", "All settings", 4),
        ("No form named", "School", 2),
    ],
)
def test_a_cell_of_the_grid_is_the_number_counted_by_hand(by_setting, form, setting, expected):
    assert by_setting.at[form, setting] == expected


def test_what_is_planned_or_no_measurement_here_is_not_counted():
    left_out = of_document("measurements", cp.EVALUATION).query("left_out != ''").set_index("id")["left_out"]
    assert left_out.to_dict() == {
        "vac-meas-administrative-assessment": "a review of data",
        "vac-meas-health-database": "planned",
        "vac-meas-korea-2015": "another country",
        "vac-meas-medical-social-registry": "an entry to services",
        "vac-meas-mics6": "planned",
        "vac-meas-vaw-next": "planned",
    }


def test_a_pair_left_out_is_one_that_its_measurement_names():
    for row in of_document("measurements", cp.EVALUATION).itertuples():
        for pair in items(row.except_pairs):
            form, setting = pair.split("/")
            assert form in items(row.form) and setting in items(row.setting), row.id


def test_coverage_keeps_what_no_measurement_names(by_setting):
    assert by_setting["Alternative care"].sum() == by_setting["Community"].sum() == 0 < by_setting["Home"].sum()
    assert by_setting.loc["Witnessing violence"].sum() == 0


def test_the_one_online_measurement_is_of_bullying(by_setting):
    online = by_setting["Online"]
    assert online[online > 0].to_dict() == {"Bullying": 1}


# --- ages ----------------------------------------------------------------------------------


def test_ages_are_those_of_the_facts_and_an_upper_limit_is_not_included():
    ages = cp.ages_measured()
    assert (ages["From"] <= ages["To"]).all() and ages["From"].min() == 0
    for (_, row), printed in zip(ages.iterrows(), rows_of("cp-oversight-ages"), strict=True):
        item = fact(printed.fact)
        assert item.unit == "years"
        assert row["To"] == (item.value - 1 if item.qualifier == "at_most" else item.value_high), item.id


def test_no_survey_that_children_answer_reaches_the_age_of_16():
    ages = cp.ages_measured()
    assert ages["Who answers"].drop_duplicates().tolist() == [
        "Reported by others",
        "Pupils answer",
        "Women, adults answer",
    ]
    assert ages[ages["Who answers"] == "Pupils answer"]["To"].tolist() == [15]


# --- measurements, records, complaints --------------------------------------------------------


def test_every_measurement_is_listed_once_by_kind_and_name():
    shown = cp.measurements()
    coded = of_document("measurements", cp.EVALUATION).set_index("id")
    keys = [cell["to"].removeprefix("measurement:") for cell in shown["Measurement"]]
    assert sorted(keys) == sorted(coded.index)
    assert shown["Kind"].drop_duplicates().tolist() == ["survey", "study", "register", "records", "helpline"]
    for _, rows in shown.groupby("Kind"):
        names = [cell["text"] for cell in rows["Measurement"]]
        assert names == sorted(names)


def test_recorded_offences_of_sexual_violence_are_as_printed():
    shown = cp.recorded()
    sexual = shown[shown["What is counted"] == "Sexual violence by adults, offences"]
    assert sexual["Year"].tolist() == ["2000", "2015", "2019"]
    assert sexual["Count"].tolist() == [fact(f"vac-sexual-offences-{year}").value for year in sexual["Year"]]


def test_who_hears_complaints_are_the_mechanisms_and_helplines_by_name():
    shown = cp.complaints()
    names = [cell["text"] for cell in shown["Mechanism"]]
    kinds = {store.row("systems", cell["to"].removeprefix("system:")).kind for cell in shown["Mechanism"]}
    assert names == sorted(names) and len(names) == 10
    assert kinds == {"monitoring-mechanism", "helpline"}
    assert {"vac-sys-helpline-111", "vac-sys-helpline-150"} <= {
        cell["to"].removeprefix("system:") for cell in shown["Mechanism"]
    }


# --- standards -----------------------------------------------------------------------------


def test_the_standards_are_as_many_as_the_list_prints():
    standards = cp.practice_standards()
    assert len(standards) == fact("vac-practice-standards-listed").value == 8
    said = standards["What it asks for or offers"] + standards["What it leaves open"]
    assert (said != "").all()


def test_items_of_the_list_follow_one_another_and_share_no_line():
    rows = of_document("practice_standards", cp.EVALUATION).sort_values("order")
    assert rows["order"].tolist() == list(range(1, 9))
    ranges = [store.line_range(lines) for lines in rows["lines"]]
    assert all(end < start for (_, end), (start, _) in zip(ranges, ranges[1:]))


def test_what_is_said_of_a_standard_stands_in_its_item():
    shown = cp.practice_standards().set_index(
        [[cell["to"].removeprefix("instrument:") for cell in cp.practice_standards()["Standard"]]]
    )
    findings = of_document("findings", cp.EVALUATION).query("lines == '1631'")  # the item on medical staff is one line
    findings = findings[store.holding(findings["questions"], "vac-q4-2")]
    medical = shown.loc["vac-ins-sop-medical-2020"]
    assert medical["lines"] == "1631"
    assert len(findings) > 0
    said = medical["What it asks for or offers"] + medical["What it leaves open"]
    assert all(statement in said for statement in findings["statement"])


def test_the_share_of_children_after_violence_agrees_with_the_print():
    printed = fact("vac-adaptation-victims-share-2015").value
    assert round(compute("vac-adaptation-violence-share-2015"), 1) == printed
