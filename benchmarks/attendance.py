"""``python -m benchmarks.attendance``: the attendance rules over a country's register, beside SQL written by hand.

The register is synthetic. It prints a Markdown report and writes it to ``_build/bench-attendance.md``, and its rows to
``_build/bench-attendance.csv``, as ``data/toolkit_runs.csv`` has them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from evidence.attendance.days import absences_of, numbered, placed, recorded_days, reduced
from evidence.attendance.thresholds import THRESHOLDS, episodes, reached
from evidence.toolkit.engines import Engine, duckdb_engine

ROOT = Path(__file__).resolve().parents[1]
PUPILS, DAYS, PUPILS_A_SCHOOL = 3_400_000, 170, 500  # a country of about Kazakhstan's size, and a school year; ours
QUICK, MOST = 0.2, 5.0  # per cent of the country: the quick form, and what is measured without --whole
WAYS = ("ours", "sql", "pandas")
FIRST = 15_586
STATUS = """CASE WHEN hash(p, d // 7) % 100 >= 12 THEN 'P' WHEN d % 7 NOT BETWEEN hash(p, d // 7, 1) % 5
  AND hash(p, d // 7, 1) % 5 + hash(p, d // 7, 2) % 4 THEN 'P' WHEN hash(p, d // 7, 3) % 5 < 2 THEN 'U' ELSE 'E' END"""
GOALS = {"cpu": 1.5, "mb": 4096, "seconds": 240}
NOTES = """Synthetic register. Wall and CPU seconds and peak memory of whole processes, median of the runs; the ways
take turns. All ways give the same checksums of episodes and thresholds, or the run fails. *ours* are the rules on
narwhals, run by DuckDB; *sql* is DuckDB SQL written by hand; *pandas* are the same rules on pandas, from the absences
alone.
"""


class Run(NamedTuple):
    """What one process took: seconds, CPU seconds, megabytes at most, and checksums of what came out."""

    seconds: float
    cpu: float
    mb: float
    sums: list[int]


def write_country(folder: Path, percent: float, as_csv: bool = False) -> int:
    """Write register, calendar and enrolment of a part of the country; return the rows of the register.

    Two calendars; one pupil in fifty changes school; one school day in forty is recorded by nobody.
    """
    session = duckdb_engine().session
    pupils = max(PUPILS_A_SCHOOL * 4, int(PUPILS * percent / 100))
    schools = pupils // PUPILS_A_SCHOOL
    session.execute(f"CREATE TABLE day AS SELECT range AS d FROM range({DAYS * 2})")
    session.execute(
        f"CREATE TABLE calendar AS SELECT s AS school, {FIRST} + d AS day FROM range({schools}) t(s), day "
        f"WHERE d % 7 < 5 + s % 2 QUALIFY row_number() OVER (PARTITION BY s ORDER BY d) <= {DAYS}"
    )
    session.execute(
        f"CREATE TABLE enrolment AS SELECT p AS child, p % {schools} AS school, {FIRST} AS start, "
        f'CASE WHEN p % 50 = 0 THEN {FIRST} + 60 + p % 40 END AS "end" FROM range({pupils}) t(p) UNION ALL '
        f"SELECT p, (p + 1) % {schools}, {FIRST} + 61 + p % 40, NULL FROM range({pupils}) t(p) WHERE p % 50 = 0"
    )
    rows = (
        (
            f"SELECT e.child * 2654435761 AS child, c.school, c.day, {STATUS} AS status FROM calendar c "
            f"JOIN (SELECT *, child AS p FROM enrolment) e ON e.school = c.school "
            f'AND c.day BETWEEN e.start AND coalesce(e."end", 999999) WHERE hash(c.school, c.day) % 40 > 0'
        )
        .replace("d // 7", "(c.day // 7)")
        .replace("d % 7", "c.day % 7")
    )
    kind = "csv" if as_csv else "parquet"
    session.execute(f"COPY ({rows} ORDER BY c.day) TO '{folder / f'register.{kind}'}'")
    session.execute("UPDATE enrolment SET child = child * 2654435761")
    for name in ("calendar", "enrolment"):
        session.execute(f"COPY {name} TO '{folder / f'{name}.parquet'}'")
    read = f"read_csv('{folder}/register.csv')" if as_csv else f"'{folder}/register.parquet'"
    return session.execute(f"SELECT count(*) FROM {read}").fetchall()[0][0]


def sums_of(session) -> list[int]:
    """Return checksums of the tables ``runs`` and ``thresholds``: rows, and sums that depend on every cell."""
    days = " + ".join(f"coalesce({rule.key}, 0) * {3 + position}" for position, rule in enumerate(THRESHOLDS))
    found = []
    for query in (
        "SELECT count(*), sum(first_day * 3 + last_day * 5 + school_days * 7 + unexcused + calendar_days) FROM runs",
        "SELECT count(*), sum(child % 1000003 * (first_day % 1009)) FROM runs",
        f"SELECT count(*), sum(absent * 17 + unexcused * 19 + {days}) FROM thresholds",
    ):
        found += [int(value or 0) for value in session.execute(query).fetchall()[0]]
    return found


def opened(folder: Path, memory: str) -> Engine:
    """Return DuckDB with two threads and views of the country; it spills into the folder."""
    engine = duckdb_engine(memory, 2, str(folder / f"work-{os.getpid()}.duckdb") if memory else ":memory:", str(folder))
    engine.session.execute("SET preserve_insertion_order = false")
    csv = folder / "register.csv"
    read = f"read_csv('{csv}', header = true)" if csv.exists() else f"'{folder}/register.parquet'"
    engine.session.execute(f"CREATE VIEW register AS SELECT * FROM {read}")
    for name in ("calendar", "enrolment"):
        engine.session.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder / f'{name}.parquet'}'")
    return engine


def ours(folder: Path, memory: str) -> list[int]:
    """Run the rules on narwhals over the register; return the checksums."""
    engine = opened(folder, memory)
    session, keep = engine.session, engine.checkpoint
    register = keep(reduced(session.table("register"), ["U", "E"], ["U"]), "reduced")
    absent = absences_of(register)
    days = keep(numbered(session.table("calendar"), recorded_days(register)), "days")
    own = keep(placed(absent, days, session.table("enrolment")), "placed")
    keep(episodes(own), "runs")
    keep(reached(own), "thresholds")
    return sums_of(session)


def sql(folder: Path, memory: str) -> list[int]:
    """Run the SQL written by hand; return the checksums."""
    session = opened(folder, memory).session
    session.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    oracle = (ROOT / "tests/attendance/oracle.sql").read_text(encoding="utf-8")
    session.execute(oracle[oracle.index("CREATE OR REPLACE TEMP TABLE runs") :])
    return sums_of(session)


def pandas(folder: Path, memory: str) -> list[int]:
    """Run the rules on pandas, from the absences that DuckDB filtered; return the checksums."""
    session = opened(folder, memory).session
    register = reduced(session.table("register"), ["U", "E"], ["U"])
    absences, recorded = absences_of(register).df(), recorded_days(register).df()
    calendar, enrolment = (session.table(name).df() for name in ("calendar", "enrolment"))
    own = placed(absences, numbered(calendar, recorded), enrolment.astype({"end": "Int64"}))
    for name, frame in (("runs", episodes(own)), ("thresholds", reached(own))):
        session.register(name, frame)
    return sums_of(session)


def timed(way: str, folder: Path, memory: str = "") -> Run:
    """Run one way in a process of its own."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.attendance",
        "--one",
        way,
        "--folder",
        str(folder),
        "--memory",
        memory,
    ]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        raise SystemExit(f"{way}: {run.stderr.strip()}")
    found = json.loads(run.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, found["mb"], found["sums"])


def made(folder: Path, percent: float, as_csv: bool) -> int:
    """Write a part of the country in a process of its own, whose memory is none of the ways'; return its rows."""
    command = [sys.executable, "-m", "benchmarks.attendance", "--whole", "--one", "write", "--folder", str(folder)]
    command += ["--percent", str(percent), *(["--csv"] if as_csv else [])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(run.stdout)


def measured(folder: Path, ways: list[str], runs: int, memory: str = "") -> dict[str, list[Run]]:
    """Return the runs of each way, which take turns. Ends the program where checksums differ."""
    found: dict[str, list[Run]] = {way: [] for way in ways}
    for _ in range(runs):
        for way in ways:
            found[way].append(timed(way, folder, memory))
    if len({tuple(run.sums) for some in found.values() for run in some}) > 1:
        raise SystemExit(f"the ways do not agree: { ({way: some[0].sums for way, some in found.items()}) }")
    return found


def table(percent: float, rows: int, found: dict[str, list[Run]]) -> list[str]:
    """Return the Markdown table of one size."""
    base = median(run.cpu for run in found["sql"]) if "sql" in found else None
    lines = [f"## {percent:g} % of the country: {rows:,} rows".replace(",", "\u202f"), ""]
    lines += ["| | wall, s | CPU, s | CPU / sql | CPU, s per million rows | peak, MB |", "|---|---|---|---|---|---|"]
    for way, runs in found.items():
        wall, cpu, mb = (median(values) for values in zip(*(run[:3] for run in runs)))
        ratio = f"{cpu / base:.2f}" if base else "–"
        lines.append(f"| {way} | {wall:.2f} | {cpu:.2f} | {ratio} | {cpu / rows * 1e6:.3f} | {mb:.0f} |")
    return [*lines, ""]


def records(percent: float, rows: int, layout: str, memory: str, found: dict[str, list[Run]]) -> list[dict]:
    """Return the measurements of one size, a row a way, with day and machine."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[1]
    machine = f"{os.cpu_count()} cores, {gigabytes:.0f} GB, shared (load {load:.0f}); DuckDB {version('duckdb')}"
    made_of = []
    for way, runs in found.items():
        wall, cpu, mb = (median(values) for values in zip(*(run[:3] for run in runs)))
        id = f"run-{layout}-{percent:g}-{way}".replace(".", "-")
        made_of.append(
            {"id": id, "percent": f"{percent:g}", "rows": rows, "layout": layout, "memory_limit": memory, "way": way}
            | {"wall_s": f"{wall:.1f}", "cpu_s": f"{cpu:.1f}", "peak_mb": f"{mb:.0f}", "runs": len(runs)}
            | {"measured_on": date.today().isoformat(), "machine": machine}
        )
    return made_of


def missed(found: dict[str, list[Run]]) -> list[str]:
    """Return the goals that were missed: CPU beside the SQL, memory, seconds."""
    wall, cpu, mb = (median(values) for values in zip(*(run[:3] for run in found["ours"])))
    base = median(run.cpu for run in found["sql"]) if "sql" in found else cpu
    measures = {"cpu": cpu / base, "mb": mb, "seconds": wall}
    return [f"{name}: {measures[name]:.2f} above {goal}" for name, goal in GOALS.items() if measures[name] > goal]


def options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attendance", description=__doc__)
    parser.add_argument("--percent", type=float, nargs="+", default=[1.0, 2.0, MOST], help="parts of the country")
    parser.add_argument("--whole", action="store_true", help="allow more than 5 %%; 100 is the country, about 5 GB")
    parser.add_argument("--runs", type=int, default=3, help="runs of each way")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--csv", action="store_true", help="a register in CSV, with a gigabyte of memory")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} %% of the country, once: shows that it works")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a goal is missed")
    for hidden in ("--one", "--folder", "--memory"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.percent, chosen.runs = [QUICK], 1
    if not chosen.whole and max(chosen.percent) > MOST:
        parser.error(f"more than {MOST:g} % of the country needs --whole")
    return chosen


def main() -> int:
    """Measure every size; print and write the report. Returns the exit code."""
    chosen = options()
    if chosen.one == "write":
        print(write_country(Path(chosen.folder), chosen.percent[0], chosen.csv))
        return 0
    if chosen.one:
        sums = {"ours": ours, "sql": sql, "pandas": pandas}[chosen.one](Path(chosen.folder), chosen.memory)
        mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"mb": mb, "sums": sums}))
        return 0
    lines, wrong, measures = ["# Attendance rules over a register", "", NOTES], [], []
    memory = "1GB" if chosen.csv else ""
    for percent in chosen.percent:
        with TemporaryDirectory() as name:
            rows = made(Path(name), percent, chosen.csv)
            found = measured(Path(name), chosen.ways, chosen.runs, memory)
        lines += table(percent, rows, found)
        measures += records(percent, rows, "csv" if chosen.csv else "parquet", memory, found)
        wrong += [f"{percent:g} %: {goal}" for goal in missed(found)] if "ours" in found and not chosen.quick else []
    lines += [f"Goals missed: {'; '.join(wrong)}" if wrong else "Goals: met." if not chosen.quick else "", ""]
    text = "\n".join(lines)
    print(text)
    (ROOT / "_build").mkdir(exist_ok=True)
    (ROOT / "_build/bench-attendance.md").write_text(text, encoding="utf-8")
    with (ROOT / "_build/bench-attendance.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(measures[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(measures)
    return 1 if chosen.check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
