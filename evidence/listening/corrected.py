"""The table of corrected shares: every share of a report that rests on a query, beside what its labels make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from evidence.listening.analyses import by_corpus
from evidence.listening.coding import Coding, with_codes
from evidence.listening.correction import HEADS, TOPIC, Errors, corrected_parts_pct, corrected_pct, errors_of
from evidence.listening.intervals import NOTHING, Estimate, share_pct
from evidence.listening.places import Places, plain_place

Row = tuple
BOOKS = ("barriers", "programmes", "gender")


def corrected(
    read: pd.DataFrame, topic: pd.DataFrame, coding: Coding, labels: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return shares of posts as found and corrected, a row each; ``labelled`` is 0 where nobody checked the query.

    Columns: those of ``HEADS``. ``by`` says of what the share is: ``all`` (of the posts read, or of those on the topic
    for a code), ``month`` (of the posts read in it), ``platform`` and ``region`` (of the posts on the topic), ``boys
    or girls`` (of what both queries find together). Posts are counted, never authors.
    """
    rows: list[Row] = []
    for corpus, part in by_corpus(read):
        found = topic[topic["corpus"] == corpus]
        errors = _known(part["post"], set(found["post"]), labels, TOPIC)
        rows += [(corpus, TOPIC, TOPIC, "On the topic", *row) for row in _topic(part, found, errors, coding.places)]
        for book in BOOKS:
            named = with_codes(found, coding.hits, book)
            known = {}
            for code, title in coding.titles(book).items():
                posts = set(named.loc[named["code"] == code, "post"])
                known[code] = (len(posts), len(found), _known(found["post"], posts, labels, f"{book}/{code}"))
                rows.append((corpus, book, code, title, *_whole("all", "", *known[code])))
            if book == "gender":
                titles = coding.titles(book)
                rows += [(corpus, book, code, titles[code], *row) for code, row in _among(known)]
    return pd.DataFrame(rows, columns=list(HEADS))


def _known(posts: pd.Series, found: set[str], labels: pd.DataFrame | None, about: str) -> Errors | None:
    """Return the errors of what a query finds, from the labels that are about it."""
    return None if labels is None else errors_of(posts, found, labels[labels["about"] == about])


def _row(by: str, slice_: str, part: int, whole: int, estimate: Estimate, errors: Errors | None) -> Row:
    return by, slice_, part, whole, share_pct(part, whole).value, *estimate, errors.labelled if errors else 0


def _whole(by: str, slice_: str, part: int, whole: int, errors: Errors | None) -> Row:
    return _row(by, slice_, part, whole, corrected_pct(part, whole, errors), errors)


def _topic(read: pd.DataFrame, found: pd.DataFrame, errors: Errors | None, places: Places | None) -> Iterator[Row]:
    """Yield the rows of what is on the topic: in all, by month, and where it stands."""
    yield _whole("all", "", len(found), len(read), errors)
    for month, part in read.groupby("month"):
        yield _whole("month", str(month), int((found["month"] == month).sum()), len(part), errors)
    yield from _divided("platform", read["platform"], found["platform"], errors)
    if places:
        everywhere, here = (frame["region"].map(lambda name: _region(name, places)).dropna() for frame in (read, found))
        yield from _divided("region", everywhere, here, errors)


def _region(name: str, places: Places) -> str | None:
    known = places.get(plain_place(name))
    return known[0] if known else None


def _divided(by: str, read: pd.Series, found: pd.Series, errors: Errors | None) -> Iterator[Row]:
    """Yield how the posts on the topic are divided."""
    wholes, counts = read.value_counts(), found.value_counts()
    wholes = wholes[wholes > 0]
    parts = {str(name): (int(counts.get(name, 0)), int(wholes[name]), errors) for name in sorted(wholes.index)}
    estimates = corrected_parts_pct(parts)
    for name, (part, _, _) in parts.items():
        yield _row(by, name, part, len(found), estimates[name], errors)


def _among(known: Mapping[str, tuple[int, int, Errors | None]]) -> Iterator[tuple[str, Row]]:
    """Yield the share of each code in what all codes of a book find, each counted in each."""
    total = sum(part for part, _, _ in known.values())
    estimates = corrected_parts_pct(known) if total else dict.fromkeys(known, NOTHING)
    for code, (part, _, errors) in known.items():
        yield code, _row("boys or girls", code, part, total, estimates[code], errors)
