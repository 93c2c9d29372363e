"""What every document of the book needs: an entry, its pages, its own page, registers, and the agreement reached."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import pandas as pd

from evidence.checks import markdown
from evidence.checks.chapters import readable
from evidence.checks.roles import directive_fault
from evidence.data import bibliography, store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.data.schema import kinds

FILE = "sources.csv"
BOTH = 2  # form: extractions
AGREED = ("facts", "findings")  # tables extracted twice, besides the printed ones
NEW = "`evidence new document` writes it"


def entry_problems() -> list[Problem]:
    """Return the documents without an entry of the bibliography, or with one that lacks title, year or who made it.

    The year of the entry is that of the document.
    """
    found = []
    for number, row in store.numbered("sources") if not bibliography.block_problems() else ():
        entry = bibliography.entries().get(row.id)
        if entry is None:
            rule = f"has no entry in {bibliography.FILE.name} under this key; {NEW}"
            found.append(Problem(FILE, number, "id", row.id, rule))
            continue
        lacks = [name for name in ("title", "year") if not entry.get(name)]
        if not any(entry.get(name) for name in ("author", "editor", "institution", "publisher", "note")):
            lacks.append("author (an institution as {{Name}}, or a note that says why there is none)")
        for name in lacks:
            found.append(Problem(bibliography.FILE.name, bibliography.line_of(row.id), None, row.id, f"has no {name}"))
        if entry.get("year", "").isdecimal() and entry["year"] != str(row.year):
            rule = f"{row.id}: is of {row.year} by {FILE}; give both the year of the document"
            found.append(Problem(bibliography.FILE.name, bibliography.line_of(row.id), None, entry["year"], rule))
    return found


def page_range_problems() -> list[Problem]:
    """Return the documents whose lines are not each in one range of ``pages.csv``, and ranges without page or basis.

    Where the page cannot be told the range says so: no page, and the basis ``none``.
    """
    ranges: dict[str, list[_Range]] = defaultdict(list)
    for number, row in store.numbered("pages"):
        ranges[row.source].append(_Range(*store.line_range(row.lines), number, row))
    found = []
    for number, document in store.numbered("sources"):
        if own := sorted(ranges[document.id], key=lambda item: item[:3]):
            found += [*_between(own), *_without_page(own), *_at_the_ends(own, document.n_lines)]
        else:
            rule = "has no row in pages.csv, so that no record of it has a page; give its ranges of lines, page by page"
            found.append(Problem(FILE, number, "id", document.id, rule))
    return found


class _Range(NamedTuple):
    """A range of lines of a document: its ends, and where it stands in ``pages.csv``."""

    first: int
    last: int
    number: int
    row: Any

    def wrong(self, rule: str, column: str = "lines") -> Problem:
        """Return what is wrong with a column of the range."""
        return Problem("pages.csv", self.number, column, getattr(self.row, column) or None, rule)

    def lacks(self, first: int, last: int, after: str = "") -> Problem:
        """Return that lines of the document beside this range are on no page."""
        return self.wrong(f"lines {first}-{last} of {self.row.source}{after} are on no page; add a row for them")


def _between(ranges: list[_Range]) -> list[Problem]:
    """Return the lines between two ranges, and the ranges that overlap."""
    found = []
    for before, own in zip(ranges, ranges[1:]):
        if own.first > before.last + 1:
            found.append(own.lacks(before.last + 1, own.first - 1, f", after {before.row.id},"))
        if own.first <= before.last:
            rule = f"overlaps with lines {before.row.lines} of {before.row.id}; each line is on one page"
            found.append(own.wrong(rule))
    return found


def _without_page(ranges: list[_Range]) -> list[Problem]:
    """Return the ranges that have neither a page nor the basis ``none``, or both."""
    rule = "give the page, or leave it empty with page_basis none and say in evidence why it cannot be told"
    wrong = [own for own in ranges if (own.row.page == "") != (own.row.page_basis == "none")]
    return [own.wrong(rule, "page") for own in wrong]


def _at_the_ends(ranges: list[_Range], n_lines: int) -> list[Problem]:
    """Return the lines of a document before its first range and after its last; it has ``n_lines``."""
    first, last = ranges[0], ranges[-1]
    found = [first.lacks(1, first.first - 1)] if first.first > 1 else []
    return found + ([last.lacks(last.last + 1, n_lines)] if last.last < n_lines else [])


def _shown() -> tuple[set[str], set[tuple[str, str]]]:
    """Return the documents that a page lists page by page, and (kind, document or "") of every register."""
    indexes, registers = set(), set()
    for path in readable():
        for directive in markdown.of_page(path).directives:
            if directive.name == "source-index":
                indexes.add(directive.argument)
            if directive.name == "answers":
                registers.add(("question", ""))
            if directive.name == "register" and "between" not in directive.options:
                registers.add((directive.argument, directive.options.get("source", "")))
    return indexes, registers


def page_problems() -> list[Problem]:
    """Return the documents without their page, and the kinds of records that no register page of theirs shows."""
    found = []
    if any(directive_fault(directive) for path in readable() for directive in markdown.of_page(path).directives):
        return []  # what a directive shows is not known while it is wrong
    indexes, registers = _shown()
    for number, row in store.numbered("sources"):
        if row.id not in indexes:
            rule = f"no page shows its index ({{source-index}} {row.id}); {NEW}: chapters/sources/{row.id}.md"
            found.append(Problem(FILE, number, "id", row.id, rule))
    for kind, table in kinds().items():
        resource = store.schema()[table]
        if not resource["reports"] or (kind, "") in registers:
            continue
        sources = store.load(table)["source"]
        for source in sorted(set(sources)):
            if (kind, source) not in registers:
                at = int(sources[sources == source].index[0]) + FIRST_ROW
                what = resource["title"].lower()
                own = f"no page has a register of the {what} of this document; {NEW}"
                rule = own if table in AGREED else f"no page shows these {what}; add ```{{register}} {kind}``` to one"
                found.append(Problem(resource["path"], at, "source", source, rule))
    return found


def agreed_problems() -> list[Problem]:
    """Return the rows of agreement that cannot be: more equal than compared, more compared than there were, or twice.

    ``n_compared`` of coverage counts what either extraction has, so it may exceed each of them but not their sum; of
    printed tables it counts cells, where the others count rows.
    """
    found: list[Problem] = []
    seen: dict[tuple, int] = {}
    for number, row in store.numbered("extraction_agreement"):

        def wrong(column: str, rule: str, number=number, row=row) -> None:
            found.append(Problem("extraction_agreement.csv", number, column, str(getattr(row, column)), rule))

        extracted = [count for count in (row.n_first, row.n_second) if count is not pd.NA]
        if row.n_equal > row.n_compared:
            wrong("n_equal", f"more are equal than were compared ({row.n_compared})")
        if row.table in AGREED and len(extracted) == BOTH and row.n_compared > sum(extracted):
            wrong("n_compared", f"more were compared than both extractions have ({row.n_first} and {row.n_second})")
        if row.kappa == row.kappa and not -1 <= row.kappa <= 1:
            wrong("kappa", "Cohen's kappa lies between -1 and 1")
        if row.kappa == row.kappa and row.n_second is pd.NA:
            wrong("n_second", "kappa is of two judgements; say how many the second reader made, or leave kappa out")
        if row.kappa == row.kappa and (row.kappa == 1) != (row.n_equal == row.n_compared):
            wrong("kappa", f"is 1 exactly where all are equal; {row.n_equal} of {row.n_compared} are")
        what = (row.source, row.table, row.measure)
        if what in seen:
            wrong("measure", f"row {seen[what]} says this of the {row.table} of {row.source} already")
        seen.setdefault(what, number)
    return found


def agreement_problems() -> list[Problem]:
    """Return the tables of documents that hold rows and no agreement between two extractions.

    They are facts, findings and printed tables with numbers (DESIGN, "Extraction is done twice, independently").
    """
    agreed = {(row.source, row.table) for row in store.rows("extraction_agreement").values()}
    found = []
    for table, resource in store.schema().items():
        fields = store.fields_of(resource).values()
        is_printed = resource["printed"] and any(field["type"] != "string" for field in fields)
        if table not in AGREED and not is_printed:
            continue
        sources = store.load(table)["source"]
        for source in sorted(set(sources)):
            if (source, table) not in agreed:
                rule = (
                    f"extraction_agreement.csv has no row for the {table} of this document; extract them twice, "
                    "independently, and say how many of the rows agree"
                )
                at = int(sources[sources == source].index[0]) + FIRST_ROW
                found.append(Problem(resource["path"], at, "source", source, rule))
    return found
