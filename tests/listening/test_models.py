"""Near texts and topics, with the libraries of the extra: what was planted is found, and runs repeat."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from evidence.listening import fragments
from evidence.listening.topics import stability

WORDS = (
    "инклюзивное образование в нашем районе обсуждали вчера родители и педагоги школы номер один без пандуса".split()
)


def test_a_text_with_one_word_changed_is_near_and_another_is_not():
    pytest.importorskip("rensa", reason="rensa is not installed: make listening")
    from evidence.listening.nearness import groups

    changed = [*WORDS[:-1], "лифта"]
    other = "погода на выходные в городе будет ясной и тёплой без осадков и сильного ветра".split()
    texts = [" ".join(words) for words in (WORDS, changed, other, WORDS[:4], [], [])]
    assert groups(texts) == [0, 0, 2, 3, 4, 5]
    assert groups(texts, least_alike=0.99) == [0, 1, 2, 3, 4, 5]


def test_copies_that_differ_in_a_word_are_left_out_only_as_near_texts(synthetic):
    pytest.importorskip("rensa", reason="rensa is not installed: make listening")
    from evidence.listening.nearness import NEAR
    from evidence.listening.reading.leaving_out import LeavingOut, without

    posts = synthetic.corpus.everything
    assert posts.groupby("same_text")[NEAR].nunique().eq(1).all()
    left = {same: len(without(posts, LeavingOut(same=same))[0]) for same in ("text", "near text")}
    assert left["near text"] <= left["text"]


def test_stability_is_the_mean_of_best_matches():
    one, other = [("a", "b"), ("c", "d")], [("c", "d"), ("a", "x")]
    assert stability([one, one]) == 1 and stability([one, other]) == pytest.approx((1 + 1 / 3 + 1 + 1 / 3) / 4)
    assert math.isnan(stability([one]))


def made(count: int = 300) -> pd.DataFrame:
    """Return texts of three topics that share no word."""
    about = [fragments.BARRIERS[code]["ru"] for code in ("violence", "teachers", "access")]
    rows = []
    for number in range(count):
        words = about[number % 3]
        text = f"{words[number % len(words)]} {words[(number + 1) % len(words)]} {words[0]}"
        rows.append(("public", f"person-{number}", f"text-{number}", text))
    return pd.DataFrame(rows, columns=["corpus", "author", "same_text", "text"])


def test_topics_that_share_no_word_are_told_apart_and_runs_repeat():
    pytest.importorskip("tomotopy", reason="tomotopy is not installed: make listening")
    from evidence.listening.topics import topics

    rare = pd.DataFrame(
        [("public", "person", "text-rare", "невидальщина")], columns=["corpus", "author", "same_text", "text"]
    )
    posts = pd.concat([made(), rare], ignore_index=True)
    table, numbers, sorted_ = topics(posts)
    again, *_ = topics(posts)
    pd.testing.assert_frame_equal(table, again)
    assert sorted_["topic"].value_counts().to_dict() == dict(zip(table["topic"], table["posts"]))
    assert int(table["posts"].sum()) == len(posts) - 1 and numbers["is_chosen"].sum() <= 1
    for word in ("травля", "пандус", "дефектолог"):
        assert sum(word in words.split(", ") for words in table["words"]) >= 1, table


def test_words_of_few_authors_are_in_no_topic():
    pytest.importorskip("tomotopy", reason="tomotopy is not installed: make listening")
    from evidence.listening.topics import topics

    posts = made().assign(author=[f"person-{number % 4}" for number in range(300)])
    table, *_ = topics(posts)
    assert set(table["words"]) == {""}
    assert topics(made(60))[0].empty, "so few texts have no topics"
