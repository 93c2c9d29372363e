"""Pages that a document contradicts are named: at their feet, in its contents, in their order."""

import pytest

from evidence.checks import folios
from evidence.checks.texts import pinned_texts
from evidence.data import store


@pytest.fixture
def pages(monkeypatch):
    """The pages of the book, to change rows of."""
    rows = dict(store.rows("pages"))
    kept = store.rows

    def page_of(source, lines):
        first = store.line_range(lines)[0]
        here = (row for row in rows.values() if row.source == source)
        return next((row.page, row.page_basis) for row in here if _holds(row.lines, first))

    monkeypatch.setattr(store, "rows", lambda name: rows if name == "pages" else kept(name))
    monkeypatch.setattr(folios.store, "page_of", page_of)
    return rows


def _holds(lines: str, line: int) -> bool:
    first, last = store.line_range(lines)
    return first <= line <= last


def change(rows, key, **cells):
    rows[key] = rows[key]._replace(**cells)


@pytest.mark.parametrize(
    ("page", "order"), [("iv", -996), ("ix", -991), ("12", 12), ("12-14", 12), ("", None), ("A-3", None)]
)
def test_pages_have_an_order_and_roman_ones_come_first(page, order):
    assert folios.number(page) == order


def test_the_words_of_a_heading_are_those_of_the_contents():
    assert folios.words("## **4.1.2** Key findings") == folios.words("Key findings") == "key findings"


def test_every_page_agrees_with_feet_contents_and_order(source_texts):
    texts, _ = pinned_texts(source_texts)
    assert list(map(str, [*folios.problems(texts), *folios.order_problems()])) == []
    assert sum(len(list(folios.headings(path))) for path in texts.values()) > 80, "contents are looked up"


def test_two_pages_swapped_are_out_of_order(pages):
    change(pages, "covid-p014", page="15")
    change(pages, "covid-p015", page="14")
    assert [problem.rule for problem in folios.order_problems()] == [
        "covid-p015: comes after page 15 in the text; pages follow each other"
    ]


def test_another_number_at_the_foot_is_named(pages, source_texts):
    change(pages, "covid-p014", page="13")
    found = folios.foot_problems(pinned_texts(source_texts)[0])
    assert [problem.rule for problem in found] == ["covid-p014: the number printed at its foot is 14"]


def test_a_page_said_to_be_printed_that_is_not_is_named(pages, source_texts):
    change(pages, "antonowicz2013oosc-p034", page_basis="printed")
    found = folios.foot_problems(pinned_texts(source_texts)[0])
    assert len(found) == 1 and "is said to be printed" in found[0].rule


def test_pages_counted_one_too_far_contradict_the_contents(pages, source_texts):
    for key, row in list(pages.items()):
        if row.source == "cecchetti2021vac" and row.page.isdigit() and int(row.page) > 60:
            change(pages, key, page=str(int(row.page) + 1))
    found = folios.contents_problems(pinned_texts(source_texts)[0])
    assert found and all("the contents of the document put" in problem.rule for problem in found)
