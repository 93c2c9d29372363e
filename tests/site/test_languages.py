"""The language of words in Cyrillic: each run on a page stands in an element that names it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from evidence.site.languages import marked
from evidence.site.tags import VOID
from tests.conftest import SITE, site_pages

CYRILLIC = re.compile("[\u0400-\u04ff]")
ADDRESSES = {"href", "content", "action"}  # attributes that are no words: addresses, and what machines read


class Spoken(HTMLParser):
    """Collects the Cyrillic that stands outside an element with its language."""

    def __init__(self):
        super().__init__()
        self.found, self._open = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            self._open.append((tag, given.get("lang")))
        for name, value in given.items():
            is_marked = given.get("lang") in ("ru", "kk")
            if name not in ADDRESSES and value and CYRILLIC.search(value) and not is_marked:
                self.found.append(value)

    def handle_endtag(self, tag):
        for position in range(len(self._open) - 1, -1, -1):
            if self._open[position][0] == tag:
                del self._open[position:]
                return

    def handle_data(self, data):
        spoken = [language for _, language in self._open if language]
        if CYRILLIC.search(data) and (not spoken or spoken[-1] not in ("ru", "kk")):
            self.found.append(data)


def unmarked(html: str) -> list[str]:
    reader = Spoken()
    reader.feed(html)
    return reader.found


def test_no_word_in_cyrillic_stands_without_its_language():
    found = {page: unmarked((SITE / page).read_text(encoding="utf-8")) for page in site_pages()}
    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "planted",
    ["<p>школа</p>", '<input placeholder="школа">', '<p lang="ru">а</p>б', '<span lang="ru"><b lang="en">а</b></span>'],
)
def test_a_planted_word_without_language_is_found(planted):
    assert unmarked(planted)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>no word</p>", "<p>no word</p>"),
        ("<p>1.4 млрд тенге, or</p>", '<p>1.4 <span lang="ru">млрд тенге</span>, or</p>'),
        ("<p>Қанша бала мектепке бармайды?</p>", '<p><span lang="kk">Қанша бала мектепке бармайды</span>?</p>'),
        ('<p lang="kk">мектеп</p>', '<p lang="kk">мектеп</p>'),
        ('<a href="школа.html">x</a>', '<a href="школа.html">x</a>'),
        ("<svg><text>школа</text></svg>", '<svg><text><tspan lang="ru">школа</tspan></text></svg>'),
        ("<title>школа</title>", "<title>школа</title>"),
        ("<p>а<br>б</p>", '<p><span lang="ru">а</span><br><span lang="ru">б</span></p>'),
    ],
)
def test_runs_of_cyrillic_are_marked_once_and_nothing_else(html, expected):
    assert marked(html) == expected
    assert marked(marked(html)) == expected


def test_words_of_a_column_have_the_language_the_schema_says(small_book):
    html = small_book({"terms.md": "# Terms\n\n```{register} term\n```\n"}).page("terms")
    assert re.search(r'In Kazakh: </em><span lang="kk">', html) and re.search(
        r'In Russian: </em><span lang="ru">', html
    )
