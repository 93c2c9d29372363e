"""From a folder of files to a report: a page, tidy tables and a data package, all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.attendance import faults
from evidence.attendance.analysis import GROUPS, MAIN_RULE, Results, analysed
from evidence.attendance.engines import Engine, engine
from evidence.attendance.faults import BadInput, Fault
from evidence.attendance.page import html_page
from evidence.attendance.publishing import published
from evidence.attendance.reading.folder import Tables, read_folder

PACKAGE = "datapackage.json"
NAME = "attendance-report"
ABOUT = {
    "overview": "What was read, in numbers",
    "thresholds": "Children found by each rule; missing where a small cell is not shown",
    "moves": "Children found by two rules, by both and by one only",
    "episodes": "Episodes of absence by length in school days",
    **{
        f"by_{name}": f"Children on roll, and those whom one rule finds, by {name}: {MAIN_RULE.title.lower()}"
        for name in GROUPS
    },
    "register": "The register of long absences by school year",
    "register_regions": "The register of long absences by school year and region",
    "decomposition": "Parts of the change of the share not returned, in points",
    "set_aside": "Rows set aside: file, row, column and rule, without their values",
}
TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}


def tables_of(results: Results, set_aside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables of a report by name."""
    found = {
        "overview": pd.DataFrame({"what": list(results.overview), "number": list(results.overview.values())}),
        "thresholds": results.thresholds,
        "moves": results.moves,
        "episodes": results.lengths,
        **{f"by_{name}": table for name, table in results.groups.items()},
        "register": results.register,
        "register_regions": results.register_regions,
        "decomposition": results.decomposition,
        "set_aside": set_aside,
    }
    return {name: table for name, table in found.items() if table is not None}


def _described(name: str, table: pd.DataFrame) -> dict[str, Any]:
    """Return the description of a table in a data package."""
    fields = [
        {"name": str(column), "type": TYPES.get(getattr(table[column].dtype, "kind", "O"), "string")}
        for column in table
    ]
    return {
        "name": name.replace("_", "-"),
        "path": f"tables/{name}.csv",
        "description": ABOUT[name],
        "schema": {"fields": fields, "missingValues": [""]},
    }


def write_report(folder: Path, page: str, tables: dict[str, pd.DataFrame], title: str) -> None:
    """Write page, tables and data package into a folder that is complete or not there.

    A report that is there already is replaced. Raises :class:`BadInput` where the folder holds anything else.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not _is_report(folder))):
        raise BadInput(
            [Fault(str(folder), None, "", "", "holds something that is no report; give another place: --to FOLDER")]
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    old = new.with_name(f"{new.name}-old")
    try:
        (new / "tables").mkdir()
        for name, table in tables.items():
            table.to_csv(new / "tables" / f"{name}.csv", index=False, lineterminator="\n")
        package = {
            "name": NAME,
            "title": title,
            "resources": [_described(name, table) for name, table in tables.items()],
        }
        (new / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (new / "index.html").write_text(page, encoding="utf-8")
        new.chmod(0o755)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    except BaseException:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _is_report(folder: Path) -> bool:
    try:
        return json.loads((folder / PACKAGE).read_text(encoding="utf-8"))["name"] == NAME
    except (OSError, ValueError, KeyError, TypeError):
        return False


def make_report(
    source: Path,
    to: Path,
    rules_engine: Engine | None = None,
    reading: Engine | None = None,
    set_aside: bool = False,
    codes: dict[str, str] | None = None,
    sessions: int = 1,
    under: int = 5,
    title: str = "",
    tell: Callable[[str], None] = lambda _: None,
    **parameters: Any,
) -> Tables:
    """Make a report of a folder of files and return its tables.

    ``reading`` is DuckDB with the settings wanted, ``rules_engine`` runs the rules (DuckDB unless given); ``under`` is
    the bound of small cells; ``parameters`` are those of :func:`evidence.attendance.analysis.analysed`.
    Raises :class:`BadInput` with every fault. Nothing is written before everything is computed.
    """
    tables = read_folder(source, reading or engine("duckdb"), set_aside, codes, sessions, tell)
    results, hidden = published(analysed(tables, rules_engine, tell, **parameters), under)
    facts = {
        "title": title or f"Attendance: {source.name}",
        "made": date.today().isoformat(),
        "files": tables.files,
        "assumptions": tables.assumptions,
        "notes": tables.notes,
        "set_aside": faults.counted(tables.faults),
        "hidden": hidden,
        "under": under,
        "sessions": sessions,
        "is_synthetic": any("synthetic" in name for name in tables.files),
    }
    tell("writing")
    aside = faults.table(tables.faults, with_values=False)
    write_report(to, html_page(results, facts), tables_of(results, aside), facts["title"])
    return tables
