"""Copied sentences: runs of words that stand in a source as they stand here."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.checks.chapters import pages
from evidence.data import bibliography, store
from evidence.data.rules import Problem
from evidence.data.schema import ROOT

RUN = 8  # house: words: a longer identical run with a source is a copied sentence
WORD = re.compile(r"[a-zа-яёәғқңөұүһі0-9]+")
LONG_NAME = 4  # house: words; a shorter name would hide too much of a sentence


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return WORD.findall(text.lower())


def _runs(texts: dict[str, Path]) -> dict[tuple, str]:
    found: dict[tuple, str] = {}
    for key, path in texts.items():
        joined = words(re.sub(r"-\s*\n+\s*(?=[a-z])", "", path.read_text(encoding="utf-8")))
        for index in range(len(joined) - RUN + 1):
            found.setdefault(tuple(joined[index : index + RUN]), key)
    return found


def _our_texts():
    """Yield (file, row, column, text) of everything we wrote."""
    for resource in store.schema().values():
        ours = [
            name
            for name, field in store.fields_of(resource).items()
            if not ("references" in field or "categories" in field or field.get("quotes"))
        ]
        for row in store.read(resource).rows:
            yield from ((resource["path"], int(row[""]), column, row.get(column, "")) for column in ours)
    for path in [*ROOT.glob("*.md"), *pages(ROOT)[1:]]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield str(path.relative_to(ROOT)), number, None, line


def _names() -> list[str]:
    """Return the words of names that may be quoted anywhere."""
    names = [
        *bibliography.titles(),
        *(name for table, column in store.columns_with("quotes_anywhere") for name in store.load(table)[column]),
    ]
    return [" ".join(words(name)) for name in names if len(words(name)) >= LONG_NAME]


def _copied(text: str, known: dict[tuple, str], names: list[str]) -> tuple | None:
    """Return the first run of a text that stands in a source, numbers and ``names`` aside, or None."""
    flat = " ".join(words(text))
    for name in names:
        flat = flat.replace(name, "|")
    ours = flat.split()
    runs = [tuple(ours[index : index + RUN]) for index in range(len(ours) - RUN + 1)]
    return next((run for run in runs if run in known and sum(not word.isdigit() for word in run) > RUN // 2), None)


def copied_run(text: str, texts: dict[str, Path]) -> str:
    """Return the first ``RUN`` words in a row that a text shares with one of the sources, "" if there are none."""
    return " ".join(_copied(text, _runs(texts), _names()) or ())


def copied_problems(texts: dict[str, Path]) -> list[Problem]:
    """Return every place that shares a run of ``RUN`` or more words with a source, numbers aside."""
    known, names = _runs(texts), _names()
    return [
        Problem(
            file, row, column, " ".join(run), f"shares {RUN} words in a row with {known[run]}; say it in your own words"
        )
        for file, row, column, text in _our_texts()
        if (run := _copied(text, known, names))
    ]
