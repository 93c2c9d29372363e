"""Holds the data against the source texts: each row against the lines it cites.

Texts are compared by hash first: nothing is checked against another text.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from evidence.checks.copying import copied_problems
from evidence.checks.discrepancies import discrepancy_problems
from evidence.checks.facts import number_of
from evidence.checks.folios import problems as page_problems
from evidence.checks.left_out import TABLE as LEFT_OUT
from evidence.checks.left_out import problems as name_problems
from evidence.checks.lines import lines_of
from evidence.checks.passages import problems as passage_problems
from evidence.checks.texts import passage, pinned_texts, text_lines
from evidence.checks.untreated import problems as untreated_problems
from evidence.data import store
from evidence.data.records import facts, flags
from evidence.data.rules import Problem
from evidence.data.store import line_range

NEAR = 3  # message: places that a hint names


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _numbers(text: str) -> list[float]:
    return list(map(number_of, _digits(text)))


def _found_in(texts: dict[str, Path], item) -> str:
    """Return the hint that says where the figure of a fact does stand: the places nearest to its lines."""
    here = line_range(item.lines)[0]
    near = sorted(lines_of(texts[item.source], item.as_reported), key=lambda lines: abs(line_range(lines)[0] - here))
    if not near:
        return ", nor anywhere else in this text as it is written here"
    return f"; it stands in {'line' if len(near) == 1 else 'lines'} {', '.join(near[:NEAR])}"


def figure_problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the facts whose figure does not stand, as printed, in the lines they cite, and where it does."""
    problems = []
    for number, item in store.numbered("facts"):
        if item.source not in texts:
            continue
        there = passage(texts[item.source], item.lines)
        standing = there if "footnote_mark_glued" in flags(item) else _digits(there)
        missing = [figure for figure in _digits(item.as_reported) if figure not in standing]
        if missing:
            rule = f"{item.id}: the figure {', '.join(missing)} does not stand in lines {item.lines}"
            rule += _found_in(texts, item)
            problems.append(Problem("facts.csv", number, "as_reported", item.as_reported, rule))
        elif not _digits(item.as_reported) and item.as_reported.lower() not in there:
            rule = f"{item.id}: these words do not stand in lines {item.lines}{_found_in(texts, item)}"
            if "in_words" not in flags(item) or not set(_words(item.as_reported)) <= set(_words(there)):
                problems.append(Problem("facts.csv", number, "as_reported", item.as_reported, rule))
    return problems


def table_problems(texts: dict[str, Path]) -> list[Problem]:
    """Check that the numbers of a printed table stand in the lines of its rows.

    A row that has its lines for itself holds all their numbers in their order; rows that share
    lines (a printed row in several cells) hold some of them, none more often than it is printed.
    """
    problems = []
    for name, resource in store.schema().items():
        frame = store.load(name) if resource["printed"] else None
        counts = [
            column for column, field in store.fields_of(resource).items() if field["type"] in ("integer", "number")
        ]
        if frame is None or not counts:
            continue
        frame = frame[frame["source"].isin(texts)]
        for (source, lines), rows in frame.groupby(["source", "lines"]):
            first, last = line_range(lines)
            text = "\n".join(text_lines(texts[source])[first - 1 : last])
            readings = [_numbers(text), _numbers(re.sub(r"(?<=\d) (?=\d{3}\b)", "", text))]  # 3 765 383 is one number
            ours = rows[counts].astype(float).to_numpy().ravel()
            ours = [float(value) for value in ours if value == value]
            if not any(there == ours if len(rows) == 1 else Counter(ours) <= Counter(there) for there in readings):
                rule = f"{', '.join(rows['id'])}: the numbers of line {lines} are {readings[0]}"
                problems.append(Problem(resource["path"], int(rows.index[0]) + 2, None, str(ours), rule))
    return problems


def verify(folder: Path) -> tuple[list[Problem], dict[str, int | str]]:
    """Return every problem of the data against the texts of a folder, and what was checked."""
    texts, problems = pinned_texts(folder)
    problems += figure_problems(texts) + table_problems(texts)
    problems += passage_problems(texts) + page_problems(texts)
    problems += discrepancy_problems(texts) + copied_problems(texts)
    problems += name_problems(texts) + untreated_problems(texts)
    tables = [name for name, resource in store.schema().items() if resource["printed"]]
    absent = [row.id for row in store.load("sources").itertuples() if not (folder / f"{row.id}.txt").is_file()]
    counts: dict[str, int | str] = {
        "texts": len(texts),
        f"not in {folder.name}, so not checked": ", ".join(absent) or "none",
        "facts held against their lines": sum(item.source in texts for item in facts().values()),
        "rows of printed tables": sum(len(store.load(name)) for name in tables),
        "names left out with a reason": len(store.load(LEFT_OUT)) if LEFT_OUT in store.schema() else 0,
        "discrepancies tried": sum(row.left_source in texts for row in store.load("discrepancies").itertuples()),
        "problems": len(problems),
    }
    return problems, counts
