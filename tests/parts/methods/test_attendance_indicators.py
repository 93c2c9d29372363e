"""Every indicator says who defines it; drop-out is worked out by hand."""

from pathlib import Path

import pandas as pd

from evidence.attendance.indicator_list import ASKED, INDICATORS
from evidence.attendance.rules import BASES
from evidence.parts.methods import attendance_indicators as indicators

PAGE = Path(__file__).resolve().parents[3] / "chapters" / "methods" / "attendance-indicators.md"
IN_WORDS = {"area": "town or village"}  # what the chapter calls a breakdown, where it is not its name


def test_every_indicator_has_a_formula_and_says_whose_it_is():
    table = indicators.indicators()
    assert len(table) == len(INDICATORS) and set(table["Formula"]) == set(BASES.values())
    assert (table[["Numerator", "Denominator", "Reference"]] != "").all(axis=None)


def test_drop_out_of_200_with_188_going_on_and_8_repeating():
    values = indicators.by_region().set_index("Region")["Drop-out, %"]
    assert values["North"] == 2.0 and values["South"] == 0.0 and pd.isna(values["East"])


def test_impossible_counts_are_refused():
    assert len(indicators.refused()) == len(indicators.IMPOSSIBLE)


def test_the_chapter_names_every_breakdown_that_the_study_asks_for():
    *first, last = [IN_WORDS.get(name, name) for name in ASKED]
    assert f"by {', '.join(first)} and {last}." in PAGE.read_text(encoding="utf-8")
    assert indicators.counts()["By"].str.contains("sex").all()
