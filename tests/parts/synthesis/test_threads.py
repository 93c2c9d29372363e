"""Derived tables of the chapter on threads: against the coded rows."""

from collections import Counter

import pytest

from evidence.data import store
from evidence.parts.synthesis import threads
from tests.parts.cells import ids


def test_every_thread_stands_in_one_of_the_tables():
    shown = ids(threads.threads(is_call=True)["Earlier"]) + ids(threads.threads(is_call=False)["Earlier"])
    assert sorted(shown) == sorted(store.rows("threads"))


def test_calls_are_recommendations_and_actions():
    for key in ids(threads.threads(is_call=True)["Earlier"]):
        row = store.row("threads", key)
        assert row.recommendation or row.action


def test_a_verdict_is_as_strong_as_its_row():
    table = threads.threads(is_call=True)
    labels = store.labels("threads", "verdict")
    assert list(table["Verdict"]) == [labels[store.row("threads", key).verdict] for key in ids(table["Earlier"])]
    silent = table["Verdict"] == labels["not-reported"]
    assert (table.loc[silent, "What a later document says"] == "").all()
    assert (table.loc[~silent, "What a later document says"] != "").all()


def test_each_whole_recommendation_to_an_authority_counts_once():
    table = threads.whole_calls()
    followed = {row.recommendation for row in store.rows("threads").values() if row.recommendation}
    whole = [key for key in followed if not store.row("recommendations", key).parent]
    assert table[threads.VERDICTS].to_numpy().sum() == len(whole)


def test_the_strongest_verdict_on_a_recommendation_is_the_one_counted():
    """Of the call for following each case one thread is a mention and another one too: it is no step."""
    rows = [row for row in store.rows("threads").values() if row.recommendation == "oosc-r13"]
    assert {row.verdict for row in rows} == {"mentioned"}
    counted = threads.whole_calls().set_index("Document").loc["Out-of-school study (2013)"]
    assert counted["mentioned only"] == 7


def test_the_title_holds_that_no_whole_recommendation_is_reported_as_adopted():
    assert threads.whole_calls()["reported adopted"].sum() == 0


def kappa(first, second):
    """Return Cohen's kappa of two codings, by its definition."""
    n, here, there = len(first), Counter(first), Counter(second)
    observed = sum(one == other for one, other in zip(first, second)) / n
    expected = sum(here[code] * there[code] for code in here) / n**2
    return (observed - expected) / (1 - expected)


AGREED = [row for row in store.rows("extraction_agreement").values() if row.table == "threads" and row.source]


@pytest.mark.parametrize("row", AGREED, ids=lambda row: row.id)
def test_the_published_agreement_is_that_of_the_two_judgements(row):
    measure = row.id.rpartition("-")[2]
    pairs = [
        (getattr(thread, f"first_{measure}"), getattr(thread, f"second_{measure}"))
        for thread in store.rows("threads").values()
        if thread.earlier_source == row.source
    ]
    both = [pair for pair in pairs if all(pair)]
    first, second = zip(*both)
    assert (row.n_compared, row.n_equal) == (len(both), sum(one == other for one, other in both))
    assert row.kappa == pytest.approx(kappa(first, second), abs=0.0005)
    assert (row.n_first, row.n_second) == tuple(sum(map(bool, judged)) for judged in zip(*pairs))


def test_every_document_with_threads_publishes_how_its_judgements_agree():
    assert {row.source for row in AGREED} == {row.earlier_source for row in store.rows("threads").values()}
    assert len(threads.agreement()) == len(AGREED)
