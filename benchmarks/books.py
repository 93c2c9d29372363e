"""Generates the two books that are compared: the same chapters, ours with exhibits and stock with bare charts."""

import compileall
import re
import shutil
from pathlib import Path
from string import Template

from benchmarks.data import keep_document, register_page, write

ROOT = Path(__file__).resolve().parents[1]
FORMS = ("ours", "stock")
CHAPTER = Template(Path(__file__).with_name("chapter.md").read_text(encoding="utf-8"))
PRINTED = {"register-registered-2011": "1,756", "register-registered-2012": "894", "register-out-2012": "188"}
IMPORTS = {"ours": "from evidence.book import *", "stock": "import altair as alt\nimport pandas as pd"}
ROW = {
    "title": "The register of the regions, scaled",
    "alt": "The register of the regions in the school year 2011-12, divided by the number of the chapter.",
    "unit": "children",
    "base": "minors absent over ten days",
    "period": "2011-12",
    "calculated": "divided by the number of the chapter",
    "note": "",
    "facts": "register-registered-2012",
    "tables": "antonowicz2013oosc_regions",
    "document": "antonowicz2013oosc",
}
SHOWN = ("bars", "points", "table")
BIBLIOGRAPHY = "# Bibliography\n\n```{bibliography}\n:all:\n```\n"
RECORDS = "chapters/reference/records"
ABOUT = {"chapters/reference/about": "# About\n\n## Licences\n\nOf no use here.\n"}
COMMON = {"index": "# Benchmark\n", "chapters/reference/bibliography": BIBLIOGRAPHY}
STOCK_CONFIG = """title: Benchmark
only_build_toc_files: true
execute: {execute_notebooks: cache}
bibtex_bibfiles: [references.bib]
parse: {myst_enable_extensions: [colon_fence, deflist, attrs_inline, smartquotes]}
"""
PAGE = "chapters/generated/chapter-{:03}"
DATA_FILE = "data/tables/antonowicz2013oosc_regions.csv"
EDITS = {  # step: file, text found, what replaces it in a run, what the chapter's page must then show
    "one chapter's prose edited": ("{page}.md", r"\Z", "\nAdded in run {run}.\n", "Added in run {run}."),
    "one chapter's code edited": ("{page}.md", r"NUMBER = \d+", "NUMBER = 9{run}", "Divided by 9{run}<"),
    "one value of the data edited": (DATA_FILE, r"(?<=Table 5,aktobe,39,)\d+", "90{run}", ">90{run}<"),
}


def exhibit_id(number: int, what: str) -> str:
    """Return the id of one of the exhibits of a chapter."""
    return f"chapter-{number:03}-{what}"


def chapter(form: str, number: int) -> str:
    """Return a chapter of about 300 words with two charts and a table, as MyST."""
    shown = {what: what for what in SHOWN}
    if form == "ours":
        shown = {what: f'exhibit("{exhibit_id(number, what)}", {what}, data=regions)' for what in SHOWN}
    text = CHAPTER.substitute(shown, number=number, imports=IMPORTS[form])
    return text if form == "ours" else re.sub(r"\{fact\}`([^`]+)`", lambda match: PRINTED[match[1]], text)


def write_ours(size: int, folder: Path) -> dict[str, str]:
    """Write our form's own copy of the package and describe its exhibits; return the pages that its records need."""
    shutil.copytree(ROOT / "evidence", folder / "evidence", ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder / "evidence", quiet=1)
    for name in ("requirements.in", "requirements.txt", "_config.yml"):
        shutil.copy(ROOT / name, folder)
    rows = [{"id": exhibit_id(number, what)} | ROW for number in range(1, size + 1) for what in SHOWN]
    write(folder / "data", "exhibits", rows)
    return ABOUT | {RECORDS: register_page(folder / "data")}


def write_book(form: str, size: int, folder: Path) -> None:
    """Write a book of ``size`` chapters over a handful of data; no edit of one form touches the other."""
    shutil.copytree(ROOT / "data", folder / "data")
    keep_document(folder / "data", only={"facts": PRINTED})
    shutil.copy(ROOT / "references.bib", folder)
    pages = COMMON | {PAGE.format(number): chapter(form, number) for number in range(1, size + 1)}
    if form == "ours":
        pages |= write_ours(size, folder)
    else:
        (folder / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    toc = "".join(f"  - file: {name}\n" for name in pages if name != "index")
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{toc}", encoding="utf-8")


def make_edit(step: str, folder: Path, number: int, run: int) -> str:
    """Make the edit of a step to a chapter or the data; return what the chapter's page must then show."""
    file, found, replacement, expected = (part.replace("{run}", str(run)) for part in EDITS[step])
    path = folder / file.replace("{page}", PAGE.format(number))
    path.write_text(re.sub(found, replacement, path.read_text(encoding="utf-8")), encoding="utf-8")
    return expected
