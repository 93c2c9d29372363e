"""Writes the index of the search when the book is built."""

from __future__ import annotations

from pathlib import Path

from sphinx.util import logging

from evidence.site.engine import stale
from evidence.site.search.records import all_records, forget_page, note_page
from evidence.site.search.shelves import scripts, shelves

LOGGER = logging.getLogger(__name__)
FOLDER = "search"


def write_index(app, exception) -> None:
    """Write the index when all pages are written (``build-finished``)."""
    wanted = app.builder.name == "html" and app.config.evidence_search and not exception
    if not wanted or stale.has_index(app):
        return
    records = all_records(app)
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    written = {name: text for shelf in shelves(records) for name, text in scripts(shelf).items()}
    for name, text in written.items():
        path = folder / f"{name}.js"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
    stale.note_index(app)
    LOGGER.info("search index: %d records", len(records))


def setup(app) -> None:
    """Connect the index to the build."""
    app.connect("doctree-read", note_page)
    app.connect("env-purge-doc", forget_page)
    app.connect("build-finished", write_index)
