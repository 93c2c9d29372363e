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
