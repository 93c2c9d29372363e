"""Texts that differ in a few words: the same text passed on with a change, told by min-hashing."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from evidence.listening.extras import available, needed
from evidence.listening.queries.matching import tokens
from evidence.listening.rules import Parameter, Rule

NEAR = "near_text"
HASHES, BANDS = 128, 32  # bands of four: pairs as alike as LEAST_ALIKE are nearly always looked at
SHINGLE = 2  # words that stand together
SEED = 2023
LEAST_ALIKE = Parameter("least_alike", 0.7, "ours", "one word changed in ten", "Shared part from which texts are near")
NEAR_TEXTS = Rule(
    "near_texts",
    "Texts that are nearly the same",
    "Texts are nearly the same if at least {least_alike:.0%} of their pairs of neighbouring words are shared (Jaccard "
    "similarity, estimated by min-hashing) with the first text of their group",
    "imported",
    "Broder 1997, On the resemblance and containment of documents",
    (LEAST_ALIKE,),
)


def shingles(text: str) -> list[str]:
    """Return the pairs of neighbouring words of a text; the word itself where it has one."""
    words = tokens(text)
    if len(words) < SHINGLE:
        return words
    return sorted({" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)})


def groups(texts: list[str], least_alike: float = LEAST_ALIKE.default) -> list[int]:
    """Return for each text the first text that it is nearly the same as, itself where there is none before it.

    Raises :class:`evidence.toolkit.faults.Unavailable` where the library is not installed.
    """
    rensa = needed("rensa")
    hashes, leader = [], list(range(len(texts)))
    buckets: dict[tuple, list[int]] = defaultdict(list)
    size = HASHES // BANDS
    for number, text in enumerate(texts):
        parts, one = shingles(text), rensa.RMinHash(num_perm=HASHES, seed=SEED)
        one.update(parts)
        hashes.append(one)
        if not parts:
            continue
        digest = one.digest()
        candidates: set[int] = set()
        for band in range(BANDS):
            bucket = buckets[(band, *digest[band * size : (band + 1) * size])]
            candidates.update(leader[other] for other in bucket)
            bucket.append(number)
        for other in sorted(candidates):
            if one.jaccard(hashes[other]) >= least_alike:
                leader[number] = other
                break
    return leader


def with_near_texts(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts with ``near_text``, the name of the group of nearly equal texts; as they are without the library."""
    if not available("rensa"):
        return posts
    texts = posts.drop_duplicates("same_text")
    names = texts["same_text"].tolist()
    near = {name: names[first] for name, first in zip(names, groups(texts["text"].tolist()))}
    return posts.assign(**{NEAR: posts["same_text"].map(near)})
