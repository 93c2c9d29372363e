"""Questions of an evaluation with their answers: whole on a page, or over pages where there is too much of one."""

from __future__ import annotations

import re

from evidence.data import store
from evidence.data.questions import answer
from evidence.site.records import answers, paged

COMPONENT = "governance"
BOOK = {"questions.md": f"# Questions\n\nWhat they are.\n\n```{{answers}} {COMPONENT}\n```\n"}


def pages_of(book) -> list[str]:
    """Return the pages of the questions, in their order."""
    later = sorted(book.output.glob("questions-*.html"), key=lambda path: int(path.stem.rpartition("-")[2]))
    return [book.page("questions"), *(path.read_text(encoding="utf-8") for path in later)]


def test_a_question_that_fits_stands_on_one_page(small_book):
    pages = pages_of(small_book(BOOK))
    for row in answers.on(COMPONENT).itertuples():
        (page,) = [page for page in pages if f'id="question-{row.id}"' in page]
        number = sum(map(len, answer(row.id).findings.values()))
        counts = [int(count) for count in re.findall(r"<summary>[^<]*: (\d+)</summary>", section_of(page, row.id))]
        assert number and number <= sum(counts)


def section_of(page: str, key: str) -> str:
    """Return the section of a question on a page, to the start of the next."""
    return re.split(r'<section id="question-', page.partition(f'id="question-{key}"')[2])[0]


def test_more_than_a_page_holds_goes_over_pages_and_says_which_part_it_is(small_book, monkeypatch):
    monkeypatch.setattr(paged, "MOST_ELEMENTS", 60)
    monkeypatch.setattr(answers, "PORTION", 3)
    pages = pages_of(small_book(BOOK))
    shown = [count for page in pages for count in re.findall(r"<summary>[^<]*: ([^<]*)</summary>", page)]
    expected = []
    for row in answers.on(COMPONENT).itertuples():
        found = answer(row.id)
        for stance in store.labels("findings", "stance"):
            expected.append(len(found.findings.get(stance, [])))
    portions = [[int(part) for part in re.findall(r"\d+", count)] for count in shown if " to " in count]
    assert portions and all(last - first < 3 and last <= of for first, last, of in portions)
    assert {of for *_, of in portions} >= {number for number in expected if number > 3}
    assert len(pages) > 5 and all(page.count("<section") == page.count("</section>") for page in pages)
    assert max(page.count("<li>") for page in pages) < 60
