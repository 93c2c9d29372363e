"""The search index: pages, and one record per fact, finding, recommendation, term or table row.

The same records feed both searches: Pagefind where the book is served, and one script file
where it is opened from a folder. Terms and places have Russian and Kazakh names, indexed as
Russian so that their endings are found.

Two builds write the same records, so the same script file. Three kinds of Pagefind's own files are not the same twice,
because it writes languages and filters in random order: ``pagefind-entry.json``, ``*.pf_meta`` and ``filter/``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging

from evidence.data import format, store
from evidence.data.schema import REPORTING, kinds
from evidence.figures import sentences
from evidence.figures.cards import card, kind_names, plain
from evidence.site.engine import stale
from evidence.site.figures import ExhibitNode
from evidence.site.pages import page_kind
from evidence.site.records.domain import domain_of

LOGGER = logging.getLogger(__name__)


WEIGHTS = {"chapter": 6.0, "exhibit": 3.0, "table row": 0.2}  # of what is no record; those of records: fields.toml
NOT_CELLS = {*REPORTING, "place"}  # columns of a printed table that are none of its cells


class Record(NamedTuple):
    """One thing the search finds."""

    title: str
    url: str
    kind: str
    text: str
    language: str


@cache
def weights() -> dict[str, float]:
    """Return the weight of each kind of result: what answers a question stands before what it is made of."""
    records = {kind_names()[kind].lower(): store.schema()[table]["record"] for kind, table in kinds().items()}
    return WEIGHTS | {name: float(record.get("weight", 1)) for name, record in records.items()}


def in_order(records: list[Record]) -> list[Record]:
    """Return records with the weightiest first, equals as they stand."""
    return sorted(records, key=lambda record: -weights()[record.kind])


def words_of(node) -> str:
    """Return the words of a node without code and without the sections inside it."""
    if isinstance(node, nodes.literal_block | nodes.section | nodes.title):
        return ""
    if isinstance(node, nodes.Text | ExhibitNode):
        return node.astext()
    return " ".join(filter(None, map(words_of, node.children)))


def sections_of(doctree) -> list[tuple[str, str, str]]:
    """Return (heading, anchor, text) of every section of a page, each without the sections inside it."""
    found = []
    for section in doctree.findall(nodes.section):
        heading = section.next_node(nodes.title)
        text = " ".join(" ".join(map(words_of, section.children)).split())
        found.append((heading.astext() if heading else "", section["ids"][0], text))
    return found


def note_sections(app, doctree) -> None:
    """Keep the sections of a page as it is read (``doctree-read``)."""
    env = app.env
    if not hasattr(env, "evidence_sections"):
        env.evidence_sections = {}
    if page_kind(env.docname) == "chapter":
        env.evidence_sections[env.docname] = sections_of(doctree)


def forget_sections(app, env, docname) -> None:
    """Drop the sections of a page that is read anew or gone (``env-purge-doc``)."""
    getattr(env, "evidence_sections", {}).pop(docname, None)


def domain_records(app) -> list[Record]:
    """Return the records of every card, exhibit and printed row that stands on a page."""
    records = []
    for (kind, key), (docname, anchor, title) in sorted(domain_of(app.env).data["objects"].items()):
        url = f"{app.builder.get_target_uri(docname)}#{anchor}"
        if kind in kind_names():
            records.append(Record(title, url, kind_names()[kind].lower(), plain(card(kind, key)), "en"))
        elif kind == "row":
            table, row = key.split("#")
            records.append(Record(title, url, "table row", row_text(table, row), "en"))
        elif kind == "exhibit":
            records.append(Record(title, url, "exhibit", title, "en"))
    return records


@cache
def _by_id(table: str) -> dict[str, dict]:
    return {row["id"]: row for row in store.load(table).to_dict("records")}


def row_text(table: str, key: str) -> str:
    """Return a row of a printed table as text: place names in three languages, then its other cells."""
    row = _by_id(table)[key]
    place = _by_id("places").get(row.get("place", ""), {})
    names = [place[name] for name in ("name", "name_ru", "name_kk") if place.get(name)]
    shown = [name for name in store.fields_of(store.schema()[table]) if name not in NOT_CELLS and row[name] != ""]
    cells = [f"{name.replace('_', ' ')}: {format.cell(row[name])}" for name in shown]
    return ". ".join(filter(None, [", ".join(names), "; ".join(cells)]))


def asked_in_other_languages(key: str, url: str) -> list[Record]:
    """Return an answer under its question in Russian and in Kazakh; both are indexed as Russian."""
    row, item = store.row("answers", key), card("answer", key)
    text = f"{item.text} {sentences.plain(row.answer)}"
    return [
        Record(asked, url, kind_names()["answer"].lower(), text, "ru")
        for asked in (row.question_ru, row.question_kk)
        if asked
    ]


def translated_records(app) -> list[Record]:
    """Return terms and places under their Russian and Kazakh names."""
    records = []
    objects = domain_of(app.env).data["objects"]
    for row in store.load("glossary").itertuples():
        place = objects.get(("term", row.id))
        if place and (row.term_ru or row.term_kk):
            url = f"{app.builder.get_target_uri(place[0])}#{place[1]}"
            text = f"{row.term_ru}; {row.term_kk}; {row.term}. {row.definition}"
            records.append(Record(f"{row.term} ({row.term_ru or row.term_kk})", url, "term", text, "ru"))
    for (kind, key), (docname, anchor, title) in sorted(objects.items()):
        if kind == "answer":
            url = f"{app.builder.get_target_uri(docname)}#{anchor}"
            records += asked_in_other_languages(key, url)
        if kind == "row":
            table, name = key.split("#")
            url = f"{app.builder.get_target_uri(docname)}#{anchor}"
            place = _by_id("places").get(_by_id(table)[name].get("place", ""))
            if not place or not place["name_ru"]:
                continue
            records.append(Record(f"{place['name_ru']}: {title}", url, "table row", row_text(table, name), "ru"))
    return records


def section_records(app) -> list[Record]:
    """Return one record per section of every chapter."""
    return [
        Record(heading, f"{app.builder.get_target_uri(docname)}#{anchor}", "chapter", text, "en")
        for docname, sections in sorted(getattr(app.env, "evidence_sections", {}).items())
        for heading, anchor, text in sections
    ]


PAGE = """<!doctype html><html lang="{language}"><title>{title}</title>
<body data-pagefind-body data-pagefind-weight="{weight}"><h1>{title}</h1>
<p data-pagefind-filter="kind:{kind}" data-pagefind-meta="link:{url}">{text}</p>
"""


def page_of(record: Record) -> str:
    """Return a record as the small page that Pagefind reads."""
    shown = {name: escape(value) for name, value in record._asdict().items()}
    return PAGE.format(weight=weights()[record.kind], **shown)


def run_pagefind(records: list[Record], folder: Path) -> Path:
    """Write records as small pages below a folder and run Pagefind on them; return the folder of its index.

    (Its Python interface waits a tenth of a second per record; its program does not.) Raises ExtensionError with what
    it says of a fault.
    """
    pages, index = folder / "pages", folder / "index"
    pages.mkdir()
    for number, record in enumerate(records):
        (pages / f"{number:05}.html").write_text(page_of(record), encoding="utf-8")
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(index), "--quiet"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise ExtensionError(f"Pagefind failed:\n{done.stdout}")
    return index


class Index:
    """The two indexes of a build, of the records of all its pages."""

    def __init__(self, app):
        self.output = Path(app.outdir) / "pagefind"
        self.script = Path(app.outdir) / "search-index.js"
        self.beside = Path(app.doctreedir).parent
        self.records = in_order(section_records(app) + domain_records(app) + translated_records(app))
        listing = json.dumps([record[:4] for record in self.records], ensure_ascii=False, separators=(",", ":"))
        self.content = f"window.evidenceIndex={listing};\n"

    def write(self) -> None:
        """Write both indexes, unless they hold these records; raises ExtensionError where Pagefind failed."""
        if self.script.is_file() and self.script.read_text(encoding="utf-8") == self.content:
            return
        with TemporaryDirectory(dir=self.beside, prefix=".search-") as folder:
            index = run_pagefind(self.records, Path(folder))
            shutil.rmtree(self.output, ignore_errors=True)
            index.rename(self.output)
        self.script.write_text(self.content, encoding="utf-8")
        LOGGER.info("search index: %d records", len(self.records))


def write_index(app, exception) -> None:
    """Write the indexes when all pages are written (``build-finished``).

    Not beside them: Pagefind has a thread a core, and these wait by spinning where others want the cores too.
    """
    wanted = app.builder.name == "html" and app.config.evidence_search and not exception
    if wanted and not stale.has_index(app):
        Index(app).write()
        stale.note_index(app)


def setup(app) -> None:
    """Connect the index to the build."""
    app.connect("doctree-read", note_sections)
    app.connect("env-purge-doc", forget_sections)
    app.connect("build-finished", write_index)
