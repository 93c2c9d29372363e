"""The build as a guard: each planted fault fails it with file and line, whatever command or format."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Book, write_whole_book
from tests.site.small_book import (
    ABOUT,
    COUNTS,
    FACTS,
    HEAD,
    cell,
    different,
    exhibit,
    write_toc,
)

FAULTS = {  # name: (text of a page, what the build says of it)
    "an unknown fact": ("{fact}`register-out-2021`", r":7.*register-out-2021.*did you mean register-out-20"),
    "an unknown calculation": ("{calc}`register-non-retrun-2012`", r":7.*register-non-return-2012"),
    "an unknown record": ("{finding}`find-nothing`", r":7.*no finding has the id"),
    "an unknown cite key": ("{cite:p}`nobody1999`", r":7.*nobody1999"),
    "a broken link": ("[here](nowhere.md)", r":7.*nowhere\.md"),
    "a warning": ("{nosuchrole}`x`", r":7.*nosuchrole"),
    "a failing cell": (cell("1 / 0"), r":10.*cell \d+ raised ZeroDivisionError"),
    "a killed cell": (
        cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        r":8.*cell \d+ raised .*ended in this cell \(SIGKILL\)",
    ),
    "an unknown fact in a cell": (cell('fact("chart9-all-2009")'), r":10.*chart9-all-2009"),
    "an exhibit that is not described": (exhibit("small-other"), r":10.*small-other"),
    "an exhibit without source": (exhibit("small-unfounded"), r":10.*facts or tables"),
    "a chart that cannot be drawn": (
        cell(
            'chart = alt.Chart(load("places")).transform_calculate(x="datum.((").mark_bar().encode(x="x:Q")\n'
            'exhibit("small-wrong", chart, data=load("places")[["id"]])'
        ),
        r"small-wrong.*cannot be drawn",
    ),
    "an exhibit twice": (exhibit("small-table"), r"small-table.*already on page"),
}


def page_of(fault: str) -> str:
    return f"chapters/education/{fault.replace(' ', '-')}"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory) -> tuple[Book, list]:
    """Return a book with every fault on a page of its own, and two builds of it."""
    book = Book(tmp_path_factory.mktemp("faulty") / "book").keep_warm()
    described = book.path("data/exhibits.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    row = next(line for line in described if line.startswith("small-table,"))
    described += [row.replace("small-table", "small-unfounded").replace(",practices,", ",,")]
    described += [row.replace("small-table", "small-wrong")]
    book.path("data/exhibits.csv").write_text(described[0] + "".join(sorted(described[1:])), encoding="utf-8")
    for fault, (text, _) in FAULTS.items():
        book.path(f"{page_of(fault)}.md").write_text(HEAD + text + "\n", encoding="utf-8")
    write_toc(book.folder)
    runs = [book.build(), book.build()]
    book.close()
    return book, runs


@pytest.mark.parametrize("fault", FAULTS)
def test_the_build_refuses_and_says_where_each_time(faulty, fault):
    _, runs = faulty
    for run in runs:
        assert run.returncode == 1 and "Traceback" not in run.output
        name = page_of(fault).rpartition("/")[2]
        assert re.search(f"{name}.*{FAULTS[fault][1]}|{FAULTS[fault][1]}.*{name}", run.output), run.output


def test_a_chapter_that_failed_is_neither_kept_nor_published(faulty):
    book, _ = faulty
    for folder in ("html", ".html"):  # what readers see, and what an author at work does
        assert not (book.folder / f"_build/{folder}/{page_of('a failing cell')}.html").exists()
        assert not (book.folder / f"_build/{folder}/{page_of('a killed cell')}.html").exists()
    kept = [path.read_text() for path in book.path("_build/.executed").glob("*.json")]
    assert len(kept) >= 2 and not any("ZeroDivisionError" in text for text in kept)


def test_the_build_refuses_bad_data_and_badly_saved_pages_with_every_problem_at_once(book):
    page, places = book.path(f"{ABOUT}.md"), book.path("data/places.csv")
    before = page.read_bytes(), places.read_bytes()
    mark = b"\xef\xbb\xbf"
    try:
        page.write_bytes(mark + before[0])
        places.write_bytes(mark + before[1])
        with book.changed((FACTS, "register-out-2012,antonowicz2013oosc,", "register-out-2012,nobody,")):
            run, checked = book.build(), book.run(sys.executable, "-m", "evidence", "check")
    finally:
        page.write_bytes(before[0])
        places.write_bytes(before[1])
    for found in (run, checked):
        assert found.returncode == 1 and "Traceback" not in found.output
        assert "facts.csv, row 3, column source: 'nobody'" in found.output
        assert "places.csv, row 1: starts with a byte order mark" in found.output
        assert f"{ABOUT}.md, line 1: starts with a byte order mark" in found.output


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_values_come_out_in_other_formats(book, builder):
    run = book.build("--builder", builder)
    assert run.returncode == 0, run.output
    name = f"{COUNTS}.txt" if builder == "text" else "*.tex"
    text = "".join(path.read_text(encoding="utf-8") for path in book.path(f"_build/{builder}").glob(name))
    flat = " ".join(text.replace("\\%", "%").split())
    for value in ("188", "894", "21.0%", "188 had not returned", "Regions differ", "akmola"):
        assert value in flat


STOCK = "from jupyter_book.cli.main import main; main()"


def test_the_stock_command_builds_in_another_folder_from_nothing_what_ours_has_built(book, tmp_path):
    assert book.build().returncode == 0
    stock = Book(tmp_path / "stock")
    run = stock.run(sys.executable, "-c", STOCK, "build", "-W", "--keep-going", ".")
    assert run.returncode == 0, run.output
    assert different(book.path("_build/html"), stock.path("_build/html")) == []


@pytest.mark.whole
def test_the_stock_command_builds_in_another_folder_from_nothing_the_site_that_is_there(site, tmp_path):
    stock = Book(tmp_path / "stock", write=write_checkout)
    run = stock.run(sys.executable, "-c", STOCK, "build", "-W", "--keep-going", ".")
    assert run.returncode == 0, run.output
    assert different(site, stock.path("_build/html")) == [], "if it is older than the book, run 'make site'"


def write_checkout(folder: Path) -> None:
    """Write the whole book into a folder, as a checkout of its own: pages say when git has last seen a change."""
    write_whole_book(folder)
    for name in ("CITATION.cff", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    if (ROOT / ".git").is_dir():
        (folder / ".git").write_text(f"gitdir: {ROOT / '.git'}\n", encoding="utf-8")
    elif (ROOT / ".git").is_file():
        shutil.copy(ROOT / ".git", folder)
