"""Tables of the chapter on calls compared: against the rows of the table."""

from collections import Counter

from evidence.data import store
from evidence.parts.action import convergence, documents


def test_every_pair_is_counted_once():
    frame = convergence.by_pair()
    relations = list(convergence.relations().values())
    assert len(frame) == 10 and frame["Documents"].is_unique
    counted = Counter(row.relation for row in store.rows("convergence").values())
    assert {name: frame[label].sum() for name, label in convergence.relations().items()} == {
        code: counted.get(code, 0) for code in convergence.relations()
    }
    assert frame[relations].to_numpy().sum() == len(store.rows("convergence"))


def test_pairs_that_share_most_come_first():
    frame = convergence.by_pair()
    together = frame["asks the same"] + frame["asks for part of it"]
    assert together.is_monotonic_decreasing
    assert frame["Documents"][0] == "Out-of-school study (2013) and Inclusive education (2023)"


def test_the_tables_of_pairs_hold_every_pair_once():
    tables = [convergence.pairs("same", "part", "against"), convergence.pairs("alike"), convergence.pairs("apart")]
    reasons = [reason for table in tables for reason in table["Why we say so"]]
    assert sorted(reasons) == sorted(row.reason for row in store.rows("convergence").values())


def test_a_call_is_shown_with_its_page_and_the_action_that_says_it():
    cell = convergence.call("vac-r09", "vac-a26")
    assert cell["text"].startswith("Evaluation on violence (2021), pp. 136–138: ")
    assert [part["to"] for part in cell["parts"]] == ["recommendation:vac-r09", "action:vac-a26"]
    assert len(convergence.call("oosc-r06-f", "vac-a26")["parts"]) == 1


def test_themes_that_most_documents_share_come_first_and_empty_ones_are_left_out():
    frame = convergence.by_theme()
    assert frame["Documents that ask"].is_monotonic_decreasing and frame["Documents that ask"].min() == 1
    asking = (frame[list(documents().values())] != 0).sum(axis=1)
    assert asking.tolist() == frame["Documents that ask"].tolist()
