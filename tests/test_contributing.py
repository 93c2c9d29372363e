"""CONTRIBUTING says what there is: its commands, targets and links, and the recipes that change the definition."""

from __future__ import annotations

import csv
import io
import re
import sys

import pytest

from evidence.authoring.commands import KINDS, parser_of
from tests.conftest import ROOT, Book, write_whole_book

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\.venv/bin/evidence (new [^\n]*(?:\\\n[^\n]*)*)", TEXT, flags=re.MULTILINE)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def evidence(book: Book, *command: str):
    return book.run(sys.executable, "-m", "evidence", *command)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    return Book(tmp_path_factory.mktemp("recipes") / "book", write_whole_book)


def test_there_is_a_recipe_for_each_kind_that_new_writes():
    assert {command.split()[1] for command in COMMANDS} == set(KINDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.split()[1])
def test_the_options_of_a_recipe_exist(command):
    kind = command.split()[1]
    options = set(re.findall(r"--[a-z-]+", parser_of(kind, KINDS[kind]).format_help()))
    assert set(re.findall(r"(?<!\S)--[a-z-]+", command)) - options == set()


def test_the_targets_it_names_exist():
    named = set(re.findall(r"`make ([a-z-]+)", TEXT))
    assert named and named - set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE)) == set()


def test_the_files_it_names_exist():
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    files = re.findall(r"`((?:evidence|tests|data|chapters)/[a-z_/.]+)`", TEXT)
    assert links and files and [name for name in (*links, *files) if not (ROOT / name).exists()] == []


# --- recipes that change the definition of the data -------------------------------------------------

COLUMN = 'evidence_type = {about = "What the figure rests on,'
NEW_COLUMN = 'measured_in = {about = "Month of the survey.", label = "Measured in"}\n'
NEW_TABLE = """
[tables.visits]
title = "Visits"
about = "Visits to schools that a document reports."
reports = true
record = {kind = "visit", name = "Visit", head = "{purpose}", text = "{purpose}"}

[tables.visits.columns]
purpose = {about = "What for.", required = true}
"""
VISITS = "id,source,lines,locator,purpose\nvisit-one,gurin2023tale,60,,To see classes\n"
PAGE = """---
description: "Visits to schools that documents report, each with its purpose and its place in the document."
---

# Visits

```{register} visit
```
"""


def with_column(text: str, before: str, name: str) -> str:
    """Return a table with an empty column more."""
    rows = list(csv.reader(io.StringIO(text)))
    place, written = rows[0].index(before), io.StringIO()
    more = [[*row[:place], name if number == 0 else "", *row[place:]] for number, row in enumerate(rows)]
    csv.writer(written, lineterminator="\n").writerows(more)
    return written.getvalue()


def test_a_column_more_needs_its_definition_its_cells_and_the_package(book):
    book.change("data/fields.toml", COLUMN, NEW_COLUMN + COLUMN)
    run = evidence(book, "check")
    assert "facts.csv, row 1, column measured_in: the column is missing" in run.output
    assert "datapackage.json: is not what fields.toml makes; run `make schema`" in run.output
    facts = book.path("data/facts.csv")
    facts.write_text(with_column(facts.read_text(encoding="utf-8"), "evidence_type", "measured_in"), encoding="utf-8")
    assert evidence(book, "schema").returncode == 0
    run = evidence(book, "check")
    assert run.returncode == 0, run.output


def test_a_table_more_with_its_register_needs_a_file_and_a_page(book):
    definition = book.path("data/fields.toml")
    definition.write_text(definition.read_text(encoding="utf-8") + NEW_TABLE, encoding="utf-8")
    book.path("data/visits.csv").write_text(VISITS, encoding="utf-8")
    assert evidence(book, "schema").returncode == 0
    run = evidence(book, "check")
    assert "visits.csv, row 2, column source: 'gurin2023tale': no page shows these visits" in run.output
    page = "chapters/reference/visits"
    book.path(f"{page}.md").write_text(PAGE, encoding="utf-8")
    run = evidence(book, "check")
    assert f"{page}.md: the page is in no menu; add `- file: {page}` to _toc.yml" in run.output
    below = "          - file: chapters/reference/services\n            title: Services\n"
    book.change("_toc.yml", below, f"{below}          - file: {page}\n")
    run = evidence(book, "check")
    assert "visits.csv, row 2, column id: 'visit-one': has been read by nobody; `evidence read visits" in run.output
    assert run.output.rstrip().splitlines()[-1].startswith("1 problem"), run.output
