"""``python -m benchmarks.census``: two synthetic lists held against each other, and what each way finds of the pairs.

It prints the rows and writes them to ``_build/bench-census.csv``, as ``data/toolkit_matches.csv`` has them. The ways of
record linkage need the extra ``evidence[census]``; without it the others are measured.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from evidence.attendance import census
from evidence.attendance.demo_lists import KINDS, synthetic_lists

ROOT = Path(__file__).resolve().parents[1]
LABELLED = 200  # pairs that people are taken to have labelled
OTHERS = "other"  # pairs of entries that are of two children


def joined(left: pd.DataFrame, right: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the pairs that agree on columns, all of them probable: ``left``, ``right``, ``status``."""
    both = left.merge(right, on=keys, suffixes=("_left", "_right"))
    return pd.DataFrame({"left": both["id_left"], "right": both["id_right"], "status": "probable"})


def pairs_of(left: pd.DataFrame, right: pd.DataFrame, truth: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the pairs that each way finds."""
    bones = [census.prepared(one) for one in (left, right)]
    found = {
        "spelling": joined(left, right, ["family_name", "given_name", "birth_date"]),
        "skeleton": joined(*bones, ["family", "given", "birth_date"]),
    }
    if census.available():
        labelled = census.m_of_labels(left, right, truth.head(LABELLED)[["left", "right"]])
        found["linkage"] = census.matched(left, right)[0]
        found["linkage_labelled"] = census.matched(left, right, m=labelled)[0]
    return found


def counted(pairs: pd.DataFrame, truth: pd.DataFrame, way: str) -> list[dict]:
    """Return how many planted pairs of each kind a way finds, and how many pairs of two children."""
    status = pairs.set_index(["left", "right"])["status"]
    planted = truth.assign(status=[status.get(pair, "missed") for pair in zip(truth["left"], truth["right"])])
    rows = []
    for kind in KINDS:
        counts = planted.loc[planted["kind"] == kind, "status"].value_counts()
        rows.append((kind, *(int(counts.get(name, 0)) for name in ("probable", "review", "missed"))))
    all_of = status.value_counts() - planted["status"].value_counts().reindex(status.unique(), fill_value=0)
    rows.append((OTHERS, *(int(all_of.get(name, 0)) for name in ("probable", "review")), 0))
    names = ("probable", "review", "missed")
    return [
        {"id": f"match-{way}-{kind}".replace("_", "-"), "way": way, "kind": kind} | dict(zip(names, numbers))
        for kind, *numbers in rows
    ]


def measured() -> pd.DataFrame:
    """Return the rows of every way that can be run here."""
    left, right, truth = synthetic_lists()
    found = pairs_of(left, right, truth)
    rows = [row for way, pairs in found.items() for row in counted(pairs, truth, way)]
    return pd.DataFrame(rows).sort_values("id", ignore_index=True)


def main() -> int:
    """Print and write the rows. Returns the exit code."""
    table = measured()
    print(table.to_string(index=False))
    (ROOT / "_build").mkdir(exist_ok=True)
    table.to_csv(ROOT / "_build/bench-census.csv", index=False, lineterminator="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
