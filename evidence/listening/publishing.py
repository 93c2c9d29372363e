"""The tables as they may be published: small counts left out, and with them what would bring them back.

Whoever has all tables of a report can add and subtract across them, so all counts are looked at together.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping

import numpy as np
import pandas as pd

from evidence.listening.intervals import growth_pct
from evidence.listening.moves import published_moves
from evidence.listening.reading.posts import PUBLIC
from evidence.listening.suppression import UNDER, emptied, is_small
from evidence.toolkit.cells import Cells, visible
from evidence.toolkit.suppression import Sum

SHARES = ("share_pct", "low_pct", "high_pct")
CODES = {"subtopics": "queries", "barriers": "barriers", "programmes": "programmes"}  # tables, and their books
PARTS = {"volume": "month", "platforms": "platform", "regions": "region"}  # tables, and the column that divides them
GONE = {  # columns that go with a count
    "volume": (),
    "platforms": SHARES,
    "regions": ("share_pct", "quotient", "low", "high"),
    "languages": SHARES,
    "topics": ("share_pct",),
}
CORRECTED = ("share_pct", "corrected_pct", "low_pct", "high_pct", "labelled")
GENDER = ("boys", "girls", "both", "neither")
Tables = dict[str, pd.DataFrame]


def publishable(
    tables: Tables, under: int = UNDER.default, few: Mapping[Hashable, frozenset] | None = None
) -> tuple[Tables, int]:
    """Return the tables without small counts, and how many counts and rows that leaves out; 0 shows everything.

    ``few`` has the counts of posts that fewer people than ``under`` wrote, as
    :func:`evidence.listening.contributors.few_behind` and the table of moves give them; they are left out as well.
    """
    if not under:
        return dict(tables), 0
    few = few or {}
    hidden = cells_of(tables).hidden(under, few)
    made = {name: _masked(name, table, hidden) for name, table in tables.items()}
    some = is_small(tables["accounts"]["accounts"], under)  # their posts would be those of single persons
    made["accounts"] = emptied(made["accounts"], some, ["posts"])
    made["sensitivity"] = published_moves(made, under, some.any(), few)
    weeks = made["unusual_weeks"]
    of_few = [("week", *key) in few for key in zip(weeks["corpus"], weeks["week"])]
    rows = is_small(weeks["posts"], under) | pd.Series(of_few, index=weeks.index, dtype=bool)
    made["unusual_weeks"] = emptied(weeks, rows, ["posts", "usual", "score"])
    _leave_out(made, few)
    made["trend"] = _trend(tables["trend"], made["volume"])
    if "quality" in made:  # recall and the number of relevant posts give the number of posts found
        unseen = set(made["read"].loc[made["read"]["on_topic"].isna(), "corpus"])
        of_unseen = made["quality"]["corpus"].isin(unseen)
        made["quality"] = emptied(made["quality"], of_unseen, ["value", "low", "high", "labelled"])
    for name, enough in (("hashtags", _common), ("key_words", _known)):
        made[name] = tables[name][enough(tables[name], under)].reset_index(drop=True)
    gone = sum(_missing(made[name]) - _missing(tables[name]) for name in tables if len(made[name]) == len(tables[name]))
    return made, gone + sum(len(tables[name]) - len(made[name]) for name in tables)


def _missing(table: pd.DataFrame) -> int:
    """Return how many counts of a table are missing; shares are not counted apart."""
    counts = [name for name in table if not str(name).endswith("_pct") and pd.api.types.is_numeric_dtype(table[name])]
    return int(table[counts].isna().sum().sum())


def cells_of(tables: Tables) -> Cells:
    """Return every count of people's posts in the tables, with the sums that a reader can make."""
    cells = Cells()
    for row in tables["read"].to_dict("records"):
        corpus = row["corpus"]
        cells.add(("posts", corpus), row["posts"], 50)  # how many are not on the topic is nobody's secret
        cells.add(("topic", corpus), row["on_topic"], 50)
        if corpus == PUBLIC and pd.notna(row["authors"]):
            cells.add(("authors", corpus), row["authors"], 10)
    for name, column in PARTS.items():
        _divided(cells, tables, name, column)
    if "placed" in tables:
        for row in tables["placed"].to_dict("records"):
            parts = [cells.add((name, row["corpus"]), row[name], 5) for name in ("placed", "unknown", "without")]
            cells.sums.append(Sum(("topic", row["corpus"]), tuple(parts)))
            cells.sums.append(Sum(parts[0], tuple(_keys_of(tables, "regions", "region", row["corpus"]))))
    for key, row in _rows(tables["languages"], "language"):
        cells.add(key, row["posts"])
    for corpus, rows in tables["languages"].groupby("corpus", sort=False):
        cells.sums.append(Sum(("posts", corpus), tuple(("language", corpus, one) for one in rows["language"])))
    for row in tables["accounts"].to_dict("records"):
        cells.rest(("posts", row["corpus"]), cells.add(("flagged", row["corpus"]), row["posts"]))
        cells.add(("accounts", row["corpus"]), row["accounts"])
    _codes(cells, tables)
    _gender(cells, tables)
    if "topics" in tables:
        for pair, rows in tables["topics"].groupby(["corpus", "language"], sort=False):
            whole = cells.add(("modelled", pair), rows["of"].iloc[0], 10)
            parts = [cells.add(("topic of", *pair, one), posts) for one, posts in zip(rows["topic"], rows["posts"])]
            cells.sums.append(Sum(whole, tuple(parts)))
    return cells


