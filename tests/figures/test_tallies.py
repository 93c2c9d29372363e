"""Figures over all rows: counted again from the tables, each thing once."""

import csv

import pytest

from evidence.data import store
from evidence.data.schema import ROOT
from evidence.figures.tallies import tally


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of a table as they are written."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_whole_recommendation_traced_has_one_verdict():
    whole = {row["id"] for row in rows_of("recommendations") if not row["parent"]}
    traced = {row["recommendation"] for row in rows_of("threads")} & whole
    told = sum(tally(f"threads-{verdict}") for verdict in ("in-part", "mentioned", "not-reported"))
    assert told == tally("threads-traced") == len(traced)  # so none is reported as wholly adopted


def test_the_strongest_verdict_on_a_recommendation_stands(monkeypatch):
    threads = store.rows("threads")
    key, row = next((key, row) for key, row in threads.items() if row.recommendation == "oosc-r08")
    before = tally("threads-not-reported")
    monkeypatch.setattr(store, "rows", lambda table: threads | {key: row._replace(verdict="in-part")})
    assert tally("threads-not-reported") == before - 1


def test_the_actions_with_the_same_leads_are_counted():
    leads: dict[tuple[str, str], set[str]] = {}
    for row in rows_of("responsibilities"):
        if row["role"] == "lead":
            leads.setdefault((row["action"], row["stated_in"]), set()).add(row["body"])
    actions = [row["id"] for row in rows_of("actions")]
    same = [key for key in actions if (key, "text") in leads and leads[key, "text"] == leads.get((key, "table"))]
    assert tally("actions-same-lead") == len(same)
    assert tally("actions") == len(actions)


def test_the_parts_of_the_rise_add_up():
    whole = 100 * (188 / 894 - 214 / 1756)
    assert tally("register-within-average") + tally("register-between-average") == pytest.approx(whole)
