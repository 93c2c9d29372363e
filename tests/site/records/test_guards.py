"""The certificate counts the faults planted, and names the kinds that something missed."""

import pandas as pd

from evidence.site.records import guards
from evidence.site.records.certificate import table

ROWS = [
    ("data", "A digit is another", 6, 3, 1, 0, 0),
    ("data", "A sign is another", 4, 0, 0, 0, 0),
    ("code", "Changes of a module", 9, 0, 0, 0, 3),
]


def frame() -> pd.DataFrame:
    found = pd.DataFrame(ROWS, columns=["guard", "what", *guards.OUTCOMES])
    return found.assign(tried=found[guards.OUTCOMES].sum(axis=1), noticed=found[guards.NOTICED].sum(axis=1))


def test_each_guard_is_counted_with_its_share():
    data, code = guards.by_guard(frame())
    assert data[1:] == ("14", "10", "3", "1", "0", "0", "92.9%")
    assert code[1:] == ("12", "9", "0", "0", "0", "3", "75.0%")


def test_a_share_of_random_changes_is_not_given():
    (random,) = guards.by_guard(frame().query("guard == 'data'").assign(guard="fuzz"))
    assert random[-1] == ""


def test_kinds_that_something_missed_are_named_those_that_passed_first():
    assert [row[0] for row in guards.not_all_noticed(frame())] == ["Changes of a module", "A digit is another"]


def test_the_page_has_both_tables(monkeypatch):
    monkeypatch.setattr(guards, "results", frame)
    shown = " ".join(node.astext() for node in guards.guard_tables(table))
    assert "92.9%" in shown and "Changes of a module" in shown
    monkeypatch.setattr(guards, "results", lambda: frame().iloc[:0])
    assert guards.guard_tables(table) == []
