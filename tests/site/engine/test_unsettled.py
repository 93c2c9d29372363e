"""After a build that failed no warning is lost, no page is old, and only what it touched is done again."""

from __future__ import annotations

import re

import pytest

from tests.site.small_book import ABOUT, COUNTS, FACTS, PRACTICES, RECORDS, cell

LABEL = "\n(twice)=\n\n## A heading\n"
FAULTS = {  # when it is noticed: (what is put at the end of pages, what the build says each time)
    "at reading": ({ABOUT: "\n{nosuchrole}`x`\n"}, ["about.md:9: WARNING: .*nosuchrole"]),
    "at writing": ({ABOUT: "\n{cite:p}`nobody1999`\n"}, ["about.md:9: WARNING: .*nobody1999"]),
    "by running": ({PRACTICES: "\n" + cell("1 / 0")}, [r"practices.md:\d+: WARNING: cell 2 raised ZeroDivisionError"]),
    "in an exhibit": (
        {COUNTS: "\n" + cell('exhibit("small-table", load("practices")[["name"]])')},
        ["practices.md: WARNING: exhibit 'small-table' is already on page chapters/education/counts"],
    ),
    "on two pages": (
        {ABOUT: "\n{nosuchrole}`x`\n", PRACTICES: "\n[there](nowhere.md)\n"},
        ["about.md:9: WARNING: .*nosuchrole", r"practices.md:\d+: WARNING: .*nowhere\.md"],
    ),
    "on the second of two pages that say the same": ({ABOUT: LABEL, COUNTS: LABEL}, ["WARNING: duplicate label twice"]),
}


def warnings(run) -> list[str]:
    return sorted(line for line in run.output.splitlines() if "WARNING" in line)


def read(run) -> int:
    """Return how many pages a build has read."""
    added, changed = re.search(r"(\d+) added, (\d+) changed", run.output).groups()
    return int(added) + int(changed)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_warning_is_repeated_until_its_cause_is_mended(book, fault):
    texts, said = FAULTS[fault]
    before = {name: book.path(f"{name}.md").read_text(encoding="utf-8") for name in texts}
    good = {name: book.page(f"{name}.html") for name in (*texts, RECORDS)}
    try:
        for name, text in texts.items():
            book.path(f"{name}.md").write_text(before[name] + text, encoding="utf-8")
        runs = [book.build("--verbose")]
        with book.changed((f"{RECORDS}.md", "# ", "# All ")):  # something else is saved meanwhile
            runs.append(book.build("--verbose"))
        for run in runs:
            assert run.returncode == 1 and all(re.search(one, run.output) for one in said), run.output
        assert warnings(runs[0]) == warnings(runs[1])
        assert read(runs[1]) <= len(texts) + 1, "the others stay as they are"
        if len(texts) > 1:
            name = next(iter(texts))
            book.path(f"{name}.md").write_text(before[name], encoding="utf-8")
            run = book.build("--verbose")
            assert run.returncode == (0 if len(said) == 1 else 1)
            assert all(re.search(one, run.output) for one in said[1:]), run.output
    finally:
        for name, text in before.items():
            book.path(f"{name}.md").write_text(text, encoding="utf-8")
    assert book.build().returncode == 0
    assert {name: book.page(f"{name}.html") for name in (*texts, RECORDS)} == good


def test_data_that_came_and_went_with_a_failed_build_leave_nothing_on_a_page(book):
    with_menu_only = "chapters/reference/bibliography"
    good = {name: book.page(f"{name}.html") for name in (ABOUT, COUNTS, RECORDS, with_menu_only)}
    fault = (f"{PRACTICES}.md", "# Practices", "# Practices {nosuchrole}`x`")
    with book.changed((FACTS, "register-out,188,,188,,exact", "register-out,189,,189,,exact"), fault):
        assert book.build().returncode == 1
        made = {name: book.path(f"_build/.html/{name}.html").read_text(encoding="utf-8") for name in good}
        assert all(made[name] != before for name, before in good.items()), "they were made"
        assert {name: book.page(f"{name}.html") for name in good} == good, "they are not published"
    assert book.build().returncode == 0
    assert {name: book.page(f"{name}.html") for name in good} == good


def test_a_text_build_after_a_failed_one_leaves_no_old_page_of_the_site(book):
    good = book.page(f"{ABOUT}.html")
    with book.changed((f"{ABOUT}.md", "# ", "# {nosuchrole}`x` ")):
        assert book.build().returncode == 1
    assert book.build("--builder", "text").returncode == 0
    assert book.build().returncode == 0
    assert book.page(f"{ABOUT}.html") == good


def test_a_first_build_that_fails_is_repeated_whole(book):
    with book.changed((f"{ABOUT}.md", "# ", "# {nosuchrole}`x` ")):
        for path in book.path("_build").rglob("*.pickle"):
            path.unlink()
        runs = [book.build("--verbose") for _ in range(2)]
    assert warnings(runs[0]) == warnings(runs[1]) != [] and read(runs[1]) >= read(runs[0])
    assert book.build().returncode == 0
