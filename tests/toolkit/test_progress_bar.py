"""The bar of long work stands on a terminal only, and goes when it is done."""

from __future__ import annotations

import sys

from evidence.toolkit.commands import WIDTH, Progress


def told(capsys, is_terminal: bool, monkeypatch) -> str:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal, raising=False)
    bar = Progress(4)
    for step in ("calendar.csv", "days", "thresholds", "writing"):
        bar(step)
    bar.end()
    return capsys.readouterr().err


def test_nothing_is_printed_into_a_file(capsys, monkeypatch):
    assert told(capsys, False, monkeypatch) == ""


def test_a_terminal_sees_the_bar_grow_and_go(capsys, monkeypatch):
    lines = told(capsys, True, monkeypatch).split("\r")
    assert [line.count("#") for line in lines if "[" in line.replace("\033[K", "")] == [0, 6, 12, 18]
    assert lines[1].endswith("calendar.csv") and lines[-1] == "\033[K" and WIDTH == 24


def test_the_bar_names_what_is_done_in_the_language(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = Progress(1, {"days": "күндер"}.get)
    bar("days")
    assert capsys.readouterr().err.endswith("күндер")
