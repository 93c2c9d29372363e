"""The build as a guard: each planted fault fails it with file and line; each change shows at once, however it comes."""

from __future__ import annotations

import fcntl
import filecmp
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Book, write_whole_book
from tests.site.small_book import write_toc

COUNTS, PRACTICES = "chapters/education/counts", "chapters/education/practices"
RECORDS, ABOUT = "chapters/reference/records", "chapters/reference/about"
FACTS = "data/facts.csv"
NEW_FACT = (  # 189 instead of 188 children had not returned: 189 / 894 = 21.14 %
    (FACTS, "register-out,188,,188,exact,children,minors", "register-out,189,,189,exact,children,minors"),
    ("data/practices.csv", "Strengthening student-adult relationships", "Strengthening trust"),
)
HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---

# A fault

"""


def cell(code: str) -> str:
    """Return a cell of a chapter."""
    return f"```{{code-cell}} python\nfrom evidence.book import *\n\n{code}\n```\n"


def exhibit(name: str) -> str:
    """Return a cell that shows a table."""
    return cell(f'exhibit("{name}", load("practices")[["name", "country"]])')


FAULTS = {  # name: (text of a page, what the build says of it)
    "an unknown fact": ("{fact}`register-out-2021`", r":9.*register-out-2021.*did you mean register-out-20"),
    "an unknown calculation": ("{calc}`register-non-retrun-2012`", r":9.*register-non-return-2012"),
    "an unknown record": ("{finding}`find-nothing`", r":9.*no finding has the id"),
    "an unknown cite key": ("{cite:p}`nobody1999`", r":9.*nobody1999"),
    "a broken link": ("[here](nowhere.md)", r":9.*nowhere\.md"),
    "a warning": ("{nosuchrole}`x`", r":9.*nosuchrole"),
    "a failing cell": (cell("1 / 0"), r":10.*cell \d+ raised ZeroDivisionError"),
    "a killed cell": (
        cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        r":10.*cell \d+ raised .*ended in this cell \(SIGKILL\)",
    ),
    "an unknown fact in a cell": (cell('fact("chart9-all-2009")'), r":10.*chart9-all-2009"),
    "an exhibit that is not described": (exhibit("small-other"), r":10.*small-other"),
    "a missing text alternative": (exhibit("small-mute"), r":10.*text alternative"),
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
    book = Book(tmp_path_factory.mktemp("faulty") / "book")
    described = book.path("data/exhibits.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    row = next(line for line in described if line.startswith("small-table,"))
    alt = re.search(r'"[^"]*bar for each\."', row)[0]
    described += [row.replace("small-table", "small-mute").replace(alt, "short")]
    described += [row.replace("small-table", "small-unfounded").replace(",practices,", ",,")]
    described += [row.replace("small-table", "small-wrong")]
    book.path("data/exhibits.csv").write_text(described[0] + "".join(sorted(described[1:])), encoding="utf-8")
    for fault, (text, _) in FAULTS.items():
        book.path(f"{page_of(fault)}.md").write_text(HEAD + text + "\n", encoding="utf-8")
    write_toc(book.folder)
    return book, [book.build(), book.build()]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_build_refuses_and_says_where_each_time(faulty, fault):
    _, runs = faulty
    for run in runs:
        assert run.returncode == 1 and "Traceback" not in run.output
        name = page_of(fault).rpartition("/")[2]
        assert re.search(f"{name}.*{FAULTS[fault][1]}|{FAULTS[fault][1]}.*{name}", run.output), run.output


def test_a_chapter_that_failed_is_neither_kept_nor_published(faulty):
    book, _ = faulty
    assert not (book.folder / f"_build/html/{page_of('a failing cell')}.html").exists()
    assert not (book.folder / f"_build/html/{page_of('a killed cell')}.html").exists()
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
        assert "facts.csv, row 203, column source: 'nobody'" in found.output or "'nobody'" in found.output
        assert "places.csv, row 1: starts with a byte order mark" in found.output
        assert f"{ABOUT}.md, line 1: starts with a byte order mark" in found.output


# --- what is kept --------------------------------------------------------------------------


def ran(run) -> int:
    """Return how many chapters a build ran."""
    found = re.search(r"runs (\d+) chapter", run.output)
    return int(found[1]) if found else 0


def out_of_date(book: Book) -> list[str]:
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


def test_nothing_is_read_or_run_again_without_a_change(book):
    assert book.build().returncode == 0
    run = book.build("--verbose")
    assert run.returncode == 0 and ran(run) == 0
    assert "0 added, 0 changed, 0 removed" in run.output and "no targets are out of date" in run.output


def test_a_changed_cell_of_data_shows_everywhere_and_runs_only_what_read_it(book):
    assert len(out_of_date(book)) == 5
    with book.changed(NEW_FACT[1]):
        run = book.build("--verbose")
        assert run.returncode == 0 and ran(run) == 1, "one chapter reads the table of practices"
        with book.changed(NEW_FACT[0]):
            assert book.build().returncode == 0
            assert out_of_date(book) == []
    assert book.build().returncode == 0


OFF = {  # a part of the mechanism switched off: what then stays as it was
    "evidence.site.engine.results.Results.get = lambda self, key: evidence.site.engine.results.json.loads("
    "self._path(key).read_text()) if self._path(key).is_file() else None": {"output", "exhibit"},
    "evidence.site.engine.execution.outdated = lambda *_: []": {"exhibit"},
    "evidence.site.records.domain.outdated = lambda *_: []": {"sentence", "card"},
}


@pytest.mark.parametrize("off", OFF, ids=["validity of results", "reads of chapters", "digests of records"])
def test_without_a_part_of_the_mechanism_a_page_would_stay_old(book, off):
    with book.changed(*NEW_FACT):
        first = f"import evidence.site\n{off}"
        assert book.build(first=first).returncode == 0
        assert OFF[off] <= set(out_of_date(book))
    assert book.build().returncode == 0 and len(out_of_date(book)) == 5


def test_changed_helper_code_shows(book):
    with book.changed(("evidence/exhibits/exhibit.py", 'f"base: {', 'f"basis: {')):
        assert book.build().returncode == 0
        assert "basis: children" in book.page(f"{COUNTS}.html")


def test_a_changed_title_shows_in_the_menu_of_every_page(book):
    assert book.build().returncode == 0
    with book.changed((f"{PRACTICES}.md", "# Practices", "# Examples elsewhere")):
        assert book.build().returncode == 0
        pages = [
            page for page in book.path("_build/html").rglob("*.html") if "Examples elsewhere" not in page.read_text()
        ]
        assert {page.name for page in pages} <= {"search.html"}


def test_a_changed_name_of_a_document_shows_on_pages_that_only_cite_it(book):
    with book.changed(("data/sources.csv", "Out-of-school study (2013)", "Study of absence (2013)")):
        assert book.build().returncode == 0
        for page in (ABOUT, COUNTS, PRACTICES):
            assert "Study of absence (2013)" in book.page(f"{page}.html")
            assert "Out-of-school study (2013)" not in book.page(f"{page}.html")


def test_a_page_saved_with_an_older_date_is_read_anew(book):
    page = book.path(f"{ABOUT}.md")
    before = page.read_bytes()
    assert book.build().returncode == 0
    try:
        page.write_bytes(before + b"\nSaved with an old date.\n")
        os.utime(page, (1, 1))
        assert book.build().returncode == 0
        assert "Saved with an old date." in book.page(f"{ABOUT}.html")
    finally:
        page.write_bytes(before)


# --- builds that were stopped, folders that were copied --------------------------------------

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


# --- other commands and formats --------------------------------------------------------------


RANDOM = re.compile(r"pagefind/(pagefind-entry\.json|.*\.pf_meta|filter/.*)")  # Pagefind writes these in random order


def files_of(site: Path) -> set[str]:
    """Return the files of a site that are the same in every build."""
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in names if not RANDOM.fullmatch(name)}


def different(one: Path, two: Path) -> list[str]:
    """Return the files that two sites do not have in common."""
    names, others = files_of(one), files_of(two)
    _, unequal, errors = filecmp.cmpfiles(one, two, names & others, shallow=False)
    return sorted((names ^ others) | set(unequal) | set(errors))


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_values_come_out_in_other_formats(book, builder):
    run = book.build("--builder", builder)
    assert run.returncode == 0, run.output
    name = f"{COUNTS}.txt" if builder == "text" else "*.tex"
    text = "".join(path.read_text(encoding="utf-8") for path in book.path(f"_build/{builder}").glob(name))
    flat = " ".join(text.replace("\\%", "%").split())
    for value in ("188", "894", "21.0%", "188 had not returned", "Regions differ", "akmola"):
        assert value in flat


def test_the_authors_loop_shows_a_saved_change_and_a_changed_definition(book):
    about, loop = f"{ABOUT}.md", book.start("live", "--port", "0")
    before = {name: book.path(name).read_bytes() for name in ("data/fields.toml", "data/datapackage.json", about)}
    try:
        book.wait_for(lambda: "Serving on" in loop.log.read_text(), loop)
        time.sleep(1)
        book.path(about).write_bytes(before[about] + b"\nSaved just now.\n")
        book.wait_for(lambda: "Saved just now." in book.page(f"{ABOUT}.html"), loop)
        book.change("data/fields.toml", 'kind = "fact", name = "Fact"', 'kind = "fact", name = "Datum"')
        assert book.run(sys.executable, "-m", "evidence", "schema").returncode == 0
        book.wait_for(lambda: '<p class="kind">Datum' in book.page(f"{ABOUT}.html"), loop)
    finally:
        loop.terminate()
        loop.wait()
        for name, content in before.items():
            book.path(name).write_bytes(content)


STOCK = "from jupyter_book.cli.main import main; main()"


def test_two_cold_builds_of_the_whole_book_are_identical_whichever_command_builds_it(tmp_path):
    ours, stock = (Book(tmp_path / name, write=write_whole_book) for name in ("ours", "stock"))
    for run in (ours.build(), stock.run(sys.executable, "-c", STOCK, "build", "-W", "--keep-going", ".")):
        assert run.returncode == 0, run.output
    assert different(ours.path("_build/html"), stock.path("_build/html")) == []
