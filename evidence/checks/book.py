"""All checks that need neither a build nor the source texts: seconds.

One cause, one message: what follows from a fault is not said beside it. A check that needs a table which cannot be
read waits until it can; what nothing uses is looked for when every name is right.
"""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from evidence.checks import (
    answers,
    arithmetic,
    asked,
    calls,
    cells,
    chapters,
    characters,
    coding,
    contents,
    discrepancies,
    documents,
    facts,
    folios,
    forms,
    heads,
    links,
    markup,
    measured,
    messages,
    names,
    passages,
    prose,
    ranges,
    readings,
    review_findings,
    roles,
    settings,
    sides,
    sources,
    standards,
    subjects,
    threads,
    tooling,
    twins,
    untreated,
    usage,
    vendored,
    words,
    workflow,
)
from evidence.checks.chapters import named
from evidence.checks.texts import pinned_texts, texts_folder
from evidence.data import bibliography, store
from evidence.data.rules import DataError, Problem
from evidence.data.schema import FIELDS
from evidence.data.store import UnknownId
from evidence.figures import calculations

FEW = 3  # message: rows with the same fault that are named one by one
Check = Callable[[], list[Problem]]

FILES: tuple[Check, ...] = (
    store.check,
    chapters.encoding_problems,
    characters.cell_problems,
    characters.line_problems,
)


def _works() -> list[Problem]:
    """Return the entries of the bibliography that are wrong as a whole."""
    return bibliography.entry_problems(store.ids("sources") or ())


NAMES: tuple[Check, ...] = (
    bibliography.block_problems,
    bibliography.field_problems,
    _works,
    twins.key_problems,
    contents.problems,
    settings.problems,
    tooling.problems,
    workflow.problems,
    vendored.problems,
    heads.problems,
    roles.chapter_problems,
    markup.problems,
    links.problems,
    names.problems,
    roles.sentence_problems,
    calculations.problems,
    facts.cell_problems,
)


def _against_texts() -> list[Problem]:
    """Return the facts and statements that do not stand where they say, of documents whose text is in ``texts/``."""
    folder = texts_folder()
    if not folder:
        return []
    texts = pinned_texts(folder)[0]
    against = (sources.figure_problems, passages.problems, folios.problems, untreated.problems)
    return [problem for check in against for problem in check(texts)]


RULES: tuple[Check, ...] = (
    prose.chapter_problems,
    cells.problems,
    cells.module_problems,
    prose.sentence_problems,
    words.chapter_problems,
    words.sentence_problems,
    facts.value_problems,
    coding.problems,
    usage.empty_problems,
    threads.problems,
    arithmetic.problems,
    facts.wording_problems,
    twins.row_problems,
    ranges.problems,
    forms.problems,
    discrepancies.discrepancy_problems,
    sides.problems,
    messages.problems,
    measured.problems,
    review_findings.problems,
    answers.problems,
    asked.problems,
    calls.problems,
    documents.entry_problems,
    documents.page_range_problems,
    folios.order_problems,
    documents.page_problems,
    documents.agreed_problems,
    standards.problems,
    subjects.problems,
    _against_texts,
)
# Work that remains while everything written is right in itself: `evidence new` writes what brings it about.
REMAINS: tuple[Check, ...] = (documents.agreement_problems, chapters.unwritten_problems, coding.uncoded_problems)
USE: tuple[Check, ...] = (usage.unused_problems, readings.problems)
# What an author at work need not hear at each save.
FINISHED: tuple[Check, ...] = (readings.page_problems,)


def run(check: Check) -> list[Problem]:
    """Return what a check finds; nothing where it needs a table, a record or a page that has been said to be wrong."""
    try:
        return check()
    except (DataError, UnknownId):
        return []
    except Exception as error:  # a check must not hide what the others find
        where = traceback.extract_tb(error.__traceback__)[-1]
        rule = f"this check stopped ({type(error).__name__}: {error}); the others have run. It is a fault of the check"
        return [Problem(named(Path(where.filename)), where.lineno, None, check.__qualname__, rule)]


def run_all(checks: tuple[Check, ...]) -> list[Problem]:
    """Return what is wrong by some checks, in their order."""
    return [problem for check in checks for problem in run(check)]


def _first_causes(problems: list[Problem]) -> list[Problem]:
    """Return problems without those of pages whose blocks end in the wrong place, but for the one that says so."""
    broken = heads.broken_pages()
    heads_said = set(run(heads.problems))
    return [problem for problem in problems if problem.file not in broken or problem in heads_said]


def problems(at_work: bool = False) -> list[Problem]:
    """Return every problem of data, chapters, contents and bibliography; what follows from another is left out.

    Of an author ``at_work`` no sentence is said to be another than was read.
    """
    unreadable = run_all(FILES)
    try:
        store.schema()
    except DataError as error:
        return error.problems
    wrong_names = run_all(NAMES)
    found = [*unreadable, *_first_causes([*wrong_names, *run_all(RULES), *run_all(REMAINS)])]
    if not found:
        found = run_all(USE if at_work else (*USE, *FINISHED))
    elif not unreadable:
        found += suspects(found)
    return _collapsed(list(dict.fromkeys(found)))


def suspects(found: list[Problem]) -> list[Problem]:
    """Return the rows that changed since they were read, where problems stand in rows that did not.

    A row that is as it was read has become wrong through another one, of which nothing may be said: a value edited in
    ``facts.csv`` shows as an arithmetic that no longer comes out.
    """
    try:
        edited = readings.changed()
    except (KeyError, ValueError, DataError):  # of a table that cannot be read, which has been said
        return []
    said = {(problem.file, problem.row) for problem in found}
    if not any(problem.file.endswith(".csv") and problem.row for problem in found) or said & edited:
        return []
    told = run(readings.problems)
    return [problem for problem in told if (problem.file, problem.row) in edited]


def _collapsed(problems: list[Problem]) -> list[Problem]:
    """Return problems with those that many rows of a column share said once: the first row, and how many more."""
    same: dict[tuple, list[Problem]] = defaultdict(list)
    for problem in problems:
        is_row = problem.column is not None and problem.file.endswith(".csv")
        same[(problem.file, problem.column, problem.value, problem.rule) if is_row else problem].append(problem)
    found: list[Problem] = []
    for here in same.values():
        if len(here) > FEW:
            rest = f"(and {len(here) - 1} more rows, up to row {here[-1].row})"
            here = [here[0]._replace(rule=f"{here[0].rule} {rest}")]
        found += here
    return found


def remaining() -> list[Problem]:
    """Return the problems that are work to be done, and not a fault of what is written."""
    return run_all((*REMAINS, *USE))


def waiting(problems: list[Problem]) -> str:
    """Return what could not be checked because of problems, as a sentence, "" if nothing waits."""
    if any(problem.file == FIELDS for problem in problems):
        return "All else is checked when that is mended."
    tables = sorted({problem.file for problem in problems if problem.file.endswith(".csv")} & _unreadable())
    return f"What rests on {', '.join(tables)} is checked when that is mended." if tables else ""


def _unreadable() -> set[str]:
    return {resource["path"] for resource in store.schema().values() if store.read(resource).problems}
