"""Every headline computed again under other choices, and how far each moves it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from evidence.listening import analyses, gender
from evidence.listening.coding import Coding, Study, on_topic
from evidence.listening.contributors import Few, with_contributors
from evidence.listening.moving import PLACE, Parts, betrays, only, overlap_betrays, overlaps_betray, part, split
from evidence.listening.nearness import NEAR
from evidence.listening.persons import PERSON, on_two_platforms, with_persons
from evidence.listening.places import plain_place
from evidence.listening.queries.matching import PLAIN_KAZAKH
from evidence.listening.reading.leaving_out import LeavingOut, without
from evidence.listening.reading.posts import PUBLIC
from evidence.listening.rules import Rule
from evidence.listening.suppression import UNDER

SENSITIVITY = Rule(
    "sensitivity",
    "How the answers move with the choices",
    "Each headline is computed again with one choice changed and the others left: how copies are told, reposts, "
    "accounts that repeat themselves, who one author is, posts without a country, the window, the unit, the "
    "treatment of both, Kazakh typed without its letters, the language of queries, each sub-topic left out",
    "ours",
    "the study prints one way and not the others",
)


class Choices(NamedTuple):
    """What may be chosen differently."""

    country: str
    no_country: str
    same: str
    reposts: str
    bots: str
    from_month: str
    to_month: str
    unit: str
    gender_unit: str
    both: str
    person: str = PERSON.default
    plain_kazakh: str = PLAIN_KAZAKH.default
    leave_out: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def leaving_out(self) -> LeavingOut:
        """Return what is chosen of the rules that leave posts out."""
        return LeavingOut(**{name: getattr(self, name) for name in LeavingOut._fields})

    def window(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Return the posts of the months that are looked at."""
        chosen = [one for one in posts["month"].unique() if self.from_month <= one <= (self.to_month or "9999-12")]
        return posts[posts["month"].isin(chosen)].reset_index(drop=True)


def _changed(choices: Choices, name: str, value: str) -> Choices:
    """Return the choices with one of them changed."""
    return Choices(**(choices._asdict() | {name: value}))


REPEATED, WINDOWS, QUERIES = "Accounts that repeat themselves", "Window", "Queries"  # choices
SHARE, QUOTIENT = "Share of the {} “{}”, %", "Location quotient of {}"
GROWTH = "Growth a month, %"
BOYS = "Boys among mentions of boys or girls, %"
COUNT, AUTHORS = COUNTS = "Posts on the topic", "Authors of posts on the topic"  # the headlines that are counts
UNTOLD = {  # choices that make no difference to posts that do not say what they turn on
    "no_country": "Posts without a country: no export names a country.",
    "reposts": "Reposts: no export marks any.",
    "bots": "Accounts that repeat themselves: no export names authors.",
    "unit": "Authors in place of posts: no export names authors.",
    "person": "One name on two platforms as one author, or as two: no name stands on two.",
}


def tells(posts: pd.DataFrame) -> frozenset[str]:
    """Return which choices the posts say enough for, of those in ``UNTOLD``."""
    has_authors = analyses.names_authors(posts)
    said = {
        "no_country": bool((posts["country"] != "").any()),
        "reposts": bool(posts["is_repost"].any()),
        "bots": has_authors,
        "unit": has_authors,
        "person": on_two_platforms(posts),
    }
    return frozenset(name for name, is_told in said.items() if is_told)


