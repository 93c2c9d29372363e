"""Formulas against values worked out by hand."""

import pytest

from evidence.figures import formulas


@pytest.mark.parametrize(
    ("formula", "arguments", "expected"),
    [
        (formulas.share_pct, (1, 8), 12.5),
        (formulas.change_pct, (200, 150), -25),
        (formulas.change_pct, (150, 200), 33.333333),
        (formulas.fall_pct, (1756, 894), 49.088838),
        (formulas.difference, (47.5, 20.1), 27.4),
        (formulas.remainder_share_pct, (214, 1756, 15, 798), 20.772443),  # 199 of 958
        (formulas.remainder_fall_pct, (1756, 894, 798, 150), 22.338205),  # 958 to 744
        (formulas.share_of_change_pct, (1756, 894, 798, 150), 75.174014),  # 648 of 862
        (formulas.complement_pct, (81.6,), 18.4),
        (formulas.ratio, (30, 4), 7.5),
        (formulas.total, (17, 10), 27),
        (formulas.count_of, (87, 30), 26),  # 26.1
        (formulas.count_of, (62.5, 20), 13),  # 12.5: halves up
        (formulas.implied_total, (20, 8), 250),
        (formulas.implied_weight_pct, (41.6, 47.5, 20.1), 78.467153),  # 21.5 of 27.4
    ],
)
def test_a_formula_gives_the_value_worked_out_by_hand(formula, arguments, expected):
    assert formula(*arguments) == pytest.approx(expected, abs=1e-6)


def test_a_fall_undone_by_the_rise_back_gives_the_first_value():
    after = 1756 * (1 - formulas.fall_pct(1756, 894) / 100)
    assert after * (1 + formulas.change_pct(894, 1756) / 100) == pytest.approx(1756)


def test_the_parts_of_a_change_share_the_whole_of_it():
    parts = [(798, 150), (232, 194), (726, 550)]
    before, after = (sum(column) for column in zip(*parts))
    assert sum(formulas.share_of_change_pct(before, after, *part) for part in parts) == pytest.approx(100)


def test_taking_nothing_out_leaves_the_share_and_the_fall():
    assert formulas.remainder_share_pct(214, 1756, 0, 0) == formulas.share_pct(214, 1756)
    assert formulas.remainder_fall_pct(1756, 894, 0, 0) == formulas.fall_pct(1756, 894)


def test_the_implied_total_has_the_share_it_was_made_from():
    assert formulas.share_pct(20, formulas.implied_total(20, 9)) == pytest.approx(9)


def test_the_implied_weights_average_to_the_whole():
    weight = formulas.implied_weight_pct(41.6, 47.5, 20.1) / 100
    assert weight * 47.5 + (1 - weight) * 20.1 == pytest.approx(41.6)


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
    assert formulas.wilson_interval_pct(part, whole) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize("whole", [1, 2, 10, 13, 33, 1756])
def test_the_wilson_interval_holds_the_share_and_stays_within_0_and_100(whole):
    for part in range(whole + 1):
        low, high = formulas.wilson_interval_pct(part, whole)
        assert 0 <= low < high <= 100, (part, whole)
        assert low - 1e-9 <= formulas.share_pct(part, whole) <= high + 1e-9, (part, whole)


def test_the_wilson_interval_of_the_rest_is_the_mirror_image():
    low, high = formulas.wilson_interval_pct(3, 40)
    assert formulas.wilson_interval_pct(37, 40) == pytest.approx((100 - high, 100 - low))


def test_the_wilson_interval_narrows_with_more_children_and_widens_with_more_confidence():
    def width(*arguments):
        low, high = formulas.wilson_interval_pct(*arguments)
        return high - low

    assert width(50, 100) < width(5, 10) < width(5, 10, 0.99)


def test_the_wilson_interval_of_nobody_is_an_error():
    with pytest.raises(ZeroDivisionError):
        formulas.wilson_interval_pct(0, 0)
