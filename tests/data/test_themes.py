"""A request or a finding in whose own words a theme stands is found under that theme."""

import re

import pytest

from evidence.data import store

WORDS = {
    "bullying": r"\bbully",
    "corporal-punishment": r"corporal punishment",
    "financing": r"\bmoney\b|\bfund|financial",
    "inclusion": r"inclusive education|system inclusive|inclusion policy|mainstream inclusion|inclusion in mainstream",
    "migration": r"migrant|refugee",
    "ngo": r"\bNGOs?\b|non-governmental",
    "parenting": r"parenting",
    "poverty": r"low-income|poverty",
    "psychosocial-support": r"psychosocial support",
    "rural": r"\brural\b",
    "stigma": r"\bstigma\b",
    "teacher-training": r"\btrain(ing of)? teachers",
    "violence": r"violen",
}


UNMISTAKABLE = ("bullying", "corporal-punishment", "migration")  # other words of findings may name a subject in passing


@pytest.mark.parametrize(
    ("table", "theme"),
    [("recommendations", theme) for theme in WORDS] + [("findings", theme) for theme in UNMISTAKABLE],
)
def test_a_row_has_the_theme_that_its_words_name(table, theme):
    named = re.compile(WORDS[theme], re.IGNORECASE)
    rows = [row for row in store.rows(table).values() if named.search(row.statement)]
    assert [row.id for row in rows if theme not in store.items(row.themes)] == []
    assert rows, "nothing is tested by words that no row has"


MISSING_SCHOOL = ("identification", "recording", "register")


def coded(theme):
    """Return the rows that a theme is on, of every table that reports and has themes."""
    tables = [name for name, one in store.schema().items() if one["reports"] and "themes" in store.fields_of(one)]
    rows = [row for table in tables for row in store.rows(table).values()]
    return [row for row in rows if theme in store.items(row.themes)]


@pytest.mark.parametrize("theme", MISSING_SCHOOL)
def test_what_the_evaluation_says_of_violence_is_not_coded_as_missing_school(theme):
    rows = coded(theme)
    assert [row.id for row in rows if row.source == "cecchetti2021vac"] == []
    assert rows, "nothing is tested by a theme that no row has"


def test_what_pupils_learn_is_not_coded_as_lessons_drawn():
    rows = coded("learning")
    assert [row.id for row in rows if "school-quality" in store.items(row.themes)] == []
    assert rows, "nothing is tested by a theme that no row has"


def test_complaints_about_marks_are_not_coded_as_reports_of_violence():
    rows = coded("complaints")
    assert [row.id for row in rows if row.source == "covidgender2021"] == []
    assert rows, "nothing is tested by a theme that no row has"


def test_a_theme_that_bears_the_name_of_a_subject_is_one_of_its_themes():
    subjects = {row.name: store.items(row.themes) for row in store.rows("subjects").values()}
    named = [row for row in store.rows("themes").values() if row.name in subjects]
    assert [row.id for row in named if row.id not in subjects[row.name]] == []
    assert named, "nothing is tested by names that no subject has"
