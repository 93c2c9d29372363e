"""The build as a guard: each planted fault fails it with file and line; each change shows at once."""

from __future__ import annotations

import filecmp
import re
import time

import pytest

from tests.conftest import Book

CHAPTER = "chapters/education/register.md"
SENTENCE = "As of May 2012."
CELL = "latest = regions"

FAULTS = {
    "a failing cell": (CELL, "1 / 0\n" + CELL, r"register\.md:\d+.*ZeroDivisionError"),
    "an unknown fact": (
        SENTENCE,
        "{fact}`register-out-2021`",
        r"register\.md:\d+.*register-out-2021.*did you mean register-out-20",
    ),
    "an unknown calculation": (
        SENTENCE,
        "{calc}`register-non-retrun-2012`",
        r"register\.md:\d+.*register-non-return-2012",
    ),
    "an unknown record": (SENTENCE, "{finding}`find-nothing`", r"register\.md:\d+.*no finding has the id"),
    "an unknown cite key": (SENTENCE, "{cite:p}`nobody1999`", r"register\.md:\d+.*nobody1999"),
    "a broken link": (SENTENCE, "[here](nowhere.md)", r"register\.md:\d+.*nowhere\.md"),
    "a warning": (SENTENCE, "{nosuchrole}`x`", r"register\.md:\d+.*nosuchrole"),
    "a missing text alternative": ('alt="Map of the regions', 'alt="" and "', r"register\.md:\d+.*text alternative"),
    "an exhibit without source": (
        'tables=["antonowicz2013oosc_profiles"],\n)',
        ")",
        r"register\.md:\d+.*facts or tables",
    ),
    "an unknown fact in a cell": (
        'fact(f"chart4-{key}-{year}").value',
        'fact(f"chart9-{key}-{year}").value',
        r"register\.md:\d+.*chart9",
    ),
    "an exhibit twice": ('id="non-return-map"', 'id="barriers"', r"barriers"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_build_refuses(book, fault):
    old, new, message = FAULTS[fault]
    before = book.path(CHAPTER).read_text(encoding="utf-8")
    try:
        book.change(CHAPTER, old, new)
        run = book.build()
        again = book.build() if fault == "a failing cell" else run
    finally:
        book.path(CHAPTER).write_text(before, encoding="utf-8")
    assert run.returncode == 1 and again.returncode == 1
    assert re.search(message, run.output), run.output
    assert "Traceback" not in run.output


def test_the_build_refuses_bad_data_with_every_problem_at_once(book):
    before = book.path("data/facts.csv").read_bytes()
    try:
        book.change("data/facts.csv", "register-out-2012,antonowicz2013oosc,", "register-out-2012,nobody,")
        book.path("data/places.csv").write_bytes(b"\xef\xbb\xbf" + book.path("data/places.csv").read_bytes())
        run = book.build()
    finally:
        book.path("data/facts.csv").write_bytes(before)
        book.path("data/places.csv").write_bytes(
            book.path("data/places.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")
        )
    assert run.returncode == 1 and "Traceback" not in run.output
    assert "nobody" in run.output and "byte order mark" in run.output


def ran(run) -> int:
    """Return how many chapters a build ran."""
    found = re.search(r"ran (\d+) chapter", run.output)
    return int(found[1]) if found else 0


def test_nothing_runs_again_without_a_change(book):
    assert book.build().returncode == 0
    run = book.build("--verbose")
    assert run.returncode == 0 and ran(run) == 0
    assert "0 added, 0 changed, 0 removed" in run.output


def test_a_changed_cell_of_data_shows_in_sentence_card_calculation_and_exhibit(book):
    page, facts = "chapters/education/risks-and-barriers.html", "data/facts.csv"
    before = book.path(facts).read_text(encoding="utf-8")
    assert "5,230" in book.page(page) and "60.4%" in book.page(page) and ">38,386<" in book.page(page)
    try:
        for old, new in (
            ("5230,,", "5330,,"),
            ('"5,230"', '"5,330"'),
            ("38386,,", "38486,,"),
            ('"38,386"', '"38,486"'),
        ):
            book.change(facts, old, new)
        run = book.build("--verbose")
        assert run.returncode == 0, run.output
        shown = book.page(page)
        assert shown.count("5,330") >= 2 and "5,230" not in shown, "the sentence and its card"
        assert "59.3%" in shown and "60.4%" not in shown, "the share computed from it"
        assert ">38,486<" in shown and ">38,386<" not in shown, "the exhibit drawn from it"
        assert "5,330" in book.page("chapters/reference/facts-antonowicz2013oosc.html")
    finally:
        book.path(facts).write_text(before, encoding="utf-8")
    assert book.build().returncode == 0
    assert "5,230" in book.page(page)


def test_only_chapters_that_read_a_table_run_again(book):
    before = book.path("data/practices.csv").read_text(encoding="utf-8")
    try:
        book.path("data/practices.csv").write_text(before.replace("Backpack", "Rucksack"), encoding="utf-8")
        run = book.build("--verbose")
    finally:
        book.path("data/practices.csv").write_text(before, encoding="utf-8")
    assert run.returncode == 0 and ran(run) == 1
    assert "Rucksack" in book.page("chapters/education/finding-and-following.html")
    assert book.build().returncode == 0


def test_changed_helper_code_shows(book):
    try:
        book.change("evidence/exhibits.py", 'f"base: {', 'f"basis: {')
        assert book.build().returncode == 0
        assert "basis: children" in book.page("chapters/education/register.html")
    finally:
        book.change("evidence/exhibits.py", 'f"basis: {', 'f"base: {')
    assert book.build().returncode == 0


def test_chapters_do_not_share_variables(book):
    other = "chapters/education/enrolment.md"
    before = book.path(CHAPTER).read_text(encoding="utf-8"), book.path(other).read_text(encoding="utf-8")
    try:
        book.change(CHAPTER, "YEARS = {", "LEAK = 1\nYEARS = {")
        book.change(other, "PAIRS = {", "print('LEAK' in globals())\nPAIRS = {")
        assert book.build().returncode == 0
        assert ">False" in book.page(other.replace(".md", ".html"))
    finally:
        for name, text in zip((CHAPTER, other), before):
            book.path(name).write_text(text, encoding="utf-8")
    assert book.build().returncode == 0


def test_the_authors_loop_shows_a_saved_change(book):
    page, about = "chapters/reference/about.html", "chapters/reference/about.md"
    before = book.path(about).read_text(encoding="utf-8")
    loop = book.start("live", "--port", "0")
    try:
        book.wait_for(lambda: "Serving on" in loop.log.read_text(), loop)
        time.sleep(1)
        book.path(about).write_text(before + "\nSaved just now.\n", encoding="utf-8")
        book.wait_for(lambda: "Saved just now." in book.page(page), loop)
    finally:
        loop.terminate()
        loop.wait()
        book.path(about).write_text(before, encoding="utf-8")
    assert book.build().returncode == 0


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_values_come_out_in_other_formats(book, builder):
    run = book.build("--builder", builder)
    assert run.returncode == 0, run.output
    name = "chapters/education/register.txt" if builder == "text" else "*.tex"
    text = "".join(path.read_text(encoding="utf-8") for path in (book.folder / "_build" / builder).glob(name))
    flat = " ".join(text.replace("\\%", "%").split())
    for value in ("347", "9.9%", "East Kazakhstan", "more than 10 days"):
        assert value in flat


def test_two_cold_builds_are_identical(tmp_path, book):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    copies = [Book(tmp_path / name) for name in ("one", "two")]
    for copy in copies:
        run = copy.build()
        assert run.returncode == 0, run.output
    one, two = (copy.folder / "_build" / "html" for copy in copies)
    files = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    assert files == sorted(str(path.relative_to(two)) for path in two.rglob("*") if path.is_file())
    _, different, errors = filecmp.cmpfiles(one, two, files, shallow=False)
    assert not different and not errors
