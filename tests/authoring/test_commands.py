"""``evidence new`` names what it writes, helps with an example each, and writes nothing that is wrong."""

from __future__ import annotations

import pytest

from evidence.authoring.commands import KINDS, parser_of, row_kind, run
from evidence.data import store


def test_without_a_kind_the_kinds_are_named_with_a_line_each(capsys):
    assert run([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == [*KINDS, "row"]
    assert run(["facts"]) == 1


@pytest.mark.parametrize("name", KINDS)
def test_help_has_an_option_for_every_column_and_one_example(name):
    text = parser_of(name, KINDS[name]).format_help()
    assert text.count("example: ") == 1
    table = KINDS[name].table
    for column in store.fields_of(store.schema()[table]) if table else ():
        if column not in KINDS[name].without:
            assert f"--{column.replace('_', '-')} " in text or f"{column} " in text


@pytest.mark.parametrize("name", list(KINDS))
def test_what_is_missing_is_named_and_nothing_is_written(name, capsys):
    needed = {"document": ["nobody2026"], "exhibit": ["nothing"], "chapter": ["education/nothing"]}
    assert run([name, *needed.get(name, [])]) == 1
    told = capsys.readouterr().err
    assert "is missing" in told and told.endswith("Nothing was written.\n")


def test_a_row_of_any_table_can_be_written():
    assert row_kind("glossary").table == "glossary"


def test_a_table_that_is_not_there_is_told_with_the_nearest(capsys):
    assert run(["row", "extraction_agrement"]) == 1
    assert "did you mean extraction_agreement" in capsys.readouterr().err
