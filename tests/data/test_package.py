"""The data package is valid, described, and adds up as printed."""

import json
import math
import re

import pytest
from frictionless import Package

from evidence.data import store
from evidence.data.records import facts

REASONS = ("low_income", "dysfunctional", "no_desire", "migrated")
COUNTS = ["registered", "out_of_school", *(f"{reason}_n" for reason in REASONS)]
PROFILES = store.load("antonowicz2013oosc_profiles").set_index("id")
PACKAGE = json.loads((store.DATA / "datapackage.json").read_text(encoding="utf-8"))


def test_the_package_is_valid_for_frictionless():
    report = Package(str(store.DATA / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "type", "note"]) == []
    assert {task.name for task in report.tasks} == {resource["name"] for resource in PACKAGE["resources"]}


def test_the_package_has_no_problem():
    assert list(map(str, store.check())) == []


def test_every_table_and_column_is_described():
    described = [(resource["name"], resource) for resource in PACKAGE["resources"]]
    described += [
        (f"{name}.{column}", field)
        for name, resource in store.schema().items()
        for column, field in store.fields_of(resource).items()
    ]
    assert [name for name, entry in described if not entry.get("description", "").endswith(".")] == []


def test_every_reference_of_the_schema_is_to_a_column():
    references = [
        field["references"].split(".")
        for resource in store.schema().values()
        for field in store.fields_of(resource).values()
        if "references" in field
    ]
    assert [
        (table, column) for table, column in references if column not in store.fields_of(store.schema()[table])
    ] == []


def test_every_id_is_words_with_single_hyphens():
    of_rows = {"readings"}  # whose ids name a row of another table
    ids = [(name, key) for name in store.schema() if name not in of_rows for key in store.load(name)["id"]]
    assert [where for where in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", where[1])] == []


REPORTING = [name for name, resource in store.schema().items() if resource["reports"]]


@pytest.mark.parametrize("name", REPORTING)
def test_every_row_of_a_document_has_source_lines_and_locator_columns(name):
    assert {"source", "lines", "locator"} - set(store.fields_of(store.schema()[name])) == set()


PAGED = ["antonowicz2013oosc"]  # documents of which every page is known


@pytest.mark.parametrize("name", REPORTING)
def test_the_page_of_every_row_is_found_where_all_pages_are_known(name):
    frame = store.load(name).query("source in @PAGED")
    assert frame[(frame["page"] == "") | (frame["page_basis"] == "none")]["id"].tolist() == []


def test_pages_do_not_overlap():
    for source in store.load("sources")["id"]:
        ranges = [store.line_range(lines) for lines in store.load("pages").query("source == @source")["lines"]]
        ordered = sorted(ranges)
        assert all(first[1] < second[0] for first, second in zip(ordered, ordered[1:])), source


def test_the_pages_of_a_document_follow_each_other_from_its_first_line_to_its_last():
    for source in store.load("sources").query("id in @PAGED").itertuples():
        pages = store.load("pages").query("source == @source.id")
        ranges = [store.line_range(lines) for lines in pages["lines"]]
        gaps = [key for key, (first, _), (_, last) in zip(pages["id"][1:], ranges[1:], ranges) if first != last + 1]
        assert (ranges[0][0], ranges[-1][1], gaps) == (1, source.n_lines, [])


# --- the printed tables --------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2010-11", "2011-12"])
@pytest.mark.parametrize(("area", "regions"), [("total", 16), ("rural", 14)])
def test_the_regions_of_the_annex_sum_to_its_printed_totals(year, area, regions):
    rows = PROFILES[(PROFILES["school_year"] == year) & (PROFILES["area"] == area)]
    parts = rows[rows["place"] != "kazakhstan"]
    assert len(parts) == regions
    assert parts[COUNTS].sum().to_dict() == rows.loc[f"{year}-kazakhstan-{area}", COUNTS].to_dict()


@pytest.mark.parametrize("reason", REASONS)
def test_a_percentage_of_the_annex_is_its_count_of_the_children_out_of_school_rounded(reason):
    def rounded(row):
        return math.floor(100 * row[f"{reason}_n"] / row["out_of_school"] + 0.5) if row["out_of_school"] else 0

    assert [key for key, row in PROFILES.iterrows() if row[f"{reason}_pct"] != rounded(row)] == []


def test_no_count_of_the_annex_is_above_its_whole_but_the_one_in_the_discrepancies():
    parts = [f"{reason}_n" for reason in REASONS]
    above = PROFILES[PROFILES[parts].max(axis=1) > PROFILES["out_of_school"]].index.tolist()
    assert above + PROFILES[PROFILES["out_of_school"] > PROFILES["registered"]].index.tolist() == [
        "2010-11-atyrau-rural"
    ]
    assert store.load("discrepancies")["expect"].str.contains("2010-11-atyrau-rural").any()


def test_the_rural_part_of_a_region_is_not_above_the_region():
    rural = PROFILES[PROFILES["area"] == "rural"]
    whole = PROFILES.loc[rural.index.str.replace("-rural", "-total")]
    assert rural.index[(rural[COUNTS].to_numpy() > whole[COUNTS].to_numpy()).any(axis=1)].tolist() == []


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize(("year", "chart"), [("2010-11", "2011"), ("2011-12", "2012")])
@pytest.mark.parametrize(("area", "part"), [("total", ""), ("rural", "rural-")])
def test_a_reconstructed_heading_of_the_annex_is_the_one_chart_4_prints(reason, year, chart, area, part):
    printed = facts()[f"chart4-{reason.replace('_', '-')}-{part}{chart}"].value
    assert PROFILES.loc[f"{year}-kazakhstan-{area}", f"{reason}_pct"] == printed


@pytest.mark.parametrize("year", ["2010-11", "2011-12"])
@pytest.mark.parametrize("column", ["registered", "out_of_school"])
def test_table_5_equals_the_annex(column, year):
    table_5 = store.load("antonowicz2013oosc_regions").set_index("place")[f"{column}_{year.replace('-', '_')}"]
    annex = PROFILES[(PROFILES["school_year"] == year) & (PROFILES["area"] == "total")].set_index("place")[column]
    assert table_5.to_dict() == annex.drop("kazakhstan").to_dict()
