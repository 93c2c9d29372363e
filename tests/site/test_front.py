"""What the front page shows of the whole book."""

from __future__ import annotations

import re

from evidence.data import store
from evidence.site import front


def test_evidence_is_counted_and_each_count_leads_to_its_page(small_book):
    pages = {f"{page}.md": f"# {page}\n" for page, _ in front.COUNTED.values()}
    html = small_book({"front.md": "# Front\n\n```{evidence-in-all}\n```\n"} | pages).page("front")
    for table, (page, words) in front.COUNTED.items():
        assert f"<strong>{len(store.load(table)):,}</strong>" in html
        assert re.search(rf'href="{page}\.html"[^>]*>.*?{words}', html), words
