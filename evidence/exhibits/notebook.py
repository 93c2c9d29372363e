"""What any notebook shows of an exhibit: its chart as a picture, its table, in forms that need no extension.

The build does not ask for them: it draws exhibits itself (``evidence/site/figures.py``).
"""

from __future__ import annotations

import base64
from html import escape

from evidence.exhibits import theme, vega
from evidence.exhibits.text import caption, cell_text, source_line


def forms(payload: dict) -> dict[str, str]:
    """Return the standard forms of an exhibit by MIME type; raises ValueError for a chart that cannot be drawn."""
    if "chart" not in payload:
        return {"text/html": _figure(payload, table(payload), "")}
    svg = vega.picture(payload["chart"]["wide"], theme.PAPER)
    data = f"<details><summary>Data as a table</summary>{table(payload)}</details>"
    return {"image/svg+xml": svg, "text/html": _figure(payload, _image(svg, payload["alt"]) + data, payload["title"])}


def _figure(payload: dict, body: str, title: str) -> str:
    heading = f"<figcaption><strong>{escape(title)}</strong></figcaption>" if title else ""
    about = f"{caption(payload)} {source_line(payload)}"
    return f"<figure>{heading}{body}<p>{escape(about)}</p></figure>"


def _image(svg: str, alternative: str) -> str:
    """Return an SVG as an image of its own, so that its ids meet those of no other drawing."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{data}">'


def table(payload: dict) -> str:
    """Return the data of an exhibit as an HTML table with its title as caption; every text is escaped."""
    sides = ["right" if numeric else "left" for numeric in payload["numeric"]]

    def row(texts: list[str], tags: list[str]) -> str:
        cells = [
            f'<{tag} style="text-align: {side}">{escape(text)}</{tag.split()[0]}>'
            for tag, side, text in zip(tags, sides, texts)
        ]
        return f"<tr>{''.join(cells)}</tr>"

    width = len(payload["columns"])
    head = row(payload["columns"], ['th scope="col"'] * width)
    body = [
        row([cell_text(cell) for cell in cells], ['th scope="row"'] + ["td"] * (width - 1)) for cells in payload["rows"]
    ]
    title = f"<caption>{escape(payload['title'])}</caption>"
    return f"<table>{title}<thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"
