"""A page as a phone shows it: what scrolls sideways without saying so, and what is too small for a finger."""

from __future__ import annotations

FINGER = 44  # px each way, of what is pressed and no word of a sentence (WCAG 2.2, 2.5.5)
UNSAID = """() => {
  const isWide = (node) => node.scrollWidth > node.clientWidth + 2 &&
    /auto|scroll/.test(getComputedStyle(node).overflowX) && node.checkVisibility({ contentVisibilityAuto: true });
  const isSaid = (node) => node.tabIndex === 0 && node.matches('[aria-label]') &&
    document.getElementById(node.getAttribute('aria-describedby'))?.textContent.trim();
  return [...document.querySelectorAll('main *')]
    .filter((node) => node.clientWidth && isWide(node) && !isSaid(node))
    .map((node) => node.outerHTML.slice(0, 120));
}"""
SMALL = """(finger) => {
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const placeOf = (node) => (node.closest('label') ?? node).getBoundingClientRect();
  return [...document.querySelectorAll('button, select, input, summary')]
    .filter((node) => !node.closest('thead') && isSeen(node))
    .filter((node) => Math.min(placeOf(node).width, placeOf(node).height) < finger - 0.5)
    .map((node) => node.outerHTML.slice(0, 120));
}"""


def unsaid(tab) -> list[str]:
    """Return the beginnings of what scrolls sideways and says so to nobody, or cannot be moved by key."""
    return tab.evaluate(UNSAID)


def too_small(tab) -> list[str]:
    """Return the beginnings of what is pressed or typed into and has less room than a finger takes."""
    return tab.evaluate(SMALL, FINGER)
