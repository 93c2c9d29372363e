"""The one file that knows engines: read, checkpoint, write, and their settings. Rules know none."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from evidence.toolkit.commands import own_folder
from evidence.toolkit.faults import INSTALL, Unavailable
from evidence.toolkit.messages import Message

NEEDS = {"duckdb": "duckdb", "polars": "polars", "pandas": "pandas", "spark": "pyspark"}
CHUNK = 50_000  # speed: values that Python holds at a time
EXTRAS = {"spark": "spark", "polars": "engines", "pyarrow": "engines"}
NO_DUCKDB = "DuckDB is not installed: pip install duckdb"
NO_ENGINE = "There is no engine {name}; there are: {names}"
NOT_INSTALLED = "The engine {name} is not installed: {how}"
NO_JAVA = "Spark needs Java 17: install it (Debian: apt-get install openjdk-17-jre-headless)"


def available(name: str) -> bool:
    """Return whether an engine's library is installed."""
    return importlib.util.find_spec(NEEDS[name]) is not None


@dataclass(frozen=True)
class Engine:
    """An engine by name, with its session: a DuckDB connection or a Spark session; pandas and Polars need none."""

    name: str
    session: Any = None

    def frame(self, data: pd.DataFrame) -> Any:
        """Return a pandas frame as this engine's."""
        if self.name == "duckdb":
            return self.session.from_df(data)
        if self.name == "polars":
            import polars

            columns = {
                name: column.astype(object).where(column.notna(), None).tolist() for name, column in data.items()
            }
            return polars.DataFrame(columns, strict=False).lazy()
        if self.name == "spark":
            from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType

            kinds = [_spark_type(column, LongType, DoubleType, StringType) for _, column in data.items()]
            fields = [StructField(name, kind) for name, kind in zip(data.columns, kinds)]
            rows = [tuple(_plain(value) for value in row) for row in data.itertuples(index=False, name=None)]
            return self.session.createDataFrame(rows, StructType(fields))
        return data

    def taken(self, relation: Any) -> Any:
        """Return a relation of DuckDB as this engine's frame; Spark is handed it by a file that is gone afterwards."""
        if self.name == "spark":
            with own_folder("evidence-spark") as folder:
                relation.write_parquet(str(folder / "part.parquet"))
                frame = self.session.read.parquet(str(folder / "part.parquet")).persist()
                frame.count()
            return frame
        return self.frame(relation.df())

    def read(self, path: Path | Iterable[Path]) -> Any:
        """Return Parquet files of one table as this engine's frame, lazily where it can."""
        paths = [str(path)] if isinstance(path, Path) else [str(one) for one in path]
        if self.name == "duckdb":
            return self.session.read_parquet(paths)
        if self.name == "polars":
            import polars

            return polars.scan_parquet(paths)
        if self.name == "spark":
            return self.session.read.parquet(*paths)
        return pd.concat([pd.read_parquet(one, dtype_backend="pyarrow") for one in paths], ignore_index=True)

    def matches(self, frame: Any, key: str, text: str, pattern: str) -> Any:
        r"""Return what a pattern finds in a column of texts, a row a find: the key, ``place`` from 0, ``found``.

        A pattern is one that all engines read alike: ``[\p{L}\p{N}]`` for letters and numbers, never ``\w`` or ``\b``.
        """
        if self.name == "duckdb":
            quoted = pattern.replace("'", "''")
            every = f"""SELECT "{key}", regexp_extract_all("{text}", '{quoted}') AS every FROM given"""
            rows = f'SELECT "{key}", unnest(range(len(every))) AS place, unnest(every) AS found FROM ({every})'
            return frame.query("given", rows)
        if self.name == "polars":
            import polars

            every = frame.lazy().select(key, found=polars.col(text).str.extract_all(pattern))
            every = every.filter(polars.col("found").list.len() > 0)
            places = polars.int_ranges(polars.col("found").list.len())
            return every.select(key, place=places, found="found").explode("place", "found")
        if self.name == "spark":
            from pyspark.sql import functions

            every = functions.regexp_extract_all(text, functions.lit(pattern), functions.lit(0))
            return frame.select(key, functions.posexplode(every).alias("place", "found"))
        every = frame[text].map(re.compile(pattern_of_python(pattern)).findall)
        rows = pd.DataFrame({key: frame[key], "found": every}).explode("found").dropna(subset="found")
        rows = rows.assign(place=rows.groupby(level=0).cumcount())
        return rows[[key, "place", "found"]].reset_index(drop=True)

    def told(self, frame: Any, column: str, name: str, say: Callable[[str], str]) -> Any:
        """Return what Python says of each text of a frame's one column, where it says another: it and ``instead``.

        DuckDB keeps the answers in a table of that name and hands the texts over part by part.
        """

        def changed(values: Iterable[str]) -> pd.DataFrame:
            pairs = [(value, instead) for value in values if (instead := say(value)) != value]
            return pd.DataFrame(pairs, columns=[column, "instead"], dtype=object)

        if self.name != "duckdb":
            return self.frame(changed(self.collect(frame)[column].astype(object)))
        writer = self.session.cursor()
        writer.execute(f'CREATE OR REPLACE TABLE "{name}" ("{column}" VARCHAR, instead VARCHAR)')
        reader = self.session.execute(frame.sql_query())
        while rows := reader.fetchmany(CHUNK):
            if len(part := changed(value for (value,) in rows)):
                writer.from_df(part).insert_into(name)
        return self.session.table(name)

    def checkpoint(self, frame: Any, name: str) -> Any:
        """Return a frame computed once and kept under a name: what several results rest on."""
        if self.name == "duckdb":
            frame.create(name) if name not in _tables(self.session) else _replace(self.session, frame, name)
            return self.session.table(name)
        if self.name == "polars":
            return frame.collect().lazy()
        # a plan that goes on from a checkpoint starts there: dozens of them in one plan would fill the memory
        return frame.localCheckpoint() if self.name == "spark" else frame

    def write(self, frame: Any, path: Path) -> None:
        """Write a frame to a Parquet file that is not there yet."""
        if self.name == "spark":
            frame.coalesce(1).write.parquet(str(path))
            return
        nw.from_native(frame).lazy().sink_parquet(path)

    def collect(self, frame: Any) -> pd.DataFrame:
        """Return a frame of this engine, or of DuckDB, as pandas, with nullable types; for small results only."""
        if self.name == "duckdb":
            frame = frame.df()
        elif self.name == "polars":
            frame = pd.DataFrame(frame.lazy().collect().to_dicts(), columns=frame.lazy().collect_schema().names())
        elif self.name == "spark":
            frame = pd.DataFrame([row.asDict() for row in frame.collect()], columns=frame.columns)
        return frame.convert_dtypes(dtype_backend="numpy_nullable")


