"""A document more, with commands only: its facts, findings, a chapter with an exhibit and a message; nothing is stale.

In a copy of the whole book. Only the words of the chapter and of the document's page are written by hand.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Book, write_whole_book

pytestmark = pytest.mark.whole

KEY, NAME = "example2024meals", "School meals survey (2024)"
CHAPTER, PAGE = "chapters/education/school-meals", f"chapters/sources/{KEY}"
TEXT = """SCHOOL MEALS IN SOME DISTRICTS
Between March and May enumerators saw 42 schools and spoke with heads and cooks.
Of the 8,310 pupils on their rolls, 12.2% took no hot meal on the day of the visit.
In the first grade the share was 7.5%. Kitchens, heads say, often lack safe water.
1
\fWhat parents said
Parents named the price first. In the summary the share is given as 12.8%.
The survey did not speak with children.
2
"""
FACT = f"fact --source {KEY} --unit percent --evidence-type survey --period 2024"
AGREED = f"row extraction_agreement --source {KEY} --settled |Nothing differed.|"
SAME = "--indicator pupils-without-hot-meal"
ALT = "Bars of the share of pupils without a hot meal, lower in the first grade than among all pupils."
COMMANDS = [  # one line each, as an author types them; what stands between bars is one argument
    f"document {KEY} --text text.txt --title |School meals in some districts| --institution |Institute of Examples| "
    f"--short-name |{NAME}| "
    "--subject |Hot meals at school| --kind survey --year 2024 --as-of 2024 --beware |An example.|",
    f"{FACT} --as-reported 12.2% --new-indicator |Pupils without a hot meal| --base |all pupils| --id meals-none",
    f"{FACT} --as-reported 7.5% {SAME} --base |pupils in the first grade| --id meals-first-grade",
    f"{FACT} --as-reported 12.8% {SAME} --base |all pupils| --id meals-none-summary",
    f"finding --source {KEY} --lines 4 --statement |School kitchens may have no safe water.| --stance weakness "
    "--id find-meals-water",
    f"finding --source {KEY} --lines 8 --statement |Nobody asked the pupils.| --stance gap --id find-meals-children",
    f"{AGREED} --table facts --measure Values --n-compared 3 --n-equal 3",
    f"{AGREED} --table findings --measure Rows --n-compared 2 --n-equal 2",
    f"discrepancy --kind print --left-source {KEY} --left-lines 3 --left-says |12.2% in the text| --right-lines 7 "
    "--right-says |12.8% in the summary| --difference |The summary prints another share.| --reading |A slip.| "
    "--severity changes-a-figure --status open --id meals-share "
    """--expect |fact("meals-none") != fact("meals-none-summary")|""",
    "chapter education/school-meals --title |Meals at school| "
    "--description |Who goes without a meal at school, as of 2024.|",
    "exhibit meals-shares --chapter education/school-meals --chart bars --facts meals-none,meals-first-grade "
    f"--title |{{fact}}`meals-none` of pupils went without| --alt |{ALT}| --unit |% of pupils| --base pupils "
    "--period 2024 --after |What is known|",
    "message --page education/school-meals --kind statistic --statement |{fact}`meals-none` of pupils had no meal.| "
    "--data-label |Survey data| --data-quality |The summary prints another share.| --facts meals-none",
]
WORDS = (  # what only an author can write: the start of each open line, and the words in its place
    ("Still to be written: the answer", "As of 2024, pupils go without a hot meal {cite:p}`example2024meals`."),
    ("Still to be written: what is known", "{discrepancy}`The summary prints another share <meals-share>`."),
    ("- Still to be written:", "- Whether they eat at home: {finding}`no child was heard <find-meals-children>`."),
    ("Still to be written: what it found", "Kitchens {finding}`may have no safe water <find-meals-water>`."),
    ("Still to be written: who was asked", "Enumerators spoke with heads and cooks."),
)


def arguments(command: str) -> list[str]:
    """Return the arguments of a command: words, and what stands between bars as one."""
    return [part for bare, barred in re.findall(r"([^|\s]+)|\|([^|]*)\|", command) for part in [bare or barred]]


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Iterator[Book]:
    """Return a copy of the whole book in which every command has been run, and the words have been written."""
    book = Book(tmp_path_factory.mktemp("sixth") / "book", write_whole_book).keep_warm()
    book.path("text.txt").write_text(TEXT, encoding="utf-8")
    book.path("texts").mkdir()
    book.path(f"texts/{KEY}.txt").write_text(TEXT, encoding="utf-8")
    for command in COMMANDS:
        run = book.evidence("new", *arguments(command))
        assert run.returncode == 0, f"{command}\n{run.output}"
    for path in (book.path(f"{CHAPTER}.md"), book.path(f"{PAGE}.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(next((w for o, w in WORDS if line.startswith(o)), line) for line in lines), "utf-8")
    yield book
    book.close()


def test_nothing_is_left_to_mend(book):
    run = book.evidence("check")
    assert run.returncode == 0, run.output


def test_every_row_holds_against_the_text(book):
    run = book.evidence("verify", "--sources", "texts")
    assert [line for line in run.output.splitlines() if KEY in line or "meals" in line] == [], run.output


def test_commands_change_only_lines_of_their_own(book):
    changed = [
        path
        for path in Path(ROOT / "data").rglob("*.csv")
        if path.read_bytes() != book.path(f"data/{path.relative_to(ROOT / 'data')}").read_bytes()
    ]
    for path in [*changed, ROOT / "_toc.yml", ROOT / "references.bib"]:
        before = path.read_text(encoding="utf-8").splitlines()
        after = book.path(str(path.relative_to(ROOT))).read_text(encoding="utf-8").splitlines()
        kept = iter(after)
        assert all(line in kept for line in before), path.name  # each line is there, in its order
    assert {path.stem for path in changed} == {
        "discrepancies",
        "exhibit_rows",
        "exhibits",
        "extraction_agreement",
        "facts",
        "findings",
        "indicator_themes",
        "indicators",
        "pages",
        "readings",
        "sources",
        "synthesis",
    }


def test_the_book_is_built_and_shows_the_document_wherever_documents_are_listed(book, site):
    for kept in (".executed", ".drawn"):  # of chapters that nothing has changed for
        shutil.copytree(site.parent / kept, book.path(f"_build/{kept}"), dirs_exist_ok=True)
    run = book.build()
    assert run.returncode == 0, run.output
    assert NAME in book.page("index.html") and NAME in book.page("chapters/reference/discrepancies.html")
    for kind, key in (("fact", "meals-none"), ("finding", "find-meals-water")):
        assert f'id="{kind}-{key}"' in book.page(f"chapters/reference/{kind}s-{KEY}.html")
        assert f"{kind}s-{KEY}.html" in book.page(f"chapters/reference/{kind}s.html")
        assert f"#{kind}-{key}" in book.page(f"{PAGE}.html")
    page = book.page(f"{CHAPTER}.html")
    assert 'id="exhibit-meals-shares"' in page and "<svg" in page and "Key messages" in page
    records = "".join(path.read_text(encoding="utf-8") for path in book.path("_build/html/search").glob("*.js"))
    assert all(words in records for words in (NAME, "Pupils without a hot meal", "Meals at school"))
