"""Every fault planted in a small data package is named by file, row, column, value and rule."""

import math
import os
import shutil
import subprocess
import sys

import pytest

from evidence.data import schema, store
from evidence.data.rules import Problem

FIELDS = """
[package]
name = "small"
title = "Small"
about = "Four small tables."

[shared]
id = {about = "Key.", required = true, pattern = '[a-z0-9-]+'}
source = {about = "Document.", required = true, references = "sources.id"}
lines = {about = "Lines.", required = true, pattern = '[0-9]+(-[0-9]+)?'}
locator = {about = "Section."}

[categories.basis]
printed = "stands in the text"
inferred = "counted"

[tables.sources]
title = "Sources"
about = "Documents."
columns = {n_lines = {type = "integer", about = "Lines.", required = true, minimum = 1}}

[tables.pages]
title = "Pages"
about = "Pages."

[tables.pages.columns]
source = "shared"
lines = "shared"
page = {about = "Page."}
page_basis = {about = "How it is known.", categories = "basis"}

[tables.themes]
title = "Themes"
about = "Themes."
codes = true
columns = {name = {about = "Name.", required = true}}

[tables.facts]
title = "Facts"
about = "Facts."
reports = true
record = {kind = "fact", name = "Fact", head = "{note}", text = "{note}"}

[tables.facts.columns]
themes = {about = "Themes.", list = true, references = "themes.id"}
value = {type = "number", about = "Figure."}
children = {type = "integer", about = "Children.", minimum = 0, maximum = 9000}
is_target = {type = "boolean", about = "Whether it is a target."}
note = {about = "Note."}
"""
TABLES = {
    "sources": "id,n_lines\nreport,20\n",
    "pages": "id,source,lines,page,page_basis\nreport-p1,report,1-9,1,printed\nreport-p2,report,10-15,2,inferred\n",
    "themes": "id,name\nattendance,Going to school\nwork,Children who work\n",
    "facts": "id,source,lines,locator,themes,value,children,is_target,note\n"
    "absent,report,3,,work,12.5,894,false,\n"
    'enrolled,report,9-12,,attendance;work,,1756,false,"so, they say"\n'
    "returned,report,20,,attendance,3,,true,\n",
}


@pytest.fixture
def package(tmp_path):
    """A folder with a data package of four small tables."""
    (tmp_path / "fields.toml").write_text(FIELDS)
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, newline="")
    schema.write_package(tmp_path)
    return tmp_path


def plant(path, old, new):
    text = path.read_bytes()
    assert text.count(old) == 1, f"{old} must stand once in {path.name}"
    path.write_bytes(text.replace(old, new))


def forget_definition():
    schema.definition.cache_clear()
    schema.schema.cache_clear()


def found(folder):
    """Return the problems without their rule, so that a test can name them whole."""
    return [tuple(problem[:4]) for problem in store.check(folder)]


def test_a_package_without_faults_has_no_problem(package):
    assert store.check(package) == []


