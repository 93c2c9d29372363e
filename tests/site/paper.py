"""A page as it is printed on A4, what is cut off there and which words are broken."""

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

NARROW_PX = 90  # of a cell in which a word may have no room
BROKEN = """(narrow) => {
  const range = document.createRange();
  const isBroken = (node, word) => {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    return boxes.some(({ top }) => top > boxes[0].bottom - 1);
  };
  const textsOf = (cell) => {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('code')) found.push(walk.currentNode);
    return found;
  };
  return [...document.querySelectorAll('main td, main table:not(:has(thead th:nth-child(7))) th')]
    .filter((cell) => cell.clientWidth && cell.clientWidth < narrow)
    .flatMap((cell) => textsOf(cell))
    .flatMap((node) => [...node.data.matchAll(/\\p{L}{3,16}/gu)].filter((word) => isBroken(node, word)))
    .map((word) => word[0]);
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


def broken_words(tab) -> list[str]:
    """Return the words of tables that a page breaks by letters: a column has no room for them."""
    return tab.evaluate(BROKEN, NARROW_PX)
