"""The analyses that the study names, each a pure function from posts to a tidy table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from evidence.listening.coding import Coding, with_codes
from evidence.listening.intervals import CONFIDENCE, growth_pct, location_quotient, log_likelihood, log_ratio, share_pct
from evidence.listening.letters import KAZAKH, is_latin, kazakh_skeleton
from evidence.listening.places import Places, plain_place
from evidence.listening.queries.matching import tokens
from evidence.listening.queries.russian import is_function_word, is_known, is_name, lemmas
from evidence.listening.reading.posts import CORPORA, ORGANISATIONS, PUBLIC
from evidence.listening.rules import Parameter, Rule

UNIT = Parameter(
    "unit", "posts", "ours", "the study speaks of discussions and does not print what is counted", "What is counted",
    ("posts", "authors"),
)  # fmt: skip
UNUSUAL = Parameter(
    "unusual",
    3.5,
    "imported",
    "Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers",
    "Score of an unusual week",
)
WEEKS = Parameter("weeks", 9, "ours", "about two months around a week", "Weeks with which a week is compared")
LEAST_COUNT = Parameter("least_count", 10, "ours", "rarer words come and go by chance", "Least count of a key word")
FROM_MONTH = Parameter("from_month", "", "ours", "all that was exported", "First month, such as 2022-01 (empty: all)")
TO_MONTH = Parameter("to_month", "", "ours", "all that was exported", "Last month, such as 2023-05 (empty: all)")
WINDOW = Rule(
    "window", "Window", "All months of the exports count unless some are chosen. The study's own window is "
    "January 2022 to May 2023", "document", "Methodology, p. 7-8", (FROM_MONTH, TO_MONTH),
)  # fmt: skip
VOLUME = Rule(
    "volume", "Volume and trend",
    "Posts on the topic by month; growth a month from a quasi-Poisson regression; a week is unusual if its distance "
    "from the median of {weeks} weeks around it is more than {unusual} times the usual distance (modified z score). "
    "Where months are not shown, growth is that of the others",
    "document", "Key Findings 2, p. 9-10 (that discussions increase; how the trend was found is not printed)",
    (WEEKS, UNUSUAL),
)  # fmt: skip
PLATFORMS = Rule(
    "platforms", "Platforms", "Share of each platform in a corpus. A corpus collected from chosen platforms cannot "
    "show that its authors prefer them", "document", "Key Findings 2, p. 9-10", (UNIT,),
)  # fmt: skip
BARRIERS = Rule(
    "barriers", "Barriers", "A post mentions a barrier if a query of the code book finds it; one post may mention "
    "several", "document", "Box 1, question 2, p. 7-8, and Key Findings 3; the words of the code book are ours",
    (UNIT,),
)  # fmt: skip
PROGRAMMES = Rule(
    "programmes", "State programmes", "A post mentions a programme if it has its name in any form", "document",
    "Box 1, question 3, p. 7-8, and Key Findings 6", (UNIT,),
)  # fmt: skip
REGIONS = Rule(
    "regions", "Regions", "A place's share of the posts that have a place, divided by its share of a base, such as "
    "people (location quotient): 1 is as many as the base lets expect. Posts without a place are told "
    "beside", "document",
    "Key Findings 5 and Figure 2, p. 9-10 (that populations were adjusted for; how is not printed)",
)  # fmt: skip
KEY_WORDS = Rule(
    "key_words", "Key words", "Words that one corpus uses more than the other, by log-likelihood, with the log ratio "
    "as the size of the difference; of at least {least_count} in both together. Many words are looked at, so single "
    "ones will stand out by chance. Words that the dictionary has as names of persons only are left out", "document",
    "Key Findings 4, p. 9-10 (most frequent words; the measure is ours)",
    (LEAST_COUNT,),
)  # fmt: skip
TONE = Rule(
    "tone", "Tone", "Tone is not computed: no model of tone for Kazakh, and none for Russian that works without "
    "fetching itself from elsewhere, was found whose errors are known on posts of this kind. The study speaks of "
    "negative and positive news and does not print how they were told apart", "document",
    "Key Findings 3 and 4, p. 9-10",
)  # fmt: skip
RULES = (WINDOW, VOLUME, PLATFORMS, BARRIERS, PROGRAMMES, REGIONS, KEY_WORDS, TONE)
HASHTAG = re.compile(r"#\w+")
COUNTS = ["corpus", "word", "count", "authors"]
KAZAKH_SMALL = frozenset(
    "және мен бен пен да де та те бұл сол осы ол біз сіз сен өз үшін туралы бойынша бар жоқ емес еді екен ғана ма ме "
    "ба бе па пе не кім қалай қай бір барлық әр деп деді керек".split()
)
PLAIN_SMALL = frozenset(map(kazakh_skeleton, KAZAKH_SMALL))


def units(posts: pd.DataFrame, unit: str = UNIT.default) -> pd.Series:
    """Return what is counted of each post: the post itself, or its author (the post where no author is known)."""
    if unit == "posts":
        return posts["post"]
    return posts["author"].astype(object).where(posts["author"] != "", posts["post"])


def names_authors(posts: pd.DataFrame) -> bool:
    """Return whether any post has an author: otherwise nothing can be counted by author."""
    return bool((posts["author"] != "").any())


def people(posts: pd.DataFrame) -> int:
    """Return how many authors posts have, those without a known one left out."""
    return posts.loc[posts["author"] != "", "author"].nunique()


def by_corpus(posts: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each corpus that has posts, in the document's order."""
    for corpus in CORPORA:
        part = posts[posts["corpus"] == corpus]
        if len(part):
            yield corpus, part


