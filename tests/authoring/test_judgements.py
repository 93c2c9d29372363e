"""New calculations, discrepancies, messages and exhibits are tried before they are written."""

from __future__ import annotations

import csv

import pytest

from evidence.authoring.asking import Desk
from evidence.authoring.calculations import WORKED, new_calculation
from evidence.authoring.discrepancies import new_discrepancy
from evidence.authoring.exhibits import new_exhibit
from evidence.authoring.messages import new_message
from evidence.checks.judgement import JUDGEMENT
from evidence.data import store
from evidence.data.rules import DataError

OUT, ALL = "register-out-2012", "register-registered-2012"
CALCULATION = {
    "label": "Share out once more",
    "formula": "share_pct",
    "inputs": f"part={OUT},whole={ALL}",
    "unit": "percent",
    "digits": "1",
}


# --- calculations


def test_a_calculation_is_computed_and_its_value_shown():
    draft = new_calculation(CALCULATION, Desk())
    assert draft.rows[0][1]["inputs"] == f"part={OUT};whole={ALL}"
    assert draft.notes[0].startswith("it comes to 21.0290") and draft.notes[0].endswith("shown as 21.0%")
    assert "work its value out by hand" in draft.next


def test_a_value_worked_out_by_hand_gets_its_row():
    worked = {"id": "aa-share", "by_hand": "188 / 894 * 100", "worked_value": "21.0"}
    text = new_calculation(CALCULATION | worked, Desk()).files[WORKED]
    rows = list(csv.DictReader(text.splitlines()))
    assert rows[0]["id"] == "aa-share" and rows[0]["working"] == "188 / 894 * 100" and rows[0]["lines"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    with pytest.raises(DataError, match="--worked-value: '21.1': the calculation gives 21.0"):
        new_calculation(CALCULATION | worked | {"worked_value": "21.1"}, Desk())


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"formula": "share"}, r"(?s)no formula has the id 'share'.*  share_pct\(part, whole\): Share of"),
        ({"inputs": f"parts={OUT},whole={ALL}"}, "share_pct takes part, whole: write part=…;whole=…"),
        ({"inputs": f"part={OUT}x,whole={ALL}"}, f"no fact has the id '{OUT}x'; did you mean {OUT}"),
    ],
)
def test_a_calculation_that_cannot_be_made_is_refused(change, rule):
    with pytest.raises(DataError, match=rule):
        new_calculation(CALCULATION | change, Desk())


# --- discrepancies

DISCREPANCY = {
    "kind": "print",
    "left_source": "antonowicz2013oosc",
    "left_lines": "12",
    "left_says": "one",
    "right_lines": "14",
    "right_says": "another",
    "difference": "They differ.",
    "reading": "A slip.",
    "severity": "wording",
    "status": "open",
}


def test_a_disagreement_that_is_there_is_written_with_both_values():
    draft = new_discrepancy(DISCREPANCY | {"expect": f'fact("{OUT}") < fact("{ALL}")'}, Desk())
    assert draft.rows[0][1]["right_source"] == "antonowicz2013oosc"
    assert f"it holds: fact('{OUT}') is 188, fact('{ALL}') is 894" in draft.notes


@pytest.mark.parametrize(
    ("expect", "rule"),
    [
        (
            f'fact("{OUT}") > fact("{ALL}")',
            rf"is false, so nothing disagrees: fact\('{OUT}'\) is 188, fact\('{ALL}'\) is 894",
        ),
        (f'fact("{OUT}x") > 1', "cannot be tried.*did you mean"),
        ("says('12', 'one')", "give the folder of the texts with --sources"),
        ("fact(", r"cannot be tried"),
    ],
)
def test_a_disagreement_that_is_not_there_is_refused_with_the_values(expect, rule):
    with pytest.raises(DataError, match=rule):
        new_discrepancy(DISCREPANCY | {"expect": expect}, Desk())


# --- messages

PAGE = "chapters/education/register"
MESSAGE = {"page": "education/register", "statement": "Shares rise.", "facts": OUT}


def test_a_statistic_needs_a_note_on_its_data_and_no_judgement():
    with pytest.raises(DataError) as error:
        new_message(MESSAGE | {"kind": "statistic"}, Desk())
    assert [problem.file for problem in error.value.problems] == ["--data-label", "--data-quality"]
    data = {"data_label": "Register data", "data_quality": "A register."}
    row = new_message(MESSAGE | {"kind": "statistic"} | data, Desk()).rows[0][1]
    here = (store.load("synthesis")["page"] == PAGE).sum()
    assert row["page"] == PAGE and row["order"] == str(here + 1)


def test_a_qualitative_message_needs_every_part_of_its_judgement():
    with pytest.raises(DataError) as error:
        new_message(MESSAGE | {"kind": "qualitative"}, Desk())
    assert [problem.file for problem in error.value.problems] == [f"--{name.replace('_', '-')}" for name in JUDGEMENT]


# --- exhibits

EXHIBIT = {
    "id": "aa-new",
    "chapter": "education/register",
    "chart": "bars",
    "facts": f"{OUT},{ALL}",
    "labels": "Not back;Registered",
    "title": f"{{fact}}`{OUT}` had not returned",
    "alt": "Bars of the children on the register and of those who had not returned, who are far fewer.",
    "unit": "children",
    "base": "children under 18",
    "period": "2011-12",
}


def test_an_exhibit_gets_its_description_its_rows_and_its_cell():
    draft = new_exhibit(EXHIBIT, Desk())
    assert [(table, row["id"]) for table, row in draft.rows] == [
        ("exhibits", "aa-new"),
        ("exhibit_rows", "aa-new-01"),
        ("exhibit_rows", "aa-new-02"),
    ]
    assert [row["label"] for _, row in draft.rows[1:]] == ["Not back", "Registered"]
    assert draft.cells[0] in draft.files[f"{PAGE}.md"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"title": "188 had not returned"}, f"--title: '188': a quantity typed by hand; write {{fact}}`{OUT}`"),
        ({"alt": "Bars of two sums, one of them far larger than the other."}, "--alt: 'two': a quantity typed by hand"),
        ({"chart": "pie"}, "--chart: 'pie': is none; there are table, bars"),
        ({"chart": "dumbbell"}, "--parts: is missing: dumbbell shows an earlier and a later value per row"),
        ({"labels": "One"}, "1 labels and 1 parts for 2 figures"),
        ({"facts": f"{OUT},nothing"}, "--facts: 'nothing': no fact has the id 'nothing'"),
        ({"facts": ""}, "--facts: is missing"),
        ({"chapter": "education/registre"}, "there is no such page; did you mean chapters/education/register"),
        (
            {"facts": "", "table": "barrier"},
            "--table: 'barrier': is no table that reports a document; did you mean barriers",
        ),
        (
            {"facts": "", "table": "barriers", "columns": "category,x"},
            "'x': is no column of barriers; there are category",
        ),
    ],
)
def test_an_exhibit_that_cannot_be_shown_is_refused(change, rule):
    with pytest.raises(DataError, match=rule):
        new_exhibit(EXHIBIT | change, Desk())
