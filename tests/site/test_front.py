"""What the front page shows of the whole book."""

from __future__ import annotations

import re

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
    assert 'action="../search.html"' in html and '<label for="front-q">' in html
    assert '<a href="../search.html?q=who%20%3Cleads%3E">who &lt;leads&gt;</a>' in html
    assert ">буллинг</a>" in html


def test_an_answer_leads_to_the_review_finding_it_shares_most_evidence_with():
    """Worked by hand: the answer on bullying in law shares its findings with rf-bullying-law."""
    pages = "".join(path.read_text(encoding="utf-8") for path in (SITE / "chapters/reference").glob("answers*.html"))
    block = pages[pages.index('id="answer-law-bullying"') :].split('id="answer-')[1]
    assert "#review-finding-rf-bullying-law" in block and "who is asked" in block
