"""A page as it is printed on A4, and what is cut off there."""

from __future__ import annotations

A4_PX = 673  # 178 mm between the margins, at 96 pixels an inch
CUT_OFF = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const isSeen = (node) => node.getClientRects().length && getComputedStyle(node).visibility === 'visible';
  return [...document.querySelectorAll('main *')]
    .filter((node) => !node.closest('svg *, .visually-hidden, caption') && isSeen(node))
    .filter((node) => node.getBoundingClientRect().right > edge)
    .map((node) => node.outerHTML.slice(0, 120));
}"""


def on_paper(tab):
    """Return a tab whose page is laid out as for a printer, and has been told that it will be printed."""
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": A4_PX, "height": 1000})
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    return tab


def cut_off(tab) -> list[str]:
    """Return the beginnings of what stands over the right edge of the text of a page."""
    return tab.evaluate(CUT_OFF)
