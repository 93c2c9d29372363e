"""The tables of a file: one, or of a workbook one a sheet, each of the form that its name or its heads say."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from evidence.attendance.reading import notes as note
from evidence.attendance.reading.forms import Form, form_of
from evidence.attendance.reading.heads import LEAST, Known, known_heads, matched, nobody, school_above
from evidence.attendance.reading.tables import School, Source, read_table
from evidence.attendance.reading.text import Text, as_utf8, json_as_csv
from evidence.attendance.reading.wide import MONTH_YEAR, MONTHS, SCHOOL_YEAR, YEAR, YEAR_MONTH, is_day
from evidence.attendance.reading.words import names_of, plain
from evidence.attendance.reading.workbook import sheets_as_csv
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.files import check_readable, unreadable, why_not
from evidence.toolkit.messages import Message
from evidence.toolkit.reports import PACKAGE
from evidence.toolkit.workbooks import SUFFIXES as WORKBOOKS
from evidence.toolkit.workbooks import opened

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", *WORKBOOKS, ".json")
OTHERS = (".xls", ".xlsb", ".ods", ".zip", ".gz", ".7z", ".rar", ".dbf", ".sav")
NO_FOLDER = "is not a folder; name the folder that holds the files"
NO_KIND = "is of a kind that is not read; save it as CSV or XLSX"
NO_FILE = "holds no file to read ({kinds})"
NO_FILE_HERE = NO_FILE + "; folders inside it are not looked into"
DISAGREE = (
    "the sheets differ in form: {good} can be read, {bad} cannot. Give all of them the same heads, or move those that "
    "are no such table to another file"
)
TWO_FORMS = "the sheets differ in form: {wide} have one column per day, {long} have one row per day; give them one form"
SEVERAL = "has several sheets with such a table ({sheets}); keep one of them"
NO_SUCH_SHEET = "has no sheet with such a table"
UNNAMED = re.compile(r"(sheet|лист|парақ)\s*\d*", re.IGNORECASE)  # what Excel calls a sheet that nobody named
A_CLASS = r"(?<!\d)\d{1,2}\s*[-–«\"]?\s*[^\W\d_][»\"]?(?![^\W\d_])(\s*(класс[а-я]*|сынып))?"


class Naming(NamedTuple):
    """What says the school of files without a column for it: a name that is given, or the names of files or sheets."""

    given: str = ""
    by: str = ""  # "", files or sheets


class Found(NamedTuple):
    """What stands in a file: its tables, what is wrong with their rows, what is wrong with all of it, and notes."""

    sources: list[tuple[Form, Source]]
    faults: list[Fault]
    fatal: list[Fault]
    notes: list[note.Note]


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder that may hold tables.

    Raises :class:`BadInput` where there are none, and with all that cannot be read.
    """
    if not folder.is_dir():
        raise BadInput([Fault(str(folder), None, "", "", why_not(folder) or Message.of(NO_FOLDER))])
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    found = [path for path in inside if path.suffix.lower() in SUFFIXES]
    others = [path for path in inside if path.suffix.lower() in OTHERS and form_of(path.stem)]
    faults = [Fault(path.name, None, "", "", Message.of(NO_KIND)) for path in others]
    if faults := [*faults, *unreadable(found)]:
        raise BadInput(faults)
    if not found:
        folders = any(path.is_dir() for path in inside)
        rule = Message.of(NO_FILE_HERE if folders else NO_FILE, kinds=", ".join(SUFFIXES))
        raise BadInput([Fault(str(folder), None, "", "", rule)])
    return found


def passed_over(folder: Path) -> list[note.Note]:
    """Return notes on what may hold tables in a folder and is not read: files of other kinds, and folders."""
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    kinds = [(note.FOLDERS, path) for path in inside if path.is_dir() and not (path / PACKAGE).exists()]
    kinds += [(note.OTHER_KIND, path) for path in inside if path.is_file() and path.suffix.lower() in OTHERS]
    return [note.Note(kind, path.name) for kind, path in kinds]


def texts_of(path: Path, folder: Path, known: Known) -> tuple[list[Text | None], list[note.Note]]:
    """Return a file as texts, of a workbook one a sheet that holds any row; None for Parquet, which needs no such step.

    ``known`` counts the heads in a row. Raises :class:`BadInput` where it cannot be read.
    """
    check_readable([path])
    suffix = path.suffix.lower()
    if suffix in OTHERS:
        raise BadInput([Fault(path.name, None, "", "", Message.of(NO_KIND))])
    if suffix in WORKBOOKS:
        texts, empty = sheets_as_csv(path, folder, known)
        return [*texts], empty
    if suffix == ".json":
        return [json_as_csv(path, folder)], []
    return [None if suffix == ".parquet" else as_utf8(path, folder, known)], []


def one_text(path: Path, folder: Path, known: Known = nobody) -> Text | None:
    """Return a file with one table as text. Raises :class:`BadInput` for a workbook with several, or none, of them."""
    texts, _ = texts_of(path, folder, known)
    if len(texts) > 1:
        tables = [text for text in texts if text and known(text.heads)]
        if len(tables) > 1:
            sheets = ", ".join(text.sheet for text in tables)
            raise BadInput([Fault(path.name, None, "", "", Message.of(SEVERAL, sheets=sheets))])
        if not tables:
            raise BadInput([Fault(path.name, None, "", "", Message.of(NO_SUCH_SHEET))])
        return tables[0]
    return texts[0]


