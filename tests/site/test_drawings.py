"""Every drawing of a chart, as wide as on a phone and on a screen: no text over another, over a mark or over the edge.

All drawings stand on one page for this, so that it takes seconds. Numbers of a map lie on its regions.
"""

from __future__ import annotations

import re

import pytest

from tests.conftest import SITE

WIDTHS = {"narrow": (358, 288), "wide": (704, 601)}  # px of a column of text: phones of 390 and 320 px; screens
LEAST = {"narrow": 10.3, "wide": 9.4}  # px of a letter of a drawing on a small phone, on a small tablet
FACE = """document.fonts.load('400 13px "Evidence Sans"')"""
SHOW = """([drawings, width]) => {
  document.body.innerHTML = Object.entries(drawings)
    .map(([name, svg]) => `<div class="chart" id="${name}">${svg}</div>`).join('');
  for (const svg of document.querySelectorAll('.chart > svg')) {
    svg.style.width = `${width}px`;
  }
}"""
FAULTS = """() => {
  const found = [];
  let least = Infinity;
  for (const chart of document.querySelectorAll('.chart')) {
    const svg = chart.firstElementChild, edge = svg.getBoundingClientRect();
    const scale = edge.width / svg.viewBox.baseVal.width;
    const seen = [...svg.querySelectorAll('text')].filter((text) => Number(getComputedStyle(text).opacity));
    const lines = seen.flatMap((text) => {
      const parts = text.querySelector('tspan') ? [...text.childNodes] : [text];
      return parts.filter((part) => /[^\\u200b\\s]/.test(part.textContent)).map((part) => {
        const range = document.createRange();
        range.selectNodeContents(part);
        const { left, right, top, bottom } = range.getBoundingClientRect(), middle = (top + bottom) / 2;
        const half = 0.36 * parseFloat(getComputedStyle(text).fontSize) * scale;  // of a capital letter
        return { text, said: part.textContent, left, right, top: middle - half, bottom: middle + half, half };
      });
    });
    const marks = [...svg.querySelectorAll('[data-tip]')];
    const isMap = marks.some((mark) => mark.getAttribute('d')?.length > 300);  // the outline of a region
    const say = (...words) => found.push(`${chart.id}: ${words.join(' ')}`);
    least = Math.min(least, ...lines.map(({ half }) => half / 0.36));
    const isOver = (one, two) =>
      Math.min(one.right, two.right) - Math.max(one.left, two.left) > 0.5 &&
      Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 0.5;
    const isSame = (one, two) => one.said === two.said && Math.hypot(one.left - two.left, one.top - two.top) < 1;
    lines.forEach((one, at) => {
      if (!(one.left >= edge.left - 1 && one.right <= edge.right + 1 && one.top >= edge.top - 1 &&
            one.bottom <= edge.bottom + 1)) say(`“${one.said}” leaves the drawing`);
      for (const two of lines.slice(at + 1)) {
        if (one.text !== two.text && isOver(one, two) && !isSame(one, two)) say(`“${one.said}” over “${two.said}”`);
      }
      for (const mark of isMap ? [] : marks) {
        const box = mark.getBoundingClientRect();
        const isWithin = one.left >= box.left - 1 && one.right <= box.right + 1;
        if (isOver(one, box) && !isWithin) say(`“${one.said}” over the edge of the mark of ${mark.dataset.tip}`);
      }
    });
  }
  return [found, least];
}"""


def drawings(form: str) -> dict[str, str]:
    """Return every drawing of a form (SVG) by the id of its exhibit."""
    drawn = re.compile(rf'<div class="form {form}">(<svg.*?</svg>)</div>', re.DOTALL)
    pages = {path.stem: path.read_text(encoding="utf-8") for path in sorted((SITE / "exhibits").glob("*.html"))}
    return {name: found[1] for name, page in pages.items() if (found := drawn.search(page))}


def faults(tab, shown: dict[str, str], width: int) -> tuple[list[str], float]:
    """Return what stands over something else in drawings of a width, and how high their smallest letters are (px)."""
    tab.evaluate(FACE)
    tab.evaluate(SHOW, [shown, width])
    return tab.evaluate(FAULTS)


@pytest.fixture(scope="module")
def sheet(browser, address):
    tab = browser.new_page(viewport={"width": 800, "height": 800})
    tab.goto(f"{address}404.html")
    yield tab
    tab.close()


@pytest.mark.parametrize(("form", "width"), [(form, width) for form, widths in WIDTHS.items() for width in widths])
def test_nothing_written_in_a_drawing_stands_over_something_else(sheet, form, width):
    shown = drawings(form)
    assert len(shown) > 50
    found, least = faults(sheet, shown, width)
    assert found == [] and least >= LEAST[form]


BESIDE = '<text transform="translate(9,20)" font-size="13px">{}</text>'


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (BESIDE.format("one") + BESIDE.format("another"), "over “another”"),
        (BESIDE.format("a text too long for the drawing, as long as the whole width of it"), "leaves the drawing"),
        (BESIDE.format("one") + '<path data-tip="Group: A" d="M20,5h99v99h-99Z"/>', "over the edge of the mark"),
        ('<text transform="translate(9,20)" font-size="13px">one<tspan x="200" dy="0">two</tspan></text>', ""),
    ],
)
def test_a_planted_fault_of_a_drawing_is_seen(sheet, planted, said):
    found, _ = faults(sheet, {"planted": f'<svg viewBox="0 0 326 120">{planted}</svg>'}, 326)
    assert [one for one in found if said in one] if said else found == []
