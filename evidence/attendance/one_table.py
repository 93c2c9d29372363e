"""Rules that take a table of children, or of counts, and give one: from the reader's file to a file beside it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from evidence.attendance import census, indicators, risk
from evidence.attendance.definitions import RANGES, RECORD, classified, impossible
from evidence.attendance.disappearance import disappeared
from evidence.attendance.early_warning import ATTRIBUTES, flagged
from evidence.attendance.protocol import QUESTIONS
from evidence.attendance.reading.cells import NO_CODE, RULES
from evidence.attendance.reading.files import one_text
from evidence.attendance.reading.heads import NO_COLUMN, TWO_COLUMNS
from evidence.attendance.reading.tables import EMPTY
from evidence.attendance.reading.words import MORE, accepted, accepted_values, codes_of, names_of, plain
from evidence.attendance.written_dates import as_dates
from evidence.toolkit.commands import own_folder
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message
from evidence.toolkit.reports import write_workbook

Tables = Sequence[pd.DataFrame]


NO_FLAG, NO_DATE = "is neither 0 nor 1", "is not a date; write 2012-05-15 or 15.05.2012"
NO_PLACE = "is not a folder; make it, or give another place: --to FILE"
TAKES = "takes {number} files, and {given} are given"
NO_INDICATOR = "is not an indicator; there are: {keys}"
LACKING = "is missing, or empty in every row. Names that are read: {names} ({more})"
TWICE = "stands twice in the list; each child of a list has one entry"
NO_QUESTION, TWO_ANSWERS = "is not a question of the form", "is answered twice; keep one answer"
NO_FORM = "has no such column; delete the file and run the command again for a new form"
NO_MOST = 10**15
MARK = "\ufeff"


class Job(NamedTuple):
    """A rule over tables: what it does, the columns of each file (texts, and whole numbers), and the function."""

    about: str
    texts: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[str, ...], ...]
    run: Callable[[Tables], dict[str, pd.DataFrame]]
    is_list: bool = False  # of children, each of whom stands in it once, by its first column
    impossible: Callable[[Mapping[str, Any]], list[tuple[str, str]]] = lambda _: []


def _classify(tables: Tables) -> dict[str, pd.DataFrame]:
    return {"": classified(tables[0])}


def _risk(tables: Tables) -> dict[str, pd.DataFrame]:
    factors = risk.profile(tables[0]).groupby("child")["factor"].agg("; ".join).rename("factors").reset_index()
    return {"": risk.combination(tables[0]).merge(factors, on="child", how="left")}


def _warning(tables: Tables) -> dict[str, pd.DataFrame]:
    return {"": flagged(tables[0])}


def _disappeared(tables: Tables) -> dict[str, pd.DataFrame]:
    return {"": disappeared(*tables)}


def _match(tables: Tables) -> dict[str, pd.DataFrame]:
    pairs, alone = census.matched(*tables)
    return {"": pairs, "-alone": alone}


CHILD = ("child",)
FACTORS = tuple(factor.column for factor in risk.FACTORS)
FLAGS = {*FACTORS, *risk.TRAITS, "completed", *(name for name in RECORD if name not in RANGES)} - {"school_changes"}
YES_NO = codes_of("flag")
TRIGGERS = tuple(column for column in ATTRIBUTES.values() if column)
JOBS = {
    "classify": Job("definitions and categories of each record", (CHILD,), (RECORD,), _classify, impossible=impossible),
    "risk": Job("factors of each child, and the rule of five traits", (CHILD,), ((*risk.TRAITS, *FACTORS),), _risk),
    "warning": Job("triggers of early warning that each pupil reaches", (CHILD,), (TRIGGERS,), _warning),
    "disappeared": Job(
        "children of one roll who are on no roll a year later: two files",
        (("child", "reason"), CHILD),
        (("age_after", "completed"), ()),
        _disappeared,
    ),
    "match": Job("two lists held against each other: two files", (census.COLUMNS,) * 2, ((), ()), _match, True),
}


def read(
    path: Path,
    texts: Sequence[str],
    numbers: Sequence[str],
    flags: Collection[str] = FLAGS,
    of_children: bool = True,
    name: str = "",
) -> pd.DataFrame:
    """Return columns of a file, texts and whole numbers; a column that the file lacks is unknown throughout.

    ``flags`` are the columns that hold 0 or 1, or yes or no; of a list of children words and dates are understood.
    ``name`` is what messages call the file, its own name unless given.
    Raises :class:`BadInput` where the first column of texts is missing, or a number is none, with every row.
    """
    file = name or path.name
    rows, head_row = _rows(path, (*texts, *numbers))
    heads = _heads(list(rows.columns), (*texts, *numbers), file, head_row)
    rows = rows[list(heads)].rename(columns=heads)
    table = pd.DataFrame({name: rows.get(name, pd.NA) for name in texts}, index=rows.index)
    table = table.astype("string").apply(lambda column: column.str.strip().replace("", pd.NA))
    faults = [Fault(file, row, texts[0], "", Message.of(EMPTY)) for row in rows.index[table[texts[0]].isna()]]
    faults += _understood(table, file) if of_children else []
    for column in dict.fromkeys(numbers):
        cells = pd.Series(rows.get(column, pd.NA), rows.index, dtype="string").str.strip().replace("", pd.NA)
        if column in flags:
            cells = cells.str.lower().replace(YES_NO)
        parsed = pd.to_numeric(cells, errors="coerce")
        most, rule = (1, NO_FLAG) if column in flags else (NO_MOST, RULES["whole"])
        wrong = cells.notna() & (parsed.isna() | (parsed % 1 != 0) | (parsed < 0) | (parsed > most))
        faults += [Fault(file, row, column, cells[row], Message.of(rule)) for row in rows.index[wrong]]
        table[column] = parsed.where(~wrong).astype("Int64")
    if faults:
        raise BadInput(faults)
    return table


def _rows(path: Path, wanted: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """Return the rows of a file as texts, by their numbers in it, without empty ones, and the row of its heads."""
    from evidence.toolkit.engines import duckdb_engine

    names = {plain(one) for name in wanted for one in (*names_of("columns", name), name)}
    with own_folder("evidence-attendance") as folder:
        text = one_text(path, folder, lambda row: sum(plain(cell) in names for cell in row))
        if text is None:
            rows = duckdb_engine().session.read_parquet(str(path)).df().astype("string")
            return rows.set_axis(range(2, len(rows) + 2)), 1
        options = {"dtype": "string", "keep_default_na": False, "encoding": "utf-8-sig", "skip_blank_lines": False}
        places = range(len(text.heads))
        try:
            rows = pd.read_csv(
                text.path, sep=text.separator, skiprows=text.head_row, header=None, names=places, **options
            )
        except pd.errors.EmptyDataError:
            rows = pd.DataFrame(columns=places, dtype="string")
    rows = rows.set_axis(text.heads, axis=1).set_axis(range(text.head_row + 1, text.head_row + 1 + len(rows)))
    return rows[rows.fillna("").ne("").any(axis=1)], text.head_row


def _heads(heads: Sequence[str], wanted: Sequence[str], file: str, row: int) -> dict[str, str]:
    """Return which head stands for which column, in any of three languages; a head of no column is left out.

    Raises :class:`BadInput` where the first column is missing, or a column is there twice.
    """
    names = {plain(one): name for name in wanted for one in (*names_of("columns", name), name)}
    found = {head: names[plain(head)] for head in heads if plain(head) in names}
    meant = [names[plain(head)] for head in heads if plain(head) in names]
    twice = [name for name in dict.fromkeys(meant) if meant.count(name) > 1]
    if twice:
        raise BadInput([Fault(file, row, name, "", Message.of(TWO_COLUMNS)) for name in twice])
    if wanted[0] not in found.values():
        parts = {"heads": ", ".join(heads[:12]) or "–", "names": accepted(wanted[0]), "more": Message.of(MORE)}
        raise BadInput([Fault(file, row, wanted[0], "", Message.of(NO_COLUMN, **parts))])
    return found


def _understood(table: pd.DataFrame, file: str) -> list[Fault]:
    """Put the words and dates of a table of texts into one form, in place; return the cells that have none.

    A reason of leaving is free: only migration has words of its own.
    """
    faults = []
    for name, kind in (("sex", "sex"), ("reason", "leaving")):
        if name in table:
            known = table[name].str.lower().map(codes_of(kind)).astype("string")
            wrong = table.index[table[name].notna() & known.isna()] if name == "sex" else []
            rule = Message.of(NO_CODE, codes=accepted_values(kind))
            faults += [Fault(file, row, name, table.loc[row, name], rule) for row in wrong]
            table[name] = known if name == "sex" else known.fillna(table[name])
    if "birth_date" in table:
        dates = as_dates(table["birth_date"])
        rule = Message.of(NO_DATE)
        wrong = table.index[table["birth_date"].notna() & dates.isna()]
        faults += [Fault(file, row, "birth_date", table.loc[row, "birth_date"], rule) for row in wrong]
        table["birth_date"] = dates.dt.strftime("%Y-%m-%d").astype("string")
    return faults


def write(tables: dict[str, pd.DataFrame], to: Path) -> list[Path]:
    """Write result tables beside each other, each whole or not at all; return where they are.

    They are CSV files, or workbooks where the name ends so, which Excel opens in every country. CSV files begin with a
    mark of their encoding, without which Excel shows Cyrillic letters wrongly.
    """
    is_book = to.suffix.lower() == ".xlsx"
    paths = [to.with_name(f"{to.stem}{suffix}{'.xlsx' if is_book else '.csv'}") for suffix in tables]
    for path, table in zip(paths, tables.values()):
        if is_book:
            _put(path, partial(write_workbook, tables={path.stem: table}, heads={}))
        else:
            write_text(MARK + table.to_csv(index=False, lineterminator="\n"), path)
    return paths


def write_text(text: str, path: Path) -> None:
    """Write a text file, whole or not at all."""
    _put(path, lambda new: new.write_text(text, encoding="utf-8", newline=""))


def _put(path: Path, write_to: Callable[[Path], object]) -> None:
    """Write a file, whole or not at all; only its owner may read it: it may hold rows of children."""
    if not path.parent.is_dir():
        raise BadInput([Fault(str(path.parent), None, "", "", Message.of(NO_PLACE))])
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        write_to(Path(name))
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def apply(job: str, files: Sequence[Path], to: Path) -> list[Path]:
    """Apply a job to files and write its tables. Raises :class:`BadInput` for input that cannot be used."""
    chosen = JOBS[job]
    if len(files) != len(chosen.texts):
        raise BadInput([Fault(job, None, "", "", Message.of(TAKES, number=len(chosen.texts), given=len(files)))])
    tables, faults = [], list[Fault]()
    names = [str(file) if len({one.name for one in files}) < len(files) else file.name for file in files]
    for file, name, texts, numbers in zip(files, names, chosen.texts, chosen.numbers):
        try:
            tables.append(read(file, texts, numbers, name=name))
        except BadInput as error:
            faults += error.faults
            continue
        rows = tables[-1][texts[0]] if chosen.is_list else pd.Series(dtype="string")
        again = rows.index[rows.duplicated()]
        faults += [Fault(name, row, texts[0], "", Message.of(TWICE)) for row in again]
    if faults:
        raise BadInput(faults)
    rows = zip(tables[0].index, tables[0].to_dict("records"))
    wrong = [(number, name, record[name], rule) for number, record in rows for name, rule in chosen.impossible(record)]
    if wrong:
        raise BadInput([Fault(files[0].name, number, name, str(value), rule) for number, name, value, rule in wrong])
    return write(chosen.run([table.reset_index(drop=True) for table in tables]), to)


def apply_indicator(key: str, file: Path, by: Sequence[str], to: Path) -> list[Path]:
    """Compute an indicator by columns of a table of counts. Raises :class:`BadInput` for counts that cannot be."""
    if key not in indicators.BY_KEY:
        raise BadInput([Fault(key, None, "", "", Message.of(NO_INDICATOR, keys=tuple(indicators.BY_KEY)))])
    counts = indicators.BY_KEY[key].counts
    table = read(file, (*by, counts[0]), counts, (), of_children=False)
    names = dict.fromkeys((*by, *counts))
    absent = [name for name in names if table[name].isna().all()]
    rules = {name: Message.of(LACKING, names=accepted(name), more=Message.of(MORE)) for name in absent}
    faults = [Fault(file.name, None, name, "", rule) for name, rule in rules.items()]
    empty = [(row, name) for name in names if name not in rules for row in table.index[table[name].isna()]]
    faults += [Fault(file.name, row, name, "", Message.of(EMPTY)) for row, name in empty]
    if faults:
        raise BadInput(faults)
    table = table.reset_index(drop=True)
    try:
        return write({"": indicators.by_group(table, key, by)}, to)
    except ValueError as error:
        raise BadInput([Fault(file.name, None, "", "", error.args[0])]) from None


def answers(file: Path) -> dict[str, str]:
    """Return the answers of a self-assessment by the key of their question, "" for none.

    Raises :class:`BadInput` for a file that is no such form, and with every row whose question or answer is none.
    """
    wanted = ("key", "answer")
    rows, head_row = _rows(file, wanted)
    heads = _heads(list(rows.columns), wanted, file.name, head_row)
    if wanted[1] not in heads.values():
        raise BadInput([Fault(file.name, head_row, wanted[1], "", Message.of(NO_FORM))])
    rows = rows[list(heads)].rename(columns=heads).astype("string").fillna("").apply(lambda one: one.str.strip())
    given = rows["answer"].str.lower().map(codes_of("answer"))
    known = {one.key for one in QUESTIONS}
    tests = (
        (Message.of(NO_QUESTION), "key", ~rows["key"].isin(known)),
        (Message.of(TWO_ANSWERS), "key", rows["key"].isin(known) & rows["key"].duplicated()),
        (Message.of(NO_CODE, codes=accepted_values("answer")), "answer", rows["answer"].ne("") & given.isna()),
    )
    faults = [
        Fault(file.name, row, column, rows.loc[row, column], rule)
        for rule, column, wrong in tests
        for row in rows.index[wrong]
    ]
    if faults:
        raise BadInput(faults)
    return dict(zip(rows["key"], given.fillna("")))
