"""Two lists of children held against each other: probable matches with a score, a list to review, never a merge.

Two rounds of a school's census, or the census against health or civil lists (p. 36-37, §4.2.1, and p. 64,
Recommendation 8). Needs the extra ``evidence[census]``.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Mapping
from typing import Any

import pandas as pd

from evidence.attendance.letters import skeleton
from evidence.attendance.rules import Parameter, Rule
from evidence.attendance.written_dates import as_dates
from evidence.toolkit.engines import INSTALL, Unavailable, duckdb_engine
from evidence.toolkit.messages import Message

NO_LINKAGE = "Record linkage is not installed: {how}"
COLUMNS = ("id", "family_name", "given_name", "birth_date", "sex")
MATCHES = Rule(
    "census_match",
    "Probable matches between lists",
    "Two entries are a probable match from a probability of {probable}, and are reviewed by hand from {review}; an "
    "entry with several probable matches is reviewed too. Nothing is ever merged. Entries without any are investigated",
    "p. 36, §4.2.1 (differences between two rounds are investigated)",
    parameters=(
        Parameter("probable", 0.9, "ours", "the study names no method", "Probability of a probable match"),
        Parameter("review", 0.5, "ours", "the study names no method", "Probability from which a pair is reviewed"),
        Parameter(
            "sample", 1_000_000, "ours", "enough for stable chances", "Pairs from which chance agreement is taken"
        ),
    ),
)
# How often each level holds for two entries of one child. Ours, fixed beforehand: fitted without labels they can learn
# "same school" as the meaning of a match and lose every child who changed school, without a warning.
M: dict[str, tuple[float, ...]] = {
    "family": (0.90, 0.07, 0.03),
    "given": (0.90, 0.07, 0.03),
    "birth_date": (0.92, 0.03, 0.03, 0.02),
    "sex": (0.99, 0.01),
}
LEVELS: dict[str, tuple[str, ...]] = {
    "family": ("family_l = family_r", "jaro_winkler_similarity(family_l, family_r) >= 0.88", "ELSE"),
    "given": ("given_l = given_r", "jaro_winkler_similarity(given_l, given_r) >= 0.88", "ELSE"),
    "birth_date": (
        "birth_date_l = birth_date_r",
        "birth_date_l = left(birth_date_r, 5) || right(birth_date_r, 2) || '-' || substr(birth_date_r, 6, 2)",
        "levenshtein(birth_date_l, birth_date_r) = 1",
        "ELSE",
    ),
    "sex": ("sex_l = sex_r", "ELSE"),
}
BLOCKS = (
    "l.birth_date = r.birth_date",
    "l.family = r.family and l.given = r.given",
    "l.family = r.family and left(l.birth_date, 7) = left(r.birth_date, 7)",
)


def available() -> bool:
    """Return whether the extra is installed."""
    return importlib.util.find_spec("splink") is not None


def _settings(m: Mapping[str, tuple[float, ...]], u: Mapping[str, tuple[float, ...]] | None) -> dict[str, Any]:
    """Return the settings of the linkage: levels of each column, with how often they hold for one child."""
    comparisons = []
    for column, tests in LEVELS.items():
        null = f"{column}_l IS NULL OR {column}_r IS NULL"
        levels: list[dict[str, Any]] = [{"sql_condition": null, "label_for_charts": "unknown", "is_null_level": True}]
        for position, (test, chance) in enumerate(zip(tests, m[column])):
            level: dict[str, Any] = {"sql_condition": test, "label_for_charts": str(position), "m_probability": chance}
            levels.append(level | ({"u_probability": u[column][position]} if u else {}))
        comparisons.append({"output_column_name": column, "comparison_levels": levels})
    return {
        "link_type": "link_only",
        "unique_id_column_name": "id",
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in BLOCKS],
        "retain_matching_columns": False,
    }


def prepared(entries: pd.DataFrame) -> pd.DataFrame:
    """Return entries as they are compared: ``id``, skeletons ``family`` and ``given``, ``birth_date`` (ISO), ``sex``.

    ``entries`` has the columns of ``COLUMNS``; the names go no further. Raises ValueError for a missing column or
    an id that is there twice.
    """
    if absent := [name for name in COLUMNS if name not in entries.columns]:
        raise ValueError(f"a list needs {', '.join(COLUMNS)}; missing: {', '.join(absent)}")
    if twice := entries["id"][entries["id"].duplicated()].nunique():
        raise ValueError(f"{twice} ids stand twice in a list")
    names = {"family": entries["family_name"], "given": entries["given_name"]}
    bones = {
        name: column.map(lambda text: skeleton(str(text)) or None, na_action="ignore") for name, column in names.items()
    }
    dates = as_dates(entries["birth_date"]).dt.strftime("%Y-%m-%d")
    table = pd.DataFrame({"id": entries["id"].astype(str), **bones, "birth_date": dates, "sex": entries["sex"]})
    return table.astype(object).where(table.notna(), None)


def matched(
    left: pd.DataFrame,
    right: pd.DataFrame,
    probable: float = 0.9,
    review: float = 0.5,
    sample: int = 1_000_000,
    m: Mapping[str, tuple[float, ...]] = M,
    prior: float | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return pairs of entries that may be one child, and entries of each list that have none.

    ``left`` and ``right`` have the columns of ``COLUMNS``; ``m`` is how often each level of ``LEVELS`` holds for two
    entries of one child (fixed, or counted from labelled pairs by :func:`m_of_labels`); ``prior`` the chance that two
    entries taken at random are one child (one match each, if not given; of two lists of one entry, a half).
    The pairs have ``left``, ``right`` (ids), ``probability`` and ``status`` (``probable`` or ``review``), the others
    ``list`` and ``id``. No name is in either. Raises :class:`Unavailable` without the extra.
    """
    if not available():
        raise Unavailable(Message.of(NO_LINKAGE, how=Message.of(INSTALL, extra="census")))
    frames = [prepared(left), prepared(right)]
    pairs = _pairs(frames, review, sample, m, prior)
    crowded = pd.Series(False, index=pairs.index)
    good = pairs["probability"] >= probable
    for side in ("left", "right"):
        counts = pairs[good].groupby(side).size()
        crowded |= pairs[side].map(counts).fillna(0) > 1
    pairs["status"] = "review"
    pairs.loc[good & ~crowded, "status"] = "probable"
    alone = [
        pd.DataFrame({"list": side, "id": sorted(set(frame["id"]) - set(pairs[side]))})
        for side, frame in zip(("left", "right"), frames)
    ]
    order = pairs.sort_values(["status", "probability", "left", "right"], ascending=[True, False, True, True])
    return order.reset_index(drop=True), pd.concat(alone, ignore_index=True)