def read_file(session: Any, path: Path, folder: Path, codes: dict[str, str], naming: Naming) -> Found | None:
    """Return the tables of a file, None where neither its name nor that of a sheet is one of a table.

    Raises :class:`BadInput` where it cannot be read at all.
    """
    own = form_of(path.stem)
    if own is None and path.suffix.lower() not in WORKBOOKS:
        return None
    found = Found([], [], [], [])
    texts, empty = texts_of(path, folder, known_heads([own] if own else _forms_of_sheets(path)))
    pairs = [(text, _form(own, text, len(texts) == 1)) for text in texts]
    tables = [(text, form) for text, form in pairs if form]
    if not tables and own is None:
        return None
    if not tables:
        tables = [(text, own) for text in texts if own]
        pairs = []
    found.notes.extend(empty)
    found.notes.extend(note.Note(note.NO_TABLE, text.place) for text, form in pairs if text and not form)
    good, bad = [], []
    for text, form in tables:
        try:
            source, faults, said = read_table(session, path, text, form, codes, _school(path, text, form, naming))
        except BadInput as error:
            found.fatal.extend(error.faults)
            found.notes.extend(error.notes)
            bad.append(text.sheet if text else "")
            continue
        found.sources.append((form, source))
        found.faults.extend(faults)
        found.notes.extend(said)
        good.append((form.table, bool(source.heads), text.sheet if text else ""))
    found.fatal.extend(_disagreement(path.name, good, bad))
    return found


def _forms_of_sheets(path: Path) -> list[Form]:
    """Return the forms that the names of sheets say, of a workbook whose own name says none."""
    book = opened(path)
    forms = [form for name in book.sheetnames if (form := form_of(name))]
    book.close()
    return forms


def _form(own: Form | None, text: Text | None, is_only: bool) -> Form | None:
    """Return the form of a sheet: that of its file, else the one that its own name says; None where it is not a table.

    A sheet is a table where two of its heads are known; a file with one sheet is one whatever its heads.
    """
    if text is None or (own and is_only):
        return own
    named = form_of(text.sheet) if text.sheet else None
    for form in (own, named):
        if form and known_heads([form])(text.heads) >= LEAST and (form is own or _fits(form, text)):
            if form is own and named and named.table != form.table and not _fits(form, text) and _fits(named, text):
                continue
            return form
    return None


def _fits(form: Form, text: Text) -> bool:
    """Return whether a sheet has every head that a form needs."""
    heads = [*text.heads, "day", "status"] if any(map(is_day, text.heads)) else text.heads
    try:
        matched(form, heads, text.place, text.head_row)
    except BadInput:
        return False
    return True


def _disagreement(file: str, good: Collection[tuple[str, bool, str]], bad: Collection[str]) -> list[Fault]:
    """Return that sheets of one workbook differ in form, with their names; nothing where they do not."""
    if good and bad:
        names = [sheet for *_, sheet in good]
        return [Fault(file, None, "", "", Message.of(DISAGREE, good=_few(names), bad=_few(list(bad))))]
    wide = {table: [sheet for one, days, sheet in good if one == table and days] for table, *_ in good}
    for table, sheets in wide.items():
        long = [sheet for one, days, sheet in good if one == table and not days]
        if sheets and long:
            return [Fault(file, None, "", "", Message.of(TWO_FORMS, wide=_few(sheets), long=_few(long)))]
    return []


def _few(names: list[str], most: int = 5) -> str:
    """Return names of sheets, the first of them and how many more."""
    named = ", ".join(f"“{name}”" for name in names[:most])
    return Message.of("{names} and {more} more", names=named, more=len(names) - most) if len(names) > most else named


def _school(path: Path, text: Text | None, form: Form, naming: Naming) -> School | None:
    """Return the school of a file without a column for it: named above its heads, by its name as asked, or given."""
    if text and (above := school_above(text.titles)):
        return School(above, note.TITLE_SCHOOL)
    if naming.by:
        name = text.sheet if text and naming.by == "sheets" else path.stem
        if not UNNAMED.fullmatch(name) and (school := school_in(name, form)):
            return School(school, note.NAME_SCHOOL)
    return School(naming.given, note.GIVEN_SCHOOL) if naming.given else None


def school_in(name: str, form: Form) -> str:
    """Return what the name of a file or a sheet has beside the name of its table, month, year and class."""
    for start in sorted(names_of("files", form.table) or form.stems, key=len, reverse=True):
        if plain(name).startswith(plain(start)):
            name = name[len(start) :]
            break
    for pattern in (SCHOOL_YEAR, YEAR_MONTH, MONTH_YEAR, YEAR, A_CLASS):
        name = re.sub(pattern, " ", name)
    words = [word for word in re.split(r"[\s_]+", name) if word.strip(".,").lower() not in MONTHS]
    return " ".join(words).strip(" -–.,_()")