def pattern_of_python(pattern: str) -> str:
    r"""Return a pattern with classes of letters and numbers as Python writes them; other engines know ``\p{L}``."""
    return pattern.replace(r"[\p{L}\p{N}]", r"[^\W_]").replace(r"[\p{L}\p{N}_]", r"\w")


def _plain(value: Any) -> Any:
    """Return a value of pandas as Python has it, None where it is missing."""
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value


def _spark_type(column: pd.Series, whole: Any, real: Any, text: Any) -> Any:
    """Return the type of Spark for a column."""
    if pd.api.types.is_integer_dtype(column):
        return whole()
    return real() if pd.api.types.is_float_dtype(column) else text()


def _tables(connection: Any) -> set[str]:
    """Return the names of the tables of a connection."""
    return {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def _replace(connection: Any, frame: Any, name: str) -> None:
    """Put a new table in the place of one that the frame itself may read."""
    frame.create(f"{name}_new")
    connection.execute(f'DROP TABLE "{name}"; ALTER TABLE "{name}_new" RENAME TO "{name}"')


def duckdb_engine(memory: str = "", threads: int = 0, database: str = ":memory:", temporary: str = "") -> Engine:
    """Return DuckDB with the settings that long work needs; ``memory`` such as "1GB", a ``database`` file spills best.

    Raises :class:`Unavailable` where DuckDB is not installed.
    """
    if not available("duckdb"):
        raise Unavailable(Message.of(NO_DUCKDB))
    import duckdb

    connection = duckdb.connect(database)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET autoinstall_known_extensions = false")  # it would fetch from the network what it lacks
    # In Jupyter without widgets the bar is off, and DuckDB refuses even to be told so.
    if connection.execute("SELECT current_setting('enable_progress_bar')").fetchall()[0][0]:
        connection.execute("SET enable_progress_bar = false")
    if threads:
        connection.execute(f"SET threads = {threads}")
    if memory:
        connection.execute(f"SET memory_limit = '{memory}'")
    if temporary:
        connection.execute(f"SET temp_directory = '{temporary}'")
    return Engine("duckdb", connection)


def engine(name: str = "duckdb", session: Any = None, **settings: Any) -> Engine:
    """Return an engine by name; ``session`` is the caller's Spark session, ``settings`` are DuckDB's.

    Raises :class:`Unavailable`, with what to do, where the engine cannot be used.
    """
    if name not in NEEDS:
        raise Unavailable(Message.of(NO_ENGINE, name=name, names=tuple(NEEDS)))
    if name == "duckdb":
        return duckdb_engine(**settings)
    if not available(name):
        how = Message.of(INSTALL, extra=EXTRAS.get(name, "engines"))
        raise Unavailable(Message.of(NOT_INSTALLED, name=name, how=how))
    if name == "spark" and session is None:
        session = local_spark()
    return Engine(name, session)


def local_spark() -> Any:
    """Return a Spark session on this machine, for trying out and for tests.

    Raises :class:`Unavailable` where there is no Java.
    """
    from pyspark.sql import SparkSession

    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise Unavailable(Message.of(NO_JAVA))
    builder = SparkSession.builder.master("local[2]").appName("evidence")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
