"""Tables of the chapter on analyses: what was planted comes back, as far as the page says."""

import pytest

from evidence.parts.methods import listening_analyses, listening_queries
from evidence.parts.methods.listening import analysed, synthetic


def test_nearly_all_intervals_hold_what_was_planted():
    table = listening_analyses.recovered()
    assert (table[listening_analyses.HOLDS] == "yes").mean() >= 0.9
    assert len(table) == 10


@pytest.mark.parametrize(
    ("planted", "said"),
    [(14.97, "yes"), (15.0, "no: true value 0.03 points above"), (10.0, "no: true value 0.89 points below")],
)
def test_a_near_miss_that_rounding_would_hide_says_how_near_it_is(planted, said):
    assert listening_analyses.held(planted, 10.89, 14.97) == said


def test_the_planted_days_are_an_unusual_week_and_months_follow_each_other():
    assert "2022-10-24" in set(listening_analyses.unusual()["Week from"])
    months = listening_analyses.volume()["Month"].tolist()
    assert months == sorted(months) and len(months) == 17


def test_the_bot_posts_on_the_platform_that_is_above_its_planted_share():
    truth = synthetic().truth
    assert set(truth.loc[truth["author"] == "synthetic_bot", "platform"]) == {"Instagram"}
    table = listening_analyses.platforms().set_index(["Corpus", "Platform"])
    assert (
        table.loc[("The public", "Instagram"), "Interval from, %"]
        > table.loc[("The public", "Instagram"), "True share, %"]
    )


def test_violence_is_mentioned_most_and_shares_lie_below_what_was_planted():
    table = listening_analyses.barriers()
    assert table["Barrier"].iloc[0].startswith("Violence") and (table["Share, %"] < table["True share, %"]).all()
    good = listening_queries.narrow().set_index("Query").loc["All words of the code book"]
    assert good["As found, %"] == table["Share, %"].iloc[0]


def test_authors_move_shares_of_posts_furthest():
    table = listening_analyses.moves()
    assert (table["Least"] <= table["Most"]).all()
    moves = analysed()["sensitivity"]
    first = moves[moves["headline"].str.startswith("Share of")].drop_duplicates("headline")  # the largest change
    assert first[["choice", "value"]].agg(": ".join, axis=1).tolist() == ["Unit: authors"] * 3


def test_boys_differ_by_what_is_counted():
    table = listening_analyses.gender()
    assert table["Boys, %"].max() - table["Boys, %"].min() > 5
