"""Sentences are short enough to be read once: on pages, in messages and in answers."""

from __future__ import annotations

import re

import pytest

from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.figures.sentences import plain

MOST_WORDS = 30
BLOCKS = re.compile(r"\A---\n.*?\n---\n|```.*?```|^:::.*?$|^#.*?$|^\|.*?$", re.DOTALL | re.MULTILINE)
CITED = re.compile(r"\{cite:p\}`[^`]*`")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
ITEM = re.compile(r"^\s*(?:-|\d+\.)\s+")
END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“`*])|(?<=\.\*\*)\s+")
WRITTEN = [("synthesis", "statement"), ("synthesis", "detail"), ("answers", "short"), ("answers", "answer")]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as readers see them, numbers of roles filled in."""
    lines = [LINK.sub(r"\1", plain(CITED.sub("", ITEM.sub("", line)))) for line in BLOCKS.sub("", text).splitlines()]
    return [sentence for line in lines for sentence in END.split(line.strip()) if sentence]


def long_ones(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(sentence.split()) > MOST_WORDS]


@pytest.mark.parametrize("path", readable(), ids=named)
def test_no_sentence_of_a_page_is_longer_than_a_breath(path):
    assert long_ones(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("table", "column"), WRITTEN)
def test_no_sentence_kept_as_data_is_longer_than_a_breath(table, column):
    found = {key: long_ones(getattr(row, column)) for key, row in store.rows(table).items()}
    assert {key: long for key, long in found.items() if long} == {}


def test_a_long_sentence_is_found_and_short_ones_beside_it_are_not():
    long = "It says " + "so " * MOST_WORDS + "on."
    assert long_ones(f"# A page\n\nIt is short. {long}\n- {long}\n\n```{{code-cell}}\n{long}\n```\n") == [long] * 2