def volume(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts by corpus and month, months without any among them: ``corpus``, ``month``, ``posts``."""
    rows = []
    for corpus, part in by_corpus(posts):
        counts = part.groupby("month").size()
        months = pd.period_range(counts.index.min(), counts.index.max(), freq="M").astype(str)
        rows += [(corpus, month, int(counts.get(month, 0))) for month in months]
    return pd.DataFrame(rows, columns=["corpus", "month", "posts"])


def trend(table: pd.DataFrame, confidence: float = CONFIDENCE.default) -> pd.DataFrame:
    """Return growth a month ``corpus``, ``months``, ``growth_pct``, ``low_pct``, ``high_pct``."""
    rows = [(corpus, len(part), *growth_pct(part["posts"].tolist(), confidence)) for corpus, part in by_corpus(table)]
    return pd.DataFrame(rows, columns=["corpus", "months", "growth_pct", "low_pct", "high_pct"])


def mondays(posts: pd.DataFrame) -> pd.Series:
    """Return the Monday of the week of each post, as tables have it."""
    return pd.to_datetime(posts["day"].astype(object)).dt.to_period("W-SUN").dt.start_time.dt.strftime("%Y-%m-%d")


def unusual_weeks(posts: pd.DataFrame, weeks: int = WEEKS.default, unusual: float = UNUSUAL.default) -> pd.DataFrame:
    """Return unusual weeks: ``corpus``, ``week`` (its Monday), ``posts``, ``usual`` (the median), ``score``.

    Score: 0.6745 (count − median) / MAD over the weeks around it, where MAD is at least the one that
    chance gives to counts (0.6745 √median). The first and the last week, which may be cut, are not judged. Source:
    Iglewicz and Hoaglin 1993; the floor is ours.
    """
    rows = []
    for corpus, part in by_corpus(posts):
        days = pd.to_datetime(part["day"])
        counts = days.dt.to_period("W-SUN").dt.start_time.value_counts().sort_index()
        counts = counts.reindex(pd.date_range(counts.index.min(), counts.index.max(), freq="7D"), fill_value=0)
        median = counts.rolling(weeks, center=True, min_periods=1).median()
        spread = (counts - median).abs().rolling(weeks, center=True, min_periods=1).median()
        floor = 0.6745 * np.sqrt(median.clip(lower=1))
        score = 0.6745 * (counts - median) / np.maximum(spread, floor)
        for week in counts.index[1:-1][score.iloc[1:-1].abs() > unusual]:
            rows.append((corpus, f"{week:%Y-%m-%d}", int(counts[week]), float(median[week]), float(score[week])))
    return pd.DataFrame(rows, columns=["corpus", "week", "posts", "usual", "score"])


def platforms(posts: pd.DataFrame, unit: str = UNIT.default, confidence: float = CONFIDENCE.default) -> pd.DataFrame:
    """Return the share of each platform in a corpus: ``corpus``, ``platform``, ``posts``, ``of``, share and interval.

    With ``unit`` authors, ``posts`` counts authors, one on two platforms in both.
    """
    rows = []
    for corpus, part in by_corpus(posts):
        pairs = part.assign(unit=units(part, unit)).drop_duplicates(["unit", "platform"])
        whole = pairs["unit"].nunique()
        counts = pairs["platform"].value_counts()
        for platform, count in sorted(counts[counts > 0].items(), key=lambda one: (-one[1], str(one[0]))):
            rows.append((corpus, platform, int(count), whole, *share_pct(int(count), whole, confidence)))
    return pd.DataFrame(rows, columns=["corpus", "platform", "posts", "of", "share_pct", "low_pct", "high_pct"])


def code_shares(
    posts: pd.DataFrame, coding: Coding, book: str, unit: str = UNIT.default, confidence: float = CONFIDENCE.default
) -> pd.DataFrame:
    """Return the share of posts that mention each code of a book, codes that nobody mentions among them.

    Columns: ``corpus``, ``code``, ``title``, ``posts``, ``of``, ``share_pct``, ``low_pct``, ``high_pct``, ``authors``.
    One post may have several codes, so shares do not add up. ``authors`` are those that are known, missing where no
    post of the corpus has one.
    """
    rows = []
    for corpus, part in by_corpus(posts):
        part = part.assign(unit=units(part, unit))
        whole = part["unit"].nunique()
        mentioned = with_codes(part, coding.hits, book)
        has_authors = names_authors(part)
        for code, title in coding.titles(book).items():
            some = mentioned[mentioned["code"] == code]
            count = some["unit"].nunique()
            known = people(some) if has_authors else None
            rows.append((corpus, code, title, count, whole, *share_pct(count, whole, confidence), known))
    heads = ["corpus", "code", "title", "posts", "of", "share_pct", "low_pct", "high_pct", "authors"]
    return pd.DataFrame(rows, columns=heads).astype({"authors": "Int64"})


def hashtags(used: pd.DataFrame) -> pd.DataFrame:
    """Return hashtags by corpus, most used first: ``corpus``, ``hashtag``, ``posts``, ``authors``.

    ``used`` has a row for each hashtag of a post.
    """
    rows = []
    for corpus, long in by_corpus(used):
        known = long.assign(author=long["author"].astype(object).where(long["author"] != ""))
        table = known.groupby("hashtag").agg(posts=("post", "nunique"), authors=("author", "nunique")).reset_index()
        rows.append(table.assign(corpus=corpus).sort_values(["posts", "hashtag"], ascending=[False, True]))
    heads = ["corpus", "hashtag", "posts", "authors"]
    return pd.concat(rows, ignore_index=True)[heads] if rows else pd.DataFrame(columns=heads)


def regions(
    posts: pd.DataFrame, places: Places, confidence: float = CONFIDENCE.default
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return location quotients by corpus and region, and which posts have a place.

    ``places`` gives for each name of a place (case folded) its region and the region's base. First table: ``corpus``,
    ``region``, ``posts``, ``of``, ``share_pct``, ``base_pct``, ``quotient``, ``low``, ``high``; second: ``corpus``,
    ``posts``, ``placed``, ``unknown`` (a place that no name covers), ``without``.
    """
    bases = dict(places.values())
    total = sum(bases.values())
    rows, having = [], []
    for corpus, part in by_corpus(posts):
        named = part["region"].map(plain_place)
        region = named.map(lambda name: places[name][0] if name in places else None)
        counts = region.value_counts()
        placed, without = int(counts.sum()), int((named == "").sum())
        having.append((corpus, len(part), placed, len(part) - placed - without, without))
        for name, base in bases.items():
            count = int(counts.get(name, 0))
            share = share_pct(count, placed).value
            quotient = location_quotient(count, placed, base, total, confidence)
            rows.append((corpus, name, count, placed, share, 100 * base / total if total else np.nan, *quotient))
    heads = ["corpus", "region", "posts", "of", "share_pct", "base_pct", "quotient", "low", "high"]
    return pd.DataFrame(rows, columns=heads), pd.DataFrame(
        having, columns=["corpus", "posts", "placed", "unknown", "without"]
    )


def key_words_of(vocabulary: Collection[str]) -> dict[str, str]:
    """Return each word of a corpus as key words are counted, those that say nothing or name a person left out.

    A Russian word is counted by its lemma, a Kazakh one as it is written. Of a word that the Russian dictionary does
    not have, pymorphy3 guesses a lemma (``балага`` would be ``балаг``). Such a word is Kazakh typed without its letters
    if the corpus has just one Kazakh word with the same skeleton; else the guess is taken if the corpus has it.
    """
    words = {token.lstrip("#") for token in vocabulary}
    alike: dict[str, set[str]] = defaultdict(set)
    for word in words:
        if set(word) & KAZAKH:
            alike[kazakh_skeleton(word)].add(word)

    def unknown(word: str) -> str:
        skeleton = kazakh_skeleton(word)
        if skeleton in PLAIN_SMALL:
            return ""
        same = alike.get(skeleton, set())
        if len(same) == 1 and not is_latin(word):
            return min(same)
        return min((lemma for lemma in lemmas(word) if lemma in words), default=word)

    def told(word: str) -> str:
        if len(word) < 3 or any(char.isdigit() for char in word) or word in KAZAKH_SMALL:
            return ""
        if not set(word) & KAZAKH and not is_known(word):
            return unknown(word)
        if is_function_word(word) or is_name(word):
            return ""
        return word if set(word) & KAZAKH else min(lemmas(word))

    found = {token: told(token.lstrip("#")) for token in vocabulary}
    return {token: word for token, word in found.items() if word}


def words_of(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the key words of a post, as :func:`key_words_of` has them."""
    return [known[token] for token in tokens(text) if token in known]


def key_words(
    used: pd.DataFrame, least_count: int = LEAST_COUNT.default, confidence: float = CONFIDENCE.default
) -> pd.DataFrame:
    """Return words by how differently the corpora use them, the most surprising first; ``used`` has ``COUNTS``.

    Columns: ``word``, ``corpus`` (which uses it more), ``public``, ``organisations`` (counts), ``public_authors``,
    ``organisation_authors``, ``log_likelihood``, ``log_ratio`` (organisations against public), ``low``, ``high``.
    """
    counts: dict[str, Counter[str]] = {corpus: Counter() for corpus in CORPORA}
    authors: dict[str, dict[str, int]] = {corpus: {} for corpus in CORPORA}
    for corpus, word, count, people in used[COUNTS].itertuples(index=False):
        counts[corpus][word] = int(count)
        authors[corpus][word] = int(people)
    wholes = {corpus: sum(count.values()) for corpus, count in counts.items()}
    rows = []
    for word in sorted(set(counts[PUBLIC]) | set(counts[ORGANISATIONS])) if all(wholes.values()) else ():
        one, other = counts[ORGANISATIONS][word], counts[PUBLIC][word]
        if one + other >= least_count:
            pair = (one, wholes[ORGANISATIONS], other, wholes[PUBLIC])
            ratio = log_ratio(*pair, confidence)
            more = ORGANISATIONS if ratio.value > 0 else PUBLIC
            known = [authors[corpus].get(word, 0) for corpus in CORPORA]
            rows.append((word, more, other, one, *known, log_likelihood(*pair), *ratio))
    heads = ["word", "corpus", "public", "organisations", "public_authors", "organisation_authors"]
    table = pd.DataFrame(rows, columns=[*heads, "log_likelihood", "log_ratio", "low", "high"])
    return table.sort_values(["log_likelihood", "word"], ascending=[False, True], ignore_index=True)