def _rows(table: pd.DataFrame, column: str) -> Iterator[tuple[tuple, dict]]:
    for row in table.to_dict("records"):
        yield (column, row["corpus"], row[column]), row


def _keys_of(tables: Tables, name: str, column: str, corpus: str) -> list[Hashable]:
    table = tables[name]
    return [(column, corpus, value) for value in table.loc[table["corpus"] == corpus, column]]


def _counts_posts(tables: Tables, name: str, corpus: str) -> bool:
    """Return whether a table of shares counts posts, and not authors: its base is then that of all posts."""
    table = tables[name]
    read = tables["read"].set_index("corpus")["on_topic"]
    return bool((table.loc[table["corpus"] == corpus, "of"] == read.get(corpus)).all())


def _divided(cells: Cells, tables: Tables, name: str, column: str) -> None:
    """Add a table that divides the posts on the topic, or their authors; one in several rows divides nothing."""
    if name not in tables:
        return
    for key, row in _rows(tables[name], column):
        cells.add(key, row["posts"])
    for corpus, rows in tables[name].groupby("corpus", sort=False):
        keys = tuple((column, corpus, value) for value in rows[column])
        if name == "volume" or (name == "platforms" and _counts_posts(tables, name, str(corpus))):
            cells.sums.append(Sum(("topic", corpus), keys))
        elif name == "platforms" and rows["posts"].sum() == rows["of"].iloc[0]:  # an author is one on a platform
            cells.sums.append(Sum(cells.add(("units", corpus), rows["of"].iloc[0], 10), keys))


def _codes(cells: Cells, tables: Tables) -> None:
    """Add counts of codes, as posts and, where these are counted, as authors; and the posts read in each month."""
    for row in tables["corrected"].to_dict("records"):
        corpus = row["corpus"]
        if row["by"] == "all" and row["book"] != "topic":
            cells.rest(("topic", corpus), cells.add(("code", row["book"], corpus, row["code"]), row["posts"]))
        elif row["by"] == "month":
            month = ("month", corpus, row["slice"])
            if month not in cells.values:  # months before the first post on the topic and after the last
                cells.add(month, row["posts"])
            cells.rest(cells.add(("read in", corpus, row["slice"]), row["of"]), month)
        elif row["by"] in ("platform", "region") and (row["by"], corpus, row["slice"]) not in cells.values:
            cells.add((row["by"], corpus, row["slice"]), row["posts"])
    months = tables["corrected"][tables["corrected"]["by"] == "month"]
    for corpus, rows in months.groupby("corpus", sort=False):
        cells.sums.append(Sum(("posts", corpus), tuple(("read in", corpus, month) for month in rows["slice"])))
    for name, book in CODES.items():
        for row in tables[name].to_dict("records"):
            corpus = row["corpus"]
            if book == "queries" and _counts_posts(tables, name, corpus):
                cells.rest(("topic", corpus), cells.add(("code", book, corpus, row["code"]), row["posts"]))
            elif not _counts_posts(tables, name, corpus):
                cells.add(("units", book, corpus, row["code"]), row["posts"])
            if corpus == PUBLIC and pd.notna(row["authors"]):
                cells.add(("code authors", book, corpus, row["code"]), row["authors"])


