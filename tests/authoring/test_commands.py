"""``evidence new`` names what it writes, helps with an example each, and writes nothing that is wrong."""

from __future__ import annotations

import pytest

from evidence.authoring import commands
from evidence.authoring.commands import KINDS, parser_of, row_kind, run
from evidence.data import store
from evidence.data.rules import Problem


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


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.first])
def test_what_comes_first_is_asked_for_or_named(name, capsys):
    assert run([name]) == 1
    assert f"{KINDS[name].first[0].upper()}: is missing. It comes first" in capsys.readouterr().err
    asked = []

    def ask(question: str) -> str:
        asked.append(question)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([name], ask)
    assert asked == [f"{KINDS[name].first[1][:1].upper()}{KINDS[name].first[1][1:]}.\n{KINDS[name].first[0]}: "]


def test_an_answer_that_is_refused_is_asked_again_and_the_others_stay(monkeypatch, capsys):
    given = ["message", "--page", "education/register", "--kind", "statistic", "--facts", "register-out-2012"]
    given += ["--statement", "Children were away.", "--findings", "", "--data-quality", "Wrong."]
    given += ["--data-label", "Register data", "--detail", ""]
    wrong = [Problem("synthesis.csv", 9, "data_quality", "Wrong.", "stands word for word in another")]
    trials = iter([(wrong, []), ([], [])])
    monkeypatch.setattr(commands, "refused", lambda draft, texts, root: next(trials))
    placed = {}
    monkeypatch.setattr(commands, "put_in_place", lambda texts, root: placed.update(texts))
    asked = []

    def ask(question: str) -> str:
        asked.append(question)
        return "The register is incomplete."

    assert run(given, ask) == 0
    assert len(asked) == 1 and asked[0].endswith("data_quality: ")
    assert "Children were away.,,statistic" in placed["data/synthesis.csv"]
    assert "The register is incomplete." in placed["data/synthesis.csv"]
    assert "stands word for word in another" in capsys.readouterr().out
