"""People check the queries: a sample to read, their labels back, precision, recall and agreement.

The study validated its queries by people (Methodology, p. 7-8) and printed no figure of it.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evidence.listening.intervals import CONFIDENCE, NOTHING, Estimate, kappa
from evidence.listening.reading.text import read_table
from evidence.listening.rules import Parameter, Rule
from evidence.toolkit.faults import BadInput, Fault

EACH = Parameter("each", 100, "ours", "a day's reading", "Posts drawn from each stratum")
SEED = Parameter("seed", 2023, "ours", "any number", "Seed of the draw")
DRAWS = 20_000
ANSWERS = {"1": 1, "0": 0, "1.0": 1, "0.0": 0, "yes": 1, "no": 0, "да": 1, "нет": 0, "иә": 1, "жоқ": 0}
VALIDATION = Rule(
    "validation",
    "Validation by people",
    "{each} posts are drawn from each corpus, from those that the queries find and from those they do not. Precision "
    "is the share of found posts that people call relevant, recall the share of relevant posts that are found; strata "
    "are weighted by their size. Posts on which people are divided evenly count for neither. Intervals come from draws "
    "of each stratum's share (Jeffreys' prior)",
    "document",
    "Methodology, p. 7-8 (that people validated; how is ours)",
    (EACH, SEED),
)
HEADS = ["post", "corpus", "about", "coder", "label", "text"]
TOPIC = "topic"  # what a label is about where nothing else is said


def sample(
    posts: pd.DataFrame, found: Sequence[Any], each: int = EACH.default, seed: int = SEED.default
) -> pd.DataFrame:
    """Return posts for people to read, in random order and without what the queries said.

    ``found`` are the ``post`` names that the queries find. Columns are those of the posts. What is drawn hangs on the
    seed, the order of the posts and what is found, and on nothing else.
    """
    if posts.empty:
        return posts
    is_found = posts["post"].isin(found)
    strata = is_found.groupby([posts["corpus"].astype(object), is_found], sort=True)
    drawn = pd.concat([part.sample(min(each, len(part)), random_state=seed) for _, part in strata])
    return posts.loc[drawn.sample(frac=1, random_state=seed).index].reset_index(drop=True)


def write_sample(path: Path, drawn: pd.DataFrame, about: str = TOPIC) -> None:
    """Write a sample for one coder, readable by its owner only. Raises :class:`BadInput` where the file is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput([Fault(str(path), None, "", "", "is there already; labels in it would be lost")]) from None
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows((one.post, one.corpus, about, "", "", one.text) for one in drawn.itertuples())


def read_labels(path: Path) -> pd.DataFrame:
    """Return labels of people: ``post``, ``about``, ``coder``, ``label`` (1 yes, 0 no); rows without one are left out.

    A label is about the topic, or about a code of a book such as ``barriers/violence``.

    Raises :class:`BadInput` with every fault.
    """
    table = read_table(path, set(HEADS), 3)
    missing = [name for name in ("post", "coder", "label") if name not in table.heads]
    faults = list(table.faults) + [Fault(path.name, 1, name, "", "no such column") for name in missing]
    rows = []
    for number, cells in table.rows if not missing else ():
        post, coder, label = (cells[table.heads.index(name)].strip() for name in ("post", "coder", "label"))
        if (post, coder, label) == ("post", "coder", "label"):  # the head of a sheet that was put below another
            continue
        about = cells[table.heads.index("about")].strip() if "about" in table.heads else ""
        if label and label.lower() not in ANSWERS:
            faults.append(
                Fault(
                    path.name,
                    number,
                    "label",
                    label if len(label) <= 3 else "",
                    "is no label; write 1 (yes) or 0 (no)",
                )
            )
        elif label and not post:
            faults.append(Fault(path.name, number, "post", "", "is empty; keep the column that the sample has"))
        elif label and not coder:
            faults.append(Fault(path.name, number, "coder", "", "is empty; any name that keeps people apart"))
        elif label:
            rows.append((post, about or TOPIC, coder, ANSWERS[label.lower()]))
    frame = pd.DataFrame(rows, columns=["post", "about", "coder", "label"])
    twice = frame[frame.duplicated(["post", "about", "coder"], keep=False)]
    faults += [
        Fault(path.name, None, "post", post, "has two labels of one coder") for post in sorted(set(twice["post"]))
    ]
    if faults:
        raise BadInput(faults)
    return frame


