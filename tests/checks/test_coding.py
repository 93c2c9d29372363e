"""Codes that contradict the cells beside them are named; those of the book do not."""

from __future__ import annotations

import pytest

from evidence.checks import arithmetic, coding
from evidence.data import store


@pytest.mark.parametrize("check", [coding.problems, arithmetic.problems], ids=["codes", "arithmetic"])
def test_nothing_in_the_book_contradicts_itself(check):
    assert list(map(str, check())) == []


def planted(monkeypatch, table, key, **cells):
    """Change cells of one row of a table for a test."""
    rows = dict(store.rows(table))
    rows[key] = rows[key]._replace(**cells)
    real = store.rows
    monkeypatch.setattr(store, "rows", lambda name: rows if name == table else real(name))


def said(found):
    return [(problem.file, problem.column) for problem in found]


@pytest.mark.parametrize(
    "cells",
    [{"addressee_basis": "none"}, {"addressee": ""}],
    ids=["none although somebody is asked", "stated although nobody is"],
)
def test_an_addressee_and_its_basis_go_together(monkeypatch, cells):
    planted(monkeypatch, "recommendations", "oosc-r01", **cells)
    assert said(coding.addressee_problems()) == [("recommendations.csv", "addressee_basis")]


def test_general_literature_names_no_place_of_the_country(monkeypatch):
    planted(monkeypatch, "findings", "covid-find-general-displaced", places="kazakhstan")
    assert said(coding.scope_problems()) == [("findings.csv", "places")]


def test_general_literature_supports_no_message_on_the_country(monkeypatch):
    planted(monkeypatch, "synthesis", "follow-late", findings="find-general-dropout-process")
    assert said(coding.scope_problems()) == [("synthesis.csv", "findings")]


@pytest.mark.parametrize(
    ("key", "cells"),
    [("tale-toc-b-stigma", {"unlinked": ""}), ("tale-toc-b-early", {"unlinked": "No output."})],
    ids=["unexplained", "explained with a link"],
)
def test_an_element_of_a_theory_stands_alone_only_with_a_reason(monkeypatch, key, cells):
    planted(monkeypatch, "theory_nodes", key, **cells)
    assert said(coding.theory_problems()) == [("theory_nodes.csv", "unlinked")]


@pytest.mark.parametrize(
    ("key", "cells", "column"),
    [
        ("cross-home-education-share", {"advice": ""}, "advice"),
        ("cross-pmpc-name", {"advice": ""}, "advice"),
        ("chart1-gap-closing", {"advice": ""}, "advice"),
        ("cross-pmpc-name", {"conclusion": "Two bodies."}, "conclusion"),
    ],
    ids=["a conclusion between documents", "a name between documents", "a conclusion inside one", "of a name"],
)
def test_a_disagreement_that_matters_says_what_to_do(monkeypatch, key, cells, column):
    planted(monkeypatch, "discrepancies", key, **cells)
    assert said(coding.advice_problems()) == [("discrepancies.csv", column)]


@pytest.mark.parametrize(
    ("key", "cells", "column"),
    [("link-emis-is-emis", {"state": "linked"}, "state"), ("link-school-mis-emis", {"to": "school-mis"}, "to")],
    ids=["two names made one", "a system and itself"],
)
def test_a_link_between_systems_merges_nothing(monkeypatch, key, cells, column):
    rows = store.load("system_links").copy()
    for name, cell in cells.items():
        rows.loc[rows["id"] == key, name] = cell
    real = store.load
    monkeypatch.setattr(store, "load", lambda name: rows if name == "system_links" else real(name))
    assert said(coding.link_problems()) == [("system_links.csv", column)]


@pytest.mark.parametrize(
    ("key", "cells", "column"),
    [
        ("disability-share-2011", {"discrepancy": ""}, "discrepancy"),
        ("dysfunctional-share-2011", {"discrepancy": "shares-cut-not-rounded"}, "discrepancy"),
        ("disability-share-2011", {"discrepancy": "covid-disc-density"}, "discrepancy"),
        ("disability-share-2011", {"parts": "no-such-fact;children-under-18-2011"}, "parts"),
    ],
    ids=["a difference unsaid", "a disagreement that is none", "another disagreement", "an unknown part"],
)
def test_printed_arithmetic_and_disagreements_go_together(monkeypatch, key, cells, column):
    planted(monkeypatch, "printed_arithmetic", key, **cells)
    assert said(arithmetic.problems()) == [("printed_arithmetic.csv", column)]


