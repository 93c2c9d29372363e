"""Derived tables of the chapter on disagreements: against the register."""

import pytest

from evidence.data import store
from evidence.parts.synthesis import disagreements
from evidence.site.figures import WHOLE_TABLE
from tests.parts.cells import ids

BOTH = [True, False]


def is_between(key):
    row = store.row("discrepancies", key)
    return row.left_source != row.right_source


@pytest.mark.parametrize("between", BOTH)
def test_those_on_top_change_a_conclusion_and_stand_whole_on_the_page(between):
    table = disagreements.on_top(between)
    rows = [store.row("discrepancies", key) for key in ids(table["One side alone suggests"])]
    assert {row.severity for row in rows} == {"changes-a-conclusion"}
    assert {is_between(row.id) for row in rows} == {between}
    assert len(table) <= WHOLE_TABLE


@pytest.mark.parametrize("between", BOTH)
def test_what_both_sides_say_stands_after_its_place(between):
    for cell, said in disagreements.on_top(between)[["One side alone suggests", "What both sides say"]].itertuples(
        index=False
    ):
        row = store.row("discrepancies", ids([cell])[0])
        names = [store.names("sources")[source] for source in (row.left_source, row.right_source)]
        assert said.startswith(names[0])
        assert said.count(names[1]) >= 1 + (names[0] == names[1])


@pytest.mark.parametrize("between", BOTH)
def test_every_disagreement_with_advice_stands_in_one_of_the_tables(between):
    shown = ids(disagreements.on_top(between)["One side alone suggests"])
    shown += ids(disagreements.with_advice(between)["What differs"])
    wanted = [key for key, row in store.rows("discrepancies").items() if row.advice and is_between(key) is between]
    assert sorted(shown) == sorted(wanted)


def test_every_disagreement_counts_once():
    table = disagreements.counts()
    assert table[disagreements.SEVERITIES].to_numpy().sum() == len(store.rows("discrepancies"))
    assert table["Where"].iloc[0] == disagreements.BETWEEN


def test_the_title_of_the_counts_holds():
    """Most stand inside one document, and the evaluation on violence, by far the longest text, has most of them."""
    sums = disagreements.counts().set_index("Where")[disagreements.SEVERITIES].sum(axis="columns")
    assert sums[disagreements.BETWEEN] < sums.drop(disagreements.BETWEEN).sum() / 2
    by_words = disagreements.INSIDE + store.names("sources")["cecchetti2021vac"]
    assert sums.idxmax() == by_words
