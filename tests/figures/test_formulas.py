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