def _gender(cells: Cells, tables: Tables) -> None:
    """Add mentions of boys and girls under every choice: choices give each other away."""
    for row in tables["gender_choices"].to_dict("records"):
        corpus, unit, both = row["corpus"], row["unit"], row["both_are"]
        cells.add(("boys", corpus, unit, both), row["boys"])
        cells.add(("girls", corpus, unit, both), row["girls"])
        if unit == "mentions" or both != "left out":
            continue
        parts: list[Hashable] = [("boys", corpus, unit, both), ("girls", corpus, unit, both)]
        twice = cells.add(("both", corpus, unit), row["both"])
        parts += [twice, cells.add(("neither", corpus, unit), row["neither"])]
        for name, alone in zip(("boys", "girls"), parts):
            each = ("code", "gender", corpus, name) if unit == "posts" else (name, corpus, unit, "in each")
            if each not in cells.values:
                cells.add(each, cells.values[alone] + row["both"])
            cells.sums.append(Sum(each, (alone, twice)))
        if unit == "posts":
            cells.sums.append(Sum(("topic", corpus), tuple(parts)))
        elif cells.values.get(("authors", corpus)) == sum(cells.values[part] for part in parts):
            cells.sums.append(Sum(("authors", corpus), tuple(parts)))


def _masked(name: str, table: pd.DataFrame, hidden: set) -> pd.DataFrame:
    """Return a table without hidden counts, and without what rests on them."""
    if name in GONE and name != "topics":
        column = PARTS.get(name, "language")
        keys: list[Hashable] = [(column, corpus, value) for corpus, value in zip(table["corpus"], table[column])]
        wholes = {"languages": ("posts",), "platforms": ("topic", "units")}.get(name, ("topic",))
        gone = [any((whole, corpus) in hidden for whole in wholes) for corpus in table["corpus"]]
        bases = pd.Series(gone, index=table.index, dtype=bool)
        return _counted(table, keys, GONE[name], hidden, bases)
    if name == "topics":
        topics = table[["corpus", "language", "topic"]].itertuples(index=False, name=None)
        return _counted(table, [("topic of", *key) for key in topics], GONE[name], hidden)
    if name == "read":
        made = table.copy()
        for column, key in (("posts", "posts"), ("on_topic", "topic"), ("authors", "authors")):
            made[column] = visible(made[column], [(key, corpus) for corpus in made["corpus"]], hidden)
        return made
    if name == "accounts":
        made = table.copy()
        for column, key in (("posts", "flagged"), ("accounts", "accounts"), ("of", "posts")):
            made[column] = visible(made[column], [(key, corpus) for corpus in made["corpus"]], hidden)
        return made
    if name == "placed":
        made = table.copy()
        for column in ("posts", "placed", "unknown", "without"):
            keys = [("topic" if column == "posts" else column, corpus) for corpus in made["corpus"]]
            made[column] = visible(made[column], keys, hidden)
        return made
    if name in CODES:
        return _coded(table, CODES[name], hidden)
    if name == "corrected":
        named = [_key(row) for row in table.to_dict("records")]
        return _counted(table, named, CORRECTED, hidden, _bases(table, hidden))
    return _boys_and_girls(table, hidden) if name in ("gender", "gender_choices") else table


def _counted(
    table: pd.DataFrame, keys: list, gone: tuple[str, ...], hidden: set, bases: pd.Series | None = None
) -> pd.DataFrame:
    """Return a table whose hidden counts, and the columns that go with them, are missing."""
    rows = pd.Series([key in hidden for key in keys], index=table.index, dtype=bool)
    made = emptied(table, rows, ["posts"])
    if "of" in made:
        no_base = pd.Series([("topic", corpus) in hidden for corpus in table["corpus"]], index=table.index, dtype=bool)
        no_base = no_base if bases is None else bases
        made, rows = emptied(made, no_base, ["of"]), rows | no_base
    return emptied(made, rows, list(gone))


