"""A small book for tests of the build: the real package, a handful of rows, a page of each kind of thing."""

from __future__ import annotations

import filecmp
import re
import shutil
from pathlib import Path

from benchmarks.data import keep_document, read, register_page, write

ROOT = Path(__file__).resolve().parents[3]
PAGES = Path(__file__).parent
ENTRY = re.compile(r"^(?=@)", re.MULTILINE)
ROWS = {  # that pages name; of every other table one row is kept
    "facts": ("register-registered-2012", "register-out-2012", "register-out-2011", "register-registered-2011"),
    "calculations": ("register-non-return-2012",),
    "findings": ("find-true-number-likely-higher",),
}
ALT = "Regions with their number of children on the register in the school year 2011-12, one bar for each."
EXHIBITS = (
    {"id": "small-chart", "title": "Regions differ", "tables": "antonowicz2013oosc_regions"},
    {"id": "small-table", "title": "Examples differ", "tables": "practices"},
)


def write_small_book(folder: Path) -> None:
    """Write the small book into a folder, with its own copy of the package and a handful of rows."""
    for name in ("evidence", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "references.bib", "requirements.in", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    keep_document(folder / "data", only=ROWS)
    keep_entries(folder / "references.bib", [row["id"] for row in read(folder / "data")["sources"]])
    shared = {"alt": ALT, "unit": "children", "base": "children under 18", "period": "2011-12"}
    columns = dict.fromkeys(("calculated", "note", "facts", "document"), "")
    write(folder / "data", "exhibits", [columns | shared | row for row in EXHIBITS])
    shutil.copytree(PAGES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__*"))
    records = folder / "chapters/reference/records.md"
    records.write_text(register_page(folder / "data"), encoding="utf-8")
    write_toc(folder)


def keep_entries(bibliography: Path, keys: list[str]) -> None:
    """Keep the entries with these keys: to read and set hundreds takes longer than all else."""
    entries = ENTRY.split(bibliography.read_text(encoding="utf-8"))
    kept = [
        entry for entry in entries if entry.startswith("@") and entry[entry.index("{") + 1 : entry.index(",")] in keys
    ]
    bibliography.write_text("".join(kept), encoding="utf-8")


def write_toc(folder: Path) -> None:
    """Write the table of contents of every page in a folder."""
    pages = sorted(path.relative_to(folder).with_suffix("").as_posix() for path in (folder / "chapters").rglob("*.md"))
    toc = "".join(f"  - file: {page}\n" for page in pages)
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{toc}", encoding="utf-8")


# --- what tests of the build share -------------------------------------------------------------

COUNTS, PRACTICES = "chapters/education/counts", "chapters/education/practices"
RECORDS, ABOUT = "chapters/reference/records", "chapters/reference/about"
FACTS = "data/facts.csv"
NEW_FACT = (  # 189 instead of 188 children had not returned: 189 / 894 = 21.14 %
    (FACTS, "register-out,188,,188,,exact,children,minors", "register-out,189,,189,,exact,children,minors"),
    ("data/practices.csv", "Strengthening student-adult relationships", "Strengthening trust"),
)
HEAD = """---
file_format: mystnb
---

# A fault

"""


def cell(code: str) -> str:
    """Return a cell of a chapter."""
    return f"```{{code-cell}} ipython3\nfrom evidence.book import *\n\n{code}\n```\n"


def exhibit(name: str) -> str:
    """Return a cell that shows a table."""
    return cell(f'exhibit("{name}", load("practices")[["name", "country"]])')


def ran(run) -> int:
    """Return how many chapters a build ran."""
    found = re.search(r"runs (\d+) chapter", run.output)
    return int(found[1]) if found else 0


def out_of_date(book) -> list[str]:
    """Return what of the book does not show :data:`NEW_FACT`."""
    shown = {
        "sentence": (ABOUT, ">189<", ">188<"),
        "calculation": (COUNTS, "21.1%", "21.0%"),
        "output": (COUNTS, "189 had not returned", "188 had not returned"),
        "card": (RECORDS, "<strong>189</strong>", "<strong>188</strong>"),
        "exhibit": (PRACTICES, "Strengthening trust", "student-adult relationships</th>"),
    }
    pages = {name: book.page(f"{page}.html") for name, (page, _, _) in shown.items()}
    return [name for name, (_, new, old) in shown.items() if new not in pages[name] or old in pages[name]]


def files_of(site: Path) -> set[str]:
    """Return the files of a site."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def different(one: Path, two: Path) -> list[str]:
    """Return the files that two sites do not have in common."""
    names, others = files_of(one), files_of(two)
    _, unequal, errors = filecmp.cmpfiles(one, two, names & others, shallow=False)
    return sorted((names ^ others) | set(unequal) | set(errors))
