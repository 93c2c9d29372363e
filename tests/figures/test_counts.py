"""Counts: the people behind printed shares."""

import math

import pytest

from evidence.figures.counts import people, sizes


@pytest.mark.parametrize(("share", "group", "found"), [(87, 30, 26), (63, 16, 10), (13, 8, 1), (0, 12, 0), (100, 7, 7)])
def test_a_share_leads_back_to_the_people_it_is_of(share, group, found):
    assert people(share, group) == found


@pytest.mark.parametrize(("share", "group"), [(8, 18), (42, 18), (38, 28), (54, 30)])
def test_a_share_that_no_number_of_people_gives_has_none(share, group):
    assert math.isnan(people(share, group))


def test_a_missing_share_has_no_people():
    assert math.isnan(people(float("nan"), 30))


def test_the_sizes_of_a_group_are_those_its_shares_can_be_of():
    assert sizes([50, 50], 6) == [2, 4, 6]
    assert sizes([8, 50, 42], 18) == [12]
    assert sizes([8, 50, 42], 11) == []
