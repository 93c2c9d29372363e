"""Intervals around shares: against published values, at the level that our limits set."""

import re
from pathlib import Path

import pytest

from evidence.data import own_limits
from evidence.figures.formulas import share_pct
from evidence.figures.intervals import interval_pct, wilson_interval_pct

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0, 27.753),  # z² / (10 + z²) of 100
        (5, 10, 23.659, 76.341),
        (10, 10, 72.247, 100),
        (81, 263, 25.53, 36.62),  # this and the next three: Newcombe (1998), Table I, method 3
        (15, 148, 6.24, 16.05),
        (0, 20, 0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_the_wilson_interval_is_the_published_one(part, whole, low, high):
    assert interval_pct(part, whole) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize("whole", [1, 2, 10, 13, 33, 1756])
def test_the_wilson_interval_holds_the_share_and_stays_within_0_and_100(whole):
    for part in range(whole + 1):
        low, high = interval_pct(part, whole)
        assert 0 <= low < high <= 100, (part, whole)
        assert low - 1e-9 <= share_pct(part, whole) <= high + 1e-9, (part, whole)


def test_the_wilson_interval_of_the_rest_is_the_mirror_image():
    low, high = interval_pct(3, 40)
    assert interval_pct(37, 40) == pytest.approx((100 - high, 100 - low))


def test_the_wilson_interval_narrows_with_more_children_and_widens_with_more_confidence():
    def width(*arguments):
        low, high = wilson_interval_pct(*arguments)
        return high - low

    assert width(50, 100, 95) < width(5, 10, 95) < width(5, 10, 99)


def test_the_wilson_interval_of_nobody_is_an_error():
    with pytest.raises(ZeroDivisionError):
        interval_pct(0, 0)


def test_chapters_name_the_level_at_which_intervals_are_drawn():
    said = {int(level) for page in CHAPTERS.rglob("*.md") for level in re.findall(r"(\d+)% Wilson", page.read_text())}
    assert said == {own_limits.interval_confidence_pct()}
