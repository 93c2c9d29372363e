"""Names that a text prints stand in the data or on the list of those left out."""

import pytest

from evidence.checks import left_out
from evidence.data import store

SAID = "The Ministry tried out the platform. A pilot of uSupport came, named 'Menu for Superheroes', of #BeSafe and "
SAID += "the Green Bridge of Kokshe Fund. The fund, a platform, is new (TAR4). EU-supported work goes on."


def test_names_are_told_by_their_capitals():
    names = list(left_out.names_in(left_out.plain_text([SAID])))
    assert {"uSupport", "Menu for Superheroes", "#BeSafe", "Green Bridge of Kokshe"} <= set(names)
    assert not {"A", "The", "TAR4", "Ministry", "EU-supported"} & set(names)


def test_addresses_citations_and_marks_are_no_names():
    text = left_out.plain_text(["**Bold** words (Aliyev et al., 2020) at https://some.Where/Else", "", "# Heading"])
    assert text == "Bold words at | Heading"


@pytest.mark.parametrize(
    ("name", "known"), [("uSupport", True), ("USUPPORT", False), ("uSupports", True), ("Zzq", False)]
)
def test_a_name_is_carried_where_the_data_write_it_so(name, known):
    assert left_out.is_carried(name) is known


@pytest.fixture
def text(tmp_path):
    """Return a text of a document that has rows on what is left out."""
    source = store.load(left_out.TABLE)["source"].iloc[0]
    path = tmp_path / f"{source}.txt"
    path.write_text("\n".join(["No name here.", "They saw the Zarja Qoldau programme.", "And uSupport too."]))
    return {source: path}


def test_a_name_that_nothing_carries_is_told_with_its_line(text):
    told = [problem for problem in left_out.problems(text) if problem.value == "Zarja Qoldau"]
    assert [problem.row for problem in told] == [2] and "nothing in the data names this" in told[0].rule
    assert not [problem for problem in left_out.problems(text) if problem.value == "uSupport"]


def test_a_row_that_leaves_out_no_missing_name_is_to_go(text):
    (source,) = text
    named = [row.name for row in store.load(left_out.TABLE).itertuples() if row.source == source and row.name]
    told = [problem.value for problem in left_out.problems(text) if "drop the row" in problem.rule]
    assert told == named