def _pairs(frames: list[pd.DataFrame], review: float, sample: int, m: Mapping, prior: float | None) -> pd.DataFrame:
    """Return the pairs from a probability on: ``left``, ``right``, ``probability``."""
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    engine = duckdb_engine()
    database = DuckDBAPI(connection=engine.session)
    tables = [database.register(frame, dataset_display_name=name) for frame, name in zip(frames, ("a_left", "b_right"))]
    settings = _settings(m, None)
    settings["probability_two_random_records_match"] = prior or 1 / max(2, *(len(frame) for frame in frames))
    linker = Linker(tables, settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=sample, seed=1)
    found = linker.inference.predict(threshold_match_probability=review).as_pandas_dataframe()
    swapped = found["source_dataset_l"] != "a_left"
    one, other = found["id_l"].where(~swapped, found["id_r"]), found["id_r"].where(~swapped, found["id_l"])
    return pd.DataFrame({"left": one, "right": other, "probability": found["match_probability"].astype(float)})


def m_of_labels(left: pd.DataFrame, right: pd.DataFrame, labels: pd.DataFrame) -> dict[str, tuple[float, ...]]:
    """Return how often each level holds among pairs that people found to be one child: the ``m`` of :func:`matched`.

    ``labels`` has ``left`` and ``right`` (ids). Each level counts half a pair more, so that none is impossible.
    """
    session = duckdb_engine().session
    for name, frame in (("one", prepared(left)), ("two", prepared(right)), ("labels", labels.astype(str))):
        session.register(name, frame)
    found = {}
    for column, tests in LEVELS.items():
        cases = " ".join(f"WHEN {test} THEN {position}" for position, test in enumerate(tests[:-1]))
        query = (
            f"SELECT CASE {cases} ELSE {len(tests) - 1} END AS level, count(*) "
            f"FROM (SELECT one.{column} AS {column}_l, two.{column} AS {column}_r FROM labels l "
            'JOIN one ON one.id = l."left" JOIN two ON two.id = l."right") '
            f"WHERE {column}_l IS NOT NULL AND {column}_r IS NOT NULL GROUP BY 1"
        )
        counts = dict(session.execute(query).fetchall())
        total = sum(counts.values()) + 0.5 * len(tests)
        found[column] = tuple((counts.get(position, 0) + 0.5) / total for position in range(len(tests)))
    return found
