"""The search index: pages, and one record per fact, finding, recommendation, term or table row.

The same records feed both searches: Pagefind where the book is served, and one script file
where it is opened from a folder. Terms and places have Russian and Kazakh names, indexed as
Russian so that their endings are found.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sphinx.util import logging

from evidence import store
from evidence.exhibits import cell_text
from evidence.site.cards import NAMES, card, plain

LOGGER = logging.getLogger(__name__)
SKIPPED = {"script", "style", "template", "svg", "nav", "summary"}


class Record(NamedTuple):
    """One thing the search finds."""

    title: str
    url: str
    kind: str
    text: str
    language: str


class _Sections(HTMLParser):
    """Splits the article of a page into (heading, anchor, text) sections."""

    def __init__(self):
        super().__init__()
        self.sections: list[list[str]] = []
        self._stack: list[str] = []
        self._inside = self._heading = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "article":
            self._inside = True
        elif tag == "section" and self._inside:
            self.sections.append(["", given.get("id", ""), ""])
        elif tag in SKIPPED:
            self._stack.append(tag)
        elif tag in ("h1", "h2", "h3") and self.sections:
            self._heading = True

    def handle_endtag(self, tag):
        if tag == "article":
            self._inside = False
        elif self._stack and self._stack[-1] == tag:
            self._stack.pop()
        elif tag in ("h1", "h2", "h3"):
            self._heading = False

    def handle_data(self, data):
        if self._inside and self.sections and not self._stack:
            self.sections[-1][0 if self._heading else 2] += data


def page_sections(html: str) -> list[tuple[str, str, str]]:
    """Return (heading, anchor, text) of every section of a page."""
    parser = _Sections()
    parser.feed(html)
    return [
        (heading.replace("¶", "").replace("#", "").strip(), anchor, " ".join(text.split()))
        for heading, anchor, text in parser.sections
    ]


def domain_records(app) -> list[Record]:
    """Return the records of every card, exhibit and printed row that stands on a page."""
    records = []
    for (kind, key), (docname, anchor, title) in sorted(app.env.get_domain("evidence").data["objects"].items()):
        url = f"{app.builder.get_target_uri(docname)}#{anchor}"
        if kind in NAMES:
            records.append(Record(title, url, NAMES[kind].lower(), plain(card(kind, key)), "en"))
        elif kind == "row":
            table, row = key.split("#")
            records.append(Record(title, url, "table row", row_text(table, row), "en"))
        elif kind == "exhibit":
            records.append(Record(title, url, "exhibit", title, "en"))
    return records


def row_text(table: str, key: str) -> str:
    """Return a row of a printed table as text: place names in three languages, then its numbers."""
    frame = store.load(table)
    row = frame[frame["id"] == key].iloc[0]
    places = store.load("places").set_index("id")
    names = places.loc[row["place"], ["name", "name_ru", "name_kk"]] if "place" in row else []
    numbers = [f"{name.replace('_', ' ')}: {cell_text(row[name])}" for name in frame.columns[6:]]
    return f"{', '.join(names)}. {'; '.join(numbers)}"


def translated_records(app) -> list[Record]:
    """Return terms and places under their Russian and Kazakh names."""
    records = []
    objects = app.env.get_domain("evidence").data["objects"]
    for row in store.load("glossary").itertuples():
        place = objects.get(("term", row.id))
        if place and (row.term_ru or row.term_kk):
            url = f"{app.builder.get_target_uri(place[0])}#{place[1]}"
            text = f"{row.term_ru}; {row.term_kk}; {row.term}. {row.definition}"
            records.append(Record(f"{row.term} ({row.term_ru or row.term_kk})", url, "term", text, "ru"))
    places = store.load("places").set_index("id")
    for (kind, key), (docname, anchor, title) in sorted(objects.items()):
        if kind == "row":
            table, name = key.split("#")
            url = f"{app.builder.get_target_uri(docname)}#{anchor}"
            frame = store.load(table).set_index("id")
            place = places.loc[frame.loc[name, "place"]]
            records.append(Record(f"{place['name_ru']}: {title}", url, "table row", row_text(table, name), "ru"))
    return records


def section_records(app) -> list[Record]:
    """Return one record per section of every page, for the index that works from a folder."""
    records = []
    for docname in sorted(app.env.found_docs):
        uri = app.builder.get_target_uri(docname)
        html = (Path(app.outdir) / uri).read_text(encoding="utf-8")
        match = re.search(r'data-pagefind-filter="kind:([a-z ]+)"', html)
        for heading, anchor, text in page_sections(html):
            if heading and match and match[1] == "chapter":
                records.append(Record(heading, f"{uri}#{anchor}", "chapter", text, "en"))
    return records


PAGE = """<!doctype html><html lang="{language}"><title>{title}</title>
<body data-pagefind-body><h1>{title}</h1><p data-pagefind-filter="kind:{kind}" data-pagefind-meta="link:{url}">{text}</p>
"""


def run_pagefind(records: list[Record], output: Path) -> None:
    """Index records with Pagefind, each as a small page that carries its link and kind.

    (Its Python interface waits a tenth of a second per record; its program does not.)
    Raises CalledProcessError, with its output, where Pagefind fails.
    """
    with TemporaryDirectory() as folder:
        for number, record in enumerate(records):
            html = PAGE.format(**{name: escape(value) for name, value in record._asdict().items()})
            (Path(folder) / f"{number:05}.html").write_text(html, encoding="utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(output), "--quiet"]
        shutil.rmtree(output, ignore_errors=True)
        subprocess.run(command, check=True)


def write_index(app, exception) -> None:
    """Write both indexes (``build-finished``)."""
    if exception or app.builder.name != "html" or not app.config.evidence_search:
        return
    records = section_records(app) + domain_records(app) + translated_records(app)
    text = json.dumps([record[:4] for record in records], ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / "search-index.js").write_text(f"window.evidenceIndex={text};\n", encoding="utf-8")
    run_pagefind(records, Path(app.outdir) / "pagefind")
    LOGGER.info("search index: %d records", len(records))
