"""A request in whose own words a theme stands is found under that theme."""

import re

import pytest

from evidence.data import store

WORDS = {
    "bullying": r"\bbully",
    "corporal-punishment": r"corporal punishment",
    "inclusion": r"inclusive education|system inclusive|mainstream inclusion|inclusion in mainstream",
    "migration": r"migrant|refugee",
    "ngo": r"\bNGOs?\b|non-governmental",
    "poverty": r"low-income|poverty",
    "rural": r"\brural\b",
    "stigma": r"\bstigma\b",
    "teacher-training": r"\btrain(ing of)? teachers",
}


@pytest.mark.parametrize("theme", WORDS)
def test_a_request_has_the_theme_that_its_words_name(theme):
    named = re.compile(WORDS[theme], re.IGNORECASE)
    requests = [row for row in store.rows("recommendations").values() if named.search(row.statement)]
    assert [row.id for row in requests if theme not in store.items(row.themes)] == []
    assert requests, "nothing is tested by words that no request has"
