"""A theory of change as a drawing: a box for each element, a line for each link, in the colours of charts.

Kinds of element differ in shape, kinds of link in their end, and what a link rests on in its dash: nothing is told by
colour alone. Boxes are links to ``#element-ID``, so the drawing leads on without a script.
"""

from __future__ import annotations

import json
from html import escape

from evidence.data import store
from evidence.exhibits import theme
from evidence.exhibits.layers import COLUMNS, FIRST, LAST, Spot, spots
from evidence.figures.theories import EDGES, NODES, Link, elements, links

BOX = (188, 23)  # layout: px
GAP = 34  # layout: px between two columns
LAST_GAP = 128  # layout: px before the last column: room for lines between outcomes
ROW = 29  # layout: px from one row to the next
PAD = 8  # layout: px around the drawing
FONT = 12.5  # layout: px
LINE = 20  # layout: px of a line of the legend
ANCHOR = "element-"
DASHES = {"stated": "", "wording": "8 4", "layout": "2 4", "analyst": "10 4 2 4"}
PLURALS = {
    "activity": "Activities",
    "bottleneck": "Bottlenecks",
    "assumption": "Assumptions",
    "risk": "Risks",
    "output": "Outputs",
    "outcome": "Outcomes",
    "impact": "Impact",
    "vision": "Vision",
}
STYLES = {  # of a box: colour of its edge, width of its edge in px
    "activity": (theme.GREY, 1),
    "bottleneck": (theme.BRICK, 1.5),
    "risk": (theme.BRICK, 1.5),
    "assumption": (theme.BLUE, 1.5),
    "output": (theme.TURQUOISE, 1.5),
    "outcome": (theme.TURQUOISE, 3),
    "impact": (theme.INK, 4.5),
    "vision": (theme.INK, 3),
}
ENDS = {  # of a line: colour, and the shape in a box of 10 by 10 px whose right middle touches the element
    "leads-to": (theme.SLATE, '<path d="M0,1L10,5L0,9Z" fill="{colour}"/>'),
    "answered-by": (
        theme.BRICK,
        '<circle cx="5.5" cy="5" r="3.5" fill="{paper}" stroke="{colour}" stroke-width="1.5"/>',
    ),
    "endangers": (theme.BRICK, '<path d="M1,1L9,9M1,9L9,1" fill="none" stroke="{colour}" stroke-width="2"/>'),
    "assumed-for": (theme.BLUE, '<path d="M0,5L5,1L10,5L5,9Z" fill="{colour}"/>'),
}


def _at(x: float, y: float) -> str:
    """Return a point as paths have it."""
    return f"{x:g},{y:g}"


def _rounded(width: float, height: float, radius: float) -> str:
    """Return the shape of a box with round corners, clockwise from the end of its upper left one."""
    arc = f"a{_at(radius, radius)} 0 0 1"
    across, down = width - 2 * radius, height - 2 * radius
    top = f"M{_at(radius, 0)}h{across:g}{arc} {_at(radius, radius)}"
    right = f"v{down:g}{arc} {_at(-radius, radius)}"
    bottom = f"h{-across:g}{arc} {_at(-radius, -radius)}"
    return f"{top}{right}{bottom}v{-down:g}{arc} {_at(radius, -radius)}Z"


def outline(kind: str, width: float, height: float) -> str:
    """Return the shape of a box as a path from its upper left corner: round, cut, slanted or plain."""
    if kind == "assumption":
        return _rounded(width, height, height / 2)
    if kind == "vision":
        return _rounded(width, height, 7)
    if kind == "bottleneck":
        return f"M7,0H{width - 7:g}L{width:g},{height / 2:g}L{width - 7:g},{height:g}H7L0,{height / 2:g}Z"
    if kind == "risk":
        return f"M9,0H{width:g}L{width - 9:g},{height:g}H0Z"
    return f"M0,0H{width:g}V{height:g}H0Z"


def curve(start: tuple[float, float], end: tuple[float, float], start_column: int, end_column: int) -> str:
    """Return the path of a line between the upper left corners of two boxes."""
    if start_column != end_column:
        return _to_another_column(start, end, end_column - start_column == 1 and end_column != LAST)
    return _down_the_middle(start, end) if end_column == LAST else _round_the_side(start, end)


