"""An exhibit as a picture of its own: the drawing with title, what it shows, sources and where it stands."""

from __future__ import annotations

import re
from html import escape
from textwrap import wrap

from evidence.exhibits import theme

EDGE = 20  # layout: px around everything
TITLE_SIZE, TITLE_LINE, TITLE_WIDTH = 18, 24, 74  # layout: px, px, characters: a line of either fits the drawing
TEXT_SIZE, TEXT_LINE, TEXT_WIDTH = 12, 16, 110  # layout: the same of the text below
LINK = re.compile(r"<(/?)a(?= |>)")  # a picture leads nowhere
BOX = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')


def _lines(texts: list[str], top: float, size: int, step: int, style: str) -> str:
    """Return lines of text, the first with its base at ``top``."""
    rows = [
        f'<text x="{EDGE}" y="{top + at * step:g}" font-size="{size}" {style}>{escape(text)}</text>'
        for at, text in enumerate(texts)
    ]
    return "".join(rows)


def whole(svg: str, title: str, about: list[str], made_by: str) -> str:
    """Return the drawing of a chart as a picture that says what it is when it stands alone.

    ``about`` are the paragraphs under the drawing; ``made_by`` names the program that drew it. Raises ValueError for a
    drawing that does not say how large it is.
    """
    found = BOX.search(svg)
    if not found:
        raise ValueError("a drawing without a viewBox from 0 0")
    width, height = float(found[1]), float(found[2])
    heads = wrap(title, TITLE_WIDTH)
    texts = [line for paragraph in about for line in wrap(paragraph, TEXT_WIDTH)]
    top = EDGE + len(heads) * TITLE_LINE + EDGE / 2
    foot = top + height + EDGE
    whole_width, whole_height = width + 2 * EDGE, foot + len(texts) * TEXT_LINE + EDGE / 2
    opening = f'<svg x="{EDGE}" y="{top:g}" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
    drawn = LINK.sub(r"<\1g", svg[found.end() :]).replace(' data-tip="', ' aria-label="')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{whole_width:g}" '
        f'height="{whole_height:g}" viewBox="0 0 {whole_width:g} {whole_height:g}" font-family="{theme.FONT}">'
        f"<!-- {made_by} --><title>{escape(title)}</title>"
        f'<rect width="100%" height="100%" fill="{theme.PAPER}"/>'
        + _lines(heads, EDGE + TITLE_SIZE, TITLE_SIZE, TITLE_LINE, f'font-weight="600" fill="{theme.INK}"')
        + opening
        + drawn
        + _lines(texts, foot, TEXT_SIZE, TEXT_LINE, f'fill="{theme.MUTED}"')
        + "</svg>\n"
    )
