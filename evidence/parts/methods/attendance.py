"""Tables of the chapter on running the attendance toolkit: what goes in, what comes out, and its rules."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pandas as pd

from evidence.attendance.analysis import Results, analysed
from evidence.attendance.days import PARAMETERS
from evidence.attendance.demo import write_demo
from evidence.attendance.reading.folder import Tables, read_folder
from evidence.attendance.reading.forms import PLAIN, TEN_DAY
from evidence.attendance.reading.words import LANGUAGES, listed_values, plain
from evidence.attendance.report import ABOUT
from evidence.attendance.rulebook import RULEBOOK
from evidence.attendance.rules import BASES
from evidence.toolkit.engines import engine
from evidence.toolkit.faults import BadInput

PUPILS = 2400  # made up: invented children of the district
TABLES = {
    "absences": "one absence of a child",
    "register": "one child on one day, instead of absences",
    "calendar": "one school day of a school",
    "recorded": "one day that a school recorded",
    "enrolment": "one spell of a child on a roll",
    "ten_day_register": "one entry of the register of long absences",
}
FAULTY = {  # synthetic files, each row with a fault of its own
    "calendar-synthetic.csv": "school,date\nA,2012-09-03\nA,2012-09-04\nB,2012-09-03\n",
    "absences-synthetic.csv": (
        "child,school,date,status\nchild-1,A,2012-02-30,unexcused\nchild-1,A,2012-09-03,H\n"
        "child-1,A,2012-09-08,excused\nchild-3,A,2012-09-04,excused\n"
    ),
    "enrolment-synthetic.csv": (
        "child,school,start,end,region\nchild-1,A,2012-09-01,,North\nchild-1,B,2012-09-02,2012-12-01,South\n"
        "child-2,A,2012-10-01,2012-09-01,North\n"
    ),
}


def district(folder: Path) -> Tables:
    """Return the tables of a synthetic district, written into a folder and read as a user's files are."""
    write_demo(folder, PUPILS)
    return read_folder(folder, engine("duckdb"))


@cache
def results() -> Results:
    """Return what the rules find in the synthetic district, with every parameter at its default."""
    with tempfile.TemporaryDirectory() as name:
        return analysed(district(Path(name)))


def inputs() -> pd.DataFrame:
    """Return the columns that files may have, one row each.

    Columns: ``File``, ``A row is``, ``Column``, ``Needed`` (yes, no), ``Also read as`` (other names).
    """
    rows = []
    for form in (*PLAIN, TEN_DAY):
        for position, column in enumerate(form.columns):
            about = TABLES[form.table] if position == 0 else ""
            needed = "yes" if column.required else "no"
            others = [one for one in column.names if plain(one) != plain(column.name)]
            rows.append((form.table, about, column.name, needed, ", ".join(others)))
    return pd.DataFrame(rows, columns=["File", "A row is", "Column", "Needed", "Also read as"])


def values() -> pd.DataFrame:
    """Return the words that cells may have, one row a value: ``Cell`` and a column a language."""
    rows = [(what.replace("`", ""), *names) for what, *names in listed_values()]
    return pd.DataFrame(rows, columns=["Cell", *LANGUAGES.values()])


def outputs() -> pd.DataFrame:
    """Return the tables of a report, one row each: ``Table`` and ``What is in it``."""
    return pd.DataFrame(list(ABOUT.items()), columns=["Table", "What is in it"])


def overview() -> pd.DataFrame:
    """Return what was read of the synthetic district: ``What was read`` and ``Number``."""
    found = results().overview
    return pd.DataFrame({"What was read": [name.capitalize() for name in found], "Number": list(found.values())})


def refused() -> pd.DataFrame:
    """Return what a user is told of synthetic files with a fault in nearly every row, one row a fault.

    Columns: ``File``, ``Row`` (the head is row 1), ``Column``, ``Value`` (never a child's), ``What is wrong``. Raises
    ValueError should the toolkit read the files without a word.
    """
    with tempfile.TemporaryDirectory() as name:
        for file, text in FAULTY.items():
            Path(name, file).write_text(text, encoding="utf8")
        try:
            read_folder(Path(name), engine("duckdb"))
        except BadInput as error:
            rows = [(one.file, one.row, one.column, one.value, one.rule) for one in error.faults]
            return pd.DataFrame(rows, columns=["File", "Row", "Column", "Value", "What is wrong"])
    raise ValueError("files with faults were read without a word")


def rules() -> pd.DataFrame:
    """Return every rule of the toolkit, in the words it makes itself, one row each.

    Columns: ``Rule``, ``What it does`` and ``Stated by`` (the study, imported, ours) with ``Place``.
    """
    rows = [(one.title, one.sentence.format(**one.values()), BASES[one.basis], one.where) for one in RULEBOOK]
    return pd.DataFrame(rows, columns=["Rule", "What it does", "Stated by", "Place"])


def parameters() -> pd.DataFrame:
    """Return the parameters on which every count of days rests, one row each.

    Columns: ``Option`` of the command, ``What it decides``, ``Default``, ``Set by``, ``Why``.
    """
    rows = [
        (f"--{one.name.replace('_', '-')}", one.about, str(one.default), BASES[one.basis], one.where)
        for one in PARAMETERS
    ]
    return pd.DataFrame(rows, columns=["Option", "What it decides", "Default", "Set by", "Why"])
