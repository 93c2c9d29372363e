"""Mistakes that authors make: each is named before a build, once, with its place and what to do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import pytest

from evidence.data import store
from evidence.data.rules import FIRST_ROW
from tests.conftest import ROOT, Book, write_whole_book

LEADS = "has changed since it was read"  # of a row that made another one wrong, which is named beside it
GROUPS = 8  # of mistakes that are checked at once
REGISTER = "chapters/education/register.md"
FACTS, PAGES, SYNTHESIS = "data/facts.csv", "data/pages.csv", "data/synthesis.csv"
FIRST = "facts.csv, row 2"
MESSAGE = f"synthesis.csv, row {[*store.rows('synthesis')].index('cp-baseline-children') + FIRST_ROW}"
CHART = 'exhibit("register-regions", chart, data=change)'


def replaced(file: str, old: str, new: str):
    """Return a mistake: the first of a text in a file instead of another."""
    return rewritten(file, lambda raw: raw.replace(old.encode(), new.encode(), 1))


def rewritten(file: str, change):
    """Return a mistake: the bytes of a file changed as a whole."""

    def plant(book: Book) -> None:
        book.path(file).write_bytes(change(book.path(file).read_bytes()))

    return plant


def without(file: str, pattern: str):
    """Return a mistake: the lines of a file that match a pattern are gone."""
    return rewritten(
        file,
        lambda raw: b"".join(line for line in raw.splitlines(keepends=True) if not re.search(pattern.encode(), line)),
    )


def with_line(file: str, number: int, line: str):
    """Return a mistake: a line put in before another."""

    def change(raw: bytes) -> bytes:
        lines = raw.decode().split("\n")
        return "\n".join([*lines[: number - 1], line, *lines[number - 1 :]]).encode()

    return rewritten(file, change)


def removed(file: str):
    """Return a mistake: a file is gone."""
    return lambda book: book.path(file).unlink()


MISTAKES = {  # what was done: the mistake, and parts of the one message it gives
    # roles, citations, links
    "a fact that does not exist": (
        replaced(REGISTER, "register-out-2012`", "register-out-2021`"),
        (f"{REGISTER}, line ", "no fact has the id 'register-out-2021'", "did you mean register-out-2012"),
    ),
    "a citation of nothing": (
        replaced(REGISTER, "{cite:p}`antonowicz2013oosc`", "{cite:p}`antonowicz2013`"),
        (f"{REGISTER}, line ", "no entry of references.bib", "did you mean antonowicz2013oosc?"),
    ),
    "a role that does not exist": (
        replaced(REGISTER, "{fact}`register-out-2009", "{facts}`register-out-2009"),
        (f"{REGISTER}, line ", "no role is called 'facts'; did you mean fact?"),
    ),
    "a link that prints a bare word": (
        replaced("chapters/child_protection/governance.md", "`asks for research <", "`finding <"),
        ("governance.md, line ", "prints only the words 'finding'", "{finding}`its own words <vac-find-local-"),
    ),
    "a label that does not exist": (
        replaced(REGISTER, "Most regions", "As {ref}`nowhere` says, most regions"),
        ("'#nowhere'", "no heading has the label"),
    ),
    "a link to a page that does not exist": (
        replaced("index.md", "child_protection/laws-and-policies.md", "child_protection/laws-and-polices.md"),
        ("index.md, line ", "there is no such file; did you mean laws-and-policies"),
    ),
    "a link to a place in a page": (
        replaced("index.md", "education/inclusion.md", "education/inclusion.md#regions"),
        ("index.md, line ", "write (label)= above its heading"),
    ),
    "a mistyped address": (
        replaced(REGISTER, "Most regions", "[here](htp://example.org) Most regions"),
        ("'htp://example.org'", "begins with none of http:"),
    ),
    "a link to a script": (
        replaced(REGISTER, "Most regions", "[here](javascript:go) Most regions"),
        ("'javascript:go'", "begins with none of http:"),
    ),
    "a link to what it carries itself": (
        replaced(REGISTER, "Most regions", "[here](data:text/html,x) Most regions"),
        ("'data:text/html,x'", "begins with none of http:"),
    ),
    "an image that says nothing to those who do not see it": (
        replaced(REGISTER, "Most regions", "![](../../references.bib) Most regions"),
        ("'../../references.bib'", "without a text alternative"),
    ),
    # directives
    "a directive that does not exist": (
        replaced(REGISTER, "{key-messages}", "{key-message}"),
        ("no directive is called 'key-message'; did you mean key-messages",),
    ),
    "a register of no kind": (
        replaced("chapters/reference/services.md", "{register} service", "{register} services"),
        ("services.md, line ", "no kind of record has the id 'services'; did you mean service?"),
    ),
    "an index of no document": (
        replaced("chapters/sources/gurin2023tale.md", "{source-index} gurin2023tale", "{source-index} gurin2023tail"),
        ("gurin2023tale.md, line ", "no document of sources.csv", "did you mean gurin2023tale?"),
    ),
    "a component that does not exist": (
        replaced("chapters/child_protection/governance.md", "{who-acts} governance", "{who-acts} governanse"),
        ("governance.md, line ", "did you mean governance?"),
    ),
    # cells
    "a misspelt builder": (
        replaced(REGISTER, "charts.dumbbell", "charts.dumbell"),
        (f"{REGISTER}, line ", "charts has no dumbell; did you mean dumbbell?"),
    ),
    "a misspelt function of the chapter's module": (
        replaced(REGISTER, "register.by_year()", "register.per_year()"),
        (f"{REGISTER}, line ", "register has no per_year; did you mean by_year?"),
    ),
    "a misspelt module": (
        replaced(REGISTER, "import register", "import registers"),
        (f"{REGISTER}, line ", "evidence.parts.education has no registers; did you mean register?"),
    ),
    "an argument that a builder does not take": (
        replaced(REGISTER, '"Children on the register", ticks)', '"Children on the register", tick=ticks)'),
        (f"{REGISTER}, line ", "dumbbell has no argument 'tick'"),
    ),
    "an argument that is missing": (
        replaced(REGISTER, 'charts.dumbbell(change, "Region", years,', 'charts.dumbbell(change, "Region",'),
        (f"{REGISTER}, line ", "dumbbell also needs"),
    ),
    "a name that nothing defines": (
        replaced(REGISTER, CHART, CHART.replace("=change", "=changed")),
        (f"{REGISTER}, line ", "'changed'", "nothing defines this name; did you mean change"),
    ),
    "an exhibit that is not described": (
        replaced(REGISTER, 'exhibit("register-regions"', 'exhibit("register-region"'),
        (f"{REGISTER}, line ", "exhibits.csv has no row with this id; did you mean register-regions"),
    ),
    "an exhibit in two places": (
        replaced(REGISTER, 'exhibit("register-national"', 'exhibit("register-regions"'),
        (f"{REGISTER}, line ", "'register-regions'", "already stands in"),
    ),
    "smart quotes in code": (
        replaced(REGISTER, '"Region", years', "“Region”, years"),
        (f"{REGISTER}, line ", "is no Python: invalid character '“'"),
    ),
    "a cell that shows nothing": (
        replaced(REGISTER, CHART, f"shown = {CHART}"),
        (f"{REGISTER}, line ", "a cell ends in what it shows"),
    ),
    "a module that is no Python": (
        replaced("evidence/parts/education/register.py", "def by_year", "de by_year"),
        ("evidence/parts/education/register.py, line ", "is no Python"),
    ),
    # the frame of a chapter
    "a block that nothing closes": (
        replaced(REGISTER, f"{CHART}\n```", CHART),
        (f"{REGISTER}, line ", "nothing closes this block"),
    ),
    "a colon in a description": (
        replaced(REGISTER, "description: The one", "description: The: one"),
        (f"{REGISTER}, line ", "is no YAML", "put a text that holds a colon in quotes"),
    ),
    "no description": (
        rewritten(REGISTER, lambda raw: re.sub(rb"(?s)description:.*?(?=file_format)", b"", raw, count=1)),
        (f"{REGISTER}, line 1", "the description is missing"),
    ),
    "a head that nothing closes": (
        replaced(REGISTER, "---\n\n# Did fewer", "\n\n# Did fewer"),
        (f"{REGISTER}, line 1", "nothing closes the head"),
    ),
    "no title": (
        without(REGISTER, "^# "),
        (f"{REGISTER}, line ", "needs a title before its other headings"),
    ),
    "a level of headings left out": (
        replaced(REGISTER, "## One region", "#### One region"),
        (f"{REGISTER}, line ", "'One region accounts for most of the fall'", "write ##"),
    ),
    "an empty chapter": (rewritten(REGISTER, lambda raw: b""), (REGISTER, "the file is empty")),
    "a chapter in another encoding": (
        rewritten(REGISTER, lambda raw: raw.decode().replace("The count", "Число").encode("cp1251", "replace")),
        (f"{REGISTER}, line ", "is not UTF-8", "save the file as UTF-8"),
    ),
    "a null character": (
        rewritten(REGISTER, lambda raw: raw.replace(b"national = ", b"national\x00 = ")),
        (f"{REGISTER}, line ", "null character"),
    ),
    "a typed number": (
        replaced(REGISTER, "## Urban and rural", "## In 35 regions, urban and rural"),
        (f"{REGISTER}, line ", "'35'", "typed by hand"),
    ),
    # contents, settings, bibliography
    "contents that name no page": (
        replaced("_toc.yml", "file: chapters/education/register\n", "file: chapters/education/registre\n"),
        ("_toc.yml, line ", "there is no such page; did you mean chapters/education/register"),
    ),
    "a page in no menu": (
        replaced(
            "_toc.yml", "- file: chapters/education/register\n            title: Absence register\n          ", ""
        ),
        (f"{REGISTER}:", "in no menu; add `- file: chapters/education/register`"),
    ),
    "a page in two menus": (
        replaced(
            "_toc.yml",
            "file: chapters/education/enrolment",
            "file: chapters/education/register\n          - file: chapters/education/enrolment",
        ),
        ("_toc.yml, line ", "twice"),
    ),
    "contents that are no YAML": (
        replaced("_toc.yml", "  - caption: Education", "  - caption: Education: children"),
        ("_toc.yml, line ", "is no YAML"),
    ),
    "settings that are no YAML": (replaced("_config.yml", "title:", "title: :"), ("_config.yml, line ", "is no YAML")),
    "an entry that cannot be read": (
        replaced("references.bib", "}\n\n@", "\n\n@"),
        ("references.bib, line ", "cannot be read"),
    ),
    "an entry that is there twice": (
        rewritten(
            "references.bib", lambda raw: raw + b"\n@misc{gurin2023tale,\n  title = {Another},\n  year = {2023},\n}\n"
        ),
        ("references.bib, line ", "'@misc{gurin2023tale,'", "already used"),
    ),
    # documents
    "a document without its entry": (
        rewritten("references.bib", lambda raw: re.sub(rb"@\w+\{gurin2023tale,.*?\n\}\n", b"", raw, flags=re.DOTALL)),
        ("sources.csv, row 5, column id: 'gurin2023tale'", "no entry in references.bib", "`evidence new document`"),
    ),
    "a page of a document deleted": (
        without(PAGES, "^annual-p006-010"),
        ("pages.csv, row ", "lines 24-104 of unicefkz2023annual", "are on no page"),
    ),
    "two pages that overlap": (
        replaced(PAGES, "unicefkz2023annual,24-104,", "unicefkz2023annual,22-104,"),
        ("pages.csv, row ", "overlaps with lines 20-23"),
    ),
    "a page before the end of the text": (
        replaced(PAGES, "unicefkz2023annual,369-434,", "unicefkz2023annual,369-400,"),
        ("pages.csv, row ", "lines 401-434 of unicefkz2023annual are on no page"),
    ),
    "a page without a number": (
        replaced(PAGES, "unicefkz2023annual,24-104,6-10,", "unicefkz2023annual,24-104,,"),
        ("pages.csv, row ", "column page", "page_basis none"),
    ),
    "a document without pages": (
        without(PAGES, ",gurin2023tale,"),
        ("sources.csv, row 5, column id: 'gurin2023tale'", "no row in pages.csv"),
    ),
    "a register of facts that is missing": (
        replaced(
            "chapters/reference/facts-gurin2023tale.md", "```{register} fact\n:source: gurin2023tale\n```", "Soon."
        ),
        ("facts.csv, row ", "'gurin2023tale'", "no page has a register of the facts", "`evidence new document`"),
    ),
    "an index of a document that is missing": (
        replaced("chapters/sources/gurin2023tale.md", "```{source-index} gurin2023tale\n```", "Soon."),
        ("sources.csv, row 5", "{source-index} gurin2023tale", "`evidence new document`"),
    ),
    "facts extracted once": (
        without("data/extraction_agreement.csv", "^gurin2023tale-facts"),
        ("facts.csv, row ", "'gurin2023tale'", "extract them twice, independently"),
    ),
    # tables as they are saved
    "semicolons": (
        rewritten(FACTS, lambda raw: raw.replace(b",", b";")),
        ("facts.csv, row 1", "semicolons; `evidence tidy`"),
    ),
    "tabs": (rewritten(FACTS, lambda raw: raw.replace(b",", b"\t")), ("facts.csv, row 1", "tabs; `evidence tidy`")),
    "Windows-1251": (
        rewritten(FACTS, lambda raw: raw.decode().encode("cp1251", "replace")),
        ("facts.csv, row ", "is not UTF-8", "`evidence tidy`"),
    ),
    "UTF-16": (
        rewritten(FACTS, lambda raw: raw.decode().encode("utf-16")),
        ("facts.csv, row 1", "is not UTF-8 but UTF-16; `evidence tidy`"),
    ),
    "a byte order mark": (
        rewritten(FACTS, lambda raw: b"\xef\xbb\xbf" + raw),
        ("facts.csv, row 1", "byte order mark; `evidence tidy`"),
    ),
    "other line ends": (
        rewritten(FACTS, lambda raw: raw.replace(b"\n", b"\r\n")),
        ("facts.csv, row 1", "CR line ends; `evidence tidy`"),
    ),
    "an empty table": (rewritten(FACTS, lambda raw: b""), ("facts.csv: the file is empty",)),
    "a table that is gone": (removed(FACTS), ("facts.csv: the file is missing",)),
    "a comma that is not in quotes": (
        rewritten(
            FACTS, lambda raw: raw.replace(b'"neglected, abused and runaway children"', b"neglected, abused and", 1)
        ),
        (FIRST, "has 23 values for 22 columns; put a value that holds a comma in quotes"),
    ),
    "a column lost": (
        rewritten(FACTS, lambda raw: b"\n".join(line.rpartition(b",")[0] for line in raw.split(b"\n"))),
        ("facts.csv, row 1, column cell", "the column is missing"),
    ),
    "a column renamed": (
        replaced(FACTS, ",base,", ",basis,"),
        ("facts.csv, row 1, column basis", "did you mean base?"),
    ),
    "a note between the rows": (
        with_line(FACTS, 4, "# mine"),
        ("facts.csv, row 4: '# mine'", "has 1 values for 22 columns"),
    ),
    "an empty row": (with_line(FACTS, 4, ""), ("facts.csv, row 4: the row is empty; delete it",)),
    "a row of commas": (with_line(FACTS, 4, "," * 20), ("facts.csv, row 4: the row is empty; delete it",)),
    "spaces at the end of a cell": (
        replaced(FACTS, ",kazakhstan,", ",kazakhstan ,"),
        (FIRST, "column place", "has spaces"),
    ),
    # cells of tables
    "a place that does not exist": (
        replaced(FACTS, ",kazakhstan,", ",kazahstan,"),
        (f"{FIRST}, column place: 'kazahstan'", "did you mean kazakhstan"),
    ),
    "a unit that does not exist": (
        replaced(FACTS, ",years,children in Centres", ",year s,children in Centres"),
        (f"{FIRST}, column unit: 'year s'", "codes of fields.toml; did you mean years"),
    ),
    "a dash for a hyphen": (replaced(FACTS, "2373-2374", "2373–2374"), (f"{FIRST}, column lines", "1313 or 1313-1321")),
    "a range that ends before it begins": (
        replaced(FACTS, "2373-2374", "2374-2373"),
        (f"{FIRST}, column lines", "is not a range inside"),
    ),
    "a date of another country": (
        replaced("data/findings.csv", ",2011-2020,", ",15.05.2012,"),
        ("findings.csv, row ", "column period: '15.05.2012'", "a day (2023-05-31)"),
    ),
    "a day that does not exist": (
        replaced("data/findings.csv", ",2011-2020,", ",2012-02-30,"),
        ("findings.csv, row ", "'2012-02-30'", "is no day of the calendar"),
    ),
    "a value that is not the figure": (
        replaced(FACTS, ",3,18,3-18 years", ",3,19,3-18 years"),
        (f"{FIRST}, column value", "19 is not what '3-18 years' says; it says 3 or 18"),
    ),
    "a cell of a table that does not exist": (
        replaced(FACTS, "antonowicz2013oosc_regions#", "antonowicz2013oosc_region#"),
        ("facts.csv, row ", "column cell", "antonowicz2013oosc_region"),
    ),
    "an id that is there twice": (
        rewritten(FACTS, lambda raw: b"\n".join(raw.split(b"\n")[:3] + raw.split(b"\n")[2:])),
        ("facts.csv, row 4, column id", "is already used in row 3"),
    ),
    "rows out of order": (
        rewritten(FACTS, lambda raw: b"\n".join((lines := raw.split(b"\n"))[:2] + [lines[3], lines[2]] + lines[4:])),
        ("facts.csv, row 4, column id", "out of order", "`evidence tidy`"),
    ),
    # judgement
    "an input that does not exist": (
        replaced("data/calculations.csv", "before=child-labour-2010", "before=child-labor-2010"),
        ("calculations.csv, row 4, column inputs", "did you mean child-labour-2010"),
    ),
    "a formula that does not exist": (
        replaced("data/calculations.csv", "fall_pct", "fal_pct"),
        ("calculations.csv, row 4, column formula", "did you mean fall_pct"),
    ),
    "inputs without their names": (
        replaced(
            "data/calculations.csv",
            "before=child-labour-2010;after=child-labour-2011",
            "child-labour-2010;child-labour-2011",
        ),
        ("calculations.csv, row 4, column inputs", "write before=…;after=…"),
    ),
    "a text alternative of a word": (
        rewritten(
            "data/exhibits.csv", lambda raw: re.sub(rb'(?m)^(agreement,(?:"[^"]*"|[^,"]*),)"[^"]*"', rb"\1Table", raw)
        ),
        ("exhibits.csv, row 2, column alt: 'Table'", "has 5 characters; say it in at least 40"),
    ),
    "a row of an exhibit without its fact": (
        replaced("data/exhibit_rows.csv", "vac-youth-grant-tenge,", "vac-youth-grant-tenges,"),
        ("exhibit_rows.csv, row 2, column fact", "did you mean vac-youth-grant-tenge"),
    ),
    "a message without a reason": (
        replaced(SYNTHESIS, "A statement of the evaluators about the document they used.", ""),
        (f"{MESSAGE}, column methods_reason", "a qualitative message needs it"),
    ),
    "a message on no page": (
        replaced(SYNTHESIS, "chapters/child_protection/baseline", "chapters/child_protection/base"),
        (f"{MESSAGE}, column page", "did you mean chapters/child_protection/baseline"),
    ),
    "a message that rests on nothing there is": (
        replaced(SYNTHESIS, "vac-find-baseline-report-limits", "vac-find-baseline-report-limit"),
        (f"{MESSAGE}, column findings", "did you mean vac-find-baseline-report-limits"),
    ),
    "a table with nothing below its header": (
        rewritten("data/platforms.csv", lambda raw: raw.splitlines(keepends=True)[0]),
        ("platforms.csv, row 1", "has no rows; add one"),
    ),
    "calls of one document compared": (
        replaced("data/convergence.csv", "oosc-r05-g,tale-r05-a", "tale-r01,tale-r05-a"),
        ("convergence.csv, row 2, column second", "conv-aids: both calls are of one document"),
    ),
    "calls compared in two rows": (
        replaced("data/convergence.csv", "oosc-r05-d,tale-r13", "tale-r05-a,oosc-r05-g"),
        ("convergence.csv, row ", "these two calls are compared in another row too"),
    ),
    "an action under neither call": (
        replaced("data/convergence.csv", "vac-r14,vac-a40", "vac-r14,vac-a01"),
        ("convergence.csv, row ", "column action: 'vac-a01'", "stands under vac-r01, which is none of the two"),
    ),
    "a task that is asked by nobody": (
        replaced("data/reader_tasks.csv", ",asked,", ",ours,"),
        ("reader_tasks.csv, row ", "column basis: 'ours'", "name the findings or disagreements it follows from"),
    ),
    "a task drawn from nothing": (
        replaced("data/reader_tasks.csv", ",ours,", ",asked,"),
        ("reader_tasks.csv, row ", "column basis: 'asked'", "name the calls, and no finding"),
    ),
    "a task with a message and a review finding": (
        replaced("data/reader_tasks.csv", ",,rf-crisis-centres,", ",cp-services-numbers,rf-crisis-centres,"),
        ("reader_tasks.csv, row ", "column review_finding", "the key message or the review finding", "not both"),
    ),
    "a task out of order": (
        replaced("data/reader_tasks.csv", "reader-journalist,8,", "reader-journalist,80,"),
        ("reader_tasks.csv, column order", "number the tasks of reader-journalist from 1"),
    ),
    "a task too long for a sheet": (
        replaced("data/reader_tasks.csv", "words that do not label", " ".join("abcdefghijklmnopqrst")),
        ("reader_tasks.csv, row ", "column task", "say it in at most 28"),
    ),
    "a task to be read on nowhere": (
        replaced("data/reader_tasks.csv", "chapters/education/register\n", "chapters/education/registry\n"),
        ("reader_tasks.csv, row ", "column page", "did you mean chapters/education/register"),
    ),
    "a reader without a page": (
        replaced("data/readers.csv", "chapters/action/for-an-ngo", "chapters/action/for-a-ngo"),
        ("readers.csv, row ", "column page", "did you mean chapters/action/for-an-ngo"),
    ),
    "a disagreement that is none": (
        replaced("data/discrepancies.csv", '-misprint"") != cell(', '-misprint"") == cell('),
        ("discrepancies.csv, row 2, column expect", "214-children-9-percent: is false: fact(", "look at both places"),
    ),
    "a function that expect does not know": (
        replaced("data/discrepancies.csv", '-misprint"") != cell(', '-misprint"") != cel('),
        ("discrepancies.csv, row 2, column expect", "there is no function 'cel'; did you mean cell"),
    ),
    "words looked for on lines that a text does not have": (
        replaced("data/discrepancies.csv", 'says(""1450""', 'says(""145000""'),
        ("discrepancies.csv, row ", "column expect", "lines 145000 are no range inside cecchetti2021vac"),
    ),
    "a row too long to be read": (
        replaced(FACTS, ",years,children in Centres", f",years,children{' and' * 40_000} in Centres"),
        ("facts.csv, row 2: ", "characters; no row that a person wrote is so long"),
    ),
    "a place in an order that is taken": (
        replaced("data/exhibit_rows.csv", ",2,", ",1,"),
        ("exhibit_rows.csv, row ", "column order: '1'", "give each row a place of its own"),
    ),
    "a year that is none": (
        replaced("references.bib", "year = {2013}", "year = {20l3}"),
        ("references.bib, line ", "column year", "is no year"),
    ),
    "an address that is a script": (
        replaced("references.bib", "url = {https://", "url = {javascript:alert//"),
        ("references.bib, line ", "column url", "is no address; a url is https:// or http://"),
    ),
    "a figure that says nothing to those who do not see it": (
        replaced(REGISTER, "Most regions", "```{figure} ../../references.bib\n```\n\nMost regions"),
        (f"{REGISTER}, line ", "without a text alternative; add a line `:alt:"),
    ),
    "raw HTML": (
        replaced(REGISTER, "Most regions", "<script>alert(1)</script>\n\nMost regions"),
        (f"{REGISTER}, line ", "is HTML; write Markdown"),
    ),
    "a row changed since it was read": (
        replaced(FACTS, ",months,children in Centres", ",days,children in Centres"),
        ("facts.csv, row 3, column id", "has changed since it was read; `evidence read facts "),
    ),
    "a judgement deleted": (
        without("data/platforms.csv", "^tale-platform-org-blogs,"),
        ("readings.csv, row ", "'platforms#", "is not there any more; put the row back, or `evidence read --gone`"),
    ),
    # the definition
    "a definition that is no TOML": (
        replaced("data/fields.toml", 'title = "Findings"', 'title = Findings"'),
        ("fields.toml: is no valid TOML", "at line "),
    ),
    "a property of another type": (
        replaced("data/fields.toml", "reports = true", "reports = 1"),
        ("fields.toml", "has to be true or false"),
    ),
    "a pattern that is none": (
        replaced("data/fields.toml", "pattern = '[0-9a-f]{64}'", "pattern = '[0-9a-f'"),
        ("fields.toml", "is no regular expression"),
    ),
    "a pattern that may never end": (
        replaced("data/fields.toml", "pattern = '[0-9a-f]{64}'", "pattern = '([0-9a-f]+)*'"),
        ("fields.toml", "may never end"),
    ),
    "a property that does not exist": (
        replaced("data/fields.toml", 'title = "Findings"', 'titel = "Findings"'),
        ("fields.toml", "titel", "is no property of a table"),
    ),
}

NAMES = list(MISTAKES)
ALONE = (  # mistakes that hide all others, or are said where nothing else is wrong
    "a row changed since it was read",
    "a judgement deleted",
    *NAMES[NAMES.index("a definition that is no TOML") :],
)
IN_FACTS = (  # mistakes that hide what rests on the facts, and others of that table
    *NAMES[NAMES.index("semicolons") : NAMES.index("a place that does not exist")],
    "a dash for a hyphen",
    "a row too long to be read",
    "a unit that does not exist",
)
IN_ANOTHER = (  # mistakes that hide others of their file, and do not rest on the facts
    "a module that is no Python",
    "a block that nothing closes",
    "a colon in a description",
    "a head that nothing closes",
    "an empty chapter",
    "a chapter in another encoding",
    "a null character",
    "smart quotes in code",
    "contents that are no YAML",
    "settings that are no YAML",
    "an entry that cannot be read",
    "a document without its entry",
    "a day that does not exist",
    "a table with nothing below its header",
    "a figure that says nothing to those who do not see it",
)
OF_A_PLACE = (  # mistakes after which a place of the book holds nothing for others
    "a register of facts that is missing",
    "an index of a document that is missing",
    "facts extracted once",
    "a formula that does not exist",
    "a message on no page",
    "raw HTML",
)


class Checker:
    """A copy of the book and the process that checks it."""

    def __init__(self, folder):
        self.book = Book(folder, write_whole_book)
        environment = self.book.environment() | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/checks/checker.py")],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.as_it_is = self.hear()

    def hear(self) -> tuple[list[str], str]:
        """Return the messages of an answer, and what waits."""
        return tuple(json.loads(self.process.stdout.readline()))

    def ask(self, changed: set[Path]) -> tuple[list[str], str]:
        """Return the messages of all checks when these files have been changed, and what waits."""
        files = sorted(str(path.relative_to(self.book.folder)) for path in changed)
        self.process.stdin.write(json.dumps(files) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def files(self) -> dict[Path, bytes]:
        """Return every file that a mistake may be in."""
        kinds = (".md", ".csv", ".toml", ".yml", ".bib", ".py")
        return {path: path.read_bytes() for path in self.book.folder.rglob("*") if path.suffix in kinds}

    @contextmanager
    def planted(self, *mistakes: str) -> Iterator[set[Path]]:
        """Put mistakes into the book for a while, and give the files they are in."""
        before = self.files()
        for mistake in mistakes:
            MISTAKES[mistake][0](self.book)
        after = self.files()
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        try:
            yield changed
        finally:
            for path in changed:
                path.write_bytes(before[path]) if path in before else path.unlink()

    def ask_with(self, *mistakes: str) -> tuple[list[str], str]:
        """Return the messages of a book with mistakes in it, which are put right afterwards."""
        with self.planted(*mistakes) as changed:
            assert changed, "nothing was planted"
            return self.ask(changed)


def told_apart(mistakes: list[str], messages: list[str]) -> dict[str, list[str]]:
    """Return the one message of each mistake; none of them if any has another number, or they cannot be told apart."""
    found = {
        mistake: [message for message in messages if all(part in message for part in MISTAKES[mistake][1])]
        for mistake in mistakes
    }
    is_one_each = len(messages) == len(mistakes) == len({tuple(one) for one in found.values()})
    return found if is_one_each and all(len(one) == 1 for one in found.values()) else {}


def asked(checker: Checker, mistakes: list[str]) -> dict[str, list[str]]:
    """Return the messages of each mistake, planted with the others; alone where not each then has its one message."""
    messages, _ = checker.ask_with(*mistakes)
    if len(mistakes) == 1:
        return {mistakes[0]: messages}
    half = len(mistakes) // 2
    return told_apart(mistakes, messages) or asked(checker, mistakes[:half]) | asked(checker, mistakes[half:])


def in_groups() -> list[list[str]]:
    """Return the mistakes in groups that are checked at once, so that none hides another of its group."""
    pairs = [[*filter(None, pair)] for pair in zip_longest(IN_FACTS, IN_ANOTHER)]
    apart = {*ALONE, *IN_FACTS, *IN_ANOTHER, *OF_A_PLACE}
    others = [mistake for mistake in MISTAKES if mistake not in apart]
    return [[name] for name in ALONE] + pairs + [[*OF_A_PLACE]] + [others[start::GROUPS] for start in range(GROUPS)]


@pytest.fixture(scope="module")
def said(checker) -> dict[str, list[str]]:
    """Return the messages of each mistake: those that hide no others are checked at once, a check takes seconds."""
    return {mistake: messages for group in in_groups() for mistake, messages in asked(checker, group).items()}


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    found = Checker(tmp_path_factory.mktemp("mistakes") / "book")
    yield found
    found.process.stdin.close()
    found.process.wait()


def test_the_book_as_it_is_has_no_problem(checker):
    assert checker.as_it_is == ([], "")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gives_one_message_that_says_where_and_what_to_do(said, mistake):
    parts = MISTAKES[mistake][1]
    messages = [message for message in said[mistake] if LEADS not in message] or said[mistake]
    assert len(messages) == 1, messages
    assert [part for part in parts if part not in messages[0]] == [], messages[0]


def test_several_mistakes_are_all_named_at_once(checker):
    names = ("a citation of nothing", "a misspelt builder", "a message without a reason", "a page in two menus")
    messages, _ = checker.ask_with(*names)
    assert len(messages) == len(names), messages


def test_what_rests_on_an_unreadable_table_waits_and_is_named(checker):
    messages, waiting = checker.ask_with("semicolons")
    assert len(messages) == 1 and waiting == "What rests on facts.csv is checked when that is mended."


def test_each_mistake_is_in_one_group():
    assert sorted(mistake for group in in_groups() for mistake in group) == sorted(MISTAKES)


def test_a_message_is_that_of_one_mistake_only_if_each_has_one():
    names = ["a fact that does not exist", "a citation of nothing"]
    one, two = (" ".join(MISTAKES[name][1]) for name in names)
    assert told_apart(names, [two, one]) == {names[0]: [one], names[1]: [two]}
    for messages in ([one], [one, one], [one, two, "more"], [one, "another"]):
        assert told_apart(names, messages) == {}