def _down_the_middle(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the path from one box to another above or below it, between their near edges."""
    (x, y), (_, y2), (width, height) = start, end, BOX
    near, far = (y, y2 + height) if y > y2 else (y + height, y2)
    return f"M{_at(x + width / 2, near)}V{far:g}"


def _round_the_side(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the path between the right sides of two boxes of a column, wider where they lie further apart."""
    (x, y), (x2, y2), (width, height) = start, end, BOX
    x, x2, y, y2 = x + width, x2 + width, y + height / 2, y2 + height / 2
    out = 14 + min(LAST_GAP, abs(y2 - y) / 8)
    return f"M{_at(x, y)}C{_at(x + out, y)} {_at(x2 + out, y2)} {_at(x2, y2)}"


def _to_another_column(start: tuple[float, float], end: tuple[float, float], is_near: bool) -> str:
    """Return the path from the right side of a box to the left side of another; it bends later to one that is near."""
    (x, y), (x2, y2), (width, height) = start, end, BOX
    x, y, y2 = x + width, y + height / 2, y2 + height / 2
    out = GAP if is_near else 2 * GAP
    return f"M{_at(x, y)}C{_at(x + out, y)} {_at(x2 - out, y2)} {_at(x2, y2)}"


def left(column: int) -> int:
    """Return where a column begins, in px."""
    return PAD + column * (BOX[0] + GAP) + (LAST_GAP - GAP if column == LAST else 0)


def marker(name: str, relation: str) -> str:
    """Return the end of the lines of a kind of link (SVG); ``name`` begins its id."""
    colour, shape = ENDS[relation]
    return (
        f'<marker id="{name}-{relation}" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto">{shape.format(colour=colour, paper=theme.PAPER)}</marker>'
    )


def line(name: str, path: str, link: Link) -> str:
    """Return a link as a line (SVG): ``path`` is its course, ``name`` begins the ids of the ends of lines."""
    dash = f' stroke-dasharray="{DASHES[link.basis]}"' if DASHES[link.basis] else ""
    return (
        f'<path class="edge" d="{path}" fill="none" stroke="{ENDS[link.relation][0]}" stroke-width="1.3"{dash} '
        f'marker-end="url(#{name}-{link.relation})" data-from="{link.start}" data-to="{link.end}" '
        f'data-basis="{link.basis}"/>'
    )


def box(row, at: tuple[float, float]) -> str:
    """Return an element as a box that leads to what is said of it."""
    colour, width = STYLES[row.kind]
    kind = store.labels(NODES, "kind")[row.kind]
    weight = ' font-weight="600"' if width > 2 else ""
    return (
        f'<a class="node" href="#{ANCHOR}{row.id}" data-node="{row.id}" '
        f'aria-label="{escape(f"{kind.capitalize()}: {row.label}")}" transform="translate({at[0]:g},{at[1]:g})">'
        f'<path d="{outline(row.kind, *BOX)}" fill="{theme.PAPER}" stroke="{colour}" stroke-width="{width}"/>'
        f'<text x="{BOX[0] / 2:g}" y="{BOX[1] / 2 + 4.5:g}" text-anchor="middle" font-size="{FONT}"{weight} '
        f'fill="{theme.INK}">{escape(row.label)}</text></a>'
    )


def _text(words: str, x: float, y: float, style: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{FONT}" fill="{theme.INK}"{style}>{escape(words)}</text>'


def legend(name: str, source: str) -> tuple[str, float]:
    """Return what dashes, ends and shapes mean, each that the drawing has, and how high that stands in px."""
    known = links(source)
    step = BOX[0] + GAP
    parts = []
    for at, (basis, label) in enumerate(store.labels(EDGES, "basis").items()):
        if any(link.basis == basis for link in known):
            y, dash = PAD + LINE / 2, f' stroke-dasharray="{DASHES[basis]}"' if DASHES[basis] else ""
            parts.append(f'<path d="M{PAD + at * step},{y}h40" stroke="{theme.SLATE}" stroke-width="1.8"{dash}/>')
            parts.append(_text(label, PAD + at * step + 48, y + 4.5))
    for at, (relation, label) in enumerate(store.labels(EDGES, "relation").items()):
        if any(link.relation == relation for link in known):
            y = PAD + LINE * 1.5
            parts.append(
                f'<path d="M{PAD + at * step},{y}h40" stroke="{ENDS[relation][0]}" stroke-width="1.3" '
                f'marker-end="url(#{name}-{relation})"/>'
            )
            parts.append(_text(label, PAD + at * step + 48, y + 4.5))
    shapes = [kind for kind in STYLES if any(row.kind == kind for row in elements(source).values())]
    per_line = 4
    for at, kind in enumerate(shapes):
        x, y = PAD + (at % per_line) * step, PAD + LINE * (2 + at // per_line) + 3
        colour, width = STYLES[kind]
        parts.append(
            f'<path transform="translate({x},{y})" d="{outline(kind, 40, 14)}" fill="{theme.PAPER}" '
            f'stroke="{colour}" stroke-width="{width}"/>'
        )
        parts.append(_text(store.labels(NODES, "kind")[kind], x + 48, y + 11.5))
    return "".join(parts), PAD + LINE * (3 + (len(shapes) - 1) // per_line) + 6


def heads(source: str, column: dict[str, int], y: float) -> str:
    """Return the kinds that belong in each column, as headings of a drawing."""
    found = []
    for at in range(FIRST, LAST + 1):
        kinds = [row.kind for row in elements(source).values() if column[row.id] == COLUMNS[row.kind] == at]
        names = [plural for kind, plural in PLURALS.items() if kind in kinds]
        words = ", ".join([*names[:1], *(name.lower() for name in names[1:])])
        found.append(_text(words, left(at), y, ' font-weight="600"'))
    return "".join(found)


def drawing(source: str) -> str:
    """Return the theory of change of a document as an SVG with a viewBox from 0 0; it names the bases of links."""
    name = f"ends-{source}"
    rows, known = elements(source), links(source)
    joined = [(one.start, one.end) for one in known]
    place: dict[str, Spot] = spots({key: row.kind for key, row in rows.items()}, joined)
    explained, top = legend(name, source)
    top += LINE + 10
    at = {item: (left(spot.column), top + spot.row * ROW) for item, spot in place.items()}
    lines = [
        line(name, curve(at[one.start], at[one.end], place[one.start].column, place[one.end].column), one)
        for one in known
    ]
    width = left(LAST) + BOX[0] + PAD
    height = max(y for _, y in at.values()) + BOX[1] + PAD
    markers = "".join(marker(name, relation) for relation in ENDS)
    used = {one.basis for one in known}
    bases = json.dumps({basis: label for basis, label in store.labels(EDGES, "basis").items() if basis in used})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" data-bases="{escape(bases)}">'
        f"<defs>{markers}</defs>{explained}"
        f"{heads(source, {item: spot.column for item, spot in place.items()}, top - 12)}"
        f"{''.join(lines)}{''.join(box(row, at[item]) for item, row in rows.items())}</svg>"
    )