def test_what_a_document_derives_is_reckoned_again(monkeypatch):
    rows = {key: row for key, row in store.rows("printed_arithmetic").items() if key != "disability-share-2011"}
    real = store.rows
    monkeypatch.setattr(store, "rows", lambda name: rows if name == "printed_arithmetic" else real(name))
    assert said(arithmetic.problems()) == [("facts.csv", "flags")]


# --- right values that a second reading found, so that they stay right


def test_calls_in_the_part_of_the_annual_report_on_lessons_are_lessons():
    rows = [row for row in store.rows("recommendations").values() if row.source == "unicefkz2023annual"]
    assert len(rows) == 13 and {(row.locator[:6], row.kind) for row in rows} == {("Part 4", "lesson")}


def test_akimats_propose_and_maslikhats_approve_members_of_commissions_that_are_part_of_neither():
    lines = store.load("coordination").query("to == 'vac-b-commissions-minors' or `from` == 'vac-b-commissions-minors'")
    local = lines[lines["from"].isin(["vac-b-akimats", "vac-b-maslikhats"]) & (lines["lines"] == "892")]
    assert dict(zip(local["from"], local["kind"])) == {"vac-b-akimats": "nominates", "vac-b-maslikhats": "approves"}
    assert lines.query("`from` == 'vac-b-commissions-minors' and to == 'vac-b-akimats'").empty


def test_financing_by_head_brings_the_risk_and_not_the_other_way_round():
    edge = store.row("theory_edges", "tale-edge-r-per-capita-b-per-capita")
    assert (edge.to, edge.relation, edge.basis) == ("tale-toc-r-per-capita", "leads-to", "stated")


@pytest.mark.parametrize(
    ("start", "relation"), [("bottleneck", "answered-by"), ("risk", "endangers"), ("assumption", "assumed-for")]
)
def test_what_a_theory_starts_from_is_linked_by_what_it_is(start, relation):
    nodes = store.rows("theory_nodes")
    edges = store.load("theory_edges")
    of_kind = edges[edges["from"].map(lambda key: nodes[key].kind == start)]
    towards = of_kind[of_kind["to"].map(lambda key: nodes[key].kind != "risk")]
    assert set(towards["relation"]) == {relation}


def test_protection_called_comprehensive_is_not_coded_as_a_ban():
    rows = [row for row in store.rows("prohibitions").values() if "comprehensive" in row.note]
    assert len(rows) == 8 and {row.status for row in rows} == {"largely"}


@pytest.mark.parametrize(
    ("key", "cells", "column"),
    [
        ("lens-age-annual-find-suicide", {"lens": "place"}, "finding"),
        ("lens-gender-covid-find-gender-parity", {"says": "beside"}, "shown"),
    ],
    ids=["a lens that does not take the finding in", "shown, and beside the matter"],
)
def test_codes_of_lenses_go_with_their_findings(monkeypatch, key, cells, column):
    planted(monkeypatch, "equity_codes", key, **cells)
    assert said(coding.lens_problems()) == [("equity_codes.csv", column)]


def test_a_finding_that_no_lens_codes_is_work_that_remains(monkeypatch):
    assert coding.uncoded_problems() == []
    planted(monkeypatch, "findings", "vac-find-crisis-residence-barrier", groups="girls")
    assert said(coding.uncoded_problems()) == [("findings.csv", "groups")]


@pytest.mark.parametrize(
    ("statement", "is_named"),
    [("Girls are bullied more often.", True), ("Cyberbullying grew.", True), ("Pupils quarrel.", False)],
)
def test_a_statement_that_names_a_theme_is_coded_with_it(monkeypatch, statement, is_named):
    planted(monkeypatch, "findings", "find-proactive-overall", statement=statement)
    assert said(coding.theme_problems()) == ([("findings.csv", "themes")] if is_named else [])
