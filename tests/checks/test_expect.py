"""An expectation that needs the texts is parsed without them, and a bad one is refused there too."""

import pytest

from evidence.checks.discrepancies import fault_without_texts

DOCUMENT = "gurin2023tale"


@pytest.mark.parametrize(
    ("expect", "rule"),
    [
        ('says("12", "a" and', "cannot be tried"),
        ('says("12", "a") and fact("no-such-fact") > 1', "no fact has the id 'no-such-fact'"),
        ('says("12", "a") or fact("no-such-fact") > 1', "no fact has the id 'no-such-fact'"),
        ('says("12", "a") or fat("x")', "there is no function 'fat'; did you mean fact"),
        ('says("12", "")', "looks for no words"),
        ('says("twelve", "a")', "takes lines as"),
        ('says("12-9", "a")', "no range inside gurin2023tale"),
        ('says("999999", "a")', "no range inside gurin2023tale"),
        ('says("12", "a", "gurin2023tail")', "no document 'gurin2023tail'"),
        ('says("12")', "cannot be tried"),
    ],
)
def test_a_bad_one_is_refused_without_the_texts(expect, rule):
    assert rule in fault_without_texts(expect, DOCUMENT)


def test_one_that_can_be_tried_is_none():
    assert fault_without_texts('says("12", "a") and not says("13-14", "b", "covidgender2021")', DOCUMENT) == ""