def of_the_public(posts: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that headlines are about: the public's, or all where there are none of them."""
    is_public = posts["corpus"] == PUBLIC
    return posts[is_public].reset_index(drop=True) if is_public.any() else posts


def untold(posts: pd.DataFrame) -> list[str]:
    """Return which choices were not tried, and why."""
    told = tells(of_the_public(posts))
    return [words for name, words in UNTOLD.items() if name not in told]


def alternatives(
    choices: Choices, study: Study, months: list[str], told: Collection[str] = tuple(UNTOLD), has_near: bool = True
) -> Iterator[tuple[str, str, Choices]]:
    """Yield (choice, other value, choices with it) for each that could reasonably differ, and that posts can tell."""
    names = {
        "same": "Copies",
        "reposts": "Reposts",
        "bots": REPEATED,
        "no_country": "Posts without a country",
        "person": PERSON.about,
    }
    fields: dict[str, tuple[str, ...]] = {
        "same": ("identifier", "text", *(["near text"] if has_near else []), "nothing"),
        "reposts": ("counted", "left out"),
        "bots": ("counted", "left out"),
        "no_country": ("kept", "left out"),
        "person": PERSON.choices,
    }
    for name, options in fields.items():
        for other in options if name in told or name not in UNTOLD else ():
            if other != getattr(choices, name):
                yield names[name], other, _changed(choices, name, other)
    for other in ("posts", "authors") if "unit" in told else ():
        if other != choices.unit:
            yield "Unit", other, choices._replace(unit=other, gender_unit=other)
    if choices.gender_unit != "mentions":
        yield "Unit of gender", "mentions", choices._replace(gender_unit="mentions")
        for other in gender.TREATMENTS:
            if other != choices.both:
                yield "Both boys and girls", other, choices._replace(both=other)
    if len(months) > 12:
        yield WINDOWS, "the first twelve months", choices._replace(from_month=months[0], to_month=months[11])
        yield WINDOWS, "the last twelve months", choices._replace(from_month=months[-12], to_month=months[-1])
    for other in PLAIN_KAZAKH.choices:
        if other != choices.plain_kazakh and any(query.language == "kk" for query in study.books["queries"]):
            yield PLAIN_KAZAKH.about, other, choices._replace(plain_kazakh=other)
    for language in sorted({query.language for query in study.books["queries"]}):
        yield QUERIES, f"only those in {language}", choices._replace(languages=(language,))
    for code, title in study.titles("queries").items():
        yield QUERIES, f"without {title}", choices._replace(leave_out=(code,))


def headlines(
    everything: pd.DataFrame, coding: Coding, choices: Choices, chosen: Mapping[str, str] | None = None
) -> tuple[dict[str, float], dict[str, str], dict[str, Parts]]:
    """Return the headlines of the public's corpus by name, which code each speaks of, and what it counts.

    ``everything`` tells authors apart and has ``PLACE`` and ``WHO``. ``chosen`` fixes the codes (top barrier, platform,
    region), so that a headline means the same under every choice.
    """
    posts = topic_of(everything, coding.hits, choices)
    found: dict[str, float] = {COUNT: len(posts)}
    parts: dict[str, Parts] = {COUNT: [part(posts, False, choices.person)]}
    if analyses.names_authors(everything):
        found[AUTHORS] = analyses.people(posts)
        parts[AUTHORS] = [part(posts[posts["author"] != ""], True, choices.person)]
    codes = dict(chosen or {})
    growth = analyses.trend(analyses.volume(posts))
    found[GROWTH] = float(growth["growth_pct"].iloc[0]) if len(growth) else np.nan
    shares = {
        "platform": analyses.platforms(posts, choices.unit).rename(columns={"platform": "title"}),
        "barrier": analyses.code_shares(posts, coding, "barriers", choices.unit),
        "programme": analyses.code_shares(posts, coding, "programmes", choices.unit),
    }
    for name, table in shares.items():
        title = codes.setdefault(name, _top(table, "posts", "title"))
        if not title:
            continue
        headline = SHARE.format(name, title)
        found[headline] = _cell(table, "title", title, "share_pct")
        rows = posts["platform"] == title if name == "platform" else _holding(posts, coding, f"{name}s", title)
        parts[headline] = split(posts, rows, choices.unit == "authors", choices.person)
    places = coding.places
    if places:
        table, _ = analyses.regions(posts, places)
        region = codes.setdefault("region", _top(table, "quotient", "region"))
    if places and region:
        headline = QUOTIENT.format(region)
        found[headline] = _cell(table, "region", region, "quotient")
        named = posts["region"].astype(object).map(plain_place).map(lambda name: places.get(name, ("",))[0])
        parts[headline] = split(posts[named != ""], named[named != ""] == region, False, choices.person)
    table = gender.mentions(posts, coding.hits, choices.gender_unit, choices.both)
    found[BOYS] = float(table["boys_pct"].iloc[0]) if len(table) else np.nan
    parts[BOYS] = _boys_and_girls(posts, coding, choices)
    return found, codes, parts


def topic_of(everything: pd.DataFrame, hits: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Return the public's posts on the topic under some choices; all posts where the public has none."""
    read = choices.window(without(everything, choices.leaving_out)[0])
    posts = on_topic(read, hits, choices.leave_out, choices.languages)
    return posts[posts["corpus"] == PUBLIC] if (posts["corpus"] == PUBLIC).any() else posts


def _holding(posts: pd.DataFrame, coding: Coding, book: str, title: str) -> pd.Series:
    """Return which posts have a code of a book, by its title."""
    return coding.holding(posts, book, *(code for code, name in coding.titles(book).items() if name == title))


def _boys_and_girls(posts: pd.DataFrame, coding: Coding, choices: Choices) -> Parts:
    """Return the posts or authors that mention boys, and those that mention girls, as counted."""
    named = coding.titles("gender")
    rows = [_holding(posts, coding, "gender", named[code]) for code in ("boys", "girls") if code in named]
    found = [part(posts[one], choices.gender_unit == "authors", choices.person) for one in rows]
    if choices.both != "left out" or choices.gender_unit == "mentions" or len(found) < 2:
        return found
    return [only(found[0], found[1]), only(found[1], found[0])]


def _top(table: pd.DataFrame, by: str, name: str) -> str:
    """Return the name of the row with most, "" where no row has any."""
    known = table[table[by].fillna(0) > 0]
    return str(known.loc[known[by].idxmax(), name]) if len(known) else ""


def _cell(table: pd.DataFrame, column: str, value: str, wanted: str) -> float:
    rows = table.loc[table[column] == value, wanted]
    return float(rows.iloc[0]) if len(rows) else 0.0


def sensitivity(
    everything: pd.DataFrame,
    coding: Coding,
    choices: Choices,
    hits_otherwise: pd.DataFrame | None = None,
    under: int = UNDER.default,
) -> tuple[pd.DataFrame, Few]:
    """Return how headlines move, and which moves tell of few people: keys ``("move", headline, choice, value)``.

    Columns: ``headline``, ``choice``, ``value``, ``as_chosen``, ``otherwise``, ``change``. ``hits_otherwise`` are the
    hits under the other choice for Kazakh typed without its letters; without them it is not tried. ``under`` is how
    many people are few; of organisations none are.

    A row per headline and alternative, the largest relative move first inside a headline; alternatives that move
    nothing are kept: that is an answer too.
    """
    everything = of_the_public(everything)  # every rule works within a corpus
    under = under if (everything["corpus"] == PUBLIC).all() else 0
    everything = everything.assign(**{PLACE: np.arange(len(everything))})
    told_apart = with_contributors(with_persons(everything, choices.person))
    base, codes, parts = headlines(told_apart, coding, choices)
    months = sorted(choices.window(everything)["month"].unique())
    rows, spoken, few = [], [], set(_overlapping(told_apart, coding, choices, under))
    for choice, other, changed in alternatives(choices, coding.study, months, tells(everything), NEAR in everything):
        is_other = changed.plain_kazakh != choices.plain_kazakh
        if is_other and hits_otherwise is None:
            continue
        then = replace(coding, hits=hits_otherwise) if is_other else coding
        is_same = changed.person == choices.person
        posts = told_apart if is_same else with_contributors(with_persons(everything, changed.person))
        moved, _, behind = headlines(posts, then, changed, codes)
        rows += [(name, choice, other, base[name], moved[name], moved[name] - base[name]) for name in base]
        few |= {(name, choice, other) for name in parts if betrays(parts[name], behind[name], under)}
        if changed.languages:
            spoken.append((other, behind))
    for name in parts if len(spoken) == 2 else ():  # with their whole, both give away what they share
        if overlap_betrays(spoken[0][1][name], spoken[1][1][name], under):
            few |= {(name, QUERIES, value) for value, _ in spoken}
    heads = ["headline", "choice", "value", "as_chosen", "otherwise", "change"]
    table = pd.DataFrame(rows, columns=heads)
    order = {name: place for place, name in enumerate(base)}
    keys = table.assign(place=table["headline"].map(order), size=-table["change"].abs())
    table = table.loc[keys.sort_values(["place", "size"], kind="stable").index].reset_index(drop=True)
    return table, {("move", *one): frozenset() for one in few}


def _overlapping(
    everything: pd.DataFrame, coding: Coding, choices: Choices, under: int
) -> Iterator[tuple[str, str, str]]:
    """Yield moves by a sub-topic left out, if they give away that few people are behind what sub-topics share."""
    posts = topic_of(everything, coding.hits, choices)
    named = posts[posts["author"] != ""]
    for headline, some, by_author in ((COUNT, posts, False), (AUTHORS, named, True)):
        codes = {
            code: part(some[_holding(some, coding, "queries", title)], by_author, choices.person)
            for code, title in coding.titles("queries").items()
        }
        if overlaps_betray(codes, under):
            yield from ((headline, QUERIES, f"without {title}") for title in coding.titles("queries").values())
