"""Rules that take a table of children, or of counts, and give one: from the reader's file to a file beside it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from evidence.attendance import census, indicators, risk
from evidence.attendance.definitions import RECORD, classified
from evidence.attendance.disappearance import disappeared
from evidence.attendance.early_warning import ATTRIBUTES, flagged
from evidence.attendance.reading.tables import source
from evidence.toolkit.faults import BadInput, Fault

Tables = Sequence[pd.DataFrame]


class Job(NamedTuple):
    """A rule over tables: what it does, the columns of each file (texts, and whole numbers), and the function."""

    about: str
    texts: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[str, ...], ...]
    run: Callable[[Tables], dict[str, pd.DataFrame]]


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
TRIGGERS = tuple(column for column in ATTRIBUTES.values() if column)
JOBS = {
    "classify": Job("definitions and categories of each record", (CHILD,), (RECORD,), _classify),
    "risk": Job("factors of each child, and the rule of five traits", (CHILD,), ((*risk.TRAITS, *FACTORS),), _risk),
    "warning": Job("triggers of early warning that each pupil reaches", (CHILD,), (TRIGGERS,), _warning),
    "disappeared": Job(
        "children of one roll who are on no roll a year later: two files",
        (("child", "reason"), CHILD),
        (("age_after", "completed"), ()),
        _disappeared,
    ),
    "match": Job("two lists held against each other: two files", (census.COLUMNS,) * 2, ((), ()), _match),
}


def read(path: Path, texts: Sequence[str], numbers: Sequence[str]) -> pd.DataFrame:
    """Return columns of a file, texts and whole numbers; a column that the file lacks is unknown throughout.

    Raises :class:`BadInput` where the first column of texts is missing, or a number is none, with every row.
    """
    from evidence.toolkit.engines import duckdb_engine

    with tempfile.TemporaryDirectory(prefix="evidence-attendance-") as folder:
        text = source(path, Path(folder))
        if text is None:
            rows = duckdb_engine().session.read_parquet(str(path)).df().astype("string")
        else:
            options = {"dtype": "string", "keep_default_na": False, "encoding": "utf-8-sig"}
            rows = pd.read_csv(text.path, sep=text.separator, **options)
    rows = rows.rename(columns=lambda head: head.strip().lower().replace(" ", "_"))
    if texts[0] not in rows:
        has = ", ".join(rows.columns[:12])
        raise BadInput([Fault(path.name, 1, texts[0], "", f"the file has no such column; it has: {has}")])
    table = pd.DataFrame({name: rows.get(name, pd.NA) for name in texts}, index=rows.index)
    table = table.astype("string").apply(lambda column: column.str.strip().replace("", pd.NA))
    faults = []
    for name in numbers:
        cells = pd.Series(rows.get(name, pd.NA), rows.index, dtype="string").str.strip().replace("", pd.NA)
        parsed = pd.to_numeric(cells, errors="coerce")
        wrong = cells.notna() & (parsed.isna() | (parsed % 1 != 0))
        faults += [Fault(path.name, row + 2, name, cells[row], "is no whole number") for row in rows.index[wrong]]
        table[name] = parsed.where(~wrong).astype("Int64")
    if faults:
        raise BadInput(faults)
    return table


def write(tables: dict[str, pd.DataFrame], to: Path) -> list[Path]:
    """Write result tables beside each other, each whole or not at all; return where they are."""
    paths = []
    for suffix, table in tables.items():
        path = to.with_name(f"{to.stem}{suffix}.csv")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
        try:
            table.to_csv(name, index=False, lineterminator="\n")
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
        paths.append(path)
    return paths


def apply(job: str, files: Sequence[Path], to: Path) -> list[Path]:
    """Apply a job to files and write its tables. Raises :class:`BadInput` for input that cannot be used."""
    chosen = JOBS[job]
    if len(files) != len(chosen.texts):
        raise BadInput([Fault(job, None, "", "", f"takes {len(chosen.texts)} file(s), not {len(files)}")])
    return write(chosen.run([read(*each) for each in zip(files, chosen.texts, chosen.numbers)]), to)


def apply_indicator(key: str, file: Path, by: Sequence[str], to: Path) -> list[Path]:
    """Compute an indicator by columns of a table of counts. Raises :class:`BadInput` for counts that cannot be."""
    if key not in indicators.BY_KEY:
        raise BadInput([Fault(key, None, "", "", f"is no indicator; there are: {', '.join(indicators.BY_KEY)}")])
    counts = indicators.BY_KEY[key].counts
    table = read(file, (*by, counts[0]), counts)
    absent = [name for name in (*by, *counts) if table[name].isna().any()]
    if absent:
        raise BadInput([Fault(file.name, None, name, "", "is missing or empty in places") for name in absent])
    try:
        return write({"": indicators.by_group(table, key, by)}, to)
    except ValueError as error:
        raise BadInput([Fault(file.name, None, "", "", str(error))]) from None
