"""From a folder of exports to a sample of posts for people to label; a large corpus is drawn from on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.listening.coding import Study, on_topic, read_study, with_codes
from evidence.listening.large.parts import MANY, Parts, is_large, parts_of
from evidence.listening.large.said import OnDisk, corpus_of, numbered, on_disk
from evidence.listening.reading.folder import read_folder
from evidence.listening.reading.leaving_out import without
from evidence.listening.reading.posts import Settings
from evidence.listening.said import InMemory
from evidence.listening.validation import EACH, SEED, TOPIC, sample
from evidence.toolkit.commands import own_folder
from evidence.toolkit.faults import BadInput, Fault


def drawn(
    folder: Path,
    settings: Settings,
    about: str = TOPIC,
    each: int = EACH.default,
    seed: int = SEED.default,
    set_aside: bool = False,
    many: int = MANY,
) -> pd.DataFrame:
    """Return posts of a folder for people to label: ``post``, ``corpus``, ``text`` (masked).

    ``about`` is the topic, or a code such as ``barriers/violence``, then drawn from posts on the topic. One seed draws
    the same posts whether the corpus is in memory or, from ``many`` posts, on disk. Raises :class:`BadInput` for an
    ``about`` that is none, and with every fault of the files.
    """
    study = read_study(folder)
    _check(about, study)
    if not is_large(folder, many):
        posts = read_folder(folder, settings, set_aside).posts
        some = sample(*_strata(posts, InMemory(posts, study).hits, about), each, seed)
        return some[["post", "corpus", "text"]]
    with own_folder("evidence-listening") as work:
        parts = parts_of(folder, settings, work, set_aside)
        with on_disk(work) as engine:
            everything = corpus_of(engine, parts).everything
            numbers = engine.session.execute("SELECT number FROM posts ORDER BY number").fetchnumpy()["number"]
            posts, _ = without(everything.assign(number=numbers))
            some = sample(*_strata(posts, OnDisk(engine, study).hits, about), each, seed)
            return _named(engine.session, parts, some)


def _check(about: str, study: Study) -> None:
    book, _, code = about.partition("/")
    if about != TOPIC and (book not in study.books or code not in study.titles(book)):
        known = [f"{name}/{one}" for name in study.books for one in study.titles(name)]
        raise BadInput([Fault("--about", None, "", about, f"is none of: {TOPIC}, {', '.join(known)}")])


def _strata(posts: pd.DataFrame, hits: pd.DataFrame, about: str) -> tuple[pd.DataFrame, Sequence[Any]]:
    """Return the posts that are drawn from, and the names of those that the queries find."""
    topic = on_topic(posts, hits)
    if about == TOPIC:
        return posts, topic["post"]
    book, _, code = about.partition("/")
    named = with_codes(topic, hits, book)
    return topic, named.loc[named["code"] == code, "post"]


def _named(session: Any, parts: Parts, some: pd.DataFrame) -> pd.DataFrame:
    """Return posts drawn from disk with the names and texts that their parts hold, in the order of the draw."""
    session.from_df(some[["number"]]).create("drawn")
    rows = " UNION ALL ".join(
        f"SELECT {numbered(place)} AS number, post, text FROM read_parquet('{path}')"
        for place, path in enumerate(parts.paths)
    )
    told = session.execute(f"SELECT number, post, text FROM ({rows}) SEMI JOIN drawn USING (number)").df()
    texts = told.set_index("number").loc[some["number"]]
    return pd.DataFrame(
        {"post": texts["post"].to_numpy(), "corpus": some["corpus"].astype(object), "text": texts["text"].to_numpy()}
    )
