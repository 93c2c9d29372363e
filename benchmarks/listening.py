"""``python -m benchmarks.listening``: masking, queries and counts over millions of synthetic posts.

Beside it the same steps in plain Python and pandas. It prints a Markdown report and writes it to
``_build/bench-listening.md``.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

from evidence.listening import demo, fragments
from evidence.listening.coding import read_study
from evidence.listening.large import steps
from evidence.listening.masking import masked
from evidence.listening.pseudonyms import pseudonym
from evidence.listening.queries.matching import found
from evidence.toolkit.engines import duckdb_engine

ROOT = Path(__file__).resolve().parents[1]
MILLION = 1_000_000
PLAIN_MOST = 1.0  # million posts up to which plain pandas is run: above, memory of a common machine ends
MEMORY = "4GB"  # of DuckDB, as the toolkit gives it
GOALS = {"times": 10.0, "seconds": 480.0}  # as fast as plain pandas, and for ten million posts
NOTES = """Synthetic posts: sentences of the demo's words, two words of a made-up vocabulary of 65 536, every tenth with
an identifier. Wall and CPU seconds and peak memory of whole processes, one run each. *ours* are the steps on narwhals,
run by DuckDB with two threads; *pandas* are the same steps in plain Python and pandas, post by post, with the same
masks; there too each distinct word is looked up once. Both count the same or the run fails. On a shared machine CPU
seconds say more than wall time.
"""


class Run(NamedTuple):
    """What one process took: seconds by step, in all, of CPU, megabytes at most, and checksums of its counts."""

    steps: dict[str, float]
    seconds: float
    cpu: float
    mb: float
    sums: list[int]


def _listed(words: tuple[str, ...]) -> str:
    quoted = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"[{quoted}]"


def _one(words: tuple[str, ...], salt: int) -> str:
    """Return SQL that takes one of the words, by the number of the post."""
    return f"{_listed(words)}[1 + (hash(i, {salt}) % {len(words)})::INT]"


def write_posts(path: Path, millions: float) -> int:
    """Write so many synthetic posts as Parquet; return their number."""
    session = duckdb_engine(MEMORY, 2).session
    texts = [words for group in fragments.TOPICS.values() for words in group.values()]
    about = tuple(sentence for words in texts for sentence in words)
    off = tuple(sentence for words in fragments.OFF_TOPIC.values() for sentence in words)
    barriers = tuple(
        sentence for group in fragments.BARRIERS.values() for words in group.values() for sentence in words
    )
    genders = tuple(sentence for group in fragments.GENDER.values() for words in group.values() for sentence in words)
    opening = tuple(sentence for words in fragments.OPENINGS.values() for sentence in words)
    word = "translate(substr(md5((hash(i, {}) % 65536)::VARCHAR), 1, 4), '0123456789abcdef', 'абвгдежзиклмнопр')"
    count = int(millions * MILLION)
    session.execute(f"""COPY (
        SELECT i AS post, CASE WHEN hash(i, 1) % 4 = 0 THEN 'organisations' ELSE 'public' END AS corpus,
            ['News', 'Blogs', 'Facebook', 'Instagram', 'VK'][1 + (hash(i, 2) % 5)::INT] AS platform,
            'synthetic_user_' || (hash(i, 3) % {max(1000, count // 20)}) AS author,
            strftime(DATE '2022-01-01' + (hash(i, 4) % 510)::INT, '%Y-%m') AS month,
            CASE WHEN hash(i, 5) % 5 < 2 THEN '' ELSE 'Synthetic Region ' || (hash(i, 5) % 4) END AS region,
            concat_ws('. ', {_one(opening, 6)},
                CASE WHEN hash(i, 7) % 5 < 3 THEN {_one(about, 8)} ELSE {_one(off, 9)} END,
                CASE WHEN hash(i, 10) % 2 = 0 THEN {_one(barriers, 11)} END,
                CASE WHEN hash(i, 12) % 4 = 0 THEN {_one(genders, 13)} END,
                {word.format(14)} || ' ' || {word.format(15)},
                CASE WHEN hash(i, 16) % 10 = 0 THEN 'Тел. 8 7' || lpad((hash(i, 17) % 1000000000)::VARCHAR, 9, '0') END
            ) AS text
        FROM range({count}) t(i)) TO '{path}'""")
    return count


def sums_of(tables: dict[str, pd.DataFrame]) -> list[int]:
    """Return checksums of counts: rows and totals of each table."""
    return [
        int(value)
        for name in ("volume", "platforms", "codes")
        for value in (len(tables[name]), tables[name]["posts"].sum())
    ]


class Clock:
    """Seconds by step, told as each begins."""

    def __init__(self) -> None:
        self.at, self.name, self.steps = time.perf_counter(), "", {}

    def __call__(self, name: str) -> None:
        """Begin a step."""
        now = time.perf_counter()
        if self.name:
            self.steps[self.name] = now - self.at
        self.at, self.name = now, name


def ours(path: Path, folder: Path) -> tuple[dict[str, float], list[int]]:
    """Run the steps on DuckDB; return seconds by step and checksums."""
    engine = duckdb_engine(MEMORY, 2, str(folder / "work.duckdb"), str(folder))
    engine.session.execute("SET preserve_insertion_order = false")
    clock = Clock()
    tables = steps.counted(engine, engine.read(path), read_study(), demo.KEY, tell=clock)
    clock("")
    return clock.steps, sums_of(tables)


def plain(path: Path, _: Path) -> tuple[dict[str, float], list[int]]:
    """Run the same steps in plain Python and pandas, post by post; return seconds by step and checksums."""
    posts = duckdb_engine("", 2).session.read_parquet(str(path)).df()
    study, clock = read_study(), Clock()
    clock("masking")
    posts["text"] = [masked(text) for text in posts["text"]]
    posts["author"] = [pseudonym(demo.KEY, "person", name) for name in posts["author"]]
    posts["author"] = posts["author"] + " " + posts["platform"]
    clock("queries")
    hits = found(posts["text"].tolist(), steps.queries_of(study))
    clock("counting")
    hits["post"] = posts["post"].to_numpy()[hits["text"]]
    topic = posts[posts["post"].isin(hits.loc[hits["code"].str.startswith("queries/"), "post"])]
    pairs = hits[["post", "code"]].drop_duplicates().merge(topic, on="post")
    posts.groupby(["corpus", "author", "text"]).size()
    tables: dict[str, Any] = {
        "volume": topic.groupby(["corpus", "month"]).size().rename("posts").reset_index(),
        "platforms": topic.groupby(["corpus", "platform"]).size().rename("posts").reset_index(),
        "codes": pairs.groupby(["corpus", "code"])
        .agg(posts=("post", "size"), authors=("author", "nunique"))
        .reset_index(),
    }
    clock("")
    return clock.steps, sums_of(tables)


WAYS = {"ours": ours, "pandas": plain}


def timed(way: str, path: Path, folder: Path) -> Run:
    """Run one way in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.listening", "--one", way, "--path", str(path)]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([*command, "--folder", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        raise SystemExit(f"{way}: {run.stderr.strip()}")
    told = json.loads(run.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(told["steps"], seconds, cpu, told["mb"], told["sums"])


def table(millions: float, count: int, runs: dict[str, Run]) -> list[str]:
    """Return the Markdown tables of one size."""
    lines = [
        f"## {millions:g} million posts",
        "",
        "| | wall, s | CPU, s | peak, MB | posts a second | posts a CPU second |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {way} | {run.seconds:.0f} | {run.cpu:.0f} | {run.mb:.0f} | {count / run.seconds:,.0f} "
        f"| {count / run.cpu:,.0f} |"
        for way, run in runs.items()
    ]
    lines += [
        "",
        "| step | " + " | ".join(f"{way}, posts a second" for way in runs) + " |",
        "|---" * (1 + len(runs)) + "|",
    ]
    for step in runs["ours"].steps:
        speeds = [f"{count / run.steps[step]:,.0f}" if step in run.steps else "with queries" for run in runs.values()]
        lines.append(f"| {step} | " + " | ".join(speeds) + " |")
    if "pandas" in runs:
        cpu, wall = (runs["pandas"][place] / runs["ours"][place] for place in (2, 1))
        lines += ["", f"pandas / ours: {cpu:.1f} in CPU, {wall:.1f} in wall time (goal: {GOALS['times']:g})"]
    return [*lines, ""]


def options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.listening", description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1.0], help="sizes; 10 takes minutes")
    parser.add_argument("--quick", action="store_true", help="20 000 posts: shows that it works")
    parser.add_argument("--only", choices=WAYS, help="measure one way only")
    for hidden in ("--one", "--path", "--folder"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.millions = [0.02]
    return chosen


def main() -> int:
    """Measure every size; print and write the report. Returns the exit code."""
    chosen = options()
    if chosen.one:
        told, sums = WAYS[chosen.one](Path(chosen.path), Path(chosen.folder))
        mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"steps": told, "sums": sums, "mb": mb}))
        return 0
    lines = ["# Listening over millions of posts", "", NOTES]
    for millions in chosen.millions:
        with TemporaryDirectory() as name:
            path = Path(name) / "posts-synthetic.parquet"
            count = write_posts(path, millions)
            ways = [way for way in WAYS if chosen.only in (None, way) and (way == "ours" or millions <= PLAIN_MOST)]
            runs = {way: timed(way, path, Path(name)) for way in ways}
        if len({tuple(run.sums) for run in runs.values()}) > 1:
            raise SystemExit(f"the ways do not count the same: { ({way: run.sums for way, run in runs.items()}) }")
        lines += table(millions, count, runs)
    text = "\n".join(lines)
    print(text)
    (ROOT / "_build").mkdir(exist_ok=True)
    (ROOT / "_build/bench-listening.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
