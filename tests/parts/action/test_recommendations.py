"""Tables of the chapter on who is asked to do what: against the coded rows."""

import pytest

from evidence.data import store
from evidence.figures.facets import facets_of
from evidence.parts.action import documents, found, heading
from evidence.parts.action import recommendations as asked


def number(cell) -> int:
    """Return the number of a cell, linked or plain."""
    return cell["text"] if isinstance(cell, dict) else cell


def found_in_finder(cell) -> int:
    """Return how many records the finder shows for the link of a cell: codes of a facet widen, facets narrow."""
    chosen = [part.split("=") for part in cell["to"].removeprefix("finder:").split("&")]
    kinds = {"recommendation": "recommendations", "action": "actions"}
    records = [
        facets_of(kind, key)
        for name, codes in chosen
        if name == "kind"
        for kind in codes.split(",")
        for key in store.rows(kinds[kind])
    ]
    return sum(all(set(codes.split(",")) & set(own.get(name, [])) for name, codes in chosen) for own in records)


@pytest.mark.parametrize("frame", [asked.by_subject, asked.by_addressee], ids=lambda frame: frame.__name__)
def test_each_number_is_what_the_finder_shows(frame):
    linked = [cell for name in documents().values() for cell in frame()[name] if isinstance(cell, dict)]
    assert len(linked) > 30
    assert [cell for cell in linked if cell["text"] != found_in_finder(cell)] == []


def test_a_count_that_does_not_fit_its_link_would_be_seen():
    assert found_in_finder(found(1, "kind=recommendation", "document=unicefkz2023annual")) == 13


def test_nothing_found_leads_nowhere():
    assert found(0, "kind=recommendation") == 0


def test_every_recommendation_is_asked_of_somebody_or_of_nobody():
    frame = asked.by_addressee()
    names = list(documents().values())
    nobody = frame[frame["Who"] == asked.NOBODY]
    unnamed = sum(row.addressee == "" for row in store.rows("recommendations").values())
    assert frame["Who"].is_unique and sum(map(number, nobody[names].iloc[0])) == unnamed
    several = sum(len(store.items(row.addressee)) for row in store.rows("recommendations").values())
    assert sum(number(cell) for name in names for cell in frame[name]) == several + unnamed


@pytest.mark.parametrize(
    "bodies, words",
    [
        (["vac-b-cp-agency"], "only proposed"),
        (["vac-b-vice-president"], "unclear"),
        (["moes", "vac-b-moes"], "exists"),
        ([], "not said"),
    ],
)
def test_whether_a_body_exists_is_what_the_documents_say(bodies, words):
    assert asked.standing(bodies) == words


def test_what_documents_say_of_their_calls_adds_up():
    frame = asked.stated()
    assert (frame[list(asked.BASES.values())].sum(axis=1) == frame["Recommendations and parts"]).all()
    assert frame["Recommendations and parts"].sum() == len(store.rows("recommendations"))
    assert frame["Term given"].tolist() == frame["Actions"].tolist()


def test_the_actions_that_wait_are_those_with_a_proposed_lead():
    proposed = {row.id for row in store.rows("bodies").values() if row.status == "proposed"}
    rows = store.load("responsibilities").query("role == 'lead'")
    assert set(asked.waiting()["id"]) == set(rows["action"][rows["body"].isin(proposed)])


def test_an_action_that_waits_names_its_leads_apart_and_those_that_exist():
    row = asked.waiting().set_index("id").loc["vac-a13"]
    text, table = asked.PLACES.values()
    assert row[text]["text"] == "Commission on Child Protection"
    assert (row[table], row["Existing lead"]["text"]) == ("–", "Parliament")


def test_a_part_has_its_letter_and_a_lesson_says_so():
    rows = store.rows("recommendations")
    assert [heading(rows[key]) for key in ("oosc-r03-d", "vac-r01", "vac-l01")] == ["3 (d)", "1", "lesson 1"]
