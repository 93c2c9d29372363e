"""Rows are held against the lines they cite, and every planted disagreement is named."""

import csv
import hashlib
import json
import re
import sys

import pytest

from evidence.checks import copying, discrepancies, sources, usage
from evidence.data import bibliography, schema, store
from evidence.figures import calculations

REAL = schema.definition()
TABLES = REAL["tables"]

NOWHERE = ", nor anywhere else in this text as it is written here"

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
    "pages": [{"id": "report-p1", "source": "report", "lines": "1-7", "page": "1", "page_basis": "inferred"}],
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
    "findings": [
        {"id": "seen", "source": "report", "lines": "2-3", "statement": "We say it our way.", "stance": "gap"}
    ],
    "discrepancies": [
        AGREED | {"id": "two-counts", "expect": 'fact("registered") != cell("regions#north/all")'},
        AGREED | {"id": "words", "expect": 'says("4", "said nothing") and not says("1", "nothing")'},
    ],
    "regions": [
        {"id": "north", "source": "report", "lines": "5", "place": "north", "all": "1756", "out": "214"},
        {"id": "south", "source": "report", "lines": "6", "place": "south", "all": "40", "out": "3"},
    ],
}
REGIONS = {"title": "Regions", "about": "Children.", "reports": True, "printed": True}
REGIONS |= {"columns": {"place": TABLES["facts"]["columns"]["place"]}}
REGIONS["columns"] |= {name: {"type": "integer", "about": "Children."} for name in ("all", "out")}


def toml(value) -> str:
    """Return a value of the definition of the tables as TOML, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {toml(item)}" for name, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


class Study:
    """A book of one short document in a folder; rows are strings, as in the files."""

    def __init__(self, root):
        self.root, self.data, self.sources = root, root / "data", root / "sources"
        self.rows = {name: [dict(row) for row in rows] for name, rows in ROWS.items()}
        self.rows["sources"][0]["sha256"] = hashlib.sha256(TEXT.encode()).hexdigest()
        self.text, self.page = TEXT, "# A page\n"

    def row(self, table, key):
        return next(row for row in self.rows[table] if row["id"] == key)

    def definition(self):
        """Return the real definition of the tables the rows are of, with the columns they use, and of the regions."""

        parts = {name: dict(REAL[name]) for name in ("package", "shared", "categories")} | {"tables": {}}
        for name, rows in self.rows.items():
            used = {column for row in rows for column in row}
            table = TABLES.get(name, REGIONS)
            wanted = {column: spec for column, spec in table["columns"].items() if column in used or name == "facts"}
            parts["tables"][name] = table | {"columns": wanted}
        return "\n".join(f"{name} = {toml(part)}" for name, part in parts.items())

    def problems(self):
        self.write()
        return sources.verify(self.sources)[0]

    def write(self):
        for folder in (self.data / "tables", self.sources):
            folder.mkdir(parents=True)
        (self.data / "fields.toml").write_text(self.definition())
        for resource in schema.schema().values():
            with (self.data / resource["path"]).open("w", newline="") as file:
                table = csv.DictWriter(file, list(store.fields_of(resource)), restval="", lineterminator="\n")
                table.writeheader()
                table.writerows(self.rows[resource["name"]])
        schema.write_package()
        (self.sources / "report.txt").write_text(self.text)
        (self.root / "index.md").write_text(self.page)


def forget():
    """Drop what the package keeps of any data; the bibliography, no part of them, is kept by its file."""
    for name, module in list(sys.modules.items()):
        if name.startswith("evidence.") and module is not bibliography:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A small book without faults, read in place of the real one."""
    small = Study(tmp_path)
    for module in (schema, store):
        for function in vars(module).values():
            plain = getattr(function, "__wrapped__", function)
            if schema.DATA in (getattr(plain, "__defaults__", None) or ()):
                defaults = tuple(small.data if value == schema.DATA else value for value in plain.__defaults__)
                monkeypatch.setattr(plain, "__defaults__", defaults)
    monkeypatch.setattr(copying, "ROOT", tmp_path)
    forget()
    yield small
    monkeypatch.undo()
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


def test_a_text_with_another_number_of_lines_is_named(study):
    study.row("sources", "report")["n_lines"] = "9"
    assert str(only(study.problems())) == "report.txt: '7': lines; sources.csv says 9"


