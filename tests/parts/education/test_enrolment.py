"""Tables of the chapter on enrolment: against the printed chart, table and text."""

import math

from evidence.parts.education import enrolment


def test_the_two_rounds_of_the_survey_are_those_of_table_2():
    table = enrolment.survey_rounds()
    assert list(table.columns) == ["Measure", "2006", "2010-11"]
    assert table.values.tolist() == [
        ["Started on time (intake)", 92.9, 93.8],
        ["Attending primary", 98.0, 99.3],
        ["Attending secondary", 95.3, 96.1],
        ["Moving on to secondary", 99.7, 100.0],
    ]


def test_preschool_has_the_eighteen_values_of_chart_1():
    table = enrolment.preschool()
    assert list(table.columns) == ["Year", "Country", "Rural", "Urban"]
    assert table.values.tolist() == [
        ["2005", 23.2, 6.7, 36.4],
        ["2006", 27.6, 12.4, 38.7],
        ["2007", 32.8, 20.1, 44.0],
        ["2008", 35.6, 20.1, 45.2],
        ["2009", 37.0, 20.1, 44.8],
        ["2010", 41.6, 20.1, 47.5],
    ]


def test_the_rural_values_after_2006_are_doubtful_and_no_others():
    assert enrolment.doubtful_preschool() == [("Rural", str(year)) for year in (2007, 2008, 2009, 2010)]


def test_a_group_has_a_share_or_a_range_of_readiness():
    table = enrolment.readiness()
    assert list(table.columns) == ["Group", "Share, %", "From, %", "To, %"]
    rows = [[None if isinstance(cell, float) and math.isnan(cell) else cell for cell in row] for row in table.values]
    assert rows == [
        ["Boys", 80.4, None, None],
        ["Girls", 82.7, None, None],
        ["Rural", 78.0, None, None],
        ["Urban", 85.6, None, None],
        ["Poorest households", None, 71.1, 78.8],
        ["Wealthier households", None, 86.5, 91.6],
    ]
