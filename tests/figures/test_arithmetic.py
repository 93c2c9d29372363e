"""Printed totals, shares and changes are reckoned again: values held by hand, and what rounding and words allow."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from evidence.data import store
from evidence.data.records import facts
from evidence.figures import arithmetic

ROWS = store.rows("printed_arithmetic")

BY_HAND = {  # worked out from the printed pages
    "register-registered-2011": 1756,  # 1542 + 214
    "disability-share-2011": 2.98916,  # 147,679 / 4,940,494
    "mics-secondary-attendance-2006": 95.3,  # 100 - 1.6 - 3.1
    "out-5-6-range-high": 18.4,  # 100 - 81.6
    "region-out-share-south-kazakhstan-2012": 46.7391,  # 43 / 92
    "vac-workforce-ratio": 995.135,  # 18,000,000 / 18,088
    "vac-home-visiting-coverage-rise": 10,  # 71 - 61
    "vac-kap-investigate-drop": 51.1111,  # (45 - 22) / 45
    "covid-table-3-internet-poor-connectivity-teachers": 40,  # 25 of 40 per cent, 50 of 60
    "annual-child-multiple-deprivation": 28.7184,  # 25 of 55.2 per cent, 33.3 of 44.8
}


@pytest.mark.parametrize("key", BY_HAND)
def test_a_result_is_reckoned_from_its_parts(key):
    assert arithmetic.reckoned(ROWS[key]) == pytest.approx(BY_HAND[key], rel=1e-5)


@pytest.mark.parametrize("item", list(ROWS.values()), ids=lambda item: item.id)
def test_a_printed_figure_follows_from_its_parts_or_is_among_the_disagreements(item):
    assert arithmetic.follows(item) == (item.discrepancy == "")


def test_parts_and_result_stand_in_one_document():
    def sources(item):
        figures = [item.printed, *store.items(item.parts)]
        return {
            store.row(*reference.partition("/")[0].split("#")).source
            if "#" in reference
            else store.row("facts", reference.partition("/")[0]).source
            for reference in figures
        }

    assert {key: found for key, item in ROWS.items() if len(found := sources(item)) > 1} == {}


def planted(**changes):
    return SimpleNamespace(**{"printed": "register-registered-2011", "way": "sum", "discrepancy": ""} | changes)


@pytest.mark.parametrize(
    ("item", "follows"),
    [
        (planted(parts="register-returned-2011;register-out-2011"), True),
        (planted(parts="register-returned-2011;register-out-2012"), False),
        (planted(printed="vac-home-visiting-coverage-rise", way="sum", parts="vac-home-visiting-coverage-rise"), False),
        (planted(printed="covid-teachers-parents-share", way="sum", parts="covid-teachers-parents-share"), True),
    ],
    ids=["what is printed", "one part of another year", "a bound that is only met", "the figure itself"],
)
def test_a_planted_sum_is_seen(item, follows):
    assert arithmetic.follows(item) is follows


@pytest.mark.parametrize(("value", "decimals", "shown"), [(2.985, 2, 2.99), (45.5, 0, 46), (0.35383, 2, 0.35)])
def test_rounding_is_half_up(value, decimals, shown):
    assert arithmetic.rounded(value, decimals) == shown


def test_a_figure_in_words_has_no_decimals():
    in_words = next(key for key, item in facts().items() if not any(sign.isdigit() for sign in item.as_reported))
    assert arithmetic.places(in_words) == 0