def test_nothing_is_checked_against_a_text_with_another_hash(study):
    study.text = "Another text altogether.\n"
    assert "nothing was checked against this text" in only(study.problems()).rule


def test_a_folder_without_any_text_is_named_and_the_absent_documents_are_counted(study):
    study.write()
    (study.sources / "report.txt").unlink()
    problems, counts = sources.verify(study.sources)
    assert only(problems).file == str(study.sources) and "holds none of the texts" in problems[0].rule
    assert counts[f"not in {study.sources.name}, so not checked"] == "report"


# --- facts and tables ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "cells", "rule"),
    [
        (
            "registered",
            {"as_reported": "895"},
            "registered: the figure 895 does not stand in lines 1" + NOWHERE,
        ),
        ("registered", {"lines": "2"}, "registered: the figure 894 does not stand in lines 2; it stands in line 1"),
        (
            "registered",
            {"as_reported": "about 894 of 900"},
            "registered: the figure 900 does not stand in lines 1" + NOWHERE,
        ),
        ("few", {"as_reported": "A few pupils"}, "few: these words do not stand in lines 4" + NOWHERE),
    ],
)
def test_a_figure_that_is_not_in_its_lines_is_named(study, key, cells, rule):
    study.row("facts", key).update(cells)
    problem = only(study.problems())
    row = [fact["id"] for fact in study.rows["facts"]].index(key) + 2
    assert problem == ("facts.csv", row, "as_reported", study.row("facts", key)["as_reported"], rule)


@pytest.mark.parametrize(("words", "stand"), [("few said nothing", True), ("a few pupils", False)])
def test_a_figure_in_words_may_leave_words_out_and_adds_none(study, words, stand):
    study.row("facts", "few").update(as_reported=words, flags="in_words")
    assert (study.problems() == []) is stand


def test_a_part_of_a_longer_number_is_not_the_figure(study):
    study.row("facts", "registered")["as_reported"] = "94"
    assert "the figure 94 does not stand" in only(study.problems()).rule


def test_a_number_glued_to_its_footnote_mark_may_be_part_of_a_longer_one(study):
    study.row("facts", "registered").update(as_reported="89", flags="footnote_mark_glued")
    assert study.problems() == []


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
    assert problem.rule.startswith("two-counts: is false")


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
    assert discrepancies.discrepancy_problems() == []


# --- copied sentences ----------------------------------------------------------------------

EIGHT = "not been seen again in any of their"  # words 5 to 12 of line 2
ACROSS = "any of their classrooms by the time the"  # over a line end and a hyphen


@pytest.mark.parametrize("words", [EIGHT, ACROSS, EIGHT.upper(), EIGHT.replace(" ", ", ")])
def test_eight_words_in_a_row_of_a_source_are_a_copy(study, words):
    study.page = f"# A page\n\nIt says: {words}!\n"
    problem = only(study.problems())
    assert problem[:4] == ("index.md", 3, None, " ".join(copying.words(words)))
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


def test_the_data_say_what_the_source_texts_say(source_texts):
    problems, _ = sources.verify(source_texts)
    assert problems == [], "\n".join(map(str, problems))


def test_every_fact_table_row_and_discrepancy_was_held_against_a_text(source_texts):
    _, counts = sources.verify(source_texts)
    assert counts["texts"] == len(store.load("sources"))
    assert counts["facts held against their lines"] == len(store.load("facts"))
    assert counts["discrepancies tried"] == len(store.load("discrepancies"))


def test_every_discrepancy_that_needs_no_text_holds():
    problems = discrepancies.discrepancy_problems()
    assert problems == [], "\n".join(map(str, problems))


def test_every_expectation_reads_something_that_can_change():
    reads = re.compile(
        r"\b(?:fact|high|printed|flags|cell|entry|count|total|largest|says|period|base|age|locator|unit|note)\("
    )
    table = store.load("discrepancies")
    assert table[~table["expect"].str.contains(reads)]["id"].tolist() == []


def test_a_calculation_that_nothing_uses_is_reported(monkeypatch):
    known = calculations.calculations()
    unused = next(iter(known.values()))._replace(id="nobody-uses-me")
    rows = store.rows
    planted = known | {"nobody-uses-me": unused}
    monkeypatch.setattr(store, "rows", lambda name: planted if name == "calculations" else rows(name))
    assert [problem.value for problem in usage.unused_problems()] == ["nobody-uses-me"]
