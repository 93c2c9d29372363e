"""What stands below an exhibit: its files, how to cite and embed it, and what a reader may try out on it."""

from __future__ import annotations

import json
from html import escape

from evidence.exhibits.text import source_line
from evidence.site import imprint

FOLDER = "exhibits"
CITED = {"bib": "BibTeX", "ris": "RIS"}


def citation(payload: dict, app) -> str:
    """Return how to cite an exhibit."""
    cited = imprint.citation(app, payload["title"], payload["docname"], f"exhibit-{payload['id']}")
    return f"{cited} {source_line(payload)}"


def downloads(label: str, prefix: str, kinds: list[str]) -> str:
    """Return links to the files of an exhibit, under the word that says what they are."""
    links = "".join(
        f'<a href="{prefix}.{kind}" download aria-label="{label} as {kind.upper()}">{kind.upper()}</a>'
        for kind in kinds
    )
    return f'<p class="tool">{label} {links}</p>'


def folded(name: str, summary: str, content: str) -> str:
    """Return a tool that opens below the row of tools."""
    return f'<details class="tool {name}"><summary>{summary}</summary><div class="opened">{content}</div></details>'


def cite(payload: dict, prefix: str, app) -> str:
    """Return how to cite, link and embed an exhibit."""
    key = payload["id"]
    where = imprint.address(app, f"{FOLDER}/{key}") or f"{FOLDER}/{key}.html"
    frame = f'<iframe src="{where}" title="{escape(payload["title"])}" width="100%" height="640"></iframe>'
    files = "".join(f'<a href="{prefix}.{kind}" download>{name}</a> ' for kind, name in CITED.items())
    return (
        f"<p>{escape(citation(payload, app))}</p>"
        f'<p class="ways">{files}<a class="copy" href="#exhibit-{key}">Copy link</a> '
        f'<a href="{prefix}.html">The exhibit alone</a></p>'
        f"<p>To show it on another page: <code>{escape(frame)}</code></p>"
    )


def explorer(explored: dict) -> str:
    """Return what the script of the explorer reads; without script the table above it stands alone."""
    text = json.dumps(explored, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<div class="explore"><script type="application/json">{text}</script></div>'
