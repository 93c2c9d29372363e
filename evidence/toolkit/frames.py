"""Lets one function, written on narwhals, take and return the frames of any engine."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import narwhals.stable.v2 as nw

Frame = Any  # a frame of pandas, Polars, PyArrow, DuckDB or Spark; inside a rule, of narwhals


def _library(value: Any) -> str:
    """Return the library that a value's type comes from."""
    return type(value).__module__.partition(".")[0]


def _is_arrow(value: Any) -> bool:
    return _library(value) == "pyarrow" and type(value).__name__ == "Table"


def _opened(value: Any) -> Any:
    """Return a frame as narwhals sees it, anything else as it is.

    pandas frames get nullable types: a missing integer stays an integer.
    """
    if _library(value) == "pandas" and type(value).__name__ == "DataFrame":
        value = value.convert_dtypes(dtype_backend="numpy_nullable")
    return nw.from_native(value, pass_through=True)


def _on_duckdb(function: Callable, arguments: tuple, named: dict) -> Any:
    """Run a function of PyArrow tables on DuckDB: Arrow has no ordered windows. Returns a PyArrow table."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")

    def handed(value: Any) -> Any:
        return connection.from_arrow(value) if _is_arrow(value) else value

    result = function(*map(handed, arguments), **{name: handed(value) for name, value in named.items()})
    return result.to_arrow_table()


def portable(function: Callable) -> Callable:
    """Return a rule, written on narwhals frames, as a function of the caller's frames that gives the caller's kind.

    All frames of one call are of one engine. A rule that calls another hands on narwhals frames.
    """

    @functools.wraps(function)
    def run(*arguments: Any, **named: Any) -> Any:
        given = [*arguments, *named.values()]
        if any(isinstance(value, nw.DataFrame | nw.LazyFrame) for value in given):
            return function(*arguments, **named)
        if any(map(_is_arrow, given)):
            return _on_duckdb(run, arguments, named)
        opened = function(*map(_opened, arguments), **{name: _opened(value) for name, value in named.items()})
        return nw.to_native(opened, pass_through=True)

    return run


def flag(condition: nw.Expr) -> nw.Expr:
    """Return 1 where a condition holds and 0 elsewhere, missing conditions included; every engine can sum it."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def running(column: str, over: list[str], order_by: list[str]) -> nw.Expr:
    """Return the running sum of a column of whole numbers, in order, within groups.

    Not ``cum_count``: narwhals 2.29 counts in row order on pandas if the counted column also orders.
    """
    return nw.col(column).cum_sum().over(*over, order_by=order_by).cast(nw.Int64)


def grouped(frame: Frame, keys: list[str], **numbers: nw.Expr) -> Frame:
    """Return one row per group with whole numbers, 64 bits wide: DuckDB sums to 128 bits, Polars counts in 32."""
    rows = frame.group_by(*keys).agg(**numbers)
    return rows.with_columns(nw.col(*numbers).cast(nw.Int64))


def distinct(frame: Frame, keys: list[str]) -> Frame:
    """Return each combination of columns once.

    Not ``unique``: narwhals 2.29 numbers all rows for it on DuckDB, ten times the work.
    """
    return frame.group_by(*keys).agg(rows_=nw.len()).select(*keys)
