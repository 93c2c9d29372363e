"""Builds that were stopped, folders that were copied, chapters that are gone: no old page is taken for a new one."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Book
from tests.site.small_book import (
    COUNTS,
    HEAD,
    NEW_FACT,
    cell,
    out_of_date,
    ran,
    write_toc,
)

KILL = """
import evidence.site.pages
main_process = os.getpid()
def stop(*_):
    os.kill(main_process, signal.{})
    import time
    time.sleep(9)
evidence.site.pages.add_parts = stop
"""


@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_after_a_build_was_stopped_no_page_stays_old(book, how):
    assert book.build().returncode == 0
    with book.changed(*NEW_FACT):
        assert book.build(first=KILL.format(how)).returncode != 0
        run = book.build("--verbose")
        assert run.returncode == 0 and out_of_date(book) == []
        assert ran(run) == 0, "what was run is kept"
    assert book.build().returncode == 0


def test_a_second_build_at_once_is_refused_in_a_sentence(book):
    with book.path("_build/.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = book.build()
    assert run.returncode == 1 and "another build is writing" in run.output and "Traceback" not in run.output


def test_a_copied_folder_builds_itself_and_is_refused_by_the_package_of_the_first(book, tmp_path):
    assert book.build().returncode == 0
    copy = Book(tmp_path / "copy", write=lambda folder: shutil.copytree(book.folder, folder, dirs_exist_ok=True))
    for text in NEW_FACT:
        copy.change(*text)
    foreign = copy.environment() | {"PYTHONPATH": str(book.folder)}
    for command in ("check", "build"):
        code = (
            f"import sys; sys.path.remove(''); sys.argv[1:] = ['{command}']; import evidence.cli; evidence.cli.main()"
        )
        run = subprocess.run([sys.executable, "-c", code], cwd=copy.folder, env=foreign, capture_output=True, text=True)
        assert run.returncode == 1 and "is another copy of the book" in run.stderr and run.stderr.count("\n") == 1
    assert copy.build().returncode == 0
    assert out_of_date(copy) == [] and len(out_of_date(book)) == 5


def test_the_environment_of_a_copied_folder_is_made_anew(tmp_path):
    root = Path(__file__).resolve().parents[2]
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(root / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    stamp = tmp_path / ".venv/.installed"
    for place, renewed in ((tmp_path, False), (tmp_path.parent / "elsewhere", True)):
        stamp.write_text(f"{place}\n")
        plan = subprocess.run(["make", "-n", "site"], cwd=tmp_path, capture_output=True, text=True)
        assert plan.returncode == 0 and ("-m venv" in plan.stdout) == renewed, plan.stdout
        assert "-m evidence build" in plan.stdout


def test_pages_exhibits_results_and_drawings_of_a_removed_chapter_go(book):
    chart = cell('exhibit("small-chart", alt.Chart(load("places")).mark_bar().encode(x="id:N"), data=load("places"))')
    before = book.path(f"{COUNTS}.md").read_text(encoding="utf-8")
    count = {folder: len(list(book.path(f"_build/{folder}").glob("*"))) for folder in (".executed", ".drawn")}
    extra = book.path("chapters/education/extra.md")
    try:
        book.path(f"{COUNTS}.md").write_text(before.replace("small-chart", "small-extra"), encoding="utf-8")
        with book.changed(
            (
                "data/exhibits.csv",
                "small-table,",
                'small-extra,Regions,"' + "x" * 50 + '",a,b,c,,,,practices,false,\nsmall-table,',
            )
        ):
            extra.write_text(HEAD + chart, encoding="utf-8")
            write_toc(book.folder)
            assert book.build().returncode == 0
            site = book.path("_build/html")
            assert (site / "chapters/education/extra.html").exists() and (site / "exhibits/small-extra.svg").exists()
    finally:
        extra.unlink()
        book.path(f"{COUNTS}.md").write_text(before, encoding="utf-8")
        write_toc(book.folder)
    assert book.build().returncode == 0
    assert not (site / "chapters/education/extra.html").exists() and not list((site / "exhibits").glob("small-extra*"))
    assert (site / "exhibits/small-chart.svg").exists() and (site / "search.html").exists()
    assert count == {name: len(list(book.path(f"_build/{name}").glob("*"))) for name in count}


def test_building_writes_nothing_into_the_home_of_the_reader(book):
    assert list(book.home.rglob("*")) == []
