"""The figures on children not in school: each as printed, with its year and who counted, none added to another."""

from __future__ import annotations

from evidence.data.records import fact
from evidence.parts.education import OUT_OF_SCHOOL, out_of_school


def test_each_figure_is_as_printed_and_leads_to_its_fact():
    table = out_of_school.counts()
    assert [cell["text"] for cell in table["Figure"]] == [
        "894",
        "188",
        "5,230",
        "0.7%",
        "maximum 3.9%",
        "4,000",
        "15%",
        "several hundred",
    ]
    keys = [cell["to"].removeprefix("fact:") for cell in table["Figure"]]
    assert len(keys) == len(set(keys))
    assert {fact(key).source for key in keys} == {OUT_OF_SCHOOL}
    assert table["lines"].tolist() == [fact(key).lines for key in keys]


def test_a_year_is_told_where_the_study_prints_one():
    assert out_of_school.counts()["As of"].tolist() == [
        "15 May 2012",
        "15 May 2012",
        "2011-12",
        "2010 to 2011",
        "2010 to 2011",
        "2010",
        "not given",
        "not given",
    ]


def test_every_figure_says_who_counted():
    assert (out_of_school.counts()["Counted by"] != "").all()
