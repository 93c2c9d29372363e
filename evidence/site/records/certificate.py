"""``{certificate}`` and ``{standards}``: what was verified, and how the book stands to standards, from the data.

Nothing here depends on the clock or on whether the texts of the documents are present: the same commit makes the same
page.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterable
from html import escape
from importlib.metadata import version

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.checks import markdown
from evidence.checks.chapters import readable
from evidence.checks.discrepancies import discrepancy_problems, needs_text
from evidence.checks.readings import counts, total
from evidence.data import store
from evidence.data.schema import DATA, FIELDS
from evidence.figures import calculations
from evidence.site.records.domain import PAGES, domain_of, pages_digest, table_digest
from evidence.site.records.guards import guard_tables
from evidence.site.records.roles import page_link
from evidence.site.safety import markup

PACKAGES = ("jupyter-book", "sphinx", "myst-nb", "pandas", "altair", "vl-convert-python")
READ_HEAD = ("Table", "Rows", "Read twice", "Once", "Not yet", "Changed since")
NUMBER = re.compile(r"[\d,]+( of [\d,]+)?")
DIGITS = 16  # layout: of a digest that are shown
BY_TESTS = """accessibility of pages (axe), errors in the console of a browser, links of the built site, sizes of pages,
and the outputs of cells beside their references (nbval)"""


def table(head: Iterable[str], rows: Iterable[Iterable[nodes.Node | str]], title: str) -> list[nodes.Node]:
    """Return a table below its title, in a scroll area; a cell is a text or a node in line, numbers to the right."""
    head, rows = list(head), [list(row) for row in rows]
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec("", colwidth=1) for _ in head]
    classes = [["n"] if at and all(map(_is_number, column)) else [] for at, column in enumerate(zip(*rows))]

    def line(cells) -> nodes.row:
        return nodes.row("", *(_entry(cell, kind) for cell, kind in zip(cells, classes)))

    group += nodes.thead("", line(head))
    group += nodes.tbody("", *map(line, rows))
    area = f'<div class="scroll" tabindex="0" role="region" aria-label="Table: {escape(title)}">'
    before, after = (markup(tag) for tag in (area, "</div>"))
    return [nodes.paragraph("", "", nodes.strong("", title)), before, nodes.table("", group), after]


def _is_number(cell: nodes.Node | str) -> bool:
    return isinstance(cell, str) and bool(NUMBER.fullmatch(cell))


def _entry(cell: nodes.Node | str, classes: list[str]) -> nodes.entry:
    text = nodes.Text(cell) if isinstance(cell, str) else cell
    return nodes.entry("", nodes.paragraph("", "", text), classes=classes)


def of(part: int, whole: int) -> str:
    """Return a count of how many, as it is shown."""
    return f"{part:,} of {whole:,}"


def held() -> list[tuple[str, str]]:
    """Return what was verified and the counts, each of how many."""
    reads, messages = total(counts()), counts()["synthesis"]
    rows, known = store.rows("discrepancies").values(), calculations.calculations()
    tried = [row for row in rows if not needs_text(row.expect)]
    computed = sum(calculations.compute(key) is not None for key in known)
    cells = sum(len(markdown.of_page(path).cells) for path in readable())
    is_open = reads.never + reads.changed
    return [
        ("Rows that report a document or judge, as they were read (by digest)", of(reads.rows - is_open, reads.rows)),
        ("Of these read by two readers, independently", of(reads.twice, reads.rows)),
        ("Read by one", of(reads.once, reads.rows)),
        ("Not read yet, or changed since", of(is_open, reads.rows)),
        ("Key messages judged by two", of(messages.twice, messages.rows)),
        ("Calculations computed again", of(computed, len(known))),
        ("Disagreements still there, of those tried without the texts", of(len(tried) - len(failing()), len(tried))),
        ("Disagreements that only the texts can try", of(len(rows) - len(tried), len(rows))),
        ("Cells of chapters; one that fails stops the build", f"{cells:,}"),
    ]


def failing() -> list:
    """Return the disagreements that are not there any more, of those that need no text."""
    return discrepancy_problems()


def data_digest() -> str:
    """Return the SHA-256 of all tables and their definition, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted([*DATA.rglob("*.csv"), DATA / FIELDS]):
        digest.update(f"{path.relative_to(DATA).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class Certificate(SphinxDirective):
    """``{certificate}`` says what was verified of this build, and what only tests can know."""

    def run(self):
        _rest_on_all(self.env)
        versions = [("Python", platform.python_version()), *((name, version(name)) for name in PACKAGES)]
        digests = [("The data", data_digest()[:DIGITS])]
        digests += [(row.short_name, row.sha256[:DIGITS]) for row in store.rows("sources").values()]
        by_table = [
            (store.schema()[name]["title"], *(f"{number:,}" for number in one)) for name, one in counts().items()
        ]
        note = f"Not part of this build, and known from the tests only: {' '.join(BY_TESTS.split())}."
        return [
            *table(("What", "How many"), held(), "What was held against what"),
            nodes.paragraph("", note),
            *table(
                READ_HEAD,
                by_table,
                "Readings, table by table",
            ),
            *guard_tables(table),
            *table(("Text", "SHA-256, first digits"), digests, "Digests of the data and of the texts read"),
            *table(("Program", "Version"), versions, "Versions that made these pages"),
        ]


class Standards(SphinxDirective):
    """``{standards}`` lists the items of each standard, how far the book meets it, where, or why not."""

    def run(self):
        _rest_on_all(self.env)
        names, verdicts = store.labels("standards", "standard"), store.labels("standards", "status")
        found: list[nodes.Node] = []
        for code, name in names.items():
            items = sorted((r for r in store.rows("standards").values() if r.standard == code), key=lambda r: r.order)
            rows = [(row.item, row.subject, verdicts[row.status], self.where(row.page), row.why) for row in items]
            found.extend(table(("Item", "What it asks for", "Met", "Where", "Why not"), rows, name))
        return found

    def where(self, page: str) -> nodes.Node | str:
        """Return the link to a page of the book by its path, "" without one."""
        return page_link(page, page.rpartition("/")[2].replace("-", " ")) if page else ""


def _rest_on_all(env) -> None:
    """Note that a page says something of every table and chapter."""
    for name, resource in store.schema().items():
        env.note_dependency(str(DATA / resource["path"]))
        domain_of(env).rest_on(env.docname, table_digest(name), ("table", name))
    domain_of(env).rest_on(env.docname, pages_digest(), PAGES)


def setup(app) -> None:
    """Add the directives."""
    app.add_directive("certificate", Certificate)
    app.add_directive("standards", Standards)
