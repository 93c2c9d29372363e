"""Tables of the chapter on resources: against the coded rows and the facts."""

from collections import Counter

import pytest

from evidence.data import store
from evidence.data.format import as_printed
from evidence.data.records import fact
from evidence.data.store import holding, of_document
from evidence.figures.calculations import calculations, compute
from evidence.parts.child_protection import resources as cp
from evidence.parts.child_protection.evaluation import EVALUATION
from tests.parts.cells import key_of

SECTORS = ["Social protection", "Health care", "Education", "Law enforcement"]
LEVELS = ["Prevention and primary help", "Specialised help", "Highly specialised help"]


# --- staff ---------------------------------------------------------------------------------


def test_every_profession_of_table_26_stands_once_at_its_level_and_sector():
    table = cp.workforce_by_level()
    printed = store.load(cp.WORKFORCE)
    assert list(zip(table["Level"], table["Sector"])) == [(level, sector) for level in LEVELS for sector in SECTORS]
    assert Counter(" · ".join(table["Professions"]).split(" · ")) == Counter(printed["profession"])
    lines = dict(zip(table["Level"], table["lines"]))
    assert lines == {store.labels(cp.WORKFORCE, "level")[row.level]: row.lines for row in printed.itertuples()}


def test_the_norms_of_staffing_stand_in_their_cells():
    table = cp.workforce_by_level().query("`Staffing norm` != 'none'")
    assert table[["Level", "Sector", "Staffing norm"]].values.tolist() == [
        ["Prevention and primary help", "Social protection", "1 assistant per 5 communities"],
        ["Prevention and primary help", "Health care", "1 nurse per 2000 population"],
        ["Specialised help", "Health care", "1 social worker per 10,000 population"],
    ]


def test_staff_by_degree_sum_to_the_printed_sectors_and_total():
    table = cp.workforce_degrees()
    assert table.columns[1:].tolist() == ["with a degree in social work", "without one", "not known"]
    sums = table.drop(columns="Staff").sum(axis=1).tolist()
    assert sums == [fact(f"vac-workforce-{name}").value for name in ("social-protection", "health", "guardianship")]
    assert sum(sums) == fact("vac-workforce-total").value
    assert table["with a degree in social work"].tolist() == [1742, 0, 0]


def test_ratios_are_as_printed_and_as_the_counts_give_them():
    table = cp.workforce_ratios()
    printed = [fact(key_of(cell, "fact")).value for cell in table["As given"]]
    assert printed == [1011, 10000, 300, 1000, 2]
    ours = [cell if cell == "–" else cell["text"] for cell in table["From the counts given"]]
    # 18 million / 18,088 and / 4,842; 3.4 million / 7,652; 7,652 / 7,440
    assert ours == ["995", "3,717", "444", "–", "1.03"]


def test_a_ratio_links_its_calculation_and_the_discrepancy_about_it():
    known = store.load("discrepancies").set_index("id")
    for row in cp.workforce_ratios().itertuples(index=False):
        printed, ours, known_cell = row[1:4]
        assert isinstance(ours, dict) == isinstance(known_cell, dict)
        if isinstance(ours, dict):
            assert key_of(ours, "calc") in calculations()
            assert key_of(printed, "fact") in known.loc[key_of(known_cell, "discrepancy"), "expect"]


def test_staff_figures_are_distinct_facts_of_the_evaluation_as_they_read():
    table = cp.workforce_figures()
    keys = [key_of(cell, "fact") for cell in table["As given"]]
    assert len(keys) == len(set(keys)) == 21
    assert {fact(key).source for key in keys} == {EVALUATION}
    assert [cell["text"] for cell in table["As given"]] == [as_printed(fact(key)) for key in keys]
    assert table["lines"].tolist() == [fact(key).lines for key in keys]
    undated = table["As of, by whom"].str.startswith("year not given: ").sum()
    assert undated == sum(not fact(key).period for key in keys)


def test_staff_figures_stand_together_by_subject():
    table = cp.workforce_figures()
    subjects = table["Subject"].drop_duplicates().tolist()
    assert subjects == [
        "Counted",
        "Said to be missing",
        "Compared abroad",
        "Qualified",
        "Trained and supervised",
    ]
    assert table["Subject"].tolist() == sorted(table["Subject"], key=subjects.index)
    missing = table[table["Subject"] == "Said to be missing"]["What"].tolist()
    assert missing == ["Social workers, of those needed", "Doctors", "Gynaecologists among these doctors", "Nurses"]


def test_the_staff_of_employment_offices_add_up():
    parts = [fact(f"vac-employment-office-staff-{name}").value for name in ("social-work", "related")]
    assert compute("vac-employment-office-staff-unrelated") + sum(parts) == 61


# --- money ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def money():
    return cp.money_findings()


def test_every_finding_on_question_5_1_is_coded_and_listed_once(money):
    rows = of_document("findings", EVALUATION)
    answers = set(rows[holding(rows["questions"], "vac-q5-1")]["id"])
    keys = [key_of(cell, "finding") for cell in money["Finding"]]
    assert len(keys) == len(answers) and set(keys) == answers


def test_findings_on_money_follow_by_subject_and_strengths_stand_first(money):
    subjects = [
        "Measuring the spending",
        "Paying for services and policies",
        "Institutions and families",
        "Income of families",
    ]
    kinds = ["strength", "weakness", "gap in knowledge", "description"]
    order = [(subjects.index(row.Subject), kinds.index(row.Kind)) for row in money.itertuples()]
    assert order == sorted(order)


def test_the_subject_of_a_finding_on_money_is_that_of_its_section(money):
    sections = {
        "§5.2.1": "Measuring the spending",
        "§5.2.2": "Income of families",
        "§5.2.3": "Institutions and families",
    }
    for row in money.itertuples():
        assert row.Subject == sections.get(row.locator, row.Subject), row.Finding
        if row.Subject == "Paying for services and policies":
            assert not row.locator.startswith("§5.2"), row.Finding


def test_no_strength_is_found_in_paying_for_services_or_in_institutions(money):
    strong = set(money[money["Kind"] == "strength"]["Subject"])  # the text alternative of the table says so
    assert strong == {"Measuring the spending", "Income of families"}


def test_a_sum_without_a_year_says_so():
    table = cp.money_amounts()
    assert table["As of"].tolist() == ["not given", "2021", "not given"]
    assert table["As given"].iloc[-1] == "$5.50"
