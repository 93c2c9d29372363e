"""Derived tables of the part on child protection, resources: against the coded rows and the facts."""

from collections import Counter

import pytest

from evidence.data import store
from evidence.data.records import fact, reads
from evidence.figures.calculations import CALCULATIONS, compute, of_document
from evidence.parts.child_protection import resources as cp


def key_of(cell: dict, kind: str) -> str:
    """Return the id a linked cell leads to."""
    found, _, key = cell["to"].partition(":")
    assert found == kind
    return key


def test_every_profession_of_table_26_stands_once_at_its_level_and_sector():
    table = cp.workforce_by_level()
    printed = store.load("cecchetti2021vac_workforce")
    assert list(zip(table["Level"], table["Sector"])) == [
        (level, sector) for level in cp.LEVELS.values() for sector in cp.SECTORS.values()
    ]
    assert Counter(" · ".join(table["Professions"]).split(" · ")) == Counter(printed["profession"])
    lines = dict(zip(table["Level"], table["lines"]))
    assert lines == {cp.LEVELS[row.level]: row.lines for row in printed.itertuples()}


def test_the_norms_of_staffing_stand_in_their_cells():
    table = cp.workforce_by_level().query("`Norm of staffing` != 'none'")
    assert table[["Level", "Sector", "Norm of staffing"]].values.tolist() == [
        ["Prevention and primary help", "Social protection", "1 assistant per 5 communities"],
        ["Prevention and primary help", "Health care", "1 nurse per 2000 population"],
        ["Specialised help", "Health care", "1 social worker per 10,000 population"],
    ]


def test_staff_by_degree_sum_to_the_printed_sectors_and_total():
    table = cp.workforce_degrees()
    sums = table.drop(columns="Staff").sum(axis=1).tolist()
    assert sums == [fact(f"vac-workforce-{name}").value for name in ("social-protection", "health", "guardianship")]
    assert sum(sums) == fact("vac-workforce-total").value
    assert table["with a degree in social work"].tolist() == [1742, 0, 0]


def test_ratios_are_as_printed_and_as_the_counts_give_them():
    table = cp.workforce_ratios()
    printed = [fact(key_of(cell, "fact")).value for cell in table["Printed"]]
    assert printed == [1011, 10000, 300, 1000, 2]
    ours = [cell if cell == "–" else cell["text"] for cell in table["From printed counts"]]
    assert ours == [
        "995",
        "3,717",
        "444",
        "–",
        "1.03",
    ]  # 18 million / 18,088 and / 4,842; 3.4 million / 7,652; …/ 7,440


def test_a_ratio_links_its_calculation_and_the_discrepancy_about_it():
    known = store.load("discrepancies").set_index("id")
    for row in cp.workforce_ratios().itertuples(index=False):
        ours, known_cell = row[2], row[3]
        assert isinstance(ours, dict) == isinstance(known_cell, dict)
        if isinstance(ours, dict):
            assert key_of(ours, "calc") in CALCULATIONS
            assert key_of(row[1], "fact") in known.loc[key_of(known_cell, "discrepancy"), "expect"]


def test_staff_figures_are_distinct_facts_of_the_evaluation_as_they_read():
    table = cp.workforce_figures()
    keys = [key_of(cell, "fact") for cell in table["As printed"]]
    assert len(keys) == len(set(keys)) == 21
    assert {fact(key).source for key in keys} == {cp.EVALUATION}
    assert [cell["text"] for cell in table["As printed"]] == [reads(fact(key)) for key in keys]
    assert table["lines"].tolist() == [fact(key).lines for key in keys]
    missing = table[table["Subject"] == "Said to be missing"]["What"].tolist()
    assert missing == ["Social workers, of those needed", "Doctors", "Gynaecologists among these doctors", "Nurses"]
    assert table["As of, by whom"].str.startswith("year not printed: ").sum() == sum(
        not fact(key).period for key in keys
    )


def test_the_staff_of_employment_offices_add_up():

    parts = [fact(f"vac-employment-office-staff-{name}").value for name in ("social-work", "related")]
    assert compute("vac-employment-office-staff-unrelated") + sum(parts) == 61


@pytest.fixture(scope="module")
def money():
    return cp.money_findings()


def test_every_finding_on_question_5_1_is_listed_once(money):
    rows = of_document("findings", cp.EVALUATION)
    answers = {row.id for row in rows.itertuples() if "vac-q5-1" in row.questions.split(";")}
    keys = [key_of(cell, "finding") for cell in money["Finding"]]
    assert len(keys) == len(answers) and set(keys) == answers


def test_findings_on_money_are_grouped_by_section_and_kind(money):
    order = list(
        zip(
            map(cp.MONEY_SUBJECTS.index, money["Subject"]), map(list(cp.KINDS_OF_FINDING.values()).index, money["Kind"])
        )
    )
    assert order == sorted(order)
    sections = {"§5.2.1": cp.MEASURING, "§5.2.2": cp.INCOME, "§5.2.3": cp.INSTITUTIONS}
    for row in money.itertuples():
        if row.locator in sections:
            assert row.Subject == sections[row.locator]
        if row.Subject == cp.PAYING:
            assert not row.locator.startswith("§5.2")


def test_findings_on_money_by_subject_count_each_finding_once(money):
    table = cp.money_findings_by_subject().set_index("Subject")
    assert list(table.index) == cp.MONEY_SUBJECTS
    assert table.sum().to_dict() == Counter(money["Kind"])
    assert table.loc[cp.PAYING, "Strength"] == table.loc[cp.INSTITUTIONS, "Strength"] == 0
