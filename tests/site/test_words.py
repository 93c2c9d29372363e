"""Text as search and filters compare it: what readers do not type alike is alike, at the build and in the browser."""

from __future__ import annotations

import pytest

from evidence.data import store
from evidence.site.assets import THEME
from evidence.site.search import words

ALIKE = [
    ("ребёнок", "ребенок"),
    ("children’s rights", "children's rights"),
    ("childʼs", "childs"),
    ("1,756", "1756"),
    ("21 500", "21500"),
    ("21\u00a0500 children", "21,500 children"),
    ("12,5", "12.5"),
    ("drop\u00adout", "dropout"),
    ("drop‑out", "drop-out"),
    ("Нуp-Султaн", "нур-султан"),  # Latin p and a
    ("СOVID", "covid"),  # Cyrillic С
    ("мектептегі зорлық", "мектептеги зорлык"),
    ("Әлеуметтік қызмет", "алеуметтик кызмет"),
    ("наси\u0301лие", "насилие"),
    ("Café", "cafe"),
]
APART = [("й", "и"), ("2010-11", "201011"), ("1.5", "15"), ("1,7561", "17561"), ("2010, 500", "2010500")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_readers_type_alike_is_alike(one, other):
    assert words.normal(one) == words.normal(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_stays_apart(one, other):
    assert words.normal(one) != words.normal(other)


def test_words_of_a_compound_stand_alone_and_together():
    assert words.words_of("Drop-out rates, 12.5%") == ["drop", "out", "rates", "12.5"]
    assert words.joined_words("Drop-out and out-of-school") == ["dropout", "outofschool"]


@pytest.fixture(scope="module")
def in_browser(browser):
    """Return a function that gives what a function of the module in the browser says of each of some texts."""
    page = browser.new_page()
    code = (THEME / "script/shared/words.js").read_text(encoding="utf-8").replace("export ", "")
    page.evaluate(f"() => {{ {code}; Object.assign(window, {{ normal, wordsOf, searchable }}); }}")
    yield lambda name, texts: page.evaluate(f"texts => texts.map((text) => {name}(text))", texts)
    page.close()


def test_the_browser_compares_text_as_the_build_does(in_browser):
    texts = [text for pair in ALIKE + APART for text in pair]
    for table in ("glossary", "facts", "answers", "places"):
        texts += [" ".join(map(str, row)) for row in store.rows(table).values()]
    assert in_browser("normal", texts) == [words.normal(text) for text in texts]
    assert in_browser("wordsOf", texts) == [words.words_of(text) for text in texts]
    both = [" ".join([*words.words_of(text), *words.joined_words(text)]) for text in texts]
    assert in_browser("searchable", texts) == both
