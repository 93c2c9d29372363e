"""Tables of the pages for readers: against the tasks as coded."""

import pytest

from evidence.data import store
from evidence.parts.action import what_you_can_do as sheets

READERS = list(store.rows("readers"))


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_has_tasks_each_with_support_and_a_page_to_read_on(reader):
    frame, rows = sheets.tasks(reader), sheets.of_reader(reader)
    assert frame["What you can do"].tolist() == [row.task for row in rows]
    assert 8 <= len(frame) <= 13
    assert all(cell["parts"] for cell in frame["Who asks"])


def test_a_task_of_ours_says_so_and_one_that_is_asked_does_not():
    marked = {
        row.id: sheets.who_asks(row)["text"].startswith(sheets.OURS) for row in store.rows("reader_tasks").values()
    }
    assert marked == {row.id: row.basis == "ours" for row in store.rows("reader_tasks").values()}


@pytest.mark.parametrize(
    "task, shown",
    [
        ("task-ministry-one-body", {"text": "moderate confidence", "to": "review-finding:rf-no-one-in-charge"}),
        ("task-ministry-indicators", {"text": "moderate confidence", "to": "message:incl-missing"}),
        (
            "task-ministry-separate",
            {"text": "not rated: source of shares unnamed", "to": "review-finding:rf-apart-school"},
        ),
        ("task-region-write-down", sheets.UNGRADED),
    ],
)
def test_how_sure_is_the_confidence_the_data_or_that_nobody_judged(task, shown):
    assert sheets.how_sure(store.row("reader_tasks", task)) == shown


def test_a_disagreement_is_named_by_the_pages_of_its_passages():
    rows = store.rows("discrepancies")
    assert sheets.differs(rows["vac-dis-lead-a04"]) == "p. 132 against p. 143"
    assert sheets.differs(rows["unreturned-share-rises"]) == "p. 22"


def test_the_rows_behind_a_sheet_have_a_place_each():
    rows = sheets.rests_on("reader-ministry")
    assert rows.notna().all().all() and set(rows["source"]) == {
        "antonowicz2013oosc",
        "cecchetti2021vac",
        "covidgender2021",
        "gurin2023tale",
    }


def test_calls_of_a_document_stand_together_under_its_name():
    cell = sheets.who_asks(store.row("reader_tasks", "task-ministry-separate"))
    assert cell["text"] == ("Out-of-school study (2013), p. 61; p. 63; Inclusive education (2023), pp. 11–15; a second")


def test_calls_addressed_to_a_reader_are_found_under_every_name():
    named = [row.id for row in store.rows("recommendations").values() if "teachers" in store.items(row.addressee)]
    assert named and set(named) <= set(sheets.asked_of("reader-school"))
    assert sheets.asked_of("reader-journalist") == []


def test_readers_are_listed_once_with_the_tasks_of_their_page():
    frame = sheets.all_readers()
    assert [cell["to"] for cell in frame["For"]] == [
        f"chapter:{store.row('readers', key).page}" for key in sheets.readers()
    ]
    tasks = frame["Tasks asked by documents"].sum() + frame["Tasks we propose"].sum()
    assert tasks == len(store.rows("reader_tasks"))
