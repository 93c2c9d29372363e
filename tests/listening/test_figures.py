"""Intervals, agreement, key words and small cells against figures worked out by hand or elsewhere."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from evidence.listening import analyses
from evidence.listening.coding import LEXICON
from evidence.listening.intervals import growth_pct, kappa, location_quotient, log_likelihood, log_ratio, share_pct
from evidence.listening.queries.matching import tokens
from evidence.listening.queries.russian import is_known
from evidence.listening.validation import agreement, quality, settled


def test_a_share_has_its_wilson_interval():
    value, low, high = share_pct(15, 50)
    assert (value, round(low, 2), round(high, 2)) == (30.0, 19.10, 43.75)
    assert share_pct(0, 10)[:2] == pytest.approx((0, 0)) and share_pct(0, 10).high == pytest.approx(27.75, abs=0.01)
    assert math.isnan(share_pct(0, 0).value)
    with pytest.raises(ValueError, match="at most its whole"):
        share_pct(3, 2)


def test_a_location_quotient_compares_two_shares():
    assert location_quotient(30, 100, 10, 100).value == pytest.approx(3.0)
    assert location_quotient(10, 100, 10, 100).low < 1 < location_quotient(10, 100, 10, 100).high
    assert math.isnan(location_quotient(0, 0, 10, 100).value)


def test_growth_of_exact_growth_is_that_growth():
    counts = [round(1000 * 1.05**month) for month in range(12)]
    value, low, high = growth_pct(counts)
    assert value == pytest.approx(5.0, abs=0.05) and low < 5 < high
    assert growth_pct([50] * 12).value == pytest.approx(0, abs=1e-9)
    assert math.isnan(growth_pct([5, 6, 7]).value) and math.isnan(growth_pct([0] * 9).value)


def test_growth_covers_the_truth_as_often_as_it_says():
    chance = np.random.default_rng(5)
    mean = 40 * 1.02 ** np.arange(17)
    covered = sum(low < 2 < high for _, low, high in (growth_pct(chance.poisson(mean)) for _ in range(300)))
    assert covered >= 0.91 * 300


def test_kappa_is_cohens():
    value, low, high = kappa(20, 5, 10, 15)
    assert value == pytest.approx(0.4) and low < 0.4 < high  # 70 % agreed, 50 % by chance
    assert (
        kappa(10, 0, 0, 10).value == 1 and math.isnan(kappa(10, 0, 0, 0).value) and math.isnan(kappa(0, 0, 0, 0).value)
    )


def test_log_likelihood_and_log_ratio():
    # expected at one rate: 66.67 and 133.33
    by_hand = 2 * (100 * math.log(100 / (200 / 3)) + 100 * math.log(100 / (400 / 3)))
    assert log_likelihood(100, 1000, 100, 2000) == pytest.approx(by_hand)
    assert log_likelihood(10, 100, 20, 200) == pytest.approx(0)
    assert log_ratio(200, 1000, 100, 1000).value == pytest.approx(1, abs=0.01)
    assert log_ratio(0, 1000, 20, 1000).high < 0


def labels(rows):
    return pd.DataFrame(rows, columns=["post", "coder", "label"])


def test_labels_are_settled_by_majority_and_ties_go():
    given = labels([("a", "x", 1), ("a", "y", 1), ("b", "x", 1), ("b", "y", 0), ("c", "x", 0)])
    assert settled(given).to_dict() == {"a": True, "c": False}
    assert agreement(given).iloc[0][["one", "other", "posts", "agreed"]].tolist() == ["coder 1", "coder 2", 2, 1]


def test_precision_and_recall_weigh_strata_by_their_size():
    posts = pd.DataFrame({"post": [f"p{n}" for n in range(1000)], "corpus": "public"})
    found = {f"p{n}" for n in range(100)}
    given = labels(
        [(f"p{n}", "x", int(n < 40)) for n in range(50)] + [(f"p{n}", "x", int(n < 105)) for n in range(100, 200)]
    )
    table = quality(posts, found, given).set_index("measure")
    # 80 of 100 found are relevant; 5 % of the 900 others: 45
    assert table.loc["precision_pct", "value"] == pytest.approx(80)
    assert table.loc["relevant_posts", "value"] == pytest.approx(125)
    assert table.loc["recall_pct", "value"] == pytest.approx(64)
    assert (table["low"] < table["value"]).all() and (table["value"] < table["high"]).all()
    alone = quality(posts, found, given[given["post"].isin(found)]).set_index("measure")
    assert alone.loc["precision_pct", "value"] == pytest.approx(80) and math.isnan(alone.loc["recall_pct", "value"])


def test_kazakh_typed_without_its_letters_gets_no_invented_lemma():
    """The Russian dictionary does not have these words, and its guesses (балаг, мектепка) are words of no language."""
    pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")
    words = {"балага", "балаға", "мектепке", "мугалим", "тьюторов", "тьютор", "буллинга", "детям", "ушин", "жок"}
    assert analyses.key_words_of(words) == {
        "балага": "балаға", "балаға": "балаға", "мектепке": "мектепке", "мугалим": "мугалим", "тьюторов": "тьютор",
        "тьютор": "тьютор", "буллинга": "буллинга", "детям": "ребенок",
    }  # fmt: skip


def test_two_kazakh_words_of_one_skeleton_are_not_chosen_between():
    pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")
    assert analyses.key_words_of({"кызык", "қызық"})["кызык"] == "қызық"
    assert analyses.key_words_of({"окуды", "оқуды", "өкуды"})["окуды"] == "окуды"


def test_no_key_word_of_the_lines_is_an_invented_one():
    """Of words in Cyrillic that the dictionary does not have, a key word is one that somebody wrote."""
    pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")
    lines = pd.read_csv(LEXICON / "lines.csv")["text"]
    words = {token for text in lines for token in tokens(text)}
    unknown = {word for word in words if not is_known(word)}
    made = {word: told for word, told in analyses.key_words_of(words).items() if word in unknown}
    assert len(made) > 100 and set(made.values()) <= words
