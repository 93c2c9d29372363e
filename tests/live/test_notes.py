"""What is wrong is said once, with the file and line that have to be mended."""

from __future__ import annotations

import pytest
import yaml

from evidence.data.rules import DataError, Problem
from evidence.live.notes import ROOT, note, note_of, notes_of_error, page_of, together

CHECKED = note_of(Problem("chapters/a.md", 9, None, "x", "no fact has the id 'x'"))


def caught(code: str, file: str) -> BaseException:
    """Return the error that code of a file raises."""
    try:
        exec(compile(code, str(ROOT / file), "exec"), {})
    except BaseException as error:
        return error
    raise AssertionError("no error")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (lambda: caught("x = 1\ndef f(:\n", "evidence/a.py"), "evidence/a.py, line 2: is no Python: invalid syntax"),
        (lambda: caught("x = 1\n\ny\n", "evidence/a.py"), "evidence/a.py, line 3: NameError: name 'y' is not defined"),
        (lambda: caught("import nowhere", "evidence/a.py"), "evidence/a.py, line 1: ModuleNotFoundError: .*; `make`"),
        (lambda: DataError([Problem("a.csv", 3, "id", "x", "is wrong")]), "a.csv, row 3, column id: 'x': is wrong"),
        (lambda: ValueError("bad"), "ValueError: bad"),
    ],
)
def test_an_error_is_said_with_its_place_in_one_line(error, text):
    (found,) = notes_of_error(error())
    assert __import__("re").match(text, found.text) and "Traceback" not in found.text


def test_an_error_of_settings_names_their_file_and_line():
    with pytest.raises(yaml.YAMLError) as error:
        yaml.safe_load("a: 1\nb: [\n")
    assert notes_of_error(error.value)[0][:2] == ("_config.yml", 3)


@pytest.mark.parametrize(
    "built",
    [
        note("chapters/a.md", 9, "no fact has the id 'x'"),
        note("chapters/a.md", 9, "cell 2 raised NameError: name 'x' is not defined"),
        note("chapters/a.md", 12, f"data/{CHECKED.text}"),
        note("", None, f"2 problems:\n{CHECKED.text}"),
    ],
)
def test_what_a_check_has_said_is_not_said_again_by_a_build(built):
    assert together([CHECKED], [built]) == [CHECKED]


@pytest.mark.parametrize(
    "built",
    [
        note("chapters/a.md", 12, "cell 2 raised NameError"),
        note("chapters/b.md", 9, "no fact has the id 'x'"),
        note("chapters/a.md", None, "is in no contents"),
    ],
)
def test_what_no_check_has_said_is_kept(built):
    assert together([CHECKED], [built, built]) == [CHECKED, built]


@pytest.mark.parametrize(
    ("value", "rule", "raised", "is_told"),
    [
        ("open", "a cell reads data by the book", "FileNotFoundError: 'notes.txt'", True),
        (None, "a cell of 9 lines; at most 8", "NameError: name 'x' is not defined", True),
        ("charts.dumbell", "charts has no dumbell", "AttributeError: no attribute 'dumbell'", False),
        ("“a”", "is no Python: invalid character", "SyntaxError: invalid character '“' (U+201C)", False),
    ],
)
def test_what_a_cell_raises_is_told_beside_another_fault_of_its_line(value, rule, raised, is_told):
    checked = note_of(Problem("chapters/a.md", 9, None, value, rule))
    built = note("chapters/a.md", 9, f"cell 2 raised {raised}")
    assert together([checked], [built]) == [checked, *([built] if is_told else [])]


@pytest.mark.parametrize(
    ("file", "page"),
    [("index.md", "index"), ("chapters/a/b.md", "chapters/a/b"), ("README.md", ""), ("facts.csv", ""), ("", "")],
)
def test_a_page_is_concerned_by_its_own_file(file, page):
    assert page_of(file) == page