def check_about(labels: pd.DataFrame, codes: Collection[str], file: str) -> None:
    """Raise :class:`BadInput` for labels about what is no code; ``codes`` are such as ``barriers/violence``."""
    rule = f"is nothing that labels are about; write {TOPIC}, or one of: {', '.join(sorted(codes))}"
    faults = [Fault(file, None, "about", name, rule) for name in sorted(set(labels["about"]) - {TOPIC, *codes})]
    if faults:
        raise BadInput(faults)


def agreement(labels: pd.DataFrame, confidence: float = CONFIDENCE.default) -> pd.DataFrame:
    """Return how each pair of coders agrees: ``one``, ``other``, ``posts``, ``agreed``, ``kappa``, ``low``, ``high``.

    Coders are numbered in the order of their names: a report names nobody.
    """
    wide = labels.pivot(index="post", columns="coder", values="label")
    number = {coder: f"coder {place + 1}" for place, coder in enumerate(sorted(wide.columns))}
    rows = []
    for one, other in combinations(sorted(wide.columns), 2):
        pair = wide[[one, other]].dropna().astype(int)
        cells = [int(((pair[one] == a) & (pair[other] == b)).sum()) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0))]
        rows.append((number[one], number[other], len(pair), cells[0] + cells[3], *_kappa(cells, confidence)))
    return pd.DataFrame(rows, columns=["one", "other", "posts", "agreed", "kappa", "low", "high"])


def _kappa(cells: list[int], confidence: float) -> Estimate:
    """Return kappa of the counts both, only one, only the other, neither."""
    both, only_one, only_other, neither = cells
    return kappa(both, only_one, only_other, neither, confidence)


def settled(labels: pd.DataFrame) -> pd.Series:
    """Return whether people call each post relevant, by majority; posts on which they are evenly divided go."""
    mean = labels.groupby("post")["label"].mean()
    return mean[mean != 0.5] > 0.5


def quality(
    posts: pd.DataFrame,
    found: set[str],
    labels: pd.DataFrame,
    confidence: float = CONFIDENCE.default,
    seed: int = SEED.default,
) -> pd.DataFrame:
    """Return precision, recall and the number of relevant posts, by corpus, with intervals.

    Columns: ``corpus``, ``measure`` (precision_pct, recall_pct, relevant_posts), ``value``, ``low``, ``high``,
    ``labelled`` (posts it rests on). Recall and the number need labels of posts that were not found.
    """
    answers = settled(labels)
    chance = np.random.default_rng(seed)
    rows = []
    for corpus, part in posts.groupby("corpus", sort=False):
        is_found = part["post"].isin(found)
        sizes, yes, number = [], [], []
        for hit in (True, False):
            stratum = part.loc[is_found == hit, "post"]
            labelled = answers[answers.index.isin(stratum)]
            sizes.append(len(stratum))
            yes.append(int(labelled.sum()))
            number.append(len(labelled))
        drawn = [chance.beta(y + 0.5, n - y + 0.5, DRAWS) for y, n in zip(yes, number)]
        point = [y / n if n else float("nan") for y, n in zip(yes, number)]
        rows.append((corpus, "precision_pct", *_interval(100 * point[0], 100 * drawn[0], confidence), number[0]))
        relevant = sizes[0] * point[0] + (sizes[1] * point[1] if sizes[1] else 0)
        some = sizes[0] * drawn[0] + (sizes[1] * drawn[1] if sizes[1] else 0)
        recall = 100 * sizes[0] * point[0] / relevant if relevant else float("nan")
        rows.append(
            (corpus, "recall_pct", *_interval(recall, 100 * sizes[0] * drawn[0] / some, confidence), sum(number))
        )
        rows.append((corpus, "relevant_posts", *_interval(relevant, some, confidence), sum(number)))
    return pd.DataFrame(rows, columns=["corpus", "measure", "value", "low", "high", "labelled"])


def _interval(value: float, drawn: np.ndarray, confidence: float) -> Estimate:
    """Return a value with the middle of its draws; the value itself is always inside."""
    if np.isnan(value):
        return NOTHING
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Estimate(float(value), min(float(low), float(value)), max(float(high), float(value)))
