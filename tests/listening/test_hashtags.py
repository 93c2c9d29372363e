"""A hashtag that may name a person is not published, however many people use it."""

from __future__ import annotations

import pandas as pd
import pytest

pytest.importorskip("lark", reason="lark is not installed: make site")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")

from evidence.listening.analyses import key_words_of
from evidence.listening.hashtags import may_be_a_name, publishable
from evidence.listening.queries.grammar import Word

WORDS = [Word("autism"), Word("inclu", "prefix"), Word("#asd", "hashtag")]


@pytest.mark.parametrize("tag", ["#aigerim", "#serikova", "#aigerimserikova", "#help_aruzhan", "#аружан", "#назарбаев"])
def test_what_may_be_a_name_is_one(tag):
    assert may_be_a_name(tag, WORDS)


@pytest.mark.parametrize(
    "tag", ["#autism", "#inclusion", "#asd", "#shkola", "#almaty", "#школа", "#мектеп", "#надежда"]
)
def test_what_is_known_to_be_something_else_stays(tag):
    assert not may_be_a_name(tag, WORDS)


def test_many_authors_clear_no_name_and_organisations_clear_no_known_one():
    rows = [("public", tag, 500, 400) for tag in ("#aigerim", "#lovekids", "#школа", "#аружан")]
    rows += [("organisations", tag, 9, 3) for tag in ("#lovekids", "#аружан")]
    table = publishable(pd.DataFrame(rows, columns=["corpus", "hashtag", "posts", "authors"]))
    assert set(table["hashtag"]) == {"#lovekids", "#школа"} and len(table) == 3


def test_a_name_is_no_key_word():
    assert set(key_words_of({"аружан", "школы", "детям"}).values()) == {"школа", "ребенок"}
