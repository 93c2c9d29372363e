"""Tables of the chapter on risks and barriers: against the coded rows."""

from evidence.data import store
from evidence.data.records import PLACE
from evidence.parts.education import risks_and_barriers


def test_only_the_barriers_of_the_study_are_listed_each_once():
    table = risks_and_barriers.barriers()
    coded = store.load("barriers").query("source == 'antonowicz2013oosc'")
    assert sorted(table["Barrier"]) == sorted(coded["barrier"])
    assert set(table["source"]) == {"antonowicz2013oosc"}
    assert list(table.columns) == ["Barrier", "Category", "Whom it concerns", "Who says so", *PLACE]


def test_a_barrier_has_readable_names_for_its_category_and_groups():
    table = risks_and_barriers.barriers().set_index("Barrier")
    row = table.loc["No birth certificate (0.3% of under-fives), needed to obtain later papers"]
    assert row[["Category", "Whom it concerns", "Who says so"]].tolist() == [
        "Rules and procedures",
        "Children without documents",
        "MICS 2010-11",
    ]
    assert set(table["Category"]) == {
        "Economic",
        "Language and culture",
        "Physical access",
        "Rules and procedures",
        "Family",
        "School and society",
        "Quality of education",
    }
