"""What the toolkit's own books find in lines of our own, written apart from the words of the synthetic corpus.

The hand that wrote the books wrote the lines, so this flatters them. The floors are what was measured, rounded down:
they hold the draft books to it, and claim nothing of real posts.
"""

from __future__ import annotations

import pandas as pd
import pytest

pytest.importorskip("lark", reason="lark is not installed: make listening")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make listening")

from evidence.listening.coding import LEXICON, read_study  # noqa: E402
from evidence.listening.queries.matching import found  # noqa: E402

LINES = pd.read_csv(LEXICON / "lines.csv", keep_default_na=False)


def said(book: str) -> dict[int, set[str]]:
    """Return the codes of a book that are found in each line."""
    hits = found(LINES["text"].tolist(), read_study().books[book])
    return {line: set(hits.loc[hits["text"] == line, "code"]) for line in range(len(LINES))}


def scores(planted: list[bool], answered: list[bool]) -> tuple[float, float]:
    """Return precision and recall."""
    both = sum(one and other for one, other in zip(planted, answered))
    return both / max(1, sum(answered)), both / max(1, sum(planted))


@pytest.mark.parametrize("code", ["boys", "girls"])
def test_boys_and_girls(code):
    codes = said("gender")
    assert scores([bool(value) for value in LINES[code]], [code in codes[line] for line in codes]) == (1.0, 1.0)


def test_the_topic():
    codes = said("queries")
    precision, recall = scores([bool(value) for value in LINES["on_topic"]], [bool(codes[line]) for line in codes])
    assert precision >= 0.93 and recall >= 0.93


def test_barriers():
    codes = said("barriers")
    pairs = [(line, code) for line in codes for code in {LINES["barrier"][line], *codes[line]} - {""}]
    planted = [code == LINES["barrier"][line] for line, code in pairs]
    precision, recall = scores(planted, [code in codes[line] for line, code in pairs])
    assert precision >= 0.88 and recall >= 0.93
