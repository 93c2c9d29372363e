"""Grouped steps: counts by corpus and month, platform, region, code, boys and girls; authors who repeat themselves."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from evidence.listening.bots import LEAST_COPIES
from evidence.toolkit.frames import Frame, distinct, flag, grouped, portable


@portable
def topic_of(posts: Frame, hits: Frame) -> Frame:
    """Return the posts that a query of a sub-topic finds; codes of hits are ``book/code``."""
    named = distinct(hits.filter(nw.col("code").str.starts_with("queries/")), ["post"])
    return posts.join(named, on="post", how="inner")


@portable
def by(posts: Frame, column: str) -> Frame:
    """Return posts by corpus and a column: ``corpus``, the column, ``posts``."""
    return grouped(posts, ["corpus", column], posts=nw.len())


@portable
def coded(posts: Frame, hits: Frame) -> Frame:
    """Return a row for each post and code of it: ``corpus``, ``code``, ``author``."""
    whose = posts.select("post", "corpus", "author")
    return distinct(hits, ["post", "code"]).join(whose, on="post", how="inner").drop("post")


@portable
def by_code(coded: Frame) -> Frame:
    """Return posts and authors by corpus and code, from :func:`coded`: ``corpus``, ``code``, ``posts``, ``authors``."""
    counts = grouped(coded, ["corpus", "code"], posts=nw.len())
    named = distinct(coded, ["corpus", "code", "author"]).with_columns(known=flag(nw.col("author") != ""))
    people = grouped(named, ["corpus", "code"], authors=nw.col("known").sum())
    return counts.join(people, on=["corpus", "code"], how="inner")


@portable
def boys_and_girls(posts: Frame, hits: Frame) -> Frame:
    """Return posts by corpus that mention boys, girls and both: ``corpus``, ``boys``, ``girls``, ``both``."""
    named = hits.with_columns(boys=flag(nw.col("code") == "gender/boys"), girls=flag(nw.col("code") == "gender/girls"))
    each = grouped(named, ["post"], boys=nw.col("boys").max(), girls=nw.col("girls").max())
    each = each.with_columns(both=nw.col("boys") * nw.col("girls")).join(posts, on="post", how="inner")
    counts = {name: nw.col(name).sum() for name in ("boys", "girls", "both")}
    return grouped(each, ["corpus"], **counts)


@portable
def bots(posts: Frame, least_copies: int = LEAST_COPIES.default) -> Frame:
    """Return authors who post one text at least so many times: ``corpus``, ``author``, ``copies`` (of that text)."""
    named = posts.filter(nw.col("author") != "")
    each = grouped(named, ["corpus", "author", "text"], copies=nw.len())
    most = grouped(each, ["corpus", "author"], copies=nw.col("copies").max())
    return most.filter(nw.col("copies") >= least_copies)


@portable
def without_authors(posts: Frame, authors: Frame) -> Frame:
    """Return the posts of everybody else."""
    return posts.join(authors.select("corpus", "author"), on=["corpus", "author"], how="anti")
