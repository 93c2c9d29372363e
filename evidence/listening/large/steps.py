"""All steps of a large corpus in their order, on one engine, to small tables."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pandas as pd

from evidence.listening.coding import Study, queries_of
from evidence.listening.large import counting, finding, texts
from evidence.listening.persons import PERSON
from evidence.toolkit.engines import Engine

COLUMNS = ("post", "corpus", "platform", "author", "month", "region", "text")


def counted(
    engine: Engine,
    posts: Any,
    study: Study,
    key: bytes,
    organisations: Collection[str] = (),
    person: str = PERSON.default,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, pd.DataFrame]:
    """Return the counts of a corpus by name: ``volume``, ``platforms``, ``codes`` and the rest.

    ``posts`` is a frame of the engine with ``COLUMNS``; ``post`` is a whole number, unique. Identifiers go before
    anything is counted; ``person`` says who one author is. Nothing is suppressed yet. ``tell`` is called with the name
    of each step as it begins.
    """
    tell("masking")
    masked = texts.with_persons(texts.protected(engine, posts, key, organisations), organisations, person)
    posts = engine.checkpoint(texts.without_texts(texts.scripts(masked)), "posts")
    tell("words")
    words = engine.checkpoint(texts.words(engine, masked), "words")
    tell("queries")
    hits = finding.found(engine, words, queries_of(study), study.plain_kazakh)
    tell("counting")
    topic = engine.checkpoint(counting.topic_of(posts, hits), "topic")
    bots = engine.checkpoint(counting.bots(masked), "bots")
    coded = engine.checkpoint(counting.coded(topic, hits), "coded")  # kept: computed twice at once, it fills the memory
    frames = {
        "volume": counting.by(topic, "month"),
        "platforms": counting.by(topic, "platform"),
        "regions": counting.by(topic, "region"),
        "scripts": counting.by(topic, "script"),
        "codes": counting.by_code(coded),
        "gender": counting.boys_and_girls(topic, hits),
        "bots": bots,
        "volume_without_bots": counting.by(counting.without_authors(topic, bots), "month"),
    }
    return {name: _sorted(engine.collect(frame)) for name, frame in frames.items()}


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    columns = sorted(table.columns, key=lambda name: (pd.api.types.is_numeric_dtype(table[name]), name))
    return table[columns].sort_values(columns, ignore_index=True)
