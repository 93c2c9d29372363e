"""What was planted in the synthetic corpus is found again, and is lost when a step is broken."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.listening import fragments
from evidence.listening import synthetic as planting
from evidence.listening.demo import CODER_ERRS
from tests.listening.conftest import POSTS

pytest.importorskip("lark", reason="lark is not installed: make listening")


@pytest.fixture
def truth(synthetic) -> pd.DataFrame:
    """Return the truth of the posts that remain when the copies of another export are gone."""
    return synthetic.truth.drop_duplicates("number")


def relevant(truth, corpus):
    return truth[truth["relevant"] & (truth["corpus"] == corpus)]


def test_the_corpus_is_the_same_for_the_same_seed():
    assert planting.corpus(50, 20, 7) == planting.corpus(50, 20, 7) != planting.corpus(50, 20, 8)


def test_every_row_is_read_and_every_copy_by_another_export_is_left_out(synthetic):
    assert len(synthetic.corpus.everything) == len(synthetic.truth)
    assert int(synthetic.corpus.left_out["rows"].sum()) == int(POSTS[0] * 0.05)


def test_the_topic_is_found_and_what_looks_like_it_is_the_only_error(synthetic, truth):
    read = synthetic.results.tables["read"].set_index("corpus")
    public = truth[truth["corpus"] == "public"]
    false_hits = sum(
        not post.relevant and ("ссистент" in post.text or "ssistent" in post.text) for post in public.itertuples()
    )
    assert false_hits > 50
    assert read.loc["public", "on_topic"] == public["relevant"].sum() + false_hits
    assert read.loc["organisations", "on_topic"] == (truth["corpus"] == "organisations").sum()


@pytest.mark.parametrize("corpus", ["public", "organisations"])
@pytest.mark.parametrize("book, column", [("barriers", "barrier"), ("programmes", "programme")])
def test_codes_are_recovered(synthetic, truth, corpus, book, column):
    table = synthetic.results.tables[book]
    found = table[table["corpus"] == corpus].set_index("code")["posts"]
    planted = relevant(truth, corpus)[column].value_counts()
    assert {code: found[code] for code in planted.index if code} == {code: n for code, n in planted.items() if code}


@pytest.mark.parametrize("corpus", ["public", "organisations"])
def test_boys_and_girls_are_recovered_under_every_treatment(synthetic, truth, corpus):
    table = synthetic.results.tables["gender_choices"]
    rows = table[(table["corpus"] == corpus) & (table["unit"] == "posts")].set_index("both_are")
    planted = relevant(truth, corpus)["gender"].value_counts()
    assert (rows.loc["left out", "boys"], rows.loc["left out", "girls"]) == (planted["boys"], planted["girls"])
    assert rows.loc["in each", "boys"] == planted["boys"] + planted["both"]
    assert set(rows["both"]) == {planted["both"]}


def test_growth_covers_what_was_planted(synthetic):
    growth = synthetic.results.tables["trend"].set_index("corpus").loc["public"]
    assert growth["low_pct"] < 100 * 0.03 < growth["high_pct"] and growth["high_pct"] - growth["low_pct"] < 6


def test_the_planted_days_are_the_unusual_week(synthetic):
    weeks = synthetic.results.tables["unusual_weeks"]
    assert "2022-10-24" in set(weeks.loc[weeks["corpus"] == "public", "week"])
    assert len(weeks) <= 5


def test_platforms_are_recovered(synthetic, truth):
    table = synthetic.results.tables["platforms"]
    found = table[table["corpus"] == "organisations"].set_index("platform")["posts"].to_dict()
    assert found == truth.loc[truth["corpus"] == "organisations", "platform"].value_counts().to_dict()
    public = table[table["corpus"] == "public"].set_index("platform")["share_pct"]
    for platform, share in planting.PLATFORMS["public"].items():
        assert public[platform] == pytest.approx(100 * share, abs=5)


def test_location_quotients_are_recovered(synthetic):
    table = synthetic.results.tables["regions"]
    found = table[table["corpus"] == "public"].set_index("region")
    for region, (share, people) in planting.REGIONS.items():
        assert found.loc[region, "quotient"] == pytest.approx(share / people, rel=0.15)


def test_people_find_the_planted_errors(synthetic, truth):
    quality = synthetic.results.tables["quality"].set_index(["corpus", "measure"])
    public = truth[truth["corpus"] == "public"]
    row = quality.loc[("public", "relevant_posts")]
    assert row["low"] < public["relevant"].sum() < row["high"]
    one, other = CODER_ERRS
    agreed = (1 - one) * (1 - other) + one * other
    yes = [share * (1 - wrong) + (1 - share) * wrong for share in [public["relevant"].mean()] for wrong in CODER_ERRS]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    kappa = synthetic.results.tables["agreement"].iloc[0]
    assert kappa["low"] < (agreed - chance) / (1 - chance) < kappa["high"] and kappa["high"] - kappa["low"] < 0.3


def test_key_words_tell_the_corpora_apart(synthetic):
    words = synthetic.results.tables["key_words"].set_index("word")
    assert words.loc["курс", "corpus"] == "organisations" and words.loc["травля", "corpus"] == "public"
    assert words.loc["курс", "low"] > 0 > words.loc["травля", "high"]


@pytest.mark.parametrize("topic", fragments.TOPICS)
def test_kazakh_in_latin_letters_is_found_like_cyrillic(synthetic, truth, topic):
    from evidence.listening.coding import read_study
    from evidence.listening.queries.matching import found

    texts = truth[(truth["topic"] == topic) & (truth["language"] == "kk-latin")]["text"].tolist()
    hits = found(texts, read_study().books["queries"])
    assert texts and set(hits.loc[hits["code"] == topic, "text"]) == set(range(len(texts)))


def barriers_found(synthetic):
    """Return how many distinct texts and barriers are found."""
    from evidence.listening.coding import coded, read_study

    hits = coded(synthetic.corpus.everything, read_study())
    return len(hits[hits["book"] == "barriers"].drop_duplicates(["same_text", "code"]))


@pytest.mark.parametrize(
    "name, broken",
    [
        ("forms", lambda word: frozenset({word})),
        ("lemmas", lambda word: frozenset({word})),
        ("kazakh_skeleton", lambda word: word),
    ],
)
def test_a_broken_step_is_seen(synthetic, monkeypatch, name, broken):
    from evidence.listening.queries import matching

    whole = barriers_found(synthetic)
    monkeypatch.setattr(matching, name, broken)
    assert barriers_found(synthetic) < whole
