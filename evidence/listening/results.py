"""From what was read to all tables of a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from evidence.listening import analyses, gender, hashtags, validation
from evidence.listening.bots import BOTS, accounts
from evidence.listening.coding import Coding, Study, on_topic, queries_of
from evidence.listening.contributors import Few, few_behind, few_left_out
from evidence.listening.corrected import corrected
from evidence.listening.extras import available
from evidence.listening.languages import languages, names_of
from evidence.listening.persons import PERSON, with_persons
from evidence.listening.places import Places
from evidence.listening.queries.grammar import words_of
from evidence.listening.queries.matching import PLAIN_KAZAKH
from evidence.listening.reading.folder import Corpus
from evidence.listening.reading.leaving_out import COPY, REPOSTS, SAME, parted, reasons
from evidence.listening.reading.posts import COUNTRY, NO_COUNTRY
from evidence.listening.said import InMemory
from evidence.listening.sensitivity import Choices, sensitivity, untold
from evidence.listening.suppression import UNDER
from evidence.listening.topics import sampled, topics
from evidence.toolkit.faults import BadInput, Fault

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
PARAMETERS = (
    COUNTRY,
    NO_COUNTRY,
    SAME,
    REPOSTS,
    BOTS,
    PERSON,
    PLAIN_KAZAKH,
    analyses.FROM_MONTH,
    analyses.TO_MONTH,
    analyses.UNIT,
    gender.GENDER_UNIT,
    gender.BOTH,
    analyses.UNUSUAL,
    analyses.WEEKS,
    analyses.LEAST_COUNT,
)
STEPS = ("finding words", "counting", "trying other choices")


@dataclass(frozen=True)
class Results:
    """The tables of a report by name, values of parameters, words of queries that no post has, posts found.

    ``untold`` says which choices could not be tried, and why; ``few`` who contributed to each count of public posts to
    which few did, as :mod:`evidence.listening.contributors` names counts; ``unmatched`` how many labelled posts are
    in no export.
    """

    tables: dict[str, pd.DataFrame]
    parameters: dict[str, Any]
    silent: list[str]
    found: frozenset[str]
    untold: list[str]
    few: Few
    unmatched: int = 0


def values(**changed: Any) -> dict[str, Any]:
    """Return every parameter by name.

    Raises ValueError for an unknown name, and :class:`BadInput` for a value that is no choice or no month.
    """
    known = {parameter.name: parameter.default for parameter in PARAMETERS}
    if unknown := set(changed) - set(known):
        raise ValueError(f"no parameter {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    faults = []
    for parameter in PARAMETERS:
        chosen = changed.get(parameter.name, parameter.default)
        if parameter.choices and chosen not in parameter.choices:
            faults.append(Fault(parameter.name, None, "", str(chosen), f"is none of: {', '.join(parameter.choices)}"))
        if parameter.name.endswith("_month") and chosen and not MONTH.fullmatch(chosen):
            faults.append(Fault(parameter.name, None, "", chosen, "is not a month; write 2022-01"))
    if faults:
        raise BadInput(faults)
    return known | changed


def analysed(
    corpus: Corpus,
    study: Study,
    places: Places | None = None,
    labels: pd.DataFrame | None = None,
    tell: Callable[[str], None] = lambda _: None,
    said: Any = None,
    under: int = UNDER.default,
    **changed: Any,
) -> Results:
    """Return all tables; ``changed`` are parameters by name, ``said`` what the texts say (else they are in memory).

    ``under`` is how many contributors are few, ``tell`` hears each step of ``STEPS``. Nothing is suppressed yet:
    :func:`evidence.listening.publishing.publishable` does that. Raises ValueError for a parameter that is none, and
    :class:`BadInput` for a value that is none, or for authors where no post has one.
    """
    value = values(**changed)
    tell(STEPS[0])
    everything = corpus.everything
    if "authors" in (value["unit"], value["gender_unit"]) and not analyses.names_authors(everything):
        raise BadInput([Fault("--unit", None, "", "authors", "cannot be counted: no post of the files has an author")])
    study = replace(study, plain_kazakh=value["plain_kazakh"])
    said = said or InMemory(everything, study)
    coding = Coding(study, said.hits, places)
    choices = Choices(**{name: value[name] for name in Choices._fields if name in value})
    told_apart = with_persons(everything, choices.person)
    reason = reasons(told_apart, choices.leaving_out)
    read, left_out = parted(told_apart, reason)
    read = choices.window(read)
    topic = on_topic(read, coding.hits)
    tell(STEPS[1])
    tables = {
        "read": _read(corpus, read, topic),
        "left_out": pd.concat([corpus.wordless, left_out], ignore_index=True),
        "accounts": accounts(read),
        **_counts(topic, coding, said, value),
    }
    labels = None if labels is None else said.labels(labels)
    tables["corrected"] = corrected(read, topic, coding, labels)
    tables |= {} if labels is None else _checked(read, topic, labels)
    spoken = said.languages(read)
    tables["languages"] = languages(read, spoken, said.has_model)
    modelled = None
    if available("tomotopy"):
        some = said.with_texts(sampled(topic))
        tables["topics"], tables["topic_numbers"], modelled = topics(some, max(under, UNDER.default))
    few = few_behind(read, topic, coding, spoken.map(names_of(said.has_model)), modelled, under)
    few |= few_left_out(told_apart.assign(rule=reason)[(reason != "") & ~reason.str.startswith(COPY)], under)
    tell(STEPS[2])
    tables["sensitivity"], moving = sensitivity(everything, coding, choices, said.hits_otherwise(), under)
    unmatched = 0 if labels is None else len(set(labels["post"]) - set(everything["post"]))
    found = frozenset(topic["post"])
    return Results(tables, value, said.silent(), found, untold(everything), few | moving, unmatched)


def _counts(topic: pd.DataFrame, coding: Coding, said: Any, value: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables that count posts on the topic; ``value`` are the parameters by name."""
    unit, volume = value["unit"], analyses.volume(topic)
    words = [word for query in queries_of(coding.study) for word in words_of(query.tree)]
    tables = {
        "volume": volume,
        "trend": analyses.trend(volume),
        "unusual_weeks": analyses.unusual_weeks(topic, value["weeks"], value["unusual"]),
        "subtopics": analyses.code_shares(topic, coding, "queries", unit),
        "platforms": analyses.platforms(topic, unit),
        "hashtags": hashtags.publishable(analyses.hashtags(said.hashtags(topic)), words),
        "barriers": analyses.code_shares(topic, coding, "barriers", unit),
        "programmes": analyses.code_shares(topic, coding, "programmes", unit),
        "gender": gender.mentions(topic, coding.hits, value["gender_unit"], value["both"]),
        "gender_choices": gender.every_choice(topic, coding.hits),
        "key_words": analyses.key_words(said.word_counts(topic), value["least_count"]),
    }
    if coding.places:
        tables["regions"], tables["placed"] = analyses.regions(topic, coding.places)
    return tables


def _checked(read: pd.DataFrame, topic: pd.DataFrame, labels: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return how well the queries of the topic find what people labelled, and how well these people agree."""
    of_topic = labels[labels["about"] == validation.TOPIC]
    return {
        "quality": validation.quality(read, set(topic["post"]), of_topic),
        "agreement": validation.agreement(of_topic),
    }


def _read(corpus: Corpus, read: pd.DataFrame, topic: pd.DataFrame) -> pd.DataFrame:
    """Return what was read, by corpus: ``corpus``, ``rows``, ``posts`` (after the rules), ``on_topic``, ``authors``.

    Authors are those of posts on the topic that are known, missing where no post of the corpus has one.
    """
    rows = [
        (
            name,
            len(part),
            int((read["corpus"] == name).sum()),
            int((topic["corpus"] == name).sum()),
            analyses.people(topic[topic["corpus"] == name]) if analyses.names_authors(part) else None,
        )
        for name, part in analyses.by_corpus(corpus.everything)
    ]
    heads = ["corpus", "rows", "posts", "on_topic", "authors"]
    return pd.DataFrame(rows, columns=heads).astype({"authors": "Int64"})


__all__ = ["PARAMETERS", "STEPS", "Results", "analysed", "values"]
