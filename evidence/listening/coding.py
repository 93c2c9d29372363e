"""Posts of the topic, and what the code books find in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from evidence.listening.places import Places
from evidence.listening.queries.matching import PLAIN_KAZAKH, found
from evidence.listening.queries.table import Query, read_queries
from evidence.toolkit.faults import BadInput, Fault, together

BOOKS = ("queries", "barriers", "programmes", "gender")
LEXICON = Path(__file__).with_name("lexicon")


@dataclass(frozen=True)
class Study:
    """What is asked: each book's queries; ``doubts`` of their lint; ``own`` are the books that the user gave.

    ``plain_kazakh`` says whether Kazakh words typed without Kazakh letters are found.
    """

    books: dict[str, list[Query]]
    doubts: list[Fault]
    own: tuple[str, ...]
    plain_kazakh: str = PLAIN_KAZAKH.default

    def titles(self, book: str) -> dict[str, str]:
        """Return the title of each code of a book, in the book's order."""
        return {query.code: query.title for query in self.books[book]}


def read_study(folder: Path | None = None) -> Study:
    """Return the books of a folder (``queries.csv``, ``barriers.csv`` ...), ours where it has none.

    Raises :class:`evidence.toolkit.faults.BadInput` with what is wrong in any.
    """
    own = tuple(name for name in BOOKS if folder and (folder / f"{name}.csv").exists())
    paths = [(folder if name in own and folder else LEXICON) / f"{name}.csv" for name in BOOKS]
    try:
        read = together(*(partial(read_queries, path) for path in paths))
    except BadInput as error:
        raise BadInput(error.faults, error.notes, can_set_aside=False) from None
    books = {name: queries for name, (queries, _) in zip(BOOKS, read)}
    return Study(books, [doubt for _, doubts in read for doubt in doubts], own)


@dataclass(frozen=True)
class Coding:
    """What the books of a study find in posts (``hits``, see :func:`coded`), and the places that posts may name."""

    study: Study
    hits: pd.DataFrame
    places: Places | None = None

    def titles(self, book: str) -> dict[str, str]:
        """Return the title of each code of a book, in the book's order."""
        return self.study.titles(book)

    def holding(self, posts: pd.DataFrame, book: str, *codes: str) -> pd.Series:
        """Return which posts have one of some codes of a book."""
        found = (self.hits["book"] == book) & self.hits["code"].isin(codes)
        return posts["same_text"].isin(self.hits.loc[found, "same_text"])


def queries_of(study: Study) -> list[Query]:
    """Return the queries of all books; their codes are ``book/code``."""
    return [query._replace(code=f"{book}/{query.code}") for book, some in study.books.items() for query in some]


def otherwise(study: Study) -> Study:
    """Return the Kazakh queries of a study, with the other choice for words typed without Kazakh letters."""
    books = {book: [query for query in some if query.language == "kk"] for book, some in study.books.items()}
    other = next(choice for choice in PLAIN_KAZAKH.choices if choice != study.plain_kazakh)
    return replace(study, books=books, plain_kazakh=other)


def coded(posts: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Return what every book finds in posts: ``same_text``, ``book``, ``code``, ``language``, ``mentions``.

    Each distinct text is read once; rows join posts by ``same_text``. Of copies that differ in signs the first is read.
    """
    texts = posts.drop_duplicates("same_text")
    hits = found(texts["text"].tolist(), queries_of(study), study.plain_kazakh)
    names = hits["code"].str.partition("/")
    keys = texts["same_text"].to_numpy()
    return pd.DataFrame(
        {
            "same_text": keys[hits["text"].to_numpy(dtype=int)],
            "book": names[0] if len(hits) else [],
            "code": names[2] if len(hits) else [],
            "language": hits["language"],
            "mentions": hits["mentions"],
        }
    )


def on_topic(
    posts: pd.DataFrame, hits: pd.DataFrame, without: Sequence[str] = (), languages: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the posts that a query of a sub-topic finds; ``without`` and ``languages`` choose among the queries."""
    kept = hits[(hits["book"] == "queries") & ~hits["code"].isin(without)]
    if languages:
        kept = kept[kept["language"].isin(languages)]
    return posts[posts["same_text"].isin(kept["same_text"])]


def with_codes(posts: pd.DataFrame, hits: pd.DataFrame, book: str) -> pd.DataFrame:
    """Return a row per post and code of a book, with ``code`` and ``mentions`` (summed over languages)."""
    rows = hits[hits["book"] == book].groupby(["same_text", "code"], as_index=False)["mentions"].sum()
    return posts.merge(rows, on="same_text", how="inner")
