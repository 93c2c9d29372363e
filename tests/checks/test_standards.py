"""Each item of a standard has its page where it is met, and its reason where it is not."""

import pytest

from evidence.checks import standards
from evidence.data import store


@pytest.mark.parametrize(
    ("status", "cells", "column"),
    [
        ("met", {"page": ""}, "page"),
        ("met", {"page": "chapters/reference/abuot"}, "page"),
        ("not-met", {"page": "chapters/reference/about"}, "page"),
        ("not-met", {"why": ""}, "why"),
        ("met", {"why": "Since it is so."}, "why"),
        ("met", {"reference": "nobody-2020"}, "reference"),
    ],
)
def test_a_verdict_that_shows_nothing_is_named(monkeypatch, status, cells, column):
    known = store.rows("standards")
    key = next(key for key, row in known.items() if row.status == status)
    changed = known | {key: known[key]._replace(**cells)}
    monkeypatch.setattr(standards.store, "rows", lambda name: changed)
    assert [(problem.row, problem.column) for problem in standards.problems()] == [(list(known).index(key) + 2, column)]


def test_every_verdict_of_the_book_has_its_page_or_its_reason():
    assert list(map(str, standards.problems())) == []


def test_items_are_numbered_in_the_order_they_are_shown():
    assert sorted(row.order for row in store.rows("standards").values()) == list(
        range(1, len(store.rows("standards")) + 1)
    )
