"""All documents through the lenses of equity, against the coded rows."""

from __future__ import annotations

import pytest

from evidence.data import store
from evidence.figures import lenses
from evidence.parts.synthesis import equity as chapter

LENSES = store.labels("equity_codes", "lens")
NAMES = [store.names("sources")[key] for key in lenses.documents()]


def numbers(frame):
    """Return the cells of the documents as numbers, 0 where one is silent."""
    return frame[NAMES].replace({chapter.SILENT: 0, chapter.NOT_TOLD: 0}).astype(int)


def test_documents_come_by_year():
    years = [store.row("sources", key).year for key in lenses.documents()]
    assert years == sorted(years) and list(chapter.grid())[2:] == NAMES


def test_what_says_nothing_of_the_children_is_left_out():
    assert set(chapter.said()["says"]) == set(chapter.KINDS)


def test_the_grid_counts_each_coded_statement_once_under_its_lens():
    frame = chapter.grid().query("Counted == 'statements'")
    assert numbers(frame).to_numpy().sum() == len(chapter.said())


def test_kinds_add_up_to_the_statements_of_the_grid():
    kinds = chapter.kinds()
    total = kinds["Statements"].replace(chapter.SILENT, 0).astype(int)
    assert (kinds[list(chapter.KINDS.values())].sum(axis=1) == total).all()
    assert total.sum() == len(chapter.said()) and len(kinds) == len(LENSES) * len(NAMES)


@pytest.mark.parametrize("lens", LENSES)
def test_a_subject_is_spoken_of_or_named_as_silent(lens):
    spoken = chapter.by_subject(lens)["Subject"]
    silent = chapter.silent_subjects().set_index("Difference")["No document speaks of"][LENSES[lens]]
    known = set(store.labels("themes", "subject").values())
    assert set(spoken) | {name for name in known if name in silent} == known
    assert (numbers(chapter.by_subject(lens)).sum(axis=1) > 0).all()


@pytest.mark.parametrize("lens", LENSES)
def test_statements_stand_for_each_document_that_says_something(lens):
    shown = chapter.statements(lens)
    said = chapter.said().query("lens == @lens")
    assert set(shown["source"]) == set(said["source"])
    assert set(shown["Says"]) <= set(chapter.KINDS.values())
    order = [lenses.documents().index(source) for source in shown["source"]]
    assert order == sorted(order)


def test_who_is_missing_is_said_by_each_finding_once():
    frame = chapter.missing()
    keys = [cell["to"] for cell in frame["What it says"]]
    assert len(set(keys)) == len(keys)
    assert set(keys) == {f"finding:{key}" for key in chapter.said().query("says == 'unseen'")["finding"]}
    assert any(", " in cell for cell in frame["Difference"])


def test_groups_are_those_of_the_lenses():
    frame = chapter.groups()
    assert len(frame) == sum(len(groups) for groups, _ in lenses.terms().values())
    seasonal = frame.set_index("Group").loc["Children of seasonal migrant workers", NAMES]
    assert [cell != chapter.SILENT for cell in seasonal] == [True, False, False, False, False]


def test_calls_count_recommendations_of_each_lens():
    frame = chapter.calls().set_index("Difference")
    assert frame.loc[LENSES["gender"], NAMES[3]] == len(lenses.calls("gender")[lenses.documents()[3]])
