"""How two readers' judgements of the same conclusions agree, as rows for ``extraction_agreement.csv``.

Each reader has a table with ``id``, the levels of concern of the four components and ``confidence``; the second may
say in ``support`` whether a conclusion says no more than what it cites (yes or no). Only what both judged is compared.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from pathlib import Path

from evidence.data import own_limits, store
from evidence.data.rules import FIRST_ROW, DataError, Problem, decode, nearest
from evidence.figures.sureness import COMPONENTS, CONCERNS

SUPPORT = "support"
ANSWERS = ("yes", "no")
COLUMNS = ("id", "table", "measure", "n_first", "n_second", "n_compared", "n_equal", "kappa")


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of codes: agreement beyond chance, as part of what chance leaves open.

    None for too few pairs (a limit of ours), or where chance leaves nothing open. Source: Cohen (1960), Educational and
    Psychological Measurement 20(1):37-46.
    """
    if len(pairs) < own_limits.kappa_pairs():
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / len(pairs)
    chance = sum(first[code] * second[code] for code in first) / len(pairs) ** 2
    return None if chance == 1 else round((observed - chance) / (1 - chance), 3)


def _measures(noun: str) -> dict[str, str]:
    """Return what is compared, by the column that holds it, in words."""
    found = {f"{name}{CONCERNS}": f"Concerns about the {name} of {noun}" for name in COMPONENTS}
    return found | {"confidence": f"Overall confidence of {noun}"}


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file; raises DataError for one that cannot be read, or holds none."""
    try:
        text, problems = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise DataError([Problem(str(path), None, None, None, f"cannot be read ({error.strerror})")]) from None
    if problems:
        raise DataError(problems)
    reader = csv.DictReader(io.StringIO(text), restval="")
    rows = list(reader)
    if "id" not in (reader.fieldnames or ()):
        raise DataError([Problem(path.name, 1, "id", None, "the column is missing; begin with it")])
    if not rows:
        rule = "has no rows below its header; write one for each conclusion that was judged"
        raise DataError([Problem(path.name, 1, None, None, rule)])
    return rows


def read(path: Path, table: str) -> dict[str, dict[str, str]]:
    """Return the judgements of a file by id of the conclusion of a table; raises DataError with every fault."""
    file, rows = path.name, _rows(path)
    known = store.ids(table) or frozenset()
    codes = {name: [*store.labels(table, name)] for name in _measures("")} | {SUPPORT: list(ANSWERS)}
    problems = []
    times = Counter(row["id"] for row in rows)
    for number, row in enumerate(rows, start=FIRST_ROW):
        if row["id"] not in known:
            problems.append(Problem(file, number, "id", row["id"], f"is no id of {table}{nearest(row['id'], known)}"))
        elif times[row["id"]] > 1:
            problems.append(Problem(file, number, "id", row["id"], "is judged in several rows; keep one"))
        for name, allowed in codes.items():
            if (value := row.get(name)) and value not in allowed:
                problems.append(Problem(file, number, name, value, f"is not one of {', '.join(allowed)}"))
    if problems:
        raise DataError(problems)
    return {row["id"]: row for row in rows}


def agreement(first: dict[str, dict], second: dict[str, dict], table: str) -> list[dict[str, str]]:
    """Return how two readers' judgements agree: a row a measure, with the columns :data:`COLUMNS`."""
    noun = store.schema()[table]["title"].lower()
    found = []
    for name, measure in _measures(noun).items():
        one, other = ({key: row[name] for key, row in rows.items() if row.get(name)} for rows in (first, second))
        found.append((name.removesuffix(CONCERNS), measure, one, other))
    said = {key: row[SUPPORT] for key, row in second.items() if row.get(SUPPORT)}
    holds = f"{noun.capitalize()} that say no more than what they cite"
    found.append((SUPPORT, holds, dict.fromkeys(said, ANSWERS[0]), said))
    return [_row(table, *measured) for measured in found if measured[3]]


def _row(table: str, part: str, measure: str, one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    pairs = [(one[key], other[key]) for key in sorted(one.keys() & other.keys())]
    beyond = kappa(pairs) if part != SUPPORT else None
    counts = (len(one), len(other), len(pairs), sum(a == b for a, b in pairs), "" if beyond is None else beyond)
    name = f"{table.replace('_', '-')}-{part}"
    return dict(zip(COLUMNS, map(str, (name, table, measure, *counts))))


def run(second: str, table: str) -> int:
    """Print how a second reader's file agrees with a table of judged conclusions, as CSV. Returns the exit code."""
    if table not in store.schema() or "confidence" not in store.fields(table):
        print(f"{table} is no table of judged conclusions", file=sys.stderr)
        return 2
    first = {row["id"]: row for row in store.load(table).to_dict("records")}
    rows = agreement(first, read(Path(second), table), table)
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return 0
