"""What the texts of posts say, as analyses need it, of a corpus in memory.

:class:`evidence.listening.large.said.OnDisk` answers the same questions of a corpus that does not fit there.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidence.listening.analyses import COUNTS, HASHTAG, key_words_of
from evidence.listening.coding import Study, coded, otherwise, queries_of
from evidence.listening.extras import available
from evidence.listening.languages import language_of
from evidence.listening.queries.matching import silent, tokens


class InMemory:
    """What texts say; ``hits`` are those of :func:`evidence.listening.coding.coded`."""

    def __init__(self, posts: pd.DataFrame, study: Study):
        self.posts, self.study = posts, study
        self.hits = coded(posts, study)

    def hits_otherwise(self) -> pd.DataFrame:
        """Return ``hits`` under the other choice for Kazakh typed without its letters."""
        others = self.hits[self.hits["language"] != "kk"]
        return pd.concat([others, coded(self.posts, otherwise(self.study))], ignore_index=True)

    def labels(self, labels: pd.DataFrame) -> pd.DataFrame:
        """Return labels with the names of posts that the frame has: as they are."""
        return labels

    def with_texts(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Return posts with their ``text``."""
        return posts

    def hashtags(self, topic: pd.DataFrame) -> pd.DataFrame:
        """Return posts with ``hashtag``, a row for each of a post."""
        tags = [sorted({tag.casefold() for tag in HASHTAG.findall(text)}) for text in topic["text"]]
        return topic.assign(hashtag=tags).explode("hashtag").dropna(subset="hashtag")

    def word_counts(self, topic: pd.DataFrame) -> pd.DataFrame:
        """Return how often each corpus has each key word, and of how many authors: ``COUNTS``."""
        cut = [tokens(text) for text in topic["text"]]
        known = key_words_of({token for words in cut for token in words})
        rows: dict[tuple[str, str], list[Any]] = {}
        for corpus, author, words in zip(topic["corpus"], topic["author"], cut):
            for word in (known[token] for token in words if token in known):
                row = rows.setdefault((corpus, word), [0, set()])
                row[0] += 1
                row[1] |= {author} - {""}
        return pd.DataFrame([(*pair, count, len(who)) for pair, (count, who) in rows.items()], columns=COUNTS)

    @property
    def has_model(self) -> bool:
        """Return whether a model tells languages that letters do not."""
        return available("lingua")

    def languages(self, posts: pd.DataFrame) -> pd.Series:
        """Return the language of each post: ``kk``, ``ru``, ``en`` or ""."""
        return posts["text"].map({text: language_of(text, self.has_model) for text in posts["text"].unique()})

    def silent(self) -> list[str]:
        """Return the words of queries that no text has."""
        return silent(self.posts.drop_duplicates("same_text")["text"].tolist(), queries_of(self.study))
