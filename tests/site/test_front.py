"""What the front page shows of the whole book."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from evidence.data import store
from evidence.site import front
from tests.conftest import SITE


def test_evidence_is_counted_and_each_count_leads_to_its_page(small_book):
    pages = {f"{page}.md": f"# {page}\n" for page, _ in front.COUNTED.values()}
    html = small_book({"front.md": "# Front\n\n```{evidence-in-all}\n```\n"} | pages).page("front")
    for table, (page, words) in front.COUNTED.items():
        assert f"<strong>{len(store.load(table)):,}</strong>" in html
        assert re.search(rf'href="{page}\.html"[^>]*>.*?{words}', html), words


def test_the_box_asks_the_search_and_offers_questions(small_book):
    html = small_book({"deep/page.md": "# Page\n\n```{ask}\nwho <leads>\nбуллинг\n```\n"}).page("deep/page")
    assert 'action="../search.html"' in html and '<label for="q">' in html
    assert '<a href="../search.html?q=who%20%3Cleads%3E">who &lt;leads&gt;</a>' in html
    assert ">буллинг</a>" in html


def test_an_answer_leads_to_the_review_finding_it_shares_most_evidence_with():
    """Worked by hand: the answer on bullying in law shares its findings with rf-bullying-law."""
    pages = "".join(path.read_text(encoding="utf-8") for path in (SITE / "chapters/reference").glob("answers*.html"))
    block = pages[pages.index('id="answer-law-bullying"') :].split('id="answer-')[1]
    assert "#review-finding-rf-bullying-law" in block and "who is asked" in block


@pytest.mark.parametrize("page", ["index.html", "search.html", "chapters/education/register.html"])
def test_a_page_has_one_box_to_search_in_and_a_sign_that_leads_to_it(page):
    soup = BeautifulSoup((SITE / page).read_text(encoding="utf-8"), "html.parser")
    boxes, sign = soup.select("form[role=search]"), soup.select_one("a.find")
    assert len(boxes) == 1 and sign["href"] == f"#{boxes[0]['id']}"
    assert boxes[0].select_one("input[type=search]")["id"] == "q"
    assert (soup.find("main") in boxes[0].parents) is ("alone" in sign["class"])


def test_the_page_of_the_search_says_what_is_looked_for(tab, start):
    tab.goto(start + "search.html?q=measles")
    assert tab.title().startswith("measles · Search")
    tab.locator("#q").fill("")
    assert tab.title().startswith("Search")
