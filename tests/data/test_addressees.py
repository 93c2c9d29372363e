"""Who is asked to act: every name and body leads to one addressee, and one addressee has all names of a body."""

from __future__ import annotations

from collections import Counter

from evidence.checks import asked
from evidence.data import addressees, store

ROWS = store.rows("addressees")


def test_every_name_and_every_body_that_is_asked_has_an_addressee():
    assert asked.problems() == []


def test_a_name_that_no_addressee_has_is_said_with_its_row_and_the_nearest(monkeypatch):
    known = {name: key for name, key in addressees.by_name().items() if name != "policymakers"}
    monkeypatch.setattr(addressees, "by_name", lambda: known | {"policymaker": "policymakers"})
    found = asked.problems()
    assert {(problem.file, problem.column, problem.value) for problem in found} == {
        ("recommendations.csv", "addressee", "policymakers")
    }
    assert "did you mean policymaker?" in str(found[0])


def test_no_name_and_no_body_has_two():
    for column in ("names", "bodies"):
        count = Counter(item for row in ROWS.values() for item in store.items(getattr(row, column)))
        assert not [item for item, times in count.items() if times > 1]


def test_an_addressee_is_somebody():
    assert all(row.names or row.bodies for row in ROWS.values())


def test_the_education_ministry_is_one_whichever_name_it_had():
    asked = {key for key, row in store.rows("recommendations").items() if "Ministry of Education" in row.addressee}
    found = {
        key
        for key, row in store.rows("recommendations").items()
        if "education-ministry" in addressees.of_recommendation(row)
    }
    assert asked and asked == found
    ministries = {row.id for row in store.rows("bodies").values() if row.name.startswith("Ministry of Education")}
    assert set(store.items(ROWS["education-ministry"].bodies)) == ministries
    assert any("education-ministry" in addressees.of_action(row) for row in store.rows("actions").values())
