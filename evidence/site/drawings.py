"""Drawings of charts, fit for a page: hidden from those who listen, with ids of their own, without idle parts."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

SVG_ID = re.compile(r'<[^<>]*\bid="([^"]+)"')
SVG_REFERENCE = re.compile(r"""(\bid="|\bhref="#|url\(["']?#|url\(&quot;#)([\w.:-]+)""")
GROUP = re.compile(r"<g\b([^<>]*[^<>/]|)>|</g>")
IDLE = re.compile(
    r'<path d="(?:|M0,0h0v0h0Z)"[^<>]*/>| opacity="1"| stroke-width="1"| transform="translate\(0,0\)"'
    r'| font-family="[^"]*"| aria-roledescription="[^"]*"| role="graphics-[^"]*"| pointer-events="none"'
    r"|<text\b[^<>]*></text>"
)
FIRST_LINE = re.compile(r"(<text\b[^<>]*>)<tspan>([^<]*)</tspan>")  # it stands where its text does

PATH = re.compile(r' d="([^"]+)"')
CORNERS = re.compile(r"M[-\d.]+,[-\d.]+(?:L[-\d.]+,[-\d.]+|Z|M[-\d.]+,[-\d.]+)*Z?")  # straight lines between points
POINT = re.compile(r"([MLZ])(?:([-\d.]+),([-\d.]+))?")
FINE = re.compile(r"\d+\.\d\d+")  # a coordinate finer than a tenth of a px, which nobody sees


def inline_svg(svg: str, prefix: str) -> str:
    """Return an SVG fit for a page.

    It is hidden from assistive technology, which reads the alternative, and its ids (of clips and gradients) begin
    with ``prefix``: those of another drawing on the page would else be taken for them.
    """
    svg = re.sub(r"<svg [^>]*viewBox=", '<svg aria-hidden="true" focusable="false" viewBox=', slim(svg), count=1)
    ids = set(SVG_ID.findall(svg))
    return SVG_REFERENCE.sub(lambda match: f"{match[1]}{prefix}-{match[2]}" if match[2] in ids else match[0], svg)


def tenth(number: str) -> Decimal:
    """Return a coordinate to a tenth of a px."""
    return Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def shorter(path: str) -> str:
    """Return a path to a tenth of a px; an outline, such as a region's, by its steps, which are a third shorter.

    See W3C, Scalable Vector Graphics 2, section 9.3.
    """
    if not CORNERS.fullmatch(path):
        return FINE.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), path)
    found, at, start = [], (Decimal(0), Decimal(0)), (Decimal(0), Decimal(0))
    for command, x, y in POINT.findall(path):
        if command == "Z":
            found.append("z")
            at = start
            continue
        point = tenth(x), tenth(y)
        found.append(f"{command.lower()}{plain(point[0] - at[0])},{plain(point[1] - at[1])}")
        at = point
        start = point if command == "M" else start
    return "".join(found)


def plain(number: Decimal) -> str:
    """Return a step as short as a path may say it: "4", "-.5"."""
    text = f"{number:f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if abs(number) < 1 else text


def slim(svg: str) -> str:
    """Return a drawing without what draws nothing: paths without extent, texts without words, defaults, idle groups.

    Paths run to a tenth of a px. The face of its letters is that of the page.
    """
    found: list[str] = []
    kept: list[bool] = []  # of each open group, whether it says something
    end = 0
    svg = PATH.sub(lambda path: f' d="{shorter(path[1])}"', svg)
    svg = FIRST_LINE.sub(r"\1\2", IDLE.sub("", svg))
    for tag in GROUP.finditer(svg):
        found.append(svg[end : tag.start()])
        end = tag.end()
        if tag[0] != "</g>":
            kept.append(bool(tag[1].strip()))
        if kept[-1]:
            found.append(tag[0])
        if tag[0] == "</g>":
            kept.pop()
    return "".join((*found, svg[end:]))
