"""What the texts of posts say, of a corpus on disk: DuckDB keeps texts and words, pandas what is counted of each post.

It answers as :class:`evidence.listening.said.InMemory` does; tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.listening.analyses import COUNTS, key_words_of
from evidence.listening.coding import Study, otherwise, queries_of
from evidence.listening.languages import CYRILLIC_WORD, LATIN_WORD, LEAST_FOREIGN, by_letters, is_plain_word
from evidence.listening.large import finding, texts
from evidence.listening.large.parts import Parts
from evidence.listening.letters import COMMON, KAZAKH, NEIGHBOURS, one_script
from evidence.listening.queries.grammar import words_of
from evidence.listening.reading.folder import Corpus, real, told_apart, wordless
from evidence.listening.reading.leaving_out import without
from evidence.toolkit.engines import Engine, duckdb_engine

DATABASE, MEMORY = "work.duckdb", "4GB"
SHARED = ("corpus", "platform", "author", "month", "day", "region", "country", "file")  # columns of few values
FLAGS = ("is_organisation", "is_repost")
MASKS, SKELETON = "⟨[^⟩]*⟩", r"#?[\p{L}\p{N}_]+"  # as evidence.listening.reading.posts.skeleton has it
SAME = f"hash(array_to_string(regexp_extract_all(lower(regexp_replace(text, '{MASKS}', ' ', 'g')), '{SKELETON}'), ' '))"


def corpus_of(engine: Engine, parts: Parts) -> Corpus:
    """Return the posts of parts without their texts, which stay on disk; ``post`` and ``same_text`` are numbers."""
    session = engine.session
    for place, path in enumerate(parts.paths):
        columns = ", ".join([*SHARED, *FLAGS, f"{SAME} AS same_text", "text"])
        rows = f"SELECT {numbered(place)} AS number, hash(post) AS post, {columns} FROM read_parquet('{path}')"
        session.execute(f"INSERT INTO posts {rows}" if place else f"CREATE TABLE posts AS {rows}")
    session.execute("""CREATE TABLE texts AS SELECT p.same_text AS post, p.text AS text FROM posts p
        JOIN (SELECT min(number) AS first FROM posts GROUP BY same_text) f ON p.number = f.first""")
    everything = _in_memory(session, "posts", ("post", "same_text", *FLAGS), SHARED, "number")
    everything = told_apart(everything, parts.files)
    posts, left_out = without(everything)
    return Corpus(posts, everything, real(parts.faults), left_out, parts.notes, parts.files, wordless(parts.faults))


def numbered(place: int) -> str:
    """Return SQL of the number of a row of a part: parts in their order, rows in theirs."""
    return f"({place}::BIGINT << 40 | row)"


def _in_memory(
    session: Any, table: str, columns: tuple[str, ...], shared: tuple[str, ...], order: str = "ALL"
) -> pd.DataFrame:
    """Return columns of a table in memory, those of few values as categories in the order of their letters."""
    for name in shared:
        values = f"SELECT DISTINCT {name}::VARCHAR AS value FROM {table} ORDER BY value"
        session.execute(f"CREATE OR REPLACE TYPE {name}_ AS ENUM ({values})")
    parts = ", ".join([*columns, *(f"{name}::{name}_ AS {name}" for name in shared)])
    return session.execute(f"SELECT {parts} FROM {table} ORDER BY {order}").df()


@contextmanager
def on_disk(work: Path) -> Iterator[Engine]:
    """Yield DuckDB with a database in the work folder that is gone afterwards; it holds masked texts only."""
    path = work / DATABASE
    path.unlink(missing_ok=True)
    engine = duckdb_engine(MEMORY, database=str(path), temporary=str(work))
    engine.session.execute("SET preserve_insertion_order = false")
    try:
        yield engine
    finally:
        engine.session.close()
        for one in work.glob(f"{DATABASE}*"):
            one.unlink()


class OnDisk:
    """What texts say; ``hits`` are those of :func:`evidence.listening.coding.coded`."""

    has_model = False  # of languages

    def __init__(self, engine: Engine, study: Study):
        self.engine, self.study = engine, study
        engine.checkpoint(texts.words(engine, engine.session.table("texts")), "words")
        self.hits = self._found(study)

    def _found(self, study: Study, name: str = "") -> pd.DataFrame:
        """Return what the books of a study find; ``name`` keeps the tables of two studies apart."""
        session = self.engine.session
        finding.found(self.engine, session.table("words"), queries_of(study), study.plain_kazakh, name)
        session.execute(f"""CREATE OR REPLACE VIEW coded AS SELECT post AS same_text, mentions, language,
            split_part(code, '/', 1) AS book, split_part(code, '/', 2) AS code FROM {name}hits""")
        return _in_memory(session, "coded", ("same_text", "mentions"), ("book", "code", "language"))

    def hits_otherwise(self) -> pd.DataFrame:
        """Return ``hits`` under the other choice for Kazakh typed without its letters."""
        others, names = self.hits[self.hits["language"] != "kk"], ["book", "code", "language"]
        parts = [
            part.astype(dict.fromkeys(names, object)) for part in (others, self._found(otherwise(self.study), "other_"))
        ]
        return pd.concat(parts, ignore_index=True).astype(dict.fromkeys(names, "category"))

    def _given(self, posts: pd.DataFrame, **columns: Any) -> None:
        """Make the table of posts that a question is about: ``same_text`` and others."""
        frame = pd.DataFrame({"same_text": posts["same_text"].to_numpy(), **columns})
        self.engine.session.execute("DROP TABLE IF EXISTS asked")
        self.engine.session.from_df(frame).create("asked")

    def labels(self, labels: pd.DataFrame) -> pd.DataFrame:
        """Return labels with the names of posts that the frame has."""
        self.engine.session.execute("DROP TABLE IF EXISTS named")
        self.engine.session.from_df(pd.DataFrame({"post": labels["post"].astype(object)})).create("named")
        names = self.engine.session.execute("SELECT hash(post) AS post FROM named").df()["post"]
        return labels.assign(post=names.to_numpy())

    def with_texts(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Return posts with their ``text``."""
        self._given(posts)
        found = self.engine.session.execute("SELECT post, text FROM texts SEMI JOIN asked ON same_text = post").df()
        return posts.assign(text=posts["same_text"].map(found.set_index("post")["text"]).astype(object))

    def hashtags(self, topic: pd.DataFrame) -> pd.DataFrame:
        """Return posts with ``hashtag``, a row for each of a post."""
        tags = """SELECT DISTINCT post AS same_text, lower(found) AS hashtag
            FROM words SEMI JOIN asked ON same_text = post WHERE found LIKE '#%'"""
        self._given(topic)
        self.engine.session.execute(f"CREATE OR REPLACE TABLE tags AS {tags}")
        return topic.merge(_in_memory(self.engine.session, "tags", ("same_text",), ("hashtag",)), on="same_text")

    def word_counts(self, topic: pd.DataFrame) -> pd.DataFrame:
        """Return how often each corpus has each key word, and of how many authors: ``COUNTS``."""
        session = self.engine.session
        author, corpus = (pd.factorize(topic[name]) for name in ("author", "corpus"))
        is_known = (topic["author"] != "").to_numpy()
        self._given(topic, author=author[0], corpus=corpus[0], is_known=is_known)
        distinct = "SELECT DISTINCT found FROM words SEMI JOIN asked ON words.post = same_text"
        words = {word: one_script(word.lower()) for (word,) in session.execute(distinct).fetchall()}
        known = key_words_of(set(words.values()))
        rows = [(word, known[token]) for word, token in words.items() if token in known]
        table = pd.DataFrame(rows or [("", "")], columns=["found", "word"], dtype=object)
        session.execute("DROP TABLE IF EXISTS key_words")
        session.from_df(table).create("key_words")
        used = """SELECT corpus, word, author, is_known, count(*) AS many FROM asked
            JOIN words ON words.post = same_text JOIN key_words ON key_words.found = words.found GROUP BY ALL"""
        authors = "count(*) FILTER (is_known) AS authors"
        counts = session.execute(f"""SELECT corpus, word, sum(many)::BIGINT AS count, {authors}
            FROM ({used}) GROUP BY ALL ORDER BY corpus, count DESC, word""").df()
        names = dict(enumerate(corpus[1]))
        return counts.assign(corpus=counts["corpus"].map(names).astype(object))[COUNTS]

    def languages(self, posts: pd.DataFrame) -> pd.Series:
        """Return the language of each post, as its letters tell: ``kk``, ``ru``, ``en`` or ""."""
        session = self.engine.session
        kazakh, shared = "".join(sorted(KAZAKH - {COMMON})), "".join(sorted({COMMON, *NEIGHBOURS}))
        session.execute(f"""CREATE OR REPLACE TABLE scripts AS SELECT post, CASE
            WHEN regexp_matches(bare, '[{kazakh}]') THEN 'kk' WHEN regexp_matches(bare, '[{shared}]') THEN NULL
            WHEN regexp_matches(bare, '[а-яё]') AND NOT regexp_matches(bare, '{LATIN_WORD.pattern}') THEN 'ru'
            WHEN regexp_matches(bare, '[a-z]') THEN NULL ELSE '' END AS told FROM (
                SELECT post, lower(regexp_replace(text, '{MASKS}', ' ', 'g')) AS bare FROM texts)""")
        self._typed_plain()
        latin = "SELECT post, text FROM texts SEMI JOIN (SELECT post FROM scripts WHERE told IS NULL) s USING (post)"
        others = {post: by_letters(text) for post, text in session.execute(latin).fetchall()}
        told = session.execute("SELECT post, coalesce(told, '')::ENUM('kk', 'ru', '') AS told FROM scripts").df()
        known = pd.Series(told["told"].cat.categories.to_numpy(dtype=object)[told["told"].cat.codes], told["post"])
        latin_ones = pd.Index(list(others), dtype="uint64")
        known.loc[latin_ones] = pd.Series(list(others.values()), latin_ones, dtype=object)
        return posts["same_text"].map(known)

    def _typed_plain(self) -> None:
        """Tell Kazakh that is typed without its letters from Russian, in the table of scripts."""
        session = self.engine.session
        words = (
            f"unnest(regexp_extract_all(lower(regexp_replace(text, '{MASKS}', ' ', 'g')), '{CYRILLIC_WORD.pattern}'))"
        )
        session.execute(f"""CREATE OR REPLACE VIEW spelt AS SELECT post, {words} AS word
            FROM texts SEMI JOIN (SELECT post FROM scripts WHERE told = 'ru') s USING (post)""")
        distinct = [word for (word,) in session.execute("SELECT DISTINCT word FROM spelt").fetchall()]
        plain = [word for word in distinct if is_plain_word(word)]
        session.execute("DROP TABLE IF EXISTS plain_words")
        session.from_df(pd.DataFrame({"plain": plain or [""]}, dtype=object)).create("plain_words")
        session.execute(f"""UPDATE scripts SET told = 'kk' WHERE post IN (
            SELECT post FROM spelt LEFT JOIN plain_words ON word = plain
            GROUP BY post HAVING count(plain) >= {LEAST_FOREIGN.default} * count(*))""")

    def silent(self) -> list[str]:
        """Return the words of queries that no text has."""
        seen = {term for (term,) in self.engine.session.execute("SELECT DISTINCT term FROM places").fetchall()}
        wanted = {(query.language, word) for query in queries_of(self.study) for word in words_of(query.tree)}
        unseen = [(language, word) for language, word in wanted if finding.term(language, word) not in seen]
        return sorted(f"{language}: {word.text}{'*' if word.kind == 'prefix' else ''}" for language, word in unseen)
