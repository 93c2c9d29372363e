"""Rows are held against the lines they cite, and every planted disagreement is named."""

import csv
import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from evidence import calculations, provenance, store, verify

SOURCES = Path(os.environ.get("EVIDENCE_SOURCES") or store.ROOT.parent / "shared" / "sources")

TEXT = """\
The register of the north held 894 children in 2012, and
188 of them had not been seen again in any of their class-
rooms by the time the long summer holidays began.
A few schools said nothing.
North 1,756 214
South 40 3
Centre 7 5
"""
FACT = {"source": "report", "indicator": "registered", "qualifier": "exact", "unit": "children"}
FACT |= {"place": "north", "evidence_type": "survey"}
AGREED = {"kind": "print", "left_source": "report", "left_lines": "1", "left_says": "a", "right_source": "report"}
AGREED |= {"right_lines": "2", "right_says": "b", "difference": "c", "reading": "d", "severity": "wording"}
AGREED |= {"status": "open"}
ROWS = {
    "sources": [
        {"id": "report", "short_name": "Report", "subject": "schools", "kind": "study", "as_of": "2012", "n_lines": "7"}
    ],
    "pages": [{"id": "report-p1", "source": "report", "lines": "1-7", "page": "1", "page_basis": "printed"}],
    "places": [
        {"id": "north", "name": "North", "kind": "region"},
        {"id": "south", "name": "South", "kind": "region"},
    ],
    "indicators": [{"id": "registered", "name": "Children on the register"}],
    "facts": [
        FACT | {"id": "few", "lines": "4", "as_reported": "A few schools", "unit": "share"},
        FACT | {"id": "out", "lines": "2", "value": "188", "as_reported": "188"},
        FACT | {"id": "registered", "lines": "1", "value": "894", "as_reported": "894"},
        FACT | {"id": "table", "lines": "5", "value": "1756", "as_reported": "1,756", "cell": "regions#north/all"},
    ],
    "findings": [{"id": "seen", "source": "report", "lines": "2", "statement": "We say it our way.", "stance": "gap"}],
    "discrepancies": [
        AGREED | {"id": "two-counts", "expect": 'fact("registered") != cell("regions#north/all")'},
        AGREED | {"id": "words", "expect": 'says("4", "said nothing") and not says("1", "nothing")'},
    ],
    "regions": [
        {"id": "north", "source": "report", "lines": "5", "place": "north", "all": "1756", "out": "214"},
        {"id": "south", "source": "report", "lines": "6", "place": "south", "all": "40", "out": "3"},
    ],
}
COUNTS = [{"name": name, "type": "integer"} for name in ("all", "out")]


class Study:
    """A book of one short document in a folder; rows are strings, as in the files."""

    def __init__(self, root):
        self.root, self.data, self.sources = root, root / "data", root / "sources"
        self.rows = {name: [dict(row) for row in rows] for name, rows in ROWS.items()}
        self.rows["sources"][0]["sha256"] = hashlib.sha256(TEXT.encode()).hexdigest()
        self.text, self.page = TEXT, "# A page\n"

    def row(self, table, key):
        return next(row for row in self.rows[table] if row["id"] == key)

    def columns(self, resource):
        """Return the fields of the real schema that the rows use, and all of the facts."""
        used = {name for row in self.rows[resource["name"]] for name in row}
        fields = [
            field for field in resource["schema"]["fields"] if field["name"] in used or resource["name"] == "facts"
        ]
        return fields + (COUNTS if resource["name"] == "regions" else [])

    def problems(self):
        self.write()
        return verify.verify(self.sources)[0]

    def write(self):
        package = json.loads((store.DATA / "datapackage.json").read_text(encoding="utf-8"))
        real = {resource["name"]: resource for resource in package["resources"]}
        real["regions"] = real["facts"] | {"path": "tables/regions.csv", "name": "regions"}
        resources = [real[name] | {"schema": {"fields": self.columns(real[name])}} for name in self.rows]
        for folder in (self.data / "tables", self.sources):
            folder.mkdir(parents=True)
        (self.data / "datapackage.json").write_text(json.dumps({"resources": resources}))
        for resource in resources:
            with (self.data / resource["path"]).open("w", newline="") as file:
                table = csv.DictWriter(file, list(store.fields_of(resource)), restval="", lineterminator="\n")
                table.writeheader()
                table.writerows(self.rows[resource["name"]])
        (self.sources / "report.txt").write_text(self.text)
        (self.root / "index.md").write_text(self.page)


