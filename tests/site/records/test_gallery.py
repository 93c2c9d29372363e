"""The list of all exhibits: on several pages where there are very many, each on one of them."""

from __future__ import annotations

from evidence.site.records import gallery
from evidence.site.records.paged import split


def test_a_long_list_goes_on_to_other_pages_with_each_exhibit_once(monkeypatch):
    monkeypatch.setattr(gallery, "EACH", 2)
    items = [f"<li>{name}</li>" for name in "abcde"]
    pages = split(f"<h1>All</h1><ul>{gallery.on_pages(items)}</ul>")
    assert [[item for item in items if item in page] for page in pages] == [items[:2], items[2:4], items[4:]]
    assert all(page.count("<ul>") == page.count("</ul>") == 1 for page in pages)


def test_a_short_list_stays_on_its_page():
    assert split(f"<ul>{gallery.on_pages(['<li>a</li>'])}</ul>") == ["<ul><li>a</li></ul>"]
