"""What the front page shows of the whole book."""

from __future__ import annotations

import re

import pytest

from evidence.data import store
from evidence.site import front


@pytest.mark.parametrize(("count", "level"), [(1, 0), (9, 0), (10, 1), (29, 1), (30, 2), (159, 3), (160, 4)])
def test_a_cell_is_darker_the_more_is_said(count, level):
    assert front.shade(count) == level


def test_three_kinds_of_empty_look_different_and_counts_are_links_to_nothing():
    frame, rows = front.grid()
    cells = [cell for row in rows for cell in row[1:]]
    classes = {cell.get("class", "") for cell in cells}
    assert {"silent", "unknown", "lost"} < classes
    assert all(cell["text"] == "silent" for cell in cells if cell.get("class") == "silent")
    assert len(rows) == len(frame) == len(store.labels("themes", "subject")) + 2
    for row, values in zip(rows, frame.iloc[:, 1:].to_numpy().tolist()):
        assert [cell["text"] in ("silent", "none") for cell in row[1:]] == [value == 0 for value in values]


def test_the_exhibit_is_a_table_with_header_cells_and_classes(small_book):
    html = small_book({"front.md": "# Front\n\n```{coverage} coverage\n```\n"}).page("front")
    assert '<figure class="exhibit coverage"' in html or "coverage" in re.search(r'<figure class="([^"]*)"', html)[1]
    assert re.search(r'<th scope="row"[^>]*>Environment and emergencies</th>', html)
    assert re.search(r'<td class="n silent">silent</td>', html) and re.search(r'<td class="n shade-\d">', html)


def test_evidence_is_counted_and_each_count_leads_to_its_page(small_book):
    pages = {f"{page}.md": f"# {page}\n" for page, _ in front.COUNTED.values()}
    html = small_book({"front.md": "# Front\n\n```{evidence-in-all}\n```\n"} | pages).page("front")
    for table, (page, words) in front.COUNTED.items():
        assert f"<strong>{len(store.load(table)):,}</strong>" in html
        assert re.search(rf'href="{page}\.html"[^>]*>.*?{words}', html), words
