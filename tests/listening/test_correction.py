"""Shares are corrected for the errors of the queries, and what nobody checked is said so."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from evidence.listening.correction import corrected_parts_pct, corrected_pct, errors_of, true_share


def population(right: int, false: int, missed: int, others: int) -> tuple[pd.Series, set[str], dict[str, int]]:
    """Return posts, those a query finds, and the truth of each."""
    posts = [f"p{number}" for number in range(right + false + missed + others)]
    truth = [1] * right + [0] * false + [1] * missed + [0] * others
    return pd.Series(posts), set(posts[: right + false]), dict(zip(posts, truth))


def labels_of(names, truth) -> pd.DataFrame:
    return pd.DataFrame([(name, "a", truth[name]) for name in names], columns=["post", "coder", "label"])


def test_the_formula_is_that_of_rogan_and_gladen():
    assert true_share(0.3, 0.9, 0.8) == pytest.approx(0.1 / 0.7)  # worked by hand
    assert true_share(0.1, 0.9, 0.8) == 0 and true_share(0.95, 0.9, 0.9) == 1
    assert math.isnan(true_share(0.3, 0.5, 0.5))


def test_with_every_post_labelled_the_share_is_the_truth():
    posts, found, truth = population(160, 40, 60, 740)
    errors = errors_of(posts, found, labels_of(posts, truth))
    assert errors.sensitivity == pytest.approx(160 / 220) and errors.specificity == pytest.approx(740 / 780)
    value, low, high = corrected_pct(len(found), len(posts), errors)
    assert value == pytest.approx(22.0) and low < 22 < high
    assert errors.labelled == 1000


def test_the_interval_covers_the_truth_as_often_as_it_says_and_the_share_as_found_does_not():
    posts, found, truth = population(160, 140, 60, 640)
    chance, covered = np.random.default_rng(7), 0
    for _ in range(150):
        drawn = [*chance.choice(posts[:300], 100, replace=False), *chance.choice(posts[300:], 100, replace=False)]
        errors = errors_of(posts, found, labels_of(drawn, truth))
        _, low, high = corrected_pct(300, 1000, errors)
        covered += low < 22 < high
    assert covered >= 0.91 * 150


def test_parts_of_what_is_relevant_add_up_and_lean_against_false_finds():
    posts, found, truth = population(100, 100, 0, 800)
    errors = errors_of(posts, found, labels_of(posts, truth))
    parts = corrected_parts_pct({"much": (150, 400, errors), "little": (70, 600, errors)})
    assert sum(one.value for one in parts.values()) == pytest.approx(100)
    assert parts["much"].value > 100 * 150 / 220  # most finds of the other part are false ones


@pytest.mark.parametrize("given", [19, 0])
def test_too_few_labels_correct_nothing(given):
    posts, found, truth = population(50, 50, 50, 50)
    drawn = [*posts[:40], *posts[100 : 100 + given]]
    assert errors_of(posts, found, labels_of(drawn, truth)) is None
    assert math.isnan(corrected_pct(100, 200, None).value)
    assert math.isnan(corrected_parts_pct({"a": (1, 2, None)})["a"].value)


def test_a_report_marks_what_nobody_checked(synthetic):
    table = synthetic.results.tables["corrected"].set_index(["corpus", "code", "by", "slice"])
    assert 250 < table.loc[("public", "topic", "all", ""), "labelled"] < 300  # the coders are divided on some
    assert table.loc[("organisations", "topic", "all", ""), "labelled"] == 0
    unchecked = table[table["labelled"] == 0]
    assert unchecked["corrected_pct"].isna().all() and unchecked["share_pct"].notna().any()


def test_the_planted_share_is_recovered_with_a_query_that_misses_much(synthetic):
    """A code book that knows one word of four for violence finds a fraction of the posts; labels bring them back."""
    from evidence.listening import coding, corrected, validation
    from evidence.listening.queries.grammar import parsed, plain
    from evidence.listening.queries.table import Query

    study = coding.read_study()
    narrow = [
        Query("violence", "Violence", language, "буллинг OR травля", plain(parsed("буллинг OR травля")))
        for language in ("ru", "kk")
    ]
    study = coding.Study(study.books | {"barriers": narrow}, [], ())
    read = synthetic.corpus.posts
    hits = coding.coded(read, study)
    topic = coding.on_topic(read, hits)
    labels = validation.read_labels(synthetic.folder / "labels.csv")
    table = corrected.corrected(read, topic, coding.Coding(study, hits), labels)
    row = table[(table["corpus"] == "public") & (table["book"] == "barriers")].iloc[0]
    public = synthetic.truth[(synthetic.truth["corpus"] == "public")].drop_duplicates("number")
    planted = 100 * ((public["barrier"] == "violence") & public["relevant"]).sum() / row["of"]
    assert row["low_pct"] < planted < row["high_pct"] and row["high_pct"] - row["low_pct"] < 25
    assert row["share_pct"] < row["low_pct"], "as found, the share is far too low"