def _coded(table: pd.DataFrame, book: str, hidden: set) -> pd.DataFrame:
    """Return a table of codes without hidden counts of posts and of authors."""
    pairs = list(zip(table["corpus"], table["code"]))
    keys = [("units" if ("units", book, *pair) in hidden else "code", book, *pair) for pair in pairs]
    made = _counted(table, keys, SHARES, hidden)
    made["authors"] = visible(made["authors"], [("code authors", book, *pair) for pair in pairs], hidden)
    made["authors"] = made["authors"].mask(made["posts"].isna())
    return made


def _key(row: dict) -> Hashable:
    """Return the key of a row of corrected shares."""
    if row["by"] in ("month", "platform", "region"):
        return (row["by"], row["corpus"], row["slice"])
    return ("topic", row["corpus"]) if row["book"] == "topic" else ("code", row["book"], row["corpus"], row["code"])


def _bases(table: pd.DataFrame, hidden: set) -> pd.Series:
    """Return in which rows of corrected shares the base is hidden, or is the sum of counts that are."""
    found = []
    for row in table.to_dict("records"):
        base: list[Hashable] = [("topic", row["corpus"])]
        if row["book"] == "topic" and row["by"] in ("all", "month"):
            base = [("read in", row["corpus"], row["slice"]) if row["by"] == "month" else ("posts", row["corpus"])]
        elif row["by"] == "boys or girls":
            base = [("code", "gender", row["corpus"], code) for code in ("boys", "girls")]
        found.append(any(key in hidden for key in base))
    return pd.Series(found, index=table.index, dtype=bool)


def _boys_and_girls(table: pd.DataFrame, hidden: set) -> pd.DataFrame:
    """Return mentions of boys and girls without hidden counts, and shares only where both counts are shown."""
    made = table.copy()
    rows = table.to_dict("records")
    for name in ("boys", "girls"):
        keys = [
            ("code", "gender", row["corpus"], name)
            if (row["unit"], row["both_are"]) == ("posts", "in each")
            else (name, row["corpus"], row["unit"], row["both_are"])
            for row in rows
        ]
        made[name] = visible(made[name], keys, hidden)
    for name in ("both", "neither"):
        made[name] = visible(made[name], [(name, row["corpus"], row["unit"]) for row in rows], hidden)
    return emptied(made, made[["boys", "girls"]].isna().any(axis=1), ["boys_pct", *SHARES[1:]])


def _trend(table: pd.DataFrame, volume: pd.DataFrame) -> pd.DataFrame:
    """Return growth, where months are not shown that of the others: the rate of all would give them away."""
    made = table.copy()
    for corpus, months in volume.groupby("corpus", sort=False):
        seen = months["posts"].notna().to_numpy()
        if not seen.all():
            counts = months.loc[seen, "posts"].astype(int).tolist()
            rate = growth_pct(counts, periods=np.flatnonzero(seen).tolist())
            made.loc[made["corpus"] == corpus, ["months", "growth_pct", "low_pct", "high_pct"]] = (len(counts), *rate)
    return made.astype({"months": int})


def _leave_out(made: Tables, few: Collection[Hashable]) -> None:
    """Hide how many rows a rule left out where few people wrote them, and all rows read, less which they would be."""
    table, read = made["left_out"], made["read"]
    found = [("left out", str(file), rule) in few for file, rule in zip(table["file"], table["rule"])]
    if any(found):
        made["left_out"] = emptied(table, pd.Series(found, index=table.index), ["rows"])
        made["read"] = emptied(read, read["rows"].notna(), ["rows"])


def _common(table: pd.DataFrame, under: int) -> pd.Series:
    """Return which hashtags enough people use; those of organisations need enough posts only."""
    return (table["posts"] >= under) & ((table["authors"] >= under) | (table["corpus"] != PUBLIC))


def _known(table: pd.DataFrame, under: int) -> pd.Series:
    """Return which words enough people of the public use, or none."""
    return (table["public"] == 0) | (table["public_authors"] >= under)
