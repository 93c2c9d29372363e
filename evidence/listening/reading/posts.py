"""A post as the toolkit keeps it: text masked, persons as pseudonyms, organisations by their published handle."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from evidence.listening.masking import folded, masked
from evidence.listening.pseudonyms import plain, pseudonym
from evidence.listening.reading.platforms import UNKNOWN
from evidence.listening.rules import Parameter, Rule

PUBLIC, ORGANISATIONS = CORPORA = ("public", "organisations")

ZONE = Parameter(
    "zone",
    "Asia/Almaty",
    "ours",
    "the account's zone is not in the file; most of the country keeps this one",
    "Zone of times that a file gives without one, and of the months of the tables",
)
COUNTRY = Parameter("country", "Kazakhstan", "document", "Methodology, p. 7-8", "Country to which posts are restricted")
NO_COUNTRY = Parameter(
    "no_country",
    "kept",
    "ours",
    "an export of a query restricted to the country may leave the column empty",
    "Posts without a country are",
    ("kept", "left out"),
)
TWO_CORPORA = Rule(
    "corpora",
    "Two corpora",
    "Posts of the general public and posts of organisations are read, counted and shown apart; posts whose country is "
    "named and is not {country} are set aside",
    "document",
    "Methodology, Social Media Listening study, p. 7-8",
    (COUNTRY, NO_COUNTRY, ZONE),
)
NO_WORDS = "has no words: empty, deleted, or a picture only"
REPOSTS = ("repost", "retweet", "share", "quote", "репост", "ретвит", "перепост")  # as exports call them
DELETED = frozenset(  # what tools and platforms write in place of a text
    "deleted|removed|deleted post|message deleted|this message was deleted|this comment was deleted|удалено|удален|"
    "удалён|пост удален|пост удалён|запись удалена|публикация удалена|сообщение удалено|комментарий удален|"
    "комментарий удалён|жойылды|жойылған|жазба жойылды|хабарлама жойылды|пікір жойылды".split("|")
)
AROUND = "[](){}<>«»\"'*. "
COUNTRY_NAMES = {"kazakhstan": {"kazakhstan", "kz", "казахстан", "қазақстан", "kaz", "republic of kazakhstan"}}


class Raw(NamedTuple):
    """A post as a file has it, before anything is removed; it never leaves the reader.

    ``platform`` is one of the names of :mod:`evidence.listening.reading.platforms`, or what the mapping says.
    """

    row: int
    identifier: str
    time: datetime
    text: str
    author: str = ""
    platform: str = ""
    region: str = ""
    country: str = ""
    query: str = ""
    is_repost: bool = False
    masks: tuple[tuple[str, str], ...] = ()


class Post(NamedTuple):
    """A post without identifiers of a person; ``post`` and ``author`` are pseudonyms, or an organisation's handle."""

    post: str
    corpus: str
    platform: str
    author: str
    is_organisation: bool
    time: datetime
    month: str
    day: str
    text: str
    same_text: str
    region: str
    country: str
    is_repost: bool
    file: str
    row: int


@dataclass(frozen=True)
class Settings:
    """What reading needs beside a file: the team's key, the published handles, the zone."""

    key: bytes
    organisations: frozenset[str] = frozenset()
    zone: str = ZONE.default
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    day_first: bool = True

    @property
    def local(self) -> ZoneInfo:
        """Return the zone."""
        return ZoneInfo(self.zone)


def is_wordless(text: str) -> bool:
    """Return whether a text is none: empty, or what a platform writes where one was deleted."""
    return not text.strip() or text.strip(AROUND).lower() in DELETED


def identity(moment: datetime, *parts: str) -> str:
    """Return by what a post is known that has no identifier of its own: its time and all that is told of it."""
    whole = "|".join((str(int(moment.timestamp())), *parts))
    return f"same/{hashlib.sha256(whole.encode()).hexdigest()}"


def skeleton(text: str) -> str:
    """Return a text as copies are compared: letters and digits in lower case, without masks, links and signs."""
    return " ".join(re.findall(r"#?\w+", re.sub("⟨[^⟩]*⟩", " ", text).casefold()))


def plain_region(name: str) -> str:
    """Return the name of a region or country in one form of each letter, without what may be a person's."""
    return masked(name).strip()


def protected(raw: Raw, corpus: str, file: str, settings: Settings) -> Post:
    """Return a post without identifiers: this is the only way from a file to a table.

    ``file`` is its name inside the folder of its corpus: by both and its row a post is told that nothing else tells.
    ``raw.masks`` are parts of the text that the export itself marks as an identifier, with their masks. Copies of a
    text are told by ``same_text``, a keyed hash of the masked text.
    """
    text = folded(raw.text)
    for part, mask in sorted(raw.masks, key=lambda one: -len(one[0])):
        if part.strip() and plain(part) not in settings.organisations:
            text = text.replace(folded(part), mask)
    text = masked(text, settings.organisations)
    handle = plain(raw.author)
    is_organisation = handle in settings.organisations
    author = handle if is_organisation else pseudonym(settings.key, "person", raw.author) if handle else ""
    local = raw.time.astimezone(settings.local)
    return Post(
        pseudonym(settings.key, "post", raw.identifier or f"{corpus}/{file}/{raw.row}"),
        corpus,
        raw.platform or UNKNOWN,
        author,
        is_organisation,
        raw.time.astimezone(UTC),
        f"{local:%Y-%m}",
        f"{local:%Y-%m-%d}",
        text,
        pseudonym(settings.key, "text", skeleton(text)),
        plain_region(raw.region),
        plain_region(raw.country),
        raw.is_repost,
        file,
        raw.row,
    )


def is_abroad(country: str, wanted: str, no_country: str = NO_COUNTRY.default) -> bool:
    """Return whether a post is to be set aside for its country."""
    if not country.strip():
        return no_country != "kept"
    names = COUNTRY_NAMES.get(wanted.casefold(), {wanted.casefold()})
    return country.strip().casefold() not in names