NUMBER = "is not a number"
WHOLE = "is not a whole number"
ROW_2, ROW_4 = "absent,report,3,,work,", "returned,report,20,,attendance,3,,true"
RANGE = "is not a range inside the 20 lines of report"
FAULTS = {  # what is planted: file, text, faulty text, row, column, value reported, rule
    "a word for a number": ("facts", b"12.5", b"many", 2, "value", "many", NUMBER),
    "a decimal comma": ("facts", b"12.5", b'"12,5"', 2, "value", "12,5", NUMBER),
    "nan": ("facts", b"12.5", b"nan", 2, "value", "nan", "is not a number"),
    "infinity": ("facts", b"12.5", b"-inf", 2, "value", "-inf", "is not a number"),
    "a fraction of a child": ("facts", b"894", b"894.5", 2, "children", "894.5", WHOLE),
    "a comma between thousands": ("facts", b"1756", b'"1,756"', 3, "children", "1,756", WHOLE),
    "a space between thousands": ("facts", b"1756", b"1 756", 3, "children", "1 756", WHOLE),
    "an underscore between thousands": ("facts", b"1756", b"1_756", 3, "children", "1_756", WHOLE),
    "an underscore in a decimal": ("facts", b"12.5", b"1_2.5", 2, "value", "1_2.5", NUMBER),
    "digits of another script": ("facts", b"894", "८९४".encode(), 2, "children", "८९४", WHOLE),
    "a number of 400 digits": ("facts", b"894", b"9" * 400, 2, "children", "9" * 400, "is not a whole number"),
    "a count below the minimum": ("facts", b"894", b"-1", 2, "children", "-1", "is below 0"),
    "a count above the maximum": ("facts", b"894", b"9001", 2, "children", "9001", "is above 9000"),
    "yes for true": ("facts", b"true", b"yes", 4, "is_target", "yes", "is neither true nor false"),
    "a code that does not exist": ("pages", b"inferred", b"guessed", 3, "page_basis", "guessed", "is not one of"),
    "an id in capitals": ("facts", b"absent", b"Absent", 2, "id", "Absent", "Pattern: [a-z0-9-]+"),
    "an empty required cell": ("themes", b"Going to school", b"", 2, "name", None, "is required and is empty"),
    "a space at the end": ("themes", b"work\n", b"work \n", 3, "name", "Children who work ", "has spaces at its ends"),
    "a space at the start": ("themes", b"Going", b" Going", 2, "name", " Going to school", "has spaces at its ends"),
    "an id used twice": ("facts", b"enrolled", b"absent", 3, "id", "absent", "is already used in row 2"),
    "an id out of order": ("facts", b"enrolled", b"aaa", 3, "id", "aaa", "is out of order after 'absent'"),
    "an item twice": ("facts", b"attendance;work", b"work;work", 3, "themes", "work;work", "empty or repeated item"),
    "an empty item": ("facts", b"attendance;work", b"work;", 3, "themes", "work;", "empty or repeated item"),
    "an unknown source": ("facts", b"report,3", b"rapport,3", 2, "source", "rapport", "is no id of sources.csv"),
    "an unknown key": ("facts", b",work,12", b",wrok,12", 2, "themes", "wrok", "is no id of themes.csv"),
    "an unknown key in a list": ("facts", b"ance;work", b"ance;wrok", 3, "themes", "wrok", "is no id of themes.csv"),
    "a space in a list": ("facts", b"ance;work", b"ance; work", 3, "themes", " work", "is no id of themes.csv"),
    "a line after the last": ("facts", b"report,20", b"report,21", 4, "lines", "21", RANGE),
    "a range over the end": ("facts", b"9-12", b"9-21", 3, "lines", "9-21", RANGE),
    "line 0": ("facts", b"report,3", b"report,0", 2, "lines", "0", RANGE),
    "a range backwards": ("facts", b"9-12", b"12-9", 3, "lines", "12-9", RANGE),
    "a dash for a hyphen": ("facts", b"9-12", "9–12".encode(), 3, "lines", "9–12", "is not written as this column is"),
    "a word before the line": (
        "facts",
        b"report,3",
        b"report,l. 3",
        2,
        "lines",
        "l. 3",
        "is not written as this column is",
    ),
    "a range without its end": ("facts", b"9-12", b"9-", 3, "lines", "9-", "is not written as this column is"),
    "a byte order mark": ("facts", b"id,", b"\xef\xbb\xbfid,", 1, None, None, "byte order mark"),
    "a CRLF line end": ("facts", b"true,\n", b"true,\r\n", 4, None, None, "CR line ends"),
    "no line end at the end": ("facts", b"true,\n", b"true,", 4, None, None, "the last line has no line end"),
    "invalid UTF-8": (
        "facts",
        b"so, they",
        b"caf\xe9",
        3,
        None,
        'tendance;work,,1756,false,"caf� say"',
        "is not UTF-8",
    ),
    "a quote inside a value": ("facts", b"12.5", b'1"2.5', 2, None, ROW_2 + '1"2.5,894,false,', "stray quote"),
    "a quote left open": ("facts", b"true,", b'true,"', 4, None, ROW_4 + ',"', "stray quote"),
    "a value too many": ("facts", b"true,", b"true,,b", 4, None, ROW_4 + ",,b", "has 10 values for 9 columns"),
    "a value too few": ("facts", b"true,", b"true", 4, None, ROW_4, "has 8 values for 9 columns"),
    "an empty line": ("facts", b"894,false,\n", b"894,false,\n\n", 3, None, None, "the row is empty; delete it"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_the_one_problem_reported(package, fault):
    table, old, new, row, column, value, rule = FAULTS[fault]
    plant(package / f"{table}.csv", old, new)
    assert found(package) == [(f"{table}.csv", row, column, value)]
    assert rule in store.check(package)[0].rule


def test_an_all_crlf_file_is_one_problem_in_row_1(package):
    (package / "facts.csv").write_bytes(TABLES["facts"].replace("\n", "\r\n").encode())
    assert found(package) == [("facts.csv", 1, None, None)]


def test_a_missing_file_is_named(package):
    (package / "facts.csv").unlink()
    assert [str(problem) for problem in store.check(package)] == ["facts.csv: the file is missing"]


@pytest.mark.parametrize("content", [b"", b"\n", b" \n \n"])
def test_an_empty_file_is_named(package, content):
    (package / "facts.csv").write_bytes(content)
    assert found(package) == [("facts.csv", None, None, None)]
    assert "is empty" in store.check(package)[0].rule


@pytest.mark.parametrize(
    ("themes", "column", "rule"),
    [
        ("id\nattendance\nwork\n", "name", "the column is missing"),
        ("id,name,colour\nattendance,Going,\nwork,Work,\n", "colour", "the column is not in fields.toml"),
        ("id,name,name\nattendance,Going,Going\nwork,Work,Work\n", "name", "the column is there twice"),
    ],
)
def test_a_header_that_is_not_the_schema_is_named_by_column(package, themes, column, rule):
    (package / "themes.csv").write_text(themes)
    assert found(package) == [("themes.csv", 1, column, None)]
    assert rule in store.check(package)[0].rule


@pytest.mark.parametrize(("delimiter", "called"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_file_with_other_separators_is_one_problem_that_says_so(package, delimiter, called):
    (package / "themes.csv").write_text(TABLES["themes"].replace(",", delimiter))
    (problem,) = store.check(package)
    assert (problem.file, problem.row) == ("themes.csv", 1)
    assert f"is separated by {called}" in problem.rule


def test_a_misspelt_column_is_one_problem_with_the_right_name(package):
    plant(package / "themes.csv", b"id,name", b"id,naem")
    (problem,) = store.check(package)
    assert (problem.column, problem.rule) == ("naem", "the column is not in fields.toml; did you mean name?")


def test_a_misspelt_key_column_is_one_problem_and_no_key_follows(package):
    plant(package / "themes.csv", b"id,name", b"id ,name")
    (problem,) = store.check(package)
    assert (problem.column, problem.rule) == ("id ", "the column is not in fields.toml; did you mean id?")


def test_columns_in_another_order_than_in_the_definition_are_named(package):
    (package / "themes.csv").write_text("name,id\nGoing to school,attendance\nChildren who work,work\n")
    assert any("stands in another place than in fields.toml" in problem.rule for problem in store.check(package))


def test_an_unknown_key_suggests_the_nearest(package):
    plant(package / "facts.csv", b",work,12", b",worK,12")
    assert "did you mean work?" in store.check(package)[0].rule


def test_a_table_the_schema_does_not_describe_is_named(package):
    (package / "tables").mkdir()
    (package / "tables" / "extra.csv").write_text("id\n")
    assert found(package) == [("tables/extra.csv", None, None, None)]


def test_faults_in_two_files_are_reported_in_one_run(package):
    plant(package / "themes.csv", b"Going to school", b"")
    plant(package / "facts.csv", b"12.5", b"many")
    assert found(package) == [("themes.csv", 2, "name", None), ("facts.csv", 2, "value", "many")]


def test_two_faults_in_one_row_are_both_reported(package):
    plant(package / "facts.csv", b"12.5,894", b"many,some")
    assert found(package) == [("facts.csv", 2, "value", "many"), ("facts.csv", 2, "children", "some")]


def test_a_problem_reads_as_a_sentence_with_its_place():
    problem = Problem("facts.csv", 3, "children", "1,756", "is not a whole number")
    assert str(problem) == "facts.csv, row 3, column children: '1,756': is not a whole number"


DEFINITIONS = {  # what is planted in the definition: text, faulty text, rule
    "no TOML": ("[package]", "[package", "is no valid TOML"),
    "a property of a column that does not exist": ("minimum = 1", "minimun = 1", "minimun.*is no property of a column"),
    "a property of a table that does not exist": ("codes = true", "code = true", "is no property of a table"),
    "a property of a record that does not exist": ('head = "{note}"', 'haed = "{note}"', "is no property of a record"),
    "a type that does not exist": ('type = "number"', 'type = "float"', "value.*a type of boolean"),
    "a column without a description": ('about = "Page."', 'about = ""', "page.*needs `about`"),
    "a vocabulary that does not exist": ('"basis"', '"bases"', "bases.*is no vocabulary"),
    "a shared column that does not exist": ('lines = "shared"', 'line = "shared"', "pages.line.*is no column"),
    "a reference to no table": ('"themes.id"', '"theme.id"', "themes.*refers to no column"),
    "a template that names no column": (
        'text = "{note}"',
        'text = "{nte}"',
        "facts.record: .nte.*is no column of the table",
    ),
    "a record without a head": ('head = "{note}", ', "", "facts.record.*head is missing"),
    "a kind of record twice": (
        "codes = true\n",
        'record = {kind = "fact", name = "Theme", head = "{name}", text = "{name}"}\n',
        "record.kind: fact.*is already the kind of themes",
    ),
    "a table without a title": ('title = "Themes"', 'title = ""', "themes.*needs title"),
}


@pytest.mark.parametrize("fault", DEFINITIONS)
def test_a_fault_of_the_definition_is_named(package, fault):
    old, new, rule = DEFINITIONS[fault]
    plant(package / "fields.toml", old.encode(), new.encode())
    forget_definition()
    with pytest.raises(store.DataError, match=rule):
        store.check(package)


def test_a_missing_definition_is_named(package):
    (package / "fields.toml").unlink()
    forget_definition()
    with pytest.raises(store.DataError, match="the definition of tables and columns is missing"):
        store.check(package)


def test_a_new_column_is_named_by_its_own_name_and_nothing_else(package):
    plant(package / "fields.toml", b"note = {about", b'colour = {about = "Colour."}\nnote = {about')
    forget_definition()
    schema.write_package(package)
    assert found(package) == [("facts.csv", 1, "colour", None)]
    assert store.check(package)[0].rule == "the column is missing; add it, or take it out of fields.toml"


def test_a_descriptor_that_the_definition_does_not_make_is_named(package):
    plant(package / "datapackage.json", b"Four small tables.", b"Five small tables.")
    assert [str(problem) for problem in store.check(package)] == [
        "datapackage.json: is not what fields.toml makes; run `make schema`"
    ]


def test_labels_of_codes_stand_in_the_order_of_their_vocabulary(package):
    assert store.labels("pages", "page_basis", package) == {"printed": "stands in the text", "inferred": "counted"}


def test_the_descriptor_has_foreign_keys_and_categories(package):
    tables = {table["name"]: table["schema"] for table in schema.descriptor(package)["resources"]}
    assert tables["facts"]["foreignKeys"] == [
        {"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}}
    ]
    basis = next(field for field in tables["pages"]["fields"] if field["name"] == "page_basis")
    assert [category["value"] for category in basis["categories"]] == ["printed", "inferred"]


def test_loaded_columns_have_the_types_of_the_schema(package):
    types = store.load("facts", package).dtypes.astype(str)
    assert types[["value", "children", "is_target", "note"]].tolist() == ["float64", "Int64", "bool", "str"]


def test_silence_is_nan_for_numbers_and_empty_for_text(package):
    frame = store.load("facts", package).set_index("id")
    assert math.isnan(frame.loc["enrolled", "value"])
    assert frame["children"].isna().tolist() == [False, False, True]
    assert frame.loc["absent", "note"] == ""


def test_a_row_has_the_page_of_its_first_line_and_none_where_no_page_is_known(package):
    frame = store.load("facts", package)
    assert frame["page"].tolist() == ["1", "1", ""]
    assert frame["page_basis"].tolist() == ["printed", "printed", "none"]


def test_changing_a_loaded_table_does_not_change_the_next_one(package):
    frame = store.load("facts", package)
    frame["value"] = 0.0
    assert store.load("facts", package)["value"][0] == 12.5


def test_an_unknown_table_names_those_there_are(package):
    with pytest.raises(KeyError, match="no table 'fact'; there are facts, pages, sources, themes"):
        store.load("fact", package)


def test_loading_a_faulty_table_gives_every_problem_of_the_file(package):
    plant(package / "facts.csv", b"12.5,894", b"many,some")
    with pytest.raises(store.DataError) as error:
        store.load("facts", package)
    assert [problem.column for problem in error.value.problems] == ["value", "children"]


def test_loading_a_table_while_pages_are_faulty_names_the_fault_in_pages(package):
    plant(package / "pages.csv", b"10-15", b"page 2")
    with pytest.raises(store.DataError, match="pages.csv, row 3, column lines"):
        store.load("facts", package)


@pytest.fixture
def copied_repository(tmp_path):
    """A copy of what ``evidence check`` reads; the command looks beside its own package for data."""
    for name in ("evidence", "data", "chapters"):
        shutil.copytree(store.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("index.md", "references.bib"):
        shutil.copy(store.ROOT / name, tmp_path)
    return tmp_path


def evidence_check(folder):
    command = [sys.executable, "-c", "from evidence.cli import main; main()", "check"]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_evidence_check_lists_every_fault_and_fails_without_a_traceback(copied_repository):
    plant(copied_repository / "data" / "themes.csv", b"\nattendance,Attendance,", b"\nattendance,,")
    plant(copied_repository / "data" / "places.csv", b",Aqtobe\n", b",Aqtobe;Aqtobe\n")
    result = evidence_check(copied_repository)
    assert "Traceback" not in result.stderr, result.stderr
    assert "themes.csv, row 2, column name" in result.stdout
    row = list(store.load("places")["id"]).index("aktobe") + 2
    assert f"places.csv, row {row}, column aliases: 'Aqtobe;Aqtobe'" in result.stdout
    assert result.returncode == 1


def test_evidence_check_of_a_broken_definition_fails_without_a_traceback(copied_repository):
    (copied_repository / "data" / "fields.toml").write_text("{")
    result = evidence_check(copied_repository)
    assert "Traceback" not in result.stderr, result.stderr
    assert "fields.toml" in result.stdout + result.stderr
    assert result.returncode == 1


def test_rows_asked_for_an_id_that_none_has_say_so_and_offer_the_nearest():
    with pytest.raises(store.UnknownId, match=r"'vac-r0'; did you mean"):
        store.rows("recommendations")["vac-r0"]
    assert store.rows("recommendations").get("vac-r0") is None
