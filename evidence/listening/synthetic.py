"""A synthetic corpus in Russian, Kazakh and both, with its truth known. Nothing in it was written by anybody."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from evidence.listening import fragments

FIRST = datetime(2022, 1, 1, tzinfo=UTC)
MONTHS = 17
GROWTH = 0.03  # more posts on the topic each month
SPIKE_DAY = 300  # a day on which, and on the next ones, posts are many
SPIKE_SHARE = 0.05
PLATFORMS = {
    "public": {"News": 0.40, "Blogs": 0.25, "Facebook": 0.20, "Instagram": 0.10, "VK": 0.05},
    "organisations": {"Instagram": 0.55, "Telegram": 0.45},
}
REGIONS = {  # share of posts with a place, share of people
    "Synthetic City North": (0.35, 0.08),
    "Synthetic City South": (0.30, 0.12),
    "Synthetic Region East": (0.20, 0.40),
    "Synthetic Region West": (0.15, 0.40),
}
NO_PLACE = 0.4
LANGUAGES = {"ru": 0.5, "kk": 0.3, "kk-latin": 0.08, "mixed": 0.12}
TOPICS = {"inclusion": 0.4, "autism": 0.25, "palsy": 0.1, "special-schools": 0.15, "support": 0.1}
BARRIERS = {
    "public": {"violence": 0.30, "teachers": 0.12, "pedagogy": 0.06, "access": 0.08, "": 0.44},
    "organisations": {"violence": 0.05, "teachers": 0.40, "pedagogy": 0.15, "access": 0.05, "": 0.35},
}
PROGRAMMES = {"educated-nation": 0.05, "comfort-school": 0.03, "": 0.92}
GENDER = {"boys": 0.18, "girls": 0.06, "both": 0.04, "neither": 0.72}
OFF_TOPIC, FALSE_HIT = 0.15, 0.05
COPIES, BOTS = 0.05, 0.02
ORGANISATIONS = tuple(f"synthetic_org_{number}" for number in range(1, 7))


class Made(NamedTuple):
    """A synthetic post and its truth: what it is about, whether it is on the topic, and whose copy it is."""

    number: int
    corpus: str
    platform: str
    author: str
    time: datetime
    region: str
    language: str
    text: str
    relevant: bool
    topic: str
    barrier: str
    programme: str
    gender: str
    copy_of: int | None


def _one(chance: random.Random, shares: Mapping[str, float]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _when(chance: random.Random) -> datetime:
    """Return a time: months grow by a constant rate, a few days are a spike."""
    if chance.random() < SPIKE_SHARE:
        return FIRST + timedelta(days=SPIKE_DAY + chance.randrange(5), seconds=chance.randrange(86_400))
    month = chance.choices(range(MONTHS), [(1 + GROWTH) ** month for month in range(MONTHS)])[0]
    year, index = divmod(month, 12)
    start = FIRST.replace(year=FIRST.year + year, month=index + 1)
    return start + timedelta(days=chance.randrange(28), seconds=chance.randrange(3_600 * 12))


def _sentences(chance: random.Random, language: str, parts: list[Mapping[str, tuple[str, ...]]]) -> str:
    """Return sentences in a language; in a mixed post each is in Russian or Kazakh."""
    words = []
    for part in parts:
        spoken = chance.choice(("ru", "kk")) if language == "mixed" else language[:2]
        words.append(chance.choice(part[spoken]))
    text = ". ".join(word.rstrip(".") for word in words)
    return fragments.everyday_latin(text) if language == "kk-latin" else text


def _post(chance: random.Random, number: int, corpus: str) -> Made:
    language = _one(chance, LANGUAGES)
    drawn = chance.random() if corpus == "public" else 1.0
    relevant = drawn >= OFF_TOPIC + FALSE_HIT
    topic = barrier = programme = ""
    gender = "neither"
    parts: list[Mapping[str, tuple[str, ...]]] = [fragments.OPENINGS]
    if relevant:
        topic, barrier = _one(chance, TOPICS), _one(chance, BARRIERS[corpus])
        programme, gender = _one(chance, PROGRAMMES), _one(chance, GENDER)
        parts.append(fragments.TOPICS[topic])
        parts += [fragments.BARRIERS[barrier]] if barrier else []
        parts += [fragments.PROGRAMMES[programme]] if programme else []
        parts += [fragments.GENDER[one] for one in ("boys", "girls") if gender in (one, "both")]
    else:
        parts.append(fragments.FALSE_HITS if drawn < FALSE_HIT else fragments.OFF_TOPIC)
    parts.append(fragments.CLOSINGS)
    author = f"synthetic_user_{chance.randrange(1, 900)}" if corpus == "public" else chance.choice(ORGANISATIONS)
    region = "" if chance.random() < NO_PLACE else _one(chance, {name: share for name, (share, _) in REGIONS.items()})
    text = f"{_sentences(chance, language, parts)} {_identifier(chance) if chance.random() < 0.1 else ''}".strip()
    where = _one(chance, PLATFORMS[corpus])
    return Made(
        number,
        corpus,
        where,
        author,
        _when(chance),
        region,
        language,
        text,
        relevant,
        topic,
        barrier,
        programme,
        gender,
        None,
    )


def _identifier(chance: random.Random) -> str:
    """Return an invented identifier as people write one into a post."""
    digits = "".join(chance.choice("0123456789") for _ in range(9))
    return chance.choice(
        (f"Тел. 8 7{digits[:2]} {digits[2:5]} {digits[5:]}0", f"@synthetic_{digits}", f"synthetic{digits}@example.com")
    )


def corpus(public: int = 3000, organisations: int = 900, seed: int = 2023) -> list[Made]:
    """Return synthetic posts, public ones first; the same numbers and seed give the same posts.

    A few posts of the public are copied: by another export (the same post again) and by one bot (the same text).
    """
    chance = random.Random(seed)
    posts = [_post(chance, number, "public") for number in range(public)]
    posts += [_post(chance, public + number, "organisations") for number in range(organisations)]
    copied = chance.sample(posts[:public], int(public * COPIES))
    copies = [post._replace(copy_of=post.number) for post in copied]
    shouted = next(post for post in posts if post.relevant and post.corpus == "public")
    bots = [
        shouted._replace(number=len(posts) + one, author="synthetic_bot", time=_when(chance), copy_of=shouted.number)
        for one in range(int(public * BOTS))
    ]
    return posts + copies + bots
