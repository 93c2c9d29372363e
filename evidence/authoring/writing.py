"""What a command is about to write: tried in a copy of the book first, then put in place, all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from evidence.authoring.rows import with_row
from evidence.checks import book
from evidence.data import store
from evidence.data.rules import DataError, Problem
from evidence.data.schema import ROOT

BOOK = ("evidence", "data", "chapters", "index.md", "_config.yml", "_toc.yml", "references.bib")  # what checks read
TRIAL = """
import json, sys
from evidence.authoring.writing import drawn
from evidence.checks.book import problems, remaining
found = [problems(), remaining()]  # before anything is shown: cells may print
print("\\n" + json.dumps([*found, drawn(json.loads(sys.argv[1]))]))
"""


class Trial(NamedTuple):
    """What the checks say of a copy of the book: every problem, those that are work that remains, cells that fail."""

    problems: list[Problem]
    remaining: list[Problem]
    faults: list[str]


class Draft(NamedTuple):
    """What a command is about to write.

    ``rows`` are (table, row) in the order they are written, ``files`` whole texts by path from the root, ``cells``
    code of chapters that has to run, ``notes`` lines for the author, ``next`` what comes next, and ``texts`` the files
    of source texts, by document, that the rows were read beside and that are not with the others yet.
    """

    rows: list[tuple[str, dict[str, str]]]
    files: dict[str, str] = {}
    cells: list[str] = []
    notes: list[str] = []
    next: str = ""
    texts: dict[str, Path] = {}


def texts_of(draft: Draft, root: Path = ROOT) -> dict[str, str]:
    """Return the whole text of every file that a draft changes, by path from the root."""
    texts = dict(draft.files)
    for table, row in draft.rows:
        resource = store.schema()[table]
        name = f"data/{resource['path']}"
        before = texts.get(name) or (root / name).read_text(encoding="utf-8")
        texts[name] = with_row(before, resource, row)
    return texts


def row_number(text: str, key: str) -> int:
    """Return the number of the row with an id in the text of a table, as messages count them."""
    starts = (f"{key},", f'"{key}",')
    return next(number for number, line in enumerate(text.splitlines(), start=1) if line.startswith(starts))


def drawn(cells: list[str]) -> list[str]:
    """Return why cells of chapters do not run, nothing for those that do; what each shows is made as in a notebook."""
    faults = []
    for code in cells:
        *steps, shown = code.strip().split("\n")
        names: dict = {}
        try:
            exec("\n".join(["from evidence.book import *", *steps]), names)  # the cell we wrote ourselves
            eval(shown, names)._repr_mimebundle_()
        except Exception as error:  # whatever a cell raises is what its author has to read
            faults.append(f"{type(error).__name__}: {error}")
    return faults


def tried(texts: dict[str, str], cells: list[str], root: Path = ROOT) -> Trial:
    """Return what ``evidence check`` says of a copy of the book that holds these texts, and which cells fail there.

    The book itself is not touched. Raises :class:`DataError` if the copy cannot be checked at all.
    """
    with tempfile.TemporaryDirectory(prefix="evidence-new-") as name:
        copy = Path(name).resolve()
        for part in filter(lambda part: (root / part).exists(), BOOK):
            (shutil.copytree if (root / part).is_dir() else shutil.copy2)(root / part, copy / part)
        for path, text in texts.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", TRIAL, json.dumps(cells)]
        environment = os.environ | {"PYTHONPATH": str(copy)}
        run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    if run.returncode:
        reason = run.stderr.strip().rpartition("\n")[2]
        raise DataError([Problem("evidence check", None, None, None, f"stops with this change: {reason}")])
    problems, remaining, faults = json.loads(run.stdout.strip().split("\n")[-1])
    return Trial([Problem(*problem) for problem in problems], [Problem(*problem) for problem in remaining], faults)


def _known(problems: list[Problem]) -> set[tuple]:
    """Return problems without the numbers of their rows, which a new row moves."""
    return {(problem.file, problem.column, problem.value, problem.rule) for problem in problems}


def refused(draft: Draft, texts: dict[str, str], root: Path = ROOT) -> tuple[list[Problem], list[Problem]]:
    """Return what stands against writing a draft, and what its author still has to do once it is written.

    What was wrong before is neither.
    """
    trial = tried(texts, draft.cells, root)
    new = {
        (store.schema()[table]["path"], row_number(texts[f"data/{store.schema()[table]['path']}"], row["id"]))
        for table, row in draft.rows
    }
    faults = [problem for problem in trial.problems if problem not in trial.remaining]
    against = [problem for problem in faults if (problem.file, problem.row) in new]
    elsewhere = [problem for problem in faults if problem not in against]
    if elsewhere:  # by this change, or from before
        known = _known(book.problems())
        elsewhere = [problem for problem in elsewhere if not _known([problem]) & known]
    against += [problem for problem in elsewhere if problem.file in draft.files]
    shown = [f"cannot be shown; mend it: {fault}" for fault in trial.faults]
    against += [Problem("the exhibit", None, None, None, rule) for rule in shown]
    left = [problem for problem in elsewhere if problem.file not in draft.files]
    left += [p for p in trial.remaining if (p.file, p.row) in new or p.file in draft.files]
    return against, left


def put_in_place(texts: dict[str, str], root: Path = ROOT) -> None:
    """Write files, all or none: each is written beside its place first, and what was there comes back on an error."""
    before = {name: (root / name).read_bytes() if (root / name).exists() else None for name in texts}
    beside = {name: (root / name).with_name(f".{Path(name).name}.new") for name in texts}
    done: list[str] = []
    try:
        for name, text in texts.items():
            beside[name].write_text(text, encoding="utf-8", newline="\n")
        for name, path in beside.items():
            os.replace(path, root / name)
            done.append(name)
    except BaseException:
        for path in beside.values():
            path.unlink(missing_ok=True)
        for name in done:
            content = before[name]
            if content is None:
                (root / name).unlink()
            else:
                (root / name).write_bytes(content)
        raise
