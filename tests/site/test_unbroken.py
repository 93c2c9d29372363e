"""What stands on one line: ranges, numbers with their units, pages, days."""

from __future__ import annotations

import re

import pytest

from evidence.site.tags import pieces
from evidence.site.unbroken import AS_IT_IS, JOINER, SPACE, unbroken
from tests.conftest import SITE, site_pages

RANGE = re.compile(r"\d[-–]\d")
LOOSE = re.compile(
    r"\bpp?\. \d|\d%? to \d|\bn = \d|\b(?:Table|Figure|Annex|Article) \d"
    r"|\d (?:%|per cent|million|billion|thousand|years?|months?|days?|km|MB|January|May|December)\b"
)
KEPT = re.compile(r'<(\w+)[^>]* class="one-line[ "][^>]*>[^<]*</\1>')
WIDTHS = """(width) => {
  document.querySelector('main').style.width = `${width}px`;
  return [...document.querySelectorAll('main .one-line')]
    .filter((node) => node.getClientRects().length > 1)
    .map((node) => node.textContent);
}"""


def shown(html: str) -> str:
    """Return HTML with the kept space as ``~`` and the joiner as ``|``."""
    return html.replace(SPACE, "~").replace(JOINER, "|")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>in 2010-11, then</p>", '<p>in <span class="one-line">2010-11</span>, then</p>'),
        ("pp. 20–22", 'pp.~<span class="one-line">20–22</span>'),
        ("10–11% of 5 million", '<span class="one-line">10–11%</span> of 5~million'),
        ("aged 5 to 6, n = 20", "aged 5~to~6, n~=~20"),
        ("<b>5</b> to <a>6</a> <i>years</i>", "<b>5</b>~to~<a>6</a>~<i>years</i>"),
        ("<b>5</b>–<b>6</b>", "<b>5</b>–<b>|6</b>"),
        ("on 26 November 2026", "on 26~November 2026"),
        ('<a class="x" href="y">pp. 1–2</a>', '<a class="one-line x" href="y">pp.~1–2</a>'),
        ("<td>2010-11</td>", '<td class="one-line">2010-11</td>'),
        ("<td>5</td> <td>million</td>", "<td>5</td> <td>million</td>"),
        ('<a title="2010-11, p. 22">x</a>', '<a title="2010-11, p. 22">x</a>'),
        ("<code>a 2010-11</code><svg><text>p. 22</text></svg>", "<code>a 2010-11</code><svg><text>p. 22</text></svg>"),
        ("5 records, 2 points, 3 pointless", "5~records, 2~points, 3 pointless"),
        ("p. iii, <a><i>p. v</i></a> …, p. visits", "p.~iii, <a><i>p.~v</i></a>~…, p. visits"),
        ("as of 2021, p. 30 …, COVID-19", 'as~of~2021, p.~30~…, <span class="one-line">COVID-19</span>'),
    ],
)
def test_what_belongs_together_is_kept_on_one_line(html, kept):
    assert shown(unbroken(html)) == kept


def loose(html: str) -> list[str]:
    """Return what may be broken at the end of a line among the texts of HTML."""
    texts, _ = pieces(KEPT.sub("", html), AS_IT_IS)
    return [found[0] for text in texts for rule in (RANGE, LOOSE) for found in rule.finditer(text)]


@pytest.mark.parametrize("planted", ["2010-11", "5 to 6", "p. 22", "3 million"])
def test_a_planted_loose_end_is_seen(planted):
    assert loose(f"<p>in {planted}.</p>") and not loose(unbroken(f"<p>in {planted}.</p>"))


def test_no_page_may_break_a_range_or_a_number_from_its_unit():
    found = {page: loose(_main(page)) for page in site_pages()}
    assert {page: some for page, some in found.items() if some} == {}


def _main(page: str) -> str:
    html = (SITE / page).read_text(encoding="utf-8")
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r'<h1 class="visually-hidden">.*?</h1>', "", main)


@pytest.mark.parametrize("width", [150, 240, 390])
def test_a_browser_keeps_ranges_whole_at_any_width(browser, address, width):
    tab = browser.new_page()
    tab.goto(f"{address}chapters/education/register.html")
    assert tab.evaluate(WIDTHS, width) == []
    tab.close()
