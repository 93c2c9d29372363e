"""Row-wise steps on texts: masking, the script of a text, its words. All engines give the same.

What needs Python runs on the distinct texts that may hold an identifier, on distinct authors and distinct words, and is
joined back. Frames have the columns of :data:`evidence.listening.large.steps.COLUMNS`.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import narwhals.stable.v2 as nw

from evidence.listening.letters import KAZAKH
from evidence.listening.masking import masked
from evidence.listening.persons import ANYWHERE, PERSON
from evidence.listening.pseudonyms import plain, pseudonym
from evidence.listening.spelled import SAID_GAP
from evidence.listening.spelled import WORDS as WORDS_OF_NUMBERS
from evidence.toolkit.engines import Engine
from evidence.toolkit.frames import Frame, distinct, portable

WORDS = r"#[\p{L}\p{N}_]+|[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*"  # what evidence.listening.queries.matching.TOKEN finds
LETTERS = "a-zA-Zа-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ"
# signs that hide nothing by themselves; a text with any other is looked at
PLAIN = f'[^{LETTERS}0-9 .,!?;:«»"()“”„#/–—…\\-\n\U0001f300-\U0001faff]'


def any_case(pattern: str) -> str:
    """Return a pattern of words and classes of letters in either case. Not ``(?i)``, which Java reads as Latin only."""

    def both(found: re.Match) -> str:
        letters = "".join(dict.fromkeys(found.group().strip("[]") + found.group().strip("[]").upper()))
        return f"[{letters}]"

    return re.sub(r"\[[^\]]*\]|[^\W\d_]", both, pattern)


WORD = any_case(WORDS_OF_NUMBERS)
PART = f"(?:[0-9]|{WORD}|{any_case(SAID_GAP)})"  # what a number in words is made of
SIGNS = (
    "[0-9][^0-9]*[0-9][^0-9]*[0-9][^0-9]*[0-9]",
    "[.][^ \n]|:[ ]?/|[ ][.]|[(][,]|[a-zA-Z]/|[^ \n][–—][^ \n]|[a-zA-Z]{4}[0-9]{2}|AT ",
    any_case("собак|собач|точк|нүкте|мейл|маил|мэйл|яндекс|рамблер|аутлук"),
    "[📷📸🎥📲📱📩💬👉]|[a-zA-Z][ ]?[0-9]{3}[ ]?[a-zA-Z]|[a-zA-Z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][a-zA-Z]",
    f"[^a-zA-Z](?:{any_case('at|dog|dot')})[^a-zA-Z]|(?:^|[^а-яёА-ЯЁ]){any_case('эт')}[^а-яёА-ЯЁ]",
    f"{PART}[^0-9{LETTERS}]{{0,6}}(?:{WORD})",  # two are enough: of three, engines make a pattern too large to be fast
    f"(?:{WORD}){{4}}",
)
NETWORKS = (
    any_case(
        "инст|insta|телег|teleg|whats|ватс|вотс|вац|nick|тикток|tiktok|фейсб|faceb|threads|аккаунт|account|парақша|канал"
        "|страниц|профил|юзер|user|логин|login|скайп|skype|viber|вайб|zoom|зум|discord|дискорд|steam|jabber|директ"
        "|снап|snap|личк|парол|password|wechat|вичат|likee|лайки"
        "|ютуб|ютюб|почт|пошт|mail|yandex|вконт|vkont|сл[эе]ш|slash|дробь"
    )
    + f"|(?:^|[^{LETTERS}])(?:{any_case('тг|tg|вк|vk|фб|fb|тт|tt|ig|dm|inst|ник|имо|imo|лс')})"
)


def may_hold(text: nw.Expr) -> nw.Expr:
    """Return whether a text may hold an identifier: too often rather than once too little."""
    signs = [text.str.contains(sign) for sign in (PLAIN, *SIGNS)]  # one pattern of all is slow: it grows too large
    return nw.any_horizontal(*signs, ignore_nulls=True) | (text.str.contains("[a-zA-Z]") & text.str.contains(NETWORKS))


@portable
def suspicious(posts: Frame) -> Frame:
    """Return the distinct texts that may hold an identifier: ``text``."""
    return distinct(posts.filter(may_hold(nw.col("text"))), ["text"])


@portable
def authors(posts: Frame) -> Frame:
    """Return the distinct authors: ``author``."""
    return distinct(posts.filter(nw.col("author") != ""), ["author"])


@portable
def replaced(posts: Frame, table: Frame, column: str) -> Frame:
    """Return posts whose cells of a column are those of a table (``column``, ``instead``), where it has any."""
    joined = posts.join(table, on=column, how="left")
    cell = nw.when(nw.col("instead").is_null()).then(nw.col(column)).otherwise(nw.col("instead"))
    return joined.with_columns(cell.alias(column)).drop("instead")


@portable
def scripts(posts: Frame) -> Frame:
    """Return posts with ``script``: ``kk`` (Kazakh letters), ``cyrillic``, ``latin`` or ``none``."""
    text, kazakh = nw.col("text"), "".join(sorted(KAZAKH))
    script = (
        nw.when(text.str.contains(f"[{kazakh}{kazakh.upper()}]")).then(nw.lit("kk"))
        .otherwise(nw.when(text.str.contains("[а-яёА-ЯЁ]")).then(nw.lit("cyrillic"))
        .otherwise(nw.when(text.str.contains("[a-zA-Z]")).then(nw.lit("latin")).otherwise(nw.lit("none"))))
    )  # fmt: skip
    return posts.with_columns(script=script)


@portable
def bare(posts: Frame) -> Frame:
    """Return ``post`` and ``text`` without masks: what words are taken from."""
    return posts.select("post", text=nw.col("text").str.replace_all("⟨[^⟩]*⟩", " "))


@portable
def without_texts(posts: Frame) -> Frame:
    """Return posts without ``text``, the only wide column: what is counted."""
    return posts.drop("text")


def protected(engine: Engine, posts: Frame, key: bytes, organisations: Collection[str] = ()) -> Frame:
    """Return posts without identifiers: texts masked, persons as pseudonyms, organisations by their handle."""

    def named(author: str) -> str:
        handle = plain(author)
        return handle if handle in organisations else pseudonym(key, "person", author)

    texts = engine.told(suspicious(posts), "text", "masked", lambda text: masked(text, organisations))
    names = engine.told(authors(posts), "author", "pseudonyms", named)
    return replaced(replaced(posts, texts, "text"), names, "author")


@portable
def with_persons(posts: Frame, organisations: Collection[str] = (), person: str = PERSON.default) -> Frame:
    """Return posts whose ``author`` stands for one author: as :mod:`evidence.listening.persons` has it."""
    if person == ANYWHERE:
        return posts
    name, on_it = nw.col("author"), nw.concat_str(nw.col("author"), nw.col("platform"), separator=" ")
    return posts.with_columns(author=nw.when(name.is_in(["", *organisations])).then(name).otherwise(on_it))


def words(engine: Engine, posts: Frame) -> Frame:
    """Return the words of masked posts as they are written, a row each: ``post``, ``place``, ``found``."""
    return engine.matches(bare(posts), "post", "text", WORDS)
