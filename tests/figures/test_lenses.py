"""Which findings, figures and recommendations a lens of equity takes in."""

from __future__ import annotations

from collections import Counter

import pytest

from evidence.data import store
from evidence.figures import lenses

LENSES = store.labels("equity_codes", "lens")


def test_every_lens_has_groups_and_themes_and_each_term_is_one_of_them():
    assert list(lenses.terms()) == list(LENSES)
    assert all(groups and themes for groups, themes in lenses.terms().values())
    assert all(bool(row.group) != bool(row.theme) for row in store.rows("lens_terms").values())


def test_each_finding_a_lens_takes_in_is_coded_once():
    coded = Counter((row.lens, row.finding) for row in store.rows("equity_codes").values())
    assert coded == Counter(lenses.pairs())


def test_general_literature_is_not_looked_at():
    general = {row.id for row in store.rows("findings").values() if row.scope}
    assert general and not general & {finding for _, finding in lenses.pairs()}


def test_a_finding_is_taken_in_by_its_groups_and_by_its_themes():
    assert "origin" in lenses.lenses_of(store.row("findings", "find-proof-of-address"))
    assert lenses.lenses_of(store.row("findings", "find-preschool-gender-gap")) == ["gender", "age"]


def test_coded_rows_come_by_lens_then_year():
    frame = lenses.coded()
    order = list(zip(frame["lens"].map(list(LENSES).index), frame["source"].map(lenses.documents().index)))
    assert order == sorted(order) and len(frame) == len(store.rows("equity_codes"))


@pytest.mark.parametrize(("lens", "column"), lenses.FACT_COLUMNS.items())
def test_figures_are_counted_by_their_column_without_those_from_abroad(lens, column):
    facts = store.load("facts")
    at_home = facts[(facts[column] != "") & ~facts["flags"].str.contains("international")]
    assert sum(lenses.figures(lens).values()) == len(at_home)
    assert lenses.figures("poverty") == {}


def test_recommendations_are_taken_in_as_findings_are():
    assert "tale-r14" in lenses.calls("gender")["gurin2023tale"]
    assert lenses.calls("place")["gurin2023tale"] == []
