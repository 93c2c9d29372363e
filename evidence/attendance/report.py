"""From a folder of files to a report: a page, tidy tables and a data package, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.attendance.analysis import GROUPS, MAIN_RULE, NEEDS, REGISTER_BY, Results, analysed
from evidence.attendance.language import said
from evidence.attendance.page import HEADS, html_page
from evidence.attendance.publishing import published
from evidence.attendance.reading.folder import Tables, read_folder
from evidence.attendance.reading.how import AS_IT_COMES, How
from evidence.attendance.suppression import UNDER
from evidence.toolkit import faults
from evidence.toolkit.engines import Engine, engine
from evidence.toolkit.messages import in_words
from evidence.toolkit.reports import check_place, write_list, write_report
from evidence.toolkit.rounding import published as as_published
from evidence.toolkit.rounding import set_aside as set_aside_of

NAME = "attendance-report"
LINES = ("unread", "assumptions", "notes")  # of the tables of a folder, in the words of the page
WRITING = "writing the report"
LEFT_OUT = "not shown: it is small, or would give a small number away"
ABOUT = {
    "overview": "What was read, in numbers",
    "thresholds": "Children found by each rule; missing where a small cell is not shown",
    "moves": "Children found by two rules, by both and by one only",
    "episodes": "Episodes of absence by length in school days",
    **{
        f"by_{name}": (
            f"Children on roll, and those whom one rule finds, by {name}: {MAIN_RULE.title.lower()}. Each child counts "
            f"once, in the {name} of its first spell on roll, also where it moved later"
        )
        for name in GROUPS
    },
    "register": "The register of long absences by school year",
    **{
        f"register_by_{name}": f"The register of long absences by school year and {name}; missing where not shown"
        for name in REGISTER_BY
    },
    "decomposition": "Parts of the change of the share not returned, in points",
    "set_aside": "Rows and cells set aside, a line a cause; numbers of rows rounded down, and missing of cells",
}


def tables_of(results: Results, set_aside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables of a report by name."""
    found = {
        "overview": _overview(results),
        "thresholds": results.thresholds,
        "moves": results.moves,
        "episodes": results.lengths,
        **{f"by_{name}": table for name, table in results.groups.items()},
        "register": results.register,
        **{f"register_by_{name}": table for name, table in results.register_by.items()},
        "decomposition": results.decomposition,
        "set_aside": set_aside,
    }
    return {name: table for name, table in found.items() if table is not None}


def _overview(results: Results) -> pd.DataFrame:
    """Return what was read, with a note on what nobody knows, and on what may not be published."""
    numbers = list(results.overview.values())
    lacking = [LEFT_OUT if name in results.left_out else NEEDS for name in results.overview]
    notes = ["" if number is not None else why for number, why in zip(numbers, lacking)]
    return pd.DataFrame({"what": list(results.overview), "number": pd.array(numbers, dtype="Int64"), "note": notes})


def make_report(
    source: Path,
    to: Path,
    how: How = AS_IT_COMES,
    rules_engine: Engine | None = None,
    reading: Engine | None = None,
    under: int = UNDER.default,
    title: str = "",
    tell: Callable[[str], None] = lambda _: None,
    language: str = "en",
    **parameters: Any,
) -> Tables:
    """Make a report of a folder of files and return its tables.

    ``how`` says how the folder is read; ``reading`` is DuckDB with the settings wanted, ``rules_engine`` runs the
    rules (DuckDB unless given); ``under`` is the bound of small cells, ``language`` that of the page (en, ru, kk);
    ``parameters`` are those of :func:`evidence.attendance.analysis.analysed`.
    What was set aside is listed row by row beside the report. Raises :class:`BadInput` with every fault. Nothing is
    written before everything is computed.
    """
    check_place(to, NAME)
    tables = read_folder(source, reading or engine("duckdb"), tell=tell, **how._asdict())
    results, hidden = published(analysed(tables, rules_engine, tell, **parameters), under)
    say = said(language)
    facts = {
        "title": title or say("Attendance: {folder}").format(folder=source.name),
        "made": date.today().isoformat(),
        "files": tables.files,
        **{name: [in_words(as_published(line, under), say) for line in getattr(tables, name)] for name in LINES},
        "lost": [loss.published(under, say) for loss in tables.lost],
        "set_aside": set_aside_of(faults.counted(tables.faults, say), under),
        "hidden": hidden,
        "under": under,
        "reading": {"sessions": how.sessions, "empty": how.empty},
        "is_synthetic": any("synthetic" in name for name in tables.files),
    }
    tell(WRITING)
    pages = {"index.html": html_page(results, facts, language)}
    heads = {name: say(head) for name, head in HEADS.items()}
    write_report(to, NAME, facts["title"], pages, tables_of(results, facts["set_aside"]), ABOUT, heads)
    write_list(list_beside(to), faults.table(tables.faults, with_values=False) if tables.faults else None, to)
    return tables


def list_beside(to: Path) -> Path:
    """Return where the list of what was set aside is, row by row: beside the report, and no part of it.

    It tells how many children each cause concerns, which may be few.
    """
    return to.with_name(f"{to.name}-set-aside.csv")
