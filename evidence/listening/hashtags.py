"""Which hashtags may be published: not those that may name a person, however many people use them.

Five authors protect the authors, not somebody whom they name: a call to help one child is passed on by hundreds. So a
count can never clear a name; only knowing that a hashtag is something else can.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from evidence.listening.letters import LATIN, russian_from_latin
from evidence.listening.queries.grammar import Word
from evidence.listening.queries.russian import is_known, is_name
from evidence.listening.reading.posts import ORGANISATIONS
from evidence.listening.rules import Rule

HASHTAGS = Rule(
    "hashtags",
    "Hashtags",
    "Posts and authors by hashtag. One that the Russian dictionary has as a name of persons only is left out, however "
    "many use it; so is one in Latin letters, unless it is a Russian word in them, a word of the queries, or one that "
    "organisations use too",
    "document",
    "Key Findings 4, p. 9-10; what is left out is ours",
)
PARTS = re.compile(r"[^\W\d_]+")


def may_be_a_name(tag: str, words: Collection[Word] = ()) -> bool:
    """Return whether nothing tells a hashtag in lower case from a name; ``words`` are those of the study's queries.

    Cyrillic ones are told by the dictionary alone: it has no Kazakh, and Kazakh hashtags would be lost with the names.
    """
    bare = tag.removeprefix("#")
    whole = {word.text.removeprefix("#") for word in words if word.kind != "prefix"}
    starts = tuple(word.text for word in words if word.kind == "prefix")
    if bare in whole or (starts and bare.startswith(starts)):
        return False
    parts = PARTS.findall(bare)
    if not LATIN.search(bare):
        return any(map(is_name, parts))
    read = [russian_from_latin(part) for part in parts]
    return not all(is_known(part) and not is_name(part) for part in read)


def publishable(table: pd.DataFrame, words: Collection[Word] = ()) -> pd.DataFrame:
    """Return the table of hashtags without those that may be names and that no organisation uses."""
    spoken = set(table.loc[table["corpus"] == ORGANISATIONS, "hashtag"])
    latin = {tag for tag in spoken if LATIN.search(tag)}  # a name that the dictionary knows goes whoever uses it
    gone = [tag not in latin and may_be_a_name(tag, words) for tag in table["hashtag"].astype(str)]
    return table[~pd.Series(gone, index=table.index, dtype=bool)].reset_index(drop=True)
