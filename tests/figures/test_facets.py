"""By what a record can be found: years, codes of its columns, what a judgement rests on, addressees."""

from __future__ import annotations

import pytest

from evidence.data import store
from evidence.data.schema import kinds
from evidence.figures.cards import ids
from evidence.figures.facets import facet_name, facets_of, label, parts_of, years


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2011", ["2011"]),
        ("2009-2011", ["2009", "2010", "2011"]),
        ("2011-12", ["2011", "2012"]),
        ("2023-05", ["2023"]),
        ("2012-05-15", ["2012"]),
        ("2012-05-15/2013-01-31", ["2012", "2013"]),
        ("2020-12/2021-02", ["2020", "2021"]),
        ("1990s", ["1990"]),
        ("", []),
    ],
)
def test_years_of_a_date(text, found):
    assert years(text) == found


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_record_has_a_document_or_none_at_all_and_every_code_a_label(kind):
    for key in ids(kind):
        for facet, codes in facets_of(kind, key).items():
            assert codes and facet_name(kind, facet)
            assert all(label(kind, facet, code) for code in codes)
    if store.schema()[kinds()[kind]]["reports"]:
        assert all(facets_of(kind, key)["document"] == [store.row(kinds()[kind], key).source] for key in ids(kind))


def test_a_fact_is_found_by_place_year_and_what_it_rests_on():
    found = facets_of("fact", "register-out-2012")
    assert (found["place"], found["year"], found["evidence"]) == (["kazakhstan"], ["2012"], ["administrative"])


def test_a_key_message_has_the_themes_of_its_findings_and_its_own_confidence():
    row = next(row for row in store.rows("synthesis").values() if row.findings and row.kind == "qualitative")
    themes = {theme for key in store.items(row.findings) for theme in facets_of("finding", key).get("theme", [])}
    found = facets_of("message", row.id)
    assert themes <= set(found["theme"]) and found["confidence"] == [row.confidence]


def test_a_message_has_of_each_record_it_rests_on_the_codes_apart():
    row = next(row for row in store.rows("synthesis").values() if len(store.items(row.findings)) > 2 and not row.facts)
    parts = parts_of("message", row.id)
    for key in store.items(row.findings):
        finding = store.row("findings", key)
        assert {"document": [finding.source], "theme": store.items(finding.themes)}.items() <= next(
            part for part in parts if part["theme"] == store.items(finding.themes)
        ).items()
    assert parts_of("finding", "find-data-little-on-oosc") == []


def test_a_fact_has_the_themes_of_its_indicator():
    row = store.row("indicator_themes", store.row("facts", "register-out-2012").indicator)
    assert facets_of("fact", "register-out-2012")["theme"] == store.items(row.themes) == ["register"]


def test_what_is_asked_of_the_education_ministry_is_found_whichever_name_it_had():
    asked = [
        (kind, key)
        for kind in ("recommendation", "action")
        for key in ids(kind)
        if "education-ministry" in facets_of(kind, key).get("addressee", [])
    ]
    assert {facets_of(*record)["document"][0] for record in asked} == {"antonowicz2013oosc", "cecchetti2021vac"}
    assert ("recommendation", "oosc-r04-c") in asked and ("recommendation", "vac-r11") in asked
    assert [key for kind, key in asked if kind == "action"]


@pytest.mark.parametrize(("key", "where"), [("cross-pmpc-name", "between"), ("chart1-gap-closing", "inside")])
def test_a_disagreement_is_found_by_whether_it_stands_between_documents(key, where):
    assert facets_of("discrepancy", key)["between"] == [where]
    assert label("discrepancy", "between", where).lower().startswith(where)
