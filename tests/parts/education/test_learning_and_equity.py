"""What documents say of learning and equity, against the coded rows and the findings."""

import pytest

from evidence.data import store
from evidence.parts.education import learning_and_equity as chapter

LENSES = store.labels("equity_statements", "lens")


@pytest.fixture(scope="module")
def coded():
    return store.load("equity_statements")


def test_every_document_says_something_on_every_lens_or_is_silent(coded):
    pairs = set(zip(coded["source"], coded["lens"]))
    assert pairs == {(source, lens) for source in store.rows("sources") for lens in LENSES}


def test_a_statement_is_a_finding_of_its_document_at_its_place(coded):
    for row in coded.query("finding != ''").itertuples():
        found = store.row("findings", row.finding)
        assert (row.source, row.lines, row.locator) == (found.source, found.lines, found.locator), row.id
        assert row.bears != "silent", row.id


def test_a_silent_document_has_no_statement_and_its_whole_text_for_a_place(coded):
    for row in coded.query("finding == ''").itertuples():
        others = coded[(coded["source"] == row.source) & (coded["lens"] == row.lens)]
        assert (len(others), row.bears) == (1, "silent"), row.id
        assert row.lines == f"1-{store.row('sources', row.source).n_lines}", row.id


def test_a_finding_stands_under_a_lens_once(coded):
    said = coded.query("finding != ''")
    assert not said.duplicated(["lens", "finding"]).any()


def test_coverage_takes_the_statement_closest_to_learning(coded):
    table = chapter.coverage().set_index("Document")
    assert list(table) == list(LENSES.values())
    assert list(table.index)[0] == store.names("sources")["antonowicz2013oosc"]
    order = list(chapter.SPEAKS.values())
    for row in coded.itertuples():
        shown = table.loc[store.names("sources")[row.source], LENSES[row.lens]]
        assert order.index(shown) <= order.index(chapter.SPEAKS[row.bears]), row.id


@pytest.mark.parametrize("lens", LENSES)
def test_statements_come_by_document_and_lead_to_their_finding(lens, coded):
    table = chapter.statements(lens)
    assert len(table) == (coded["lens"] == lens).sum()
    years = table["source"].map(lambda key: store.row("sources", key).year)
    assert years.is_monotonic_increasing
    for cell, source in zip(table["What it says"], table["source"]):
        if cell != chapter.SILENT:
            assert store.row("findings", cell["to"].removeprefix("finding:")).source == source