def forget():
    for cached in (provenance.facts, provenance.names, calculations._rows, calculations.compute):
        cached.cache_clear()


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A small book without faults, read in place of the real one."""
    small = Study(tmp_path)
    load, read, schema = store.load, store.read, store.schema
    monkeypatch.setattr(store, "load", lambda name, data=small.data: load(name, data))
    monkeypatch.setattr(store, "read", lambda resource, data=small.data: read(resource, data))
    monkeypatch.setattr(store, "schema", lambda data=small.data: schema(data))
    monkeypatch.setattr(verify, "ROOT", tmp_path)
    forget()
    yield small
    forget()


def only(problems):
    assert len(problems) == 1, list(map(str, problems))
    return problems[0]


def test_a_book_that_says_what_its_text_says_has_no_problem(study):
    assert study.problems() == []
    assert store.check(study.data) == []


# --- the text ------------------------------------------------------------------------------


def test_a_text_with_another_hash_is_named_with_the_pinned_hash(study):
    study.text += "One more line.\n"
    problem = only(study.problems())
    assert problem.file == "report.txt"
    assert problem.value == hashlib.sha256(study.text.encode()).hexdigest()
    assert study.row("sources", "report")["sha256"] in problem.rule


def test_nothing_is_checked_against_a_text_with_another_hash(study):
    study.text = "Another text altogether.\n"
    assert "nothing was checked against this text" in only(study.problems()).rule


def test_a_missing_text_is_named_with_the_folder(study):
    study.write()
    (study.sources / "report.txt").unlink()
    problem = only(verify.verify(study.sources)[0])
    assert (problem.file, str(study.sources) in problem.rule) == ("report.txt", True)


# --- facts and tables ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "cells", "rule"),
    [
        ("registered", {"as_reported": "895"}, "registered: the figure 895 does not stand in lines 1"),
        ("registered", {"lines": "2"}, "registered: the figure 894 does not stand in lines 2"),
        ("registered", {"as_reported": "about 894 of 900"}, "registered: the figure 900 does not stand in lines 1"),
        ("few", {"as_reported": "A few pupils"}, "few: these words do not stand in lines 4"),
    ],
)
def test_a_figure_that_is_not_in_its_lines_is_named(study, key, cells, rule):
    study.row("facts", key).update(cells)
    problem = only(study.problems())
    row = [fact["id"] for fact in study.rows["facts"]].index(key) + 2
    assert problem == ("facts.csv", row, "as_reported", study.row("facts", key)["as_reported"], rule)


def test_a_part_of_a_longer_number_is_not_the_figure(study):
    study.row("facts", "registered")["as_reported"] = "94"
    assert "the figure 94 does not stand" in only(study.problems()).rule


def test_a_number_glued_to_its_footnote_mark_may_be_part_of_a_longer_one(study):
    study.row("facts", "registered").update(as_reported="89", flags="footnote_mark_glued")
    assert study.problems() == []


def test_a_fact_that_differs_from_the_cell_it_is_read_from_is_named(study):
    study.row("facts", "table")["value"] = "1757"
    assert only(study.problems())[:4] == ("facts.csv", 5, "cell", "regions#north/all")


@pytest.mark.parametrize("cell", ["regions#noth/all", "regions#north/al", "region#north/all", "regions#north/place"])
def test_a_fact_read_from_a_cell_without_a_number_is_named(study, cell):
    study.row("facts", "table")["cell"] = cell
    study.rows["discrepancies"].pop(0)
    assert only(study.problems())[:4] == ("facts.csv", 5, "cell", cell)


@pytest.mark.parametrize("numbers", [{"all": "41"}, {"out": "4"}, {"all": "3", "out": "40"}, {"out": ""}])
def test_a_table_row_that_is_not_its_line_is_named(study, numbers):
    study.row("regions", "south").update(numbers)
    problem = only(study.problems())
    assert problem[:2] == ("tables/regions.csv", 3)
    assert problem.rule == "south: the numbers of line 6 are [40.0, 3.0]"


# --- discrepancies -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expect", ['fact("registered") == 895', 'says("4", "said something")', 'printed("table") == "1756"']
)
def test_a_discrepancy_that_no_longer_holds_is_named(study, expect):
    study.row("discrepancies", "two-counts")["expect"] = expect
    problem = only(study.problems())
    assert problem[:4] == ("discrepancies.csv", 2, "expect", expect)
    assert problem.rule.startswith("two-counts: no longer holds")


@pytest.mark.parametrize(
    "expect",
    [
        'fact("registred") != 1',
        'cell("regions#north/none") != 1',
        'cell("nowhere#north/all") != 1',
        'cell("regions#north/place") != 1',
        'total("regions", "none") != 1',
        'total("regions", "all", "place") != 1',
        'entry("regions#north/nothing") != "x"',
        'count("regions", "nothing=1") != 1',
        'says("4", "nothing", "elsewhere")',
        'say("4", "nothing")',
        'says("four", "nothing")',
        'fact("registered") > "many"',
        'fact("registered") / 0 > 1',
        "[1][2] > 1",
        "fact(",
    ],
)
def test_an_expectation_that_cannot_be_tried_is_named(study, expect):
    study.row("discrepancies", "two-counts")["expect"] = expect
    problem = only(study.problems())
    assert problem[:4] == ("discrepancies.csv", 2, "expect", expect)
    assert "two-counts: cannot be tried" in problem.rule


@pytest.mark.parametrize(
    "expect",
    [
        'entry("regions#north/place") != entry("regions#south/place")',
        'count("regions", "place!=north") != count("regions")',
        'says("4", "said nothing", "report")',
    ],
)
def test_an_expectation_may_read_any_table_and_name_a_document(study, expect):
    study.row("discrepancies", "two-counts")["expect"] = expect
    assert study.problems() == []


@pytest.mark.parametrize("expect", ['fact("few") != 1', 'high("registered") != 1'])
def test_an_expectation_that_compares_a_number_nobody_gives_is_named(study, expect):
    study.row("discrepancies", "two-counts")["expect"] = expect
    assert "two-counts: " in only(study.problems()).rule


def test_expectations_about_wording_wait_for_the_text(study):
    study.row("discrepancies", "words")["expect"] = 'says("4", "said something")'
    study.write()
    assert verify.discrepancy_problems() == []


# --- copied sentences ----------------------------------------------------------------------

EIGHT = "not been seen again in any of their"  # words 5 to 12 of line 2
ACROSS = "any of their classrooms by the time the"  # over a line end and a hyphen


@pytest.mark.parametrize("words", [EIGHT, ACROSS, EIGHT.upper(), EIGHT.replace(" ", ", ")])
def test_eight_words_in_a_row_of_a_source_are_a_copy(study, words):
    study.page = f"# A page\n\nIt says: {words}!\n"
    problem = only(study.problems())
    assert problem[:4] == ("index.md", 3, None, " ".join(verify.words(words)))
    assert "with report" in problem.rule


def test_seven_words_in_a_row_are_not_a_copy(study):
    study.page = f"{EIGHT.rpartition(' ')[0]} x\n{EIGHT.partition(' ')[2]} x\n"
    assert study.problems() == []


def test_a_copy_in_a_table_is_named_by_row_and_column(study):
    study.row("findings", "seen")["statement"] = EIGHT
    assert only(study.problems())[:3] == ("findings.csv", 2, "statement")


def test_the_name_of_an_indicator_is_ours_and_may_not_be_copied_and_that_of_a_place_is_a_name(study):
    study.row("places", "north")["name"] = EIGHT
    study.row("indicators", "registered")["name"] = EIGHT
    assert only(study.problems())[:3] == ("indicators.csv", 2, "name")


def test_a_row_of_figures_is_not_a_copied_sentence(study):
    study.page = "North 1,756 214 South 40 3 Centre 7\n"
    assert study.problems() == []


# --- the real data -------------------------------------------------------------------------

absent = [key for key in store.load("sources")["id"] if not (SOURCES / f"{key}.txt").is_file()]
with_texts = pytest.mark.skipif(
    bool(absent), reason=f"the source texts are not in {SOURCES} (set EVIDENCE_SOURCES): {', '.join(absent)}"
)


@with_texts
def test_the_data_say_what_the_source_texts_say():
    problems, _ = verify.verify(SOURCES)
    assert problems == [], "\n".join(map(str, problems))


@with_texts
def test_every_fact_table_row_and_discrepancy_was_held_against_a_text():
    _, counts = verify.verify(SOURCES)
    assert counts["texts"] == len(store.load("sources"))
    assert counts["facts held against their lines"] == len(store.load("facts"))
    assert counts["discrepancies tried"] == len(store.load("discrepancies"))


def test_every_discrepancy_that_needs_no_text_holds():
    problems = verify.discrepancy_problems()
    assert problems == [], "\n".join(map(str, problems))


def test_every_expectation_reads_something_that_can_change():
    reads = re.compile(
        r"\b(?:fact|high|printed|flags|cell|entry|count|total|largest|says|period|base|age|locator|unit|note)\("
    )
    table = store.load("discrepancies")
    assert table[~table["expect"].str.contains(reads)]["id"].tolist() == []


def test_a_calculation_that_nothing_uses_is_reported(monkeypatch):
    from evidence.figures.calculations import CALCULATIONS, Calculation
    from evidence.figures.formulas import total

    unused = Calculation("nobody-uses-me", "Unused", total, {}, "percent", "", "", 1)
    monkeypatch.setitem(CALCULATIONS, "nobody-uses-me", unused)
    assert [problem.value for problem in verify.unused_problems()] == ["nobody-uses-me"]
